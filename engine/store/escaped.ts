const ESCAPE = '\u0001';
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * A text as a key of a database. Half a surrogate pair fits in none, nor does what `unsafe` tells: those few are escaped;
 * all others stay readable and in order.
 */
export function escaped(text: string, unsafe = false): string {
  return unsafe || text.startsWith(ESCAPE) || LONE_SURROGATE.test(text) ? ESCAPE + JSON.stringify(text) : text;
}

/** The text that a key stands for. */
export function textOf(key: string): string {
  return key.startsWith(ESCAPE) ? (JSON.parse(key.slice(1)) as string) : key;
}

export function textOrNull(key: string | null): string | null {
  return key === null ? null : textOf(key);
}
