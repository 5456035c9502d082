import type { Limit } from '../model/graph.ts';
import type { WorkCalendar } from './calendar.ts';
import { countOf, endingOf } from './count.ts';
import { isUncovered, type Deadline } from './deadline.ts';
import { refuseBadTerms } from './terms.ts';

export { LONGEST_LIMIT } from './terms.ts';

export interface DueDate extends Omit<Deadline, 'ledger'> {
  readonly dueAt: number;
  readonly yellowAt: number;
}

/** `deadlineOf` for what is never held: always a date, and no ledger. `time.bad_limit`, `time.bad_instant`. */
export function dueDate(terms: { start: number; limit: Limit; calendar: WorkCalendar }): DueDate {
  refuseBadTerms(terms);
  const { dueAt, yellowAt } = endingOf(terms, countOf(terms));
  if (dueAt === null || yellowAt === null) throw new Error('What is not held has a due date');
  return { dueAt, yellowAt, provisional: isUncovered(terms, dueAt), calendarVersion: terms.calendar.version };
}
