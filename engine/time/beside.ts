import type { Limit } from '../model/graph.ts';
import { countOf, endingOf } from './count.ts';
import { officeTime, plain, used, walk, workingDays } from './counter.ts';
import { dayOf, HOUR_MS } from './day.ts';
import { heldDays, heldMoments } from './held.ts';
import { refuseBadTerms, type Terms } from './terms.ts';
import { closeOfOffice } from './working-hours.ts';

/**
 * The moment that lies so much counted time before (negative) or after a due date; what is held is not counted. Days end at
 * close of office, so that from "2 working days before" on just two working days are left; 0 is the due date itself. What
 * would lie before the start is the start. null: held, and nobody knows until when. Refuses as `deadlineOf`
 */
export function besideDueDate(terms: Terms, { value, unit }: Pick<Limit, 'value' | 'unit'>): number | null {
  refuseBadTerms(terms);
  const { start, calendar, holds = [] } = terms;
  const { dueAt } = endingOf(terms, countOf(terms));
  if (dueAt === null || value === 0) return dueAt;
  if (unit === 'workingHours') {
    const [counter, gaps, ms] = [officeTime(calendar), heldMoments(holds, start), Math.round(value * HOUR_MS)];
    if (ms > 0) return walk(counter, gaps, dueAt, ms).end;
    const left = used(counter, gaps, start, dueAt) + ms;
    return left > 0 ? walk(counter, gaps, start, left).end : start;
  }
  const [counter, gaps] = [unit === 'workingDays' ? workingDays(calendar) : plain, heldDays(calendar, holds, start)];
  const [first, last] = [dayOf(start, calendar.utcOffsetMs), dayOf(dueAt, calendar.utcOffsetMs)];
  const closeOf = (day: number | null): number | null => (day === null ? null : closeOfOffice(calendar, day));
  if (value > 0) return closeOf(walk(counter, gaps, last, value).end);
  const left = used(counter, gaps, first, last) + value;
  if (left < 0) return start;
  return Math.max(start, closeOf(left === 0 ? first : walk(counter, gaps, first, left).end)!);
}
