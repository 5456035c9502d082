import { Rejection } from '../kernel/rejection.ts';
import type { CaseRow } from '../store/ports.ts';

/** Longest reason kept in a history, in characters. */
export const LONGEST_REASON = 500;

/** The reason without blanks around it. `case.reason_missing`, `case.reason_too_long` */
export function checkedReason(reason: string): string {
  const text = reason.trim();
  if (text === '') throw new Rejection('invalid', 'case.reason_missing', 'Expected a reason, but it is empty');
  if (text.length > LONGEST_REASON) {
    throw new Rejection(
      'invalid',
      'case.reason_too_long',
      `Expected a reason of at most ${LONGEST_REASON} characters, but it has ${text.length}`,
      { limit: LONGEST_REASON, length: text.length },
    );
  }
  return text;
}

/** A person decided on what they saw: refuse where it is no longer so. `case.moved_on` */
export function refuseMovedOn(row: Pick<CaseRow, 'id' | 'rev'>, expectedRev: number | undefined): void {
  if (expectedRev === undefined || expectedRev === row.rev) return;
  throw new Rejection(
    'conflict',
    'case.moved_on',
    `Expected case '${row.id}' at revision ${expectedRev}, but it is at ${row.rev}`,
    { case: row.id, expected: expectedRev, rev: row.rev },
  );
}
