import { Rejection } from '../kernel/rejection.ts';
import { formatDay, HOUR_MS, parseDay, weekdayOf, type Day } from './day.ts';

/** A calendar as it is kept in a file: only what differs from Monday to Friday. Dates are `YYYY-MM-DD`, local. */
export interface CalendarData {
  /** Changes with every change of a day or an hour; written into each due date so that it can be recomputed. */
  readonly version: string;
  /** `+08:00` */
  readonly utcOffset: string;
  /** First and last day the notices speak about. */
  readonly coverage: readonly [from: string, to: string];
  /** `08:30-12:00`, in order, not overlapping. */
  readonly officeHours: readonly string[];
  readonly years: Readonly<Record<string, CalendarYear>>;
}

export interface CalendarYear {
  /** Addresses of the notices the days come from. */
  readonly papers: readonly string[];
  /** Holidays, weekends inside them included. A notice may name days of the year before. */
  readonly off: readonly string[];
  /** Make-up working days (调休) on a weekend. */
  readonly work: readonly string[];
}

/** ms after local midnight */
export interface OfficeHours {
  readonly opensAt: number;
  readonly closesAt: number;
}

/**
 * Which days are working days (行政许可法 art. 82: working days, without statutory holidays; which days those are only the
 * State Council's yearly notice says). Immutable.
 */
export interface WorkCalendar {
  readonly version: string;
  readonly utcOffsetMs: number;
  readonly coverage: { readonly from: string; readonly to: string };
  readonly officeHours: readonly OfficeHours[];
  /**
   * Beyond coverage the answer is the weekday rule alone and may turn out wrong: ask `covers` before relying on it.
   * The due-date functions do, and mark what they return `provisional`. `time.bad_date` where `date` is no date.
   */
  isWorkingDay(date: string): boolean;
  /** True where a notice has been published for this date. */
  covers(date: string): boolean;
  coversDay(day: Day): boolean;
  /** Number of working days from a fixed day in the past up to and including `day`. Differences of ranks count working days. */
  rank(day: Day): number;
}

/** Builds a calendar; refuses contradictory data with `calendar.invalid`. */
export function workCalendar(data: CalendarData): WorkCalendar {
  const from = readDay(data.coverage[0]);
  const to = readDay(data.coverage[1]);
  if (from > to) throw invalid(`coverage ends before it begins (${data.coverage.join(' to ')})`);
  const exceptions = readExceptions(data, from, to);
  const days = exceptions.map((exception) => exception.day);
  const sums = [0];
  for (const { change } of exceptions) sums.push(sums.at(-1)! + change);

  const rank = (day: Day): number => weekdaysUpTo(day) + sums[countUpTo(days, day)]!;
  const coversDay = (day: Day): boolean => day >= from && day <= to;
  return Object.freeze({
    version: data.version,
    utcOffsetMs: readOffset(data.utcOffset),
    coverage: { from: data.coverage[0], to: data.coverage[1] },
    officeHours: readOfficeHours(data.officeHours),
    isWorkingDay: (date: string) => {
      const day = askedDay(date);
      return rank(day) > rank(day - 1);
    },
    covers: (date: string) => coversDay(askedDay(date)),
    coversDay,
    rank,
  });
}

/** Days on which the notices overrule the weekday: +1 a weekend day worked, -1 a weekday off. `work` wins over `off`. */
function readExceptions(data: CalendarData, from: Day, to: Day): { day: Day; change: 1 | -1 }[] {
  const working = new Map<Day, boolean>();
  const years = Object.values(data.years);
  for (const { off } of years) for (const date of off) working.set(readDay(date), false);
  for (const { work } of years) for (const date of work) working.set(readDay(date), true);
  return [...working]
    .map(([day, works]) => {
      if (day < from || day > to) throw invalid(`${formatDay(day)} lies outside the coverage`);
      return { day, works, weekend: isWeekend(day) };
    })
    .filter(({ works, weekend }) => works === weekend)
    .map(({ day, works }) => ({ day, change: works ? (1 as const) : (-1 as const) }))
    .sort((a, b) => a.day - b.day);
}

function readOfficeHours(texts: readonly string[]): OfficeHours[] {
  const hours = texts.map((text) => {
    const match = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/.exec(text);
    if (!match) throw invalid(`office hours "${text}" are not of the form 08:30-12:00`);
    const [opens, opensMinute, closes, closesMinute] = match.slice(1).map(Number) as [number, number, number, number];
    return { opensAt: opens * HOUR_MS + opensMinute * 60_000, closesAt: closes * HOUR_MS + closesMinute * 60_000 };
  });
  if (hours.length === 0) throw invalid('there are no office hours');
  hours.forEach(({ opensAt, closesAt }, index) => {
    const previous = index === 0 ? 0 : hours[index - 1]!.closesAt;
    if (opensAt < previous || closesAt <= opensAt || closesAt > 24 * HOUR_MS)
      throw invalid('office hours overlap or are out of order');
  });
  return hours;
}

function readOffset(text: string): number {
  const match = /^([+-])(0\d|1[0-4]):([0-5]\d)$/.exec(text);
  if (!match) throw invalid(`the offset "${text}" is not of the form +08:00`);
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * HOUR_MS + Number(match[3]) * 60_000);
}

function readDay(date: string): Day {
  const day = parseDay(date);
  if (day === undefined) throw invalid(`"${date}" is not a date`);
  return day;
}

function askedDay(date: string): Day {
  const day = parseDay(date);
  if (day === undefined)
    throw new Rejection('invalid', 'time.bad_date', `Expected a date YYYY-MM-DD, but got "${date}"`, { date });
  return day;
}

function invalid(reason: string): Rejection {
  return new Rejection('invalid', 'calendar.invalid', `Expected a working calendar, but ${reason}`, { reason });
}

function isWeekend(day: Day): boolean {
  const weekday = weekdayOf(day);
  return weekday === 0 || weekday === 6;
}

/** Mondays to Fridays from Monday 1970-01-05 (day 4) up to and including `day`; negative before it. */
function weekdaysUpTo(day: Day): number {
  const weeks = Math.floor((day - 4) / 7);
  return weeks * 5 + Math.min(5, day - 4 - weeks * 7 + 1);
}

/** How many of the sorted days are not after `day`. */
function countUpTo(days: readonly Day[], day: Day): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle]! <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}
