import type { CaseRow, DateNotes } from '../store/ports.ts';
import { exactFrom, lastsBeyond, type DueDate, type Terms } from '../time/index.ts';

/** What rows note beside their due dates; undefined where that is nothing. */
export function dateNotesOf(
  terms: Terms | undefined,
  { due, law }: { due: DueDate | undefined; law: DueDate | undefined },
): DateNotes | undefined {
  const dueAt = (due ?? law)?.dueAt ?? null;
  const { limit, startRule, holds = [] } = terms ?? {};
  const exact = terms && startRule ? exactFrom(terms) : null;
  const later = dueAt === null ? [] : holds.filter(lastsBeyond(dueAt));
  const notes: DateNotes = {
    ...(due && !due.provisional && law?.provisional && { promiseCertain: true }),
    ...(limit && limit.unit !== 'workingDays' && { unit: limit.unit }),
    ...(exact !== null && { exactFrom: exact }),
    ...(later.length > 0 && { stoodStill: later.map(({ from, to }) => ({ from, to })) }),
  };
  return Object.keys(notes).length > 0 ? notes : undefined;
}

/** Not days as a whole: the date that is told first comes at a moment within its day. */
export function countsToTheMoment({ dateNotes }: Pick<CaseRow, 'dateNotes'>): boolean {
  return dateNotes?.exactFrom !== undefined || dateNotes?.unit === 'workingHours';
}

/** 暂定, of each of the two dates by itself. False of one that is not known, and of what has ended: no notice moves it any more. */
export function uncertainDates({
  dueAt,
  statutoryAt,
  provisional,
  dateNotes,
  endedAt = null,
}: Pick<CaseRow, 'dueAt' | 'provisional' | 'dateNotes'> & { statutoryAt?: number | null; endedAt?: number | null }): {
  promise: boolean;
  statutory: boolean;
} {
  const mayMove = provisional && endedAt === null;
  return {
    promise: mayMove && dueAt !== null && !dateNotes?.promiseCertain,
    statutory: mayMove && statutoryAt != null,
  };
}

/** 暂定, of the date that something is due by: the promise, without one the statutory date. */
export function isUncertain(row: Parameters<typeof uncertainDates>[0]): boolean {
  const { promise, statutory } = uncertainDates(row);
  return row.dueAt === null ? statutory : promise;
}
