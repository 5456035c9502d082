import { countOf } from './count.ts';
import { used } from './counter.ts';
import { dayOf } from './day.ts';
import { refuseBadInstant, refuseBadTerms, type Terms } from './terms.ts';

/**
 * What has been counted by `now`, in the unit of the limit: of days those that have begun, today among them; of exact clocks
 * the time itself. What is held does not count. 0 before the count begins. Refuses as `deadlineOf`
 */
export function elapsedAt(terms: Terms, now: number): number {
  refuseBadTerms(terms);
  refuseBadInstant(now, '/at');
  const { counter, gaps, origin, inDays, perUnit } = countOf(terms);
  return used(counter, gaps, origin, inDays ? dayOf(now, terms.calendar.utcOffsetMs) : now) / perUnit;
}
