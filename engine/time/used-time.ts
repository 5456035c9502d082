import type { Limit } from '../model/graph.ts';
import type { WorkCalendar } from './calendar.ts';
import { countOf } from './count.ts';
import { officeTime, used, type Gap } from './counter.ts';
import { dayOf, startOfDay } from './day.ts';
import { heldMoments } from './held.ts';
import type { Hold, StartRule, Terms } from './terms.ts';

/** When somebody had it in hand (ms); `to` null: still. */
export interface Span {
  readonly from: number;
  readonly to: number | null;
}

/** Whether a span goes on, or ended after this moment. */
export const lastsBeyond =
  (moment: number) =>
  ({ to }: Pick<Span, 'to'>): boolean =>
    to === null || to > moment;

/** What somebody used of the time, counted as limits are. */
export interface UsedTime {
  /** In the unit asked for: days, or hours exact to the millisecond. */
  readonly value: number;
  /** What would have counted besides, had it not been held. */
  readonly held: number;
  /** Office time, ms, without what was held. */
  readonly officeTime: number;
}

/**
 * The terms of a clock that runs while somebody has it in hand: from the beginning of the first span on, and what lies
 * between two of them does not count. Where days are counted, the day on which one ends counts, and the day on which the
 * next begins as the start rule says. Expects at least one span; the last one is taken to go on.
 */
export function inHand(spans: readonly Span[], terms: Omit<Terms, 'start'>): Terms {
  const moments = merged(spans.map(({ from, to }) => ({ from, to: to ?? Infinity })));
  const start = moments[0]!.from;
  const away = moments.slice(1).map((next, index) => between(moments[index]!.to, next.from, terms));
  return { ...terms, start, holds: [...(terms.holds ?? []), ...away.filter(({ from, to }) => to! > from)] };
}

function between(end: number, begin: number, terms: Omit<Terms, 'start'>): Hold {
  const { inDays, origin } = countOf({ ...terms, start: begin });
  if (!inDays) return { reason: 'elsewhere', from: end, to: origin };
  const { utcOffsetMs } = terms.calendar;
  const nextDay = (day: number): number => startOfDay(day + 1, utcOffsetMs);
  return { reason: 'elsewhere', from: nextDay(dayOf(end, utcOffsetMs)), to: nextDay(origin) };
}

/**
 * How much time the spans took up to `now`, counted as `limit` is, from where the start rule says. What overlaps counts once; what is held
 * does not count (行政许可法 art. 45). Pure; never negative, never more than the time from the first beginning on.
 */
export function usedTime(
  spans: readonly Span[],
  { limit, startRule }: { limit: Limit; startRule?: StartRule | undefined },
  { calendar, holds = [], now }: { calendar: WorkCalendar; holds?: readonly Hold[]; now: number },
): UsedTime {
  const begun = spans.filter(({ from }) => from <= now).map(({ from, to }) => ({ from, to: Math.min(to ?? now, now) }));
  if (begun.length === 0) return { value: 0, held: 0, officeTime: 0 };
  const last = Math.max(...begun.map(({ to }) => to));
  const amount = (some: readonly Hold[]): number => {
    const { counter, gaps, origin, inDays, perUnit } = countOf(
      inHand(begun, { limit, calendar, holds: some, ...(startRule && { startRule }) }),
    );
    return used(counter, gaps, origin, inDays ? dayOf(last, calendar.utcOffsetMs) : last) / perUnit;
  };
  const moments = merged(begun);
  const gaps = heldMoments(holds, moments[0]!.from);
  const value = amount(holds);
  return {
    value,
    held: amount([]) - value,
    officeTime: moments.reduce((sum, { from, to }) => sum + used(officeTime(calendar), gaps, from, to), 0),
  };
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
