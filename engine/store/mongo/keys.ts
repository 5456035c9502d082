import { escaped } from '../escaped.ts';

export { textOf, textOrNull } from '../escaped.ts';

/**
 * A text as it is kept in a field, and as a query compares it. Anything but a text is refused here: no object, and so no
 * operator, gets into a query. Not as `$eq`: some servers find no document by such an `_id` but by reading all of them.
 */
export function keyOf(text: string): string {
  if (typeof text !== 'string') throw new TypeError(`Expected a text, but got ${JSON.stringify(text)}`);
  return escaped(text);
}

export function keyOrNull(text: string | null | undefined): string | null {
  return text == null ? null : keyOf(text);
}

/** One of these texts. */
export function oneOf(texts: Iterable<string>): { $in: string[] } {
  return { $in: [...new Set(texts)].map(keyOf) };
}

export function whole(value: number): number {
  if (!Number.isSafeInteger(value)) throw new TypeError(`Expected a whole number, but got ${JSON.stringify(value)}`);
  return value;
}
