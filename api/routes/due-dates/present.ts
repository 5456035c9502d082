import type { z } from 'zod';
import {
  deadlineOf,
  standingAt,
  statutoryTerms,
  usualDayOf,
  type LedgerLine,
  type Standing,
  type Terms,
} from '../../../engine/time/index.ts';
import type { RegionCalendar } from '../../../processes/calendars/index.ts';
import {
  ledgerInWords,
  momentInWords,
  officeTimeInWords,
  standingAtEndInWords,
  standingInWords,
} from '../../../processes/due-dates/index.ts';
import { instant, instantOrNull } from '../present.ts';
import { pointing } from './refusals.ts';
import type { CalendarBrief, DueDateAnswer, LedgerLine as ShownLine, Standing as ShownStanding } from './schema.ts';

const MINUTE = 60_000;

interface Look {
  readonly calendar: RegionCalendar;
  readonly at: number;
  readonly statutory?: Terms['limit'];
  /** At `at` it ended, held or not. */
  readonly ended?: boolean;
  /** No notice of holidays moves it any more. */
  readonly stands?: boolean;
}

/** A due date, how it stands at `at`, and every step to it. Refuses with the `time.*` codes. */
export function presentDueDate(
  terms: Terms,
  { calendar, at, statutory, ended = false, stands = false }: Look,
): z.input<typeof DueDateAnswer> {
  const deadline = pointing(() => deadlineOf(terms), ['/warning', '/yellow']);
  const law = statutory && pointing(() => deadlineOf(statutoryTerms(terms, statutory)), ['/limit', '/statutory']);
  const words = ledgerInWords(deadline.ledger, terms.calendar, { ended, stands });
  return {
    dueAt: instantOrNull(deadline.dueAt),
    dueText: deadline.dueAt === null ? null : momentInWords(deadline.dueAt, terms.calendar),
    yellowAt: instantOrNull(deadline.yellowAt),
    provisional: deadline.provisional && !stands,
    statutory: law ? { dueAt: instantOrNull(law.dueAt), provisional: law.provisional && !stands } : null,
    standing: presentStanding(
      pointing(() => standingAt(terms, at, statutory)),
      { at, ended, usualDay: usualDayOf(terms.calendar) },
    ),
    calendar: presentCalendar(calendar),
    ledger: deadline.ledger.map((line, index) => presentLine(line, words[index]!)),
  };
}

function presentStanding(
  standing: Standing,
  { at, ended, usualDay }: { at: number; ended: boolean; usualDay: number },
): z.input<typeof ShownStanding> {
  const { light, held, passed, left, officeTime } = standing;
  const stopped = ended && held;
  return {
    at: instant(at),
    light: stopped && !passed ? null : light,
    held,
    passed,
    left,
    officeMinutes: officeTime === null ? null : Math.round(officeTime / MINUTE),
    text: (stopped ? standingAtEndInWords : standingInWords)(standing, usualDay),
    officeText: officeTimeInWords(standing),
  };
}

function presentLine(line: LedgerLine, text: { zh: string; en: string }): z.input<typeof ShownLine> {
  const { kind, at, until = null, amount = null, unit = null, article = null, calendarVersion } = line;
  return { kind, text, at: instantOrNull(at), until: instantOrNull(until), amount, unit, article, calendarVersion };
}

export function presentCalendar({
  region,
  title,
  effective,
  papers,
  demo,
  calendar,
}: RegionCalendar): z.input<typeof CalendarBrief> {
  const clock = (ms: number): string => new Date(ms).toISOString().slice(11, 16);
  return {
    region,
    title,
    version: calendar.version,
    effective,
    coverage: calendar.coverage,
    officeHours: calendar.officeHours.map(({ opensAt, closesAt }) => `${clock(opensAt)}-${clock(closesAt)}`),
    papers: [...papers],
    demo,
  };
}
