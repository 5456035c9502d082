import { dayOf, formatDay, parseDay, weekdayOf, type WorkCalendar } from '../../engine/time/index.ts';
import type { RegionCalendar } from './calendars.ts';

/**
 * - `working`, `weekend`: as the week has it.
 * - `holiday`: a day off that a notice names, weekends inside a holiday included; beyond the notices one that the law fixes.
 * - `makeUp` (调休): a Saturday or Sunday worked.
 * - `halfDay`: a working day with less office time than usual.
 */
export type DayKind = 'working' | 'weekend' | 'holiday' | 'makeUp' | 'halfDay';

export interface CalendarDay {
  /** YYYY-MM-DD */
  readonly date: string;
  readonly kind: DayKind;
  /** The holiday it belongs to or makes up, in Chinese, where its notice is known to say. */
  readonly name?: string;
  /** `08:30-12:00`; only where they differ from the usual ones. */
  readonly hours?: readonly string[];
  /** False beyond what the notices speak about: only the days of the week, and those that the law fixes, are known. */
  readonly covered: boolean;
}

/** Every day of a year (1 to 9999), in order. */
export function daysOfYear({ calendar, data }: RegionCalendar, year: number): CalendarDay[] {
  const off = new Set(Object.values(data.years).flatMap((each) => each.off));
  const names = new Map(Object.values(data.years).flatMap((each) => Object.entries(each.names ?? {})));
  const [, lastNamed] = data.named ?? data.coverage;
  const text = String(year).padStart(4, '0');
  const [first, last] = [parseDay(`${text}-01-01`)!, parseDay(`${text}-12-31`)!];
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const day = first + index;
    const date = formatDay(day);
    const fixed = date > lastNamed ? data.everyYear?.[date.slice('YYYY-'.length)] : undefined;
    const works = calendar.rank(day) > calendar.rank(day - 1);
    const hours = works ? hoursThatDiffer(calendar, day) : undefined;
    const kind = kindOf({
      works,
      weekend: [0, 6].includes(weekdayOf(day)),
      off: off.has(date) || fixed !== undefined,
      short: hours?.short ?? false,
    });
    const name = kind === 'working' || kind === 'weekend' ? undefined : (names.get(date) ?? fixed);
    return {
      date,
      kind,
      ...(name !== undefined && { name }),
      ...(hours && { hours: hours.texts }),
      covered: calendar.coversDay(day),
    };
  });
}

function kindOf(day: { works: boolean; weekend: boolean; off: boolean; short: boolean }): DayKind {
  if (!day.works) return day.off || !day.weekend ? 'holiday' : 'weekend';
  if (day.short) return 'halfDay';
  return day.weekend ? 'makeUp' : 'working';
}

function hoursThatDiffer(calendar: WorkCalendar, day: number): { texts: string[]; short: boolean } | undefined {
  const hours = calendar.officeHoursOn(day);
  if (hours === calendar.officeHours) return undefined;
  const length = (each: typeof hours): number =>
    each.reduce((sum, { opensAt, closesAt }) => sum + closesAt - opensAt, 0);
  const texts = hours.map(({ opensAt, closesAt }) => `${clock(opensAt)}-${clock(closesAt)}`);
  return { texts, short: length(hours) < length(calendar.officeHours) };
}

/** ms after midnight as `08:30`. */
export function clock(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** Whether every day, some days or no day of a year is one the notices speak about. */
export function coverageOfYear({ calendar }: RegionCalendar, year: number): 'all' | 'part' | 'none' {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  const { from, to } = calendar.coverage;
  if (from <= first && to >= last) return 'all';
  return from > last || to < first ? 'none' : 'part';
}

/** The local year of an instant. */
export function yearOf({ calendar }: RegionCalendar, instant: number): number {
  return Number(formatDay(dayOf(instant, calendar.utcOffsetMs)).slice(0, 4));
}
