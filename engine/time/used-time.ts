import type { Limit } from '../model/graph.ts';
import type { WorkCalendar } from './calendar.ts';
import { officeTime, plain, used, walk, workingDays, type Counter, type Gap } from './counter.ts';
import { dayOf, HOUR_MS, startOfDay } from './day.ts';
import { heldDays, heldMoments } from './held.ts';
import type { Hold } from './terms.ts';
import { closeOfOffice } from './working-hours.ts';

/** When somebody had it in hand (ms); `to` null: still. */
export interface Span {
  readonly from: number;
  readonly to: number | null;
}

/** What somebody used of the time, counted as limits are. */
export interface UsedTime {
  /** In the unit asked for: whole days, or hours exact to the millisecond. */
  readonly value: number;
  /** What would have counted besides, had it not been held. */
  readonly held: number;
  /** Office time, ms, without what was held. */
  readonly officeTime: number;
  /** When the limit was used up, or will be where it stays in hand; null: not so far, no limit, or held without an end. */
  readonly dueAt: number | null;
  /** When the last 30 % of the limit, at least one unit, begin, likewise. */
  readonly yellowAt: number | null;
}

/**
 * How much time the spans took up to `now`: the day on which one begins is not counted, the day on which it ends is; hours
 * are exact. What overlaps counts once; what is held does not count (行政许可法 art. 45). Pure; never negative, never more
 * than the time from the first beginning on.
 */
export function usedTime(
  spans: readonly Span[],
  counted: { unit: Limit['unit']; limit?: number },
  { calendar, holds = [], now }: { calendar: WorkCalendar; holds?: readonly Hold[]; now: number },
): UsedTime {
  const begun = spans.filter(({ from }) => from <= now);
  const moments = merged(begun.map(({ from, to }) => ({ from, to: Math.min(to ?? now, now) })));
  const start = moments[0]?.from ?? now;
  const inDays = counted.unit !== 'workingHours';
  const day = (instant: number): number => dayOf(instant, calendar.utcOffsetMs);
  const ranges = inDays ? merged(moments.map(({ from, to }) => ({ from: day(from), to: day(to) }))) : moments;
  const counter = counted.unit === 'calendarDays' ? plain : inDays ? workingDays(calendar) : officeTime(calendar);
  const gaps = inDays ? heldDays(calendar, holds, start) : heldMoments(holds, start);
  const perUnit = inDays ? 1 : HOUR_MS;

  const count = (left: readonly Gap[], by = counter, over = ranges) =>
    over.reduce((sum, { from, to }) => sum + used(by, left, from, to), 0);
  const value = count(gaps);
  const goesOn = begun.some(({ to }) => to === null || to > now);
  const reach = (amount: number) => reached({ ranges, counter, gaps, goesOn }, Math.round(amount * perUnit));
  const { limit } = counted;
  const dueDay = limit === undefined || begun.length === 0 ? null : reach(limit);
  const yellow =
    limit === undefined || begun.length === 0 ? null : reach(Math.max(0, limit - warningOf(limit, inDays)));
  return {
    value: value / perUnit,
    held: (count([]) - value) / perUnit,
    officeTime: count(heldMoments(holds, start), officeTime(calendar), moments),
    dueAt: dueDay === null || !inDays ? dueDay : closeOfOffice(calendar, dueDay),
    yellowAt: yellow === null || !inDays ? yellow : startOfDay(yellow, calendar.utcOffsetMs),
  };
}

function warningOf(limit: number, inDays: boolean): number {
  const units = limit * 0.3;
  return Math.max(1, inDays ? Math.floor(units + 1e-9) : units);
}

/** The position at which so much has been counted; null where it has not, and nothing goes on. */
function reached(
  {
    ranges,
    counter,
    gaps,
    goesOn,
  }: { ranges: readonly Gap[]; counter: Counter; gaps: readonly Gap[]; goesOn: boolean },
  amount: number,
): number | null {
  let left = amount;
  for (const [index, { from, to }] of ranges.entries()) {
    const counted = used(counter, gaps, from, to);
    if (left <= counted || (goesOn && index === ranges.length - 1)) return walk(counter, gaps, from, left).end;
    left -= counted;
  }
  return null;
}

/** In order, those that overlap or touch made one. */
function merged(spans: readonly Gap[]): Gap[] {
  const result: Gap[] = [];
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && from <= last.to) result[result.length - 1] = { from: last.from, to: Math.max(last.to, to) };
    else result.push({ from, to });
  }
  return result;
}
