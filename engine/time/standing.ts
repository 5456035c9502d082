import type { Limit } from '../model/graph.ts';
import { countOf, endingOf } from './count.ts';
import { officeTime, used } from './counter.ts';
import { dayOf } from './day.ts';
import { heldMoments } from './held.ts';
import { lightOf, NEVER, type Light } from './light.ts';
import { refuseBadInstant, refuseBadTerms, statutoryTerms, type Terms } from './terms.ts';
import { workingDaysBetween } from './working-days.ts';

/** Due some day, nobody knows when. */
const UNKNOWN = NEVER - 1;

export interface Standing {
  readonly light: Light;
  readonly held: boolean;
  /**
   * In the unit of the limit. Days: today not counted, 0 on the due day, overdue at least -1. Exact clocks: to the moment.
   * While held it stands still.
   */
  readonly left: { readonly value: number; readonly unit: Limit['unit'] };
  /** Office time until the due date without what is held, in ms; negative when overdue; null without a due date. */
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
    if (!count.inDays) return -count.counter.between(dueAt, now) / count.perUnit;
    const dueDay = dayOf(dueAt, calendar.utcOffsetMs);
    const days = terms.limit.unit === 'workingDays' ? workingDaysBetween(calendar, dueDay, today) : today - dueDay;
    return -Math.max(1, days);
  };
  const moments = heldMoments(holds, start);
  const untilDue = (): number | null => {
    if (dueAt === null) return null;
    const clock = officeTime(calendar);
    return passed ? -clock.between(dueAt, now) : used(clock, moments, Math.max(start, now), dueAt);
  };
  return {
    light: lightAt({ dueAt, yellowAt }, held && !passed, now, statutoryDueAt(terms, statutory)),
    held,
    left: { value: left(), unit: terms.limit.unit },
    officeTime: untilDue(),
  };
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
