import { HttpProblem } from '../http/http-problem.ts';

interface KeyTypes {
  string: string;
  number: number;
  'number?': number | null;
}

/** What a list is ordered by: fields of its rows, with their types, the last one unique. */
type Order = Readonly<Record<string, keyof KeyTypes>>;

/** The place of a row in its list. */
type Key<By extends Order> = { [Field in keyof By]: KeyTypes[By[Field]] };

/** Cases, newest first. */
export const BY_START = { startedAt: 'number', id: 'string' } as const;

/**
 * The page of a list that a query asks for. `read` gives the rows after a key, or the first ones without it; no more than
 * `limit` are needed, one of them to say whether there is a next page. 422 `request.cursor` as `readCursor`.
 */
export async function readPage<By extends Order, Row extends Key<By>>(
  query: { readonly cursor?: string | undefined; readonly limit: number },
  by: By,
  read: (after: Key<By> | undefined, limit: number) => Promise<Row[]>,
): Promise<{ rows: Row[]; next: string | null }> {
  const found = await read(readCursor(query.cursor, by), query.limit + 1);
  const rows = found.slice(0, query.limit);
  return { rows, next: found.length > query.limit ? cursorOf(rows.at(-1)!, by) : null };
}

/** Where a page ended, as a word clients hand back unread. */
export function cursorOf<By extends Order>(row: Key<By>, by: By): string {
  return Buffer.from(JSON.stringify(Object.keys(by).map((field) => row[field]))).toString('base64url');
}

/** The key in a cursor; undefined without one. 422 `request.cursor` at `pointer` for what we never gave out. */
export function readCursor<By extends Order>(
  cursor: string | undefined,
  by: By,
  pointer = '/query/cursor',
): Key<By> | undefined {
  if (!cursor) return undefined;
  const fields = Object.entries(by);
  const key = parsed(cursor);
  if (!Array.isArray(key) || key.length !== fields.length || !fields.every(([, type], i) => fits(key[i], type)))
    throw new HttpProblem(422, 'request.cursor', {
      errors: [{ pointer, detail: cursor.slice(0, 80), code: 'request.cursor' }],
    });
  return Object.fromEntries(fields.map(([field], i) => [field, key[i]])) as Key<By>;
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

function fits(part: unknown, type: keyof KeyTypes): boolean {
  return type === 'number?' ? part === null || Number.isFinite(part) : typeof part === type;
}
