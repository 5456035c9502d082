import { z } from 'zod';
import { Rejection } from '../../engine/kernel/rejection.ts';
import { parseDay } from '../../engine/time/index.ts';

const Day = z.string().refine((text) => parseDay(text) !== undefined, 'expected a date YYYY-MM-DD');
const Hours = z.array(z.string()).min(1);
const Papers = z.array(z.string().min(1)).min(1);
const Title = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
/** What the holiday is called to which a day off belongs, or which a make-up day makes up. Only shown. */
const Names = z.record(Day, z.string().min(1).max(40));
const CalendarYear = z.string().regex(/^\d{4}$/, 'expected a year such as 2027');
const Region = z.string().regex(/^[a-z0-9-]{2,32}$/, 'expected small letters, digits and hyphens');

const Year = z.strictObject({
  papers: Papers,
  off: z.array(Day),
  work: z.array(Day),
  hours: z.record(Day, Hours).optional(),
  names: Names.optional(),
});

/** What both kinds of file say about themselves. */
const version = {
  region: Region,
  version: z.string().min(1).max(64),
  /** The first day on which due dates are counted with it, as a rule the day its notice was published. */
  effective: Day,
  title: Title,
  coverage: z.tuple([Day, Day]),
};

/** A calendar that stands by itself: the days of the State Council's notices, and the usual office hours. */
export const BaseFile = z.strictObject({
  ...version,
  source: z.string().min(1),
  utcOffset: z.string(),
  officeHours: Hours,
  officeHoursProvenance: z.string().optional(),
  /** `MM-DD` and the name of the holiday: off by law, also in years of which no notice speaks yet. */
  everyYear: z.record(z.string(), z.string().min(1)).optional(),
  years: z.record(CalendarYear, Year),
});
export type BaseFile = z.infer<typeof BaseFile>;

const OverlayFields = z.strictObject({
  ...version,
  /** Made up, for demonstration: never offered in production. */
  demo: z.literal(true).optional(),
  papers: Papers,
  /** Local days off, also where the notice of the whole country has people work. */
  off: z.array(Day).default([]),
  /** Local make-up days, also where the whole country is off. */
  work: z.array(Day).default([]),
  /** The usual hours here, where they differ. */
  officeHours: Hours.optional(),
  /** Single days, such as half days. */
  hours: z.record(Day, Hours).default({}),
  names: Names.optional(),
  /** Summer and winter hours; first and last day. A single day's hours come first. */
  seasons: z.array(z.strictObject({ from: Day, to: Day, hours: Hours, papers: Papers })).default([]),
});

/** What a region does differently. Its coverage is what its own notices speak about: each of its days lies there. */
export const OverlayFile = OverlayFields.superRefine((overlay, context) => {
  const [from, to] = overlay.coverage;
  if (from > to)
    context.addIssue({ code: 'custom', path: ['coverage', 1], message: 'expected a day not before the first' });
  for (const { date, path } of localDays(overlay))
    if (date < from || date > to)
      context.addIssue({ code: 'custom', path, message: 'expected a day within the coverage' });
});
export type OverlayFile = z.infer<typeof OverlayFile>;

/** Every day that an overlay names, the ends of its seasons included, and where. */
export function localDays({ off, work, hours, seasons }: z.infer<typeof OverlayFields>) {
  const listed = (field: string, dates: readonly string[]) =>
    dates.map((date, index) => ({ date, path: [field, index] }));
  return [
    ...listed('off', off),
    ...listed('work', work),
    ...Object.keys(hours).map((date) => ({ date, path: ['hours', date] })),
    ...seasons.flatMap(({ from, to }, index) => [
      { date: from, path: ['seasons', index, 'from'] },
      { date: to, path: ['seasons', index, 'to'] },
    ]),
  ];
}

/**
 * What an administrator writes when a notice has been published: the years it speaks of. Everything else stays as it is in
 * the newest calendar of the country.
 */
export const YearsFile = z.strictObject({
  region: z.literal('cn').default('cn'),
  version: version.version,
  effective: Day,
  years: z.record(CalendarYear, Year).refine((years) => Object.keys(years).length > 0, 'expected at least one year'),
});
export type YearsFile = z.infer<typeof YearsFile>;

/** The content of a calendar file, checked. `calendar.invalid` names the place and what was expected there. */
export function checkedFile<S extends z.ZodType>(schema: S, content: unknown, file: string): z.output<S> {
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  const reason = result.error.issues.map(({ path, message }) => `/${path.join('/')}: ${message}`).join('; ');
  throw new Rejection('invalid', 'calendar.invalid', `Expected a working calendar in ${file}, but ${reason}`, {
    file,
    reason,
  });
}
