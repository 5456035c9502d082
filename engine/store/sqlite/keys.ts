import { Rejection } from '../../kernel/rejection.ts';

/** Rows of a case have keys from `caseNo * SPAN` to below the next case's: 4 M of a kind per case, 2 G cases. */
const SPAN = 2 ** 22;

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

const ESCAPE = '\u0001';
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * A text as SQL key. SQL text ends at a NUL and has no lone surrogates, so those few are escaped; all others stay
 * readable and in order.
 */
export function keyOf(text: string): string {
  const unsafe = text.startsWith(ESCAPE) || text.includes('\0') || LONE_SURROGATE.test(text);
  return unsafe ? ESCAPE + JSON.stringify(text) : text;
}

export function keyOrNull(text: string | null | undefined): string | null {
  return text == null ? null : keyOf(text);
}

export function textOf(key: string): string {
  return key.startsWith(ESCAPE) ? (JSON.parse(key.slice(1)) as string) : key;
}

export function textOrNull(key: string | null): string | null {
  return key === null ? null : textOf(key);
}
