import { escaped } from '../escaped.ts';

export { textOf, textOrNull } from '../escaped.ts';

/**
 * A text as it is kept in a field that queries compare. Anything but a text is refused here: no object, and so no operator,
 * gets into a query.
 */
export function keyOf(text: string): string {
  if (typeof text !== 'string') throw new TypeError(`Expected a text, but got ${JSON.stringify(text)}`);
  return escaped(text);
}

export function keyOrNull(text: string | null | undefined): string | null {
  return text == null ? null : keyOf(text);
}

/** Equal to this text, and nothing else. */
export function is(text: string): { $eq: string } {
  return { $eq: keyOf(text) };
}

/** One of these texts. */
export function oneOf(texts: Iterable<string>): { $in: string[] } {
  return { $in: [...new Set(texts)].map(keyOf) };
}

export function whole(value: number): number {
  if (!Number.isSafeInteger(value)) throw new TypeError(`Expected a whole number, but got ${JSON.stringify(value)}`);
  return value;
}
