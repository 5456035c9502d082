import { countOf, endingOf } from './count.ts';
import { dayOf } from './day.ts';
import { ledgerOf, type LedgerLine } from './ledger.ts';
import { refuseBadTerms, type Terms } from './terms.ts';
import { isProvisional } from './working-days.ts';

/** Instants in ms since the epoch. */
export interface Deadline {
  /** null: held, and nobody knows until when. */
  readonly dueAt: number | null;
  /** From here to dueAt the light is yellow. May lie before the start where the limit is as short as the warning. */
  readonly yellowAt: number | null;
  /** The span leaves the calendar's coverage: compute again when the year's notice is loaded. */
  readonly provisional: boolean;
  readonly calendarVersion: string;
  readonly ledger: readonly LedgerLine[];
}

/**
 * When a limit ends, when it begins to warn, and why: a pure function of its terms, the same for a case, a calculator and
 * a sceptic.
 *
 * - `workingDays`: statutory holidays are not counted (行政许可法 art. 82). Due at close of office on the last day (民法典
 *   art. 203.2, by habit). A limit of 0 is the same day (即办件), or the next working day when the office has closed.
 * - `calendarDays`: a last day that is a day of rest moves to the next working day (民法典 art. 203.1, by habit).
 * - `workingHours`: time inside office hours only, exact to the millisecond.
 *
 * Where the count begins is the start rule's (`StartRule`). Time that is held is not counted, once where holds overlap
 * (行政许可法 art. 45): a day of which any office time was held is not counted at all; exact clocks leave out the exact
 * time. Extensions add to the limit. How far the law lets an office extend is for the caller to check.
 *
 * Yellow starts when 30 % of the amount, at least 1 unit, is left: at 00:00 of that day, or at that moment for exact
 * clocks. Same-day work warns after 2 office hours. Refuses with the `time.*` codes of `refuseBadTerms`.
 */
export function deadlineOf(terms: Terms): Deadline {
  refuseBadTerms(terms);
  const count = countOf(terms);
  const ending = endingOf(terms, count);
  const { dueAt, yellowAt } = ending;
  const provisional = isUncovered(terms, dueAt);
  return {
    dueAt,
    yellowAt,
    provisional,
    calendarVersion: terms.calendar.version,
    ledger: ledgerOf(terms, count, ending, provisional),
  };
}

/** Without a due date: as far as is known, which is the last moment named. */
export function isUncovered({ calendar, start, holds = [] }: Terms, dueAt: number | null): boolean {
  const known = dueAt ?? Math.max(start, ...holds.map(({ from, to }) => to ?? from));
  return isProvisional(calendar, dayOf(start, calendar.utcOffsetMs), dayOf(known, calendar.utcOffsetMs));
}
