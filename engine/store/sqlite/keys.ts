import { Rejection } from '../../kernel/rejection.ts';
import { escaped } from '../escaped.ts';

export { textOf, textOrNull } from '../escaped.ts';

/** Rows of a case have keys from `caseNo * SPAN` to below the next case's: 4 M of a kind per case, 2 G cases. */
export const SPAN = 2 ** 22;

export function caseRange(caseNo: number): { first: number; last: number } {
  return { first: caseNo * SPAN, last: (caseNo + 1) * SPAN - 1 };
}

/** `case.too_long` (too-large): more events or tasks than a case may have. */
export function keyInCase(caseNo: number, n: number): number {
  if (n >= SPAN) {
    throw new Rejection(
      'too-large',
      'case.too_long',
      `Expected fewer than ${SPAN} rows of a case, but this is row ${n}`,
    );
  }
  return caseNo * SPAN + n;
}

/** A text as SQL key. SQL text ends at a NUL. */
export function keyOf(text: string): string {
  return escaped(text, text.includes('\0'));
}

export function keyOrNull(text: string | null | undefined): string | null {
  return text == null ? null : keyOf(text);
}
