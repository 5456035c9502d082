import { Rejection } from '../kernel/rejection.ts';
import { countUpTo } from './count-up-to.ts';
import { dayOf, formatDay, HOUR_MS, parseDay, startOfDay, weekdayOf, type Day } from './day.ts';
import { weekdaysOn } from './every-year.ts';
import { invalidCalendar as invalid } from './invalid-calendar.ts';
import { lengthOf, openUntil, readOfficeHours, type OfficeHours } from './office-hours.ts';

/** A calendar as it is kept in a file: only what differs from Monday to Friday. Dates are `YYYY-MM-DD`, local. */
export interface CalendarData {
  /** Changes with every change of a day or an hour; written into each due date so that it can be recomputed. */
  readonly version: string;
  /** `+08:00` */
  readonly utcOffset: string;
  /** First and last day the notices speak about. */
  readonly coverage: readonly [from: string, to: string];
  /** First and last day that may be named; wider than the coverage where more than one notice must speak. The coverage when absent. */
  readonly named?: readonly [from: string, to: string];
  /** `08:30-12:00`, in order, not overlapping. */
  readonly officeHours: readonly string[];
  readonly years: Readonly<Record<string, CalendarYear>>;
  /**
   * Days that the law itself makes holidays by their date, `MM-DD` and the name of the holiday (全国年节及纪念日放假办法 art. 2): off
   * also after the last day that may be named, of which no notice speaks yet.
   */
  readonly everyYear?: Readonly<Record<string, string>>;
}

export interface CalendarYear {
  /** Addresses of the notices the days come from. */
  readonly papers: readonly string[];
  /** Holidays, weekends inside them included. A notice may name days of the year before. */
  readonly off: readonly string[];
  /** Make-up working days (调休) on a weekend. */
  readonly work: readonly string[];
  /** Working days with other office hours than usual, such as half days: date to hours. */
  readonly hours?: Readonly<Record<string, readonly string[]>>;
  /** What the holiday is called that a day belongs to; nothing is counted by it. */
  readonly names?: Readonly<Record<string, string>>;
}

/**
 * Which days are working days (行政许可法 art. 82: working days, without statutory holidays; which days those are only the
 * State Council's yearly notice says). Immutable.
 */
export interface WorkCalendar {
  readonly version: string;
  readonly utcOffsetMs: number;
  readonly coverage: { readonly from: string; readonly to: string };
  /** The usual hours; `officeHoursOn` knows the days that differ. */
  readonly officeHours: readonly OfficeHours[];
  /** The hours of this day; of a day off: those it would have. */
  officeHoursOn(day: Day): readonly OfficeHours[];
  /** ms of office time from a fixed moment in the past up to `instant`. Differences measure office time. */
  officeTimeUpTo(instant: number): number;
  /**
   * Beyond coverage the answer is by the weekday and, after it, `everyYear` alone and may turn out wrong: ask `covers` before
   * relying on it.
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
  const [first, last] = data.named?.map(readDay) ?? [from, to];
  const isNamed = (day: Day): boolean => day >= first! && day <= last!;
  const exceptions = readExceptions(data, isNamed);
  const days = exceptions.map((exception) => exception.day);
  const sums = [0];
  for (const { change } of exceptions) sums.push(sums.at(-1)! + change);

  const dates = Object.keys(data.everyYear ?? {});
  const none = dates.find((date) => parseDay(`2000-${date}`) === undefined);
  if (none !== undefined) throw invalid(`"${none}" is not a date of a year`);
  const fixed = weekdaysOn(dates);
  const fixedAfter = (day: Day): number => (day > last! ? fixed(day) - fixed(last!) : 0);
  const rank = (day: Day): number => weekdaysUpTo(day) + sums[countUpTo(days, day)]! - fixedAfter(day);
  const coversDay = (day: Day): boolean => day >= from && day <= to;
  const utcOffsetMs = readOffset(data.utcOffset);
  const officeHours = readOfficeHours(data.officeHours);
  const special = readSpecialHours(data, (day) => isNamed(day) && rank(day) > rank(day - 1));
  const specialDays = [...special.keys()];
  const usual = lengthOf(officeHours);
  const differences = [0];
  for (const hours of special.values()) differences.push(differences.at(-1)! + lengthOf(hours) - usual);
  const officeHoursOn = (day: Day): readonly OfficeHours[] => special.get(day) ?? officeHours;
  return Object.freeze({
    version: data.version,
    utcOffsetMs,
    coverage: { from: data.coverage[0], to: data.coverage[1] },
    officeHours,
    officeHoursOn,
    officeTimeUpTo: (instant: number) => {
      const day = dayOf(instant, utcOffsetMs);
      const before = rank(day - 1) * usual + differences[countUpTo(specialDays, day - 1)]!;
      const works = rank(day) > rank(day - 1);
      return before + (works ? openUntil(officeHoursOn(day), instant - startOfDay(day, utcOffsetMs)) : 0);
    },
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
function readExceptions(data: CalendarData, isNamed: (day: Day) => boolean): { day: Day; change: 1 | -1 }[] {
  const working = new Map<Day, boolean>();
  const years = Object.values(data.years);
  for (const { off } of years) for (const date of off) working.set(readDay(date), false);
  for (const { work } of years) for (const date of work) working.set(readDay(date), true);
  return [...working]
    .map(([day, works]) => {
      if (!isNamed(day)) throw invalid(`${formatDay(day)} lies outside the coverage`);
      return { day, works, weekend: isWeekend(day) };
    })
    .filter(({ works, weekend }) => works === weekend)
    .map(({ day, works }) => ({ day, change: works ? (1 as const) : (-1 as const) }))
    .sort((a, b) => a.day - b.day);
}

/** In order of days. */
function readSpecialHours(data: CalendarData, worksOn: (day: Day) => boolean): Map<Day, readonly OfficeHours[]> {
  const entries = Object.values(data.years).flatMap(({ hours }) => Object.entries(hours ?? {}));
  const days = entries.map(([date, texts]) => {
    const day = readDay(date);
    if (!worksOn(day)) throw invalid(`${date} has office hours, but is no working day of the coverage`);
    return [day, readOfficeHours(texts)] as const;
  });
  return new Map(days.sort(([a], [b]) => a - b));
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

function isWeekend(day: Day): boolean {
  const weekday = weekdayOf(day);
  return weekday === 0 || weekday === 6;
}

/** Mondays to Fridays from Monday 1970-01-05 (day 4) up to and including `day`; negative before it. */
function weekdaysUpTo(day: Day): number {
  const weeks = Math.floor((day - 4) / 7);
  return weeks * 5 + Math.min(5, day - 4 - weeks * 7 + 1);
}
