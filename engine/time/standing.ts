import type { Limit } from '../model/graph.ts';
import { countOf, endingOf } from './count.ts';
import { officeTime, used, type Gap } from './counter.ts';
import { dayOf, startOfDay } from './day.ts';
import { lightOf, NEVER, type Light } from './light.ts';
import { refuseBadInstant, refuseBadTerms, statutoryTerms, type Terms } from './terms.ts';

/** Due some day, nobody knows when. */
const UNKNOWN = NEVER - 1;

export interface Standing {
  readonly light: Light;
  readonly held: boolean;
  /** Whether the due date has passed, be it only by time in which the office was closed. */
  readonly passed: boolean;
  /**
   * In the unit of the limit. Days: today not counted, 0 on the due day, overdue at least -1. Exact clocks: to the moment.
   * While held it stands still, overdue too.
   */
  readonly left: { readonly value: number; readonly unit: Limit['unit'] };
  /** Office time until the due date without what is held, in ms; overdue: minus that since; null without a due date. */
  readonly officeTime: number | null;
}

/**
 * How a clock stands at a moment, from the same terms. A light that has turned red stays red though the clock be held
 * later; deep red needs `statutory`, which is counted with the same start, start rule, holds and extensions.
 */
export function standingAt(terms: Terms, now: number, statutory?: Limit): Standing {
  refuseBadTerms(terms);
  refuseBadInstant(now, '/at');
  const { calendar, start, holds = [] } = terms;
  const count = countOf(terms);
  const { dueAt, yellowAt, whole } = endingOf(terms, count);
  const held = now >= start && holds.some(({ from, to }) => from <= now && (to === null || now < to));
  const passed = dueAt !== null && now > dueAt;
  const today = dayOf(now, calendar.utcOffsetMs);

  const left = (): number => {
    if (!passed)
      return (whole - used(count.counter, count.gaps, count.origin, count.inDays ? today : now)) / count.perUnit;
    if (!count.inDays) return -used(count.counter, count.gaps, dueAt, now) / count.perUnit;
    return -Math.max(1, used(count.counter, count.gaps, dayOf(dueAt, calendar.utcOffsetMs), today));
  };
  // a day that is left out whole gives no hours either
  const moments = count.inDays ? momentsOf(count.gaps, calendar.utcOffsetMs) : count.gaps;
  const untilDue = (): number | null => {
    if (dueAt === null) return null;
    const clock = officeTime(calendar);
    return passed ? -used(clock, moments, dueAt, now) : used(clock, moments, Math.max(start, now), dueAt);
  };
  return {
    light: lightAt({ dueAt, yellowAt }, held && !passed, now, statutoryDueAt(terms, statutory)),
    held,
    passed,
    left: { value: left(), unit: terms.limit.unit },
    officeTime: untilDue(),
  };
}

/** The days of each gap, from midnight to midnight. */
function momentsOf(gaps: readonly Gap[], utcOffsetMs: number): Gap[] {
  return gaps.map(({ from, to }) => ({
    from: startOfDay(from + 1, utcOffsetMs),
    to: to === Infinity ? to : startOfDay(to + 1, utcOffsetMs),
  }));
}

function statutoryDueAt(terms: Terms, limit: Limit | undefined): number | null {
  if (!limit) return null;
  const law = statutoryTerms(terms, limit);
  refuseBadTerms(law);
  return endingOf(law, countOf(law)).dueAt;
}

/** Held now, though the end of the hold may be known; or running towards a hold without an end. */
function lightAt(
  { dueAt, yellowAt }: { dueAt: number | null; yellowAt: number | null },
  held: boolean,
  now: number,
  statutoryAt: number | null,
): Light {
  if (held && (statutoryAt === null || now <= statutoryAt)) return 'grey';
  return lightOf({ yellowAt, dueAt: dueAt ?? UNKNOWN, statutoryAt }, now);
}
