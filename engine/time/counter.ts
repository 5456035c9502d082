import type { Limit } from '../model/graph.ts';
import type { WorkCalendar } from './calendar.ts';
import { DAY_MS, HOUR_MS } from './day.ts';
import { usualDayOf } from './office-hours.ts';
import { addWorkingDays, workingDaysBetween } from './working-days.ts';
import { addWorkingTime, workingTimeBetween } from './working-hours.ts';

/** One way to count along a line of positions: days, or moments in ms. */
export interface Counter {
  /** What is counted after `from` up to and including `to`. */
  between(from: number, to: number): number;
  /** The first position at which `n` have been counted after `from`. */
  after(from: number, n: number): number;
}

/** Counts stand still after `from` up to and including `to`; without end where `to` is Infinity. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** A stretch that was counted without a gap. */
export interface Run {
  readonly from: number;
  readonly to: number;
  readonly counted: number;
}

export const plain: Counter = {
  between: (from, to) => to - from,
  after: (from, n) => from + n,
};

export function workingDays(calendar: WorkCalendar): Counter {
  return {
    between: (from, to) => workingDaysBetween(calendar, from, to),
    after: (from, n) => addWorkingDays(calendar, from, n),
  };
}

export function officeTime(calendar: WorkCalendar): Counter {
  return {
    between: (from, to) => workingTimeBetween(calendar, from, to),
    after: (from, ms) => addWorkingTime(calendar, from, ms),
  };
}

/** How a unit is counted to the moment, and how many ms are one of it: of a working day the office time of a usual day. */
export function exactly(unit: Limit['unit'], calendar: WorkCalendar): { counter: Counter; perUnit: number } {
  switch (unit) {
    case 'workingDays':
      return { counter: officeTime(calendar), perUnit: usualDayOf(calendar) };
    case 'calendarDays':
      return { counter: plain, perUnit: DAY_MS };
    case 'workingHours':
      return { counter: officeTime(calendar), perUnit: HOUR_MS };
  }
}

/** Counts `n` from `origin`, skipping the gaps (in order, apart). `end` is null where a gap without end comes first. */
export function walk(
  counter: Counter,
  gaps: readonly Gap[],
  origin: number,
  n: number,
): { end: number | null; runs: Run[] } {
  const runs: Run[] = [];
  let at = origin;
  let left = n;
  for (const gap of gaps) {
    if (gap.to <= at) continue;
    const until = Math.max(at, gap.from);
    const counted = counter.between(at, until);
    if (left < counted || (left === counted && counted > 0)) break;
    if (counted > 0) runs.push({ from: at, to: until, counted });
    left -= counted;
    if (gap.to === Infinity) return { end: null, runs };
    at = gap.to;
  }
  const end = counter.after(at, left);
  if (left > 0) runs.push({ from: at, to: end, counted: left });
  return { end, runs };
}

/** What is counted from `origin` up to `position`, the gaps left out; 0 before the origin. */
export function used(counter: Counter, gaps: readonly Gap[], origin: number, position: number): number {
  let at = origin;
  let sum = 0;
  for (const gap of gaps) {
    if (gap.to <= at) continue;
    if (gap.from >= position) break;
    if (gap.from > at) sum += counter.between(at, gap.from);
    at = gap.to;
  }
  return at < position ? sum + counter.between(at, position) : sum;
}
