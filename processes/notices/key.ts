import type { Notice } from './notice.ts';

/** Under which a notice is kept: sorts by time; the id behind it makes a notice that comes twice the same document. */
export function keyOf({ at, id }: Pick<Notice, 'at' | 'id'>): string {
  return `${String(at).padStart(14, '0')}.${id}`;
}
