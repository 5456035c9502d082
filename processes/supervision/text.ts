import { Rejection } from '../../engine/kernel/rejection.ts';

/** Longest text of an urge, an order, a reply or a reason, in characters. */
export const LONGEST_TEXT = 500;

/** Without blanks around it. `supervision.text_missing`, `supervision.text_too_long` (details.limit) */
export function checkedText(given: string): string {
  const text = given.trim();
  if (text === '')
    throw new Rejection('invalid', 'supervision.text_missing', 'Expected some words, but there are none');
  if (text.length > LONGEST_TEXT)
    throw new Rejection(
      'invalid',
      'supervision.text_too_long',
      `Expected at most ${LONGEST_TEXT} characters, but there are ${text.length}`,
      { limit: LONGEST_TEXT, length: text.length },
    );
  return text;
}
