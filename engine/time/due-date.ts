import { countOf, endingOf } from './count.ts';
import { isUncovered, type Deadline } from './deadline.ts';
import { refuseBadTerms, type Terms } from './terms.ts';

export { LONGEST_LIMIT } from './terms.ts';

export type DueDate = Omit<Deadline, 'ledger'>;
/** Of what is never held and warns by the common rule: always a date. */
export type KnownDueDate = DueDate & { readonly dueAt: number; readonly yellowAt: number };

/** `deadlineOf` without its ledger, for the rows of cases and tasks. Refuses with the same codes. */
export function dueDate(terms: Terms & { readonly holds?: undefined; readonly warning?: undefined }): KnownDueDate;
export function dueDate(terms: Terms): DueDate;
export function dueDate(terms: Terms): DueDate {
  refuseBadTerms(terms);
  const { dueAt, yellowAt } = endingOf(terms, countOf(terms));
  return { dueAt, yellowAt, provisional: isUncovered(terms, dueAt), calendarVersion: terms.calendar.version };
}
