import { HttpProblem } from '../http/http-problem.ts';

/** Where a page ended, as a word clients hand back unread. */
export function cursorOf(key: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** The key of a cursor, its parts of these types. 422 `request.cursor` for what we never gave out. */
export function readCursor(
  cursor: string,
  types: readonly ('string' | 'number' | 'number?')[],
): (string | number | null)[] {
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    key = undefined;
  }
  const fits =
    Array.isArray(key) &&
    key.length === types.length &&
    types.every((type, i) =>
      type === 'number?' ? key[i] === null || Number.isFinite(key[i]) : typeof key[i] === type,
    );
  if (!fits)
    throw new HttpProblem(422, 'request.cursor', {
      errors: [{ pointer: '/query/cursor', detail: cursor.slice(0, 80), code: 'request.cursor' }],
    });
  return key as (string | number | null)[];
}

/** One page of `limit + 1` rows that were read: the rest says that there is more. */
export function paged<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => readonly (string | number | null)[],
): { rows: Row[]; next: string | null } {
  const page = rows.slice(0, limit);
  return { rows: page, next: rows.length > limit ? cursorOf(keyOf(page.at(-1)!)) : null };
}
