import type { CaseQuery, EventRow, OverdueQuery } from '../ports.ts';
import { newestFirst } from '../order.ts';
import { lightNeedsNow } from '../refusals.ts';
import type { Database, SqlRow, SqlValue } from './driver.ts';
import { unpackEvents } from './events.ts';
import { caseRange, keyOf } from './keys.ts';
import { CLOCK, placesFor, type LightConditions } from './lights.ts';

/** A text search looks at this many cases, newest first, and at the case whose number it is. */
const TEXT_SCAN = 100_000;

export function findCase(database: Database, id: string): string | undefined {
  return database.get('SELECT row FROM cases WHERE id = ?', keyOf(id))?.row as string | undefined;
}

export function countActiveCases(database: Database): number {
  return database.get(`SELECT count(*) AS cases FROM cases WHERE status = 'active'`)!.cases as number;
}

export function listEvents(database: Database, caseId: string, afterSeq: number, limit: number): EventRow[] {
  const no = database.get('SELECT no FROM cases WHERE id = ?', keyOf(caseId))?.no;
  if (no === undefined) return [];
  const { first, last } = caseRange(no as number);
  const select = 'SELECT events FROM history WHERE key > ? AND key <= ? ORDER BY key LIMIT ?';
  const blocks = database.all(select, first + afterSeq, last, limit);
  const events: EventRow[] = [];
  for (const block of blocks) {
    if (events.length >= limit) break;
    events.push(...unpackEvents(caseId, block.events as string).filter((event) => event.seq > afterSeq));
  }
  return events.slice(0, limit);
}

interface Filter {
  sql: string;
  args: SqlValue[];
}

/** Walks one index newest first, the narrowest that the query allows, and filters on the way. */
export function listCases(database: Database, query: CaseQuery): string[] {
  const filters = filtersOf(query);
  const after = query.after && [query.after.startedAt, keyOf(query.after.id)];
  if (after) filters.push({ sql: '(c.started_at, c.id) < (?, ?)', args: after });
  const exact = query.text === undefined ? [] : walk(database, 'cases c', filters, query, 'c.number = ?', query.text);
  if (query.text !== undefined) {
    const edge = edgeOfTextScan(database, after);
    if (edge) filters.push({ sql: '(c.started_at, c.id) >= (?, ?)', args: edge });
    const text = query.text.split('\0', 1)[0]!;
    filters.push({ sql: '(instr(c.number, ?) OR instr(c.title, ?))', args: [text, text] });
  }
  if (query.groups) {
    const join = 'case_groups g CROSS JOIN cases c ON c.no = g.case_no';
    const keyset = after ? [{ sql: '(g.started_at, g.id) < (?, ?)', args: after }] : [];
    const pages = [...new Set(query.groups)].map((group) =>
      walk(database, join, [...keyset, ...filters], query, 'g.name = ?', group, 'g'),
    );
    return merge([...pages, exact], query.limit);
  }
  return merge([walk(database, `cases c INDEXED BY ${indexFor(query)}`, filters, query), exact], query.limit);
}

/** Along the edge that passed: of red from the oldest on, past those that have become deep red. */
export function listOverdueCases(database: Database, { light, now, limit }: OverdueQuery): string[] {
  const [index, edge] = light === 'red' ? ['case_due', 'due_at'] : ['case_statutory', 'statutory_at'];
  const condition = LIGHT[light];
  const sql = `SELECT c.row FROM cases c INDEXED BY ${index} WHERE ${condition} ORDER BY c.${edge} LIMIT ?`;
  return database.all(sql, ...placesFor(condition, now), limit).map(({ row }) => row as string);
}

function indexFor(query: CaseQuery): string {
  if (query.parent !== undefined) return 'case_parent';
  if (query.applicant !== undefined) return 'case_applicant';
  if (query.light !== undefined || query.status === 'active') return 'case_active';
  return query.definitionKey !== undefined ? 'case_definition' : 'case_started';
}

function filtersOf(query: CaseQuery): Filter[] {
  const filters: Filter[] = [];
  const { status, applicant, definitionKey, parent, light, now } = query;
  // Written out, not bound: the partial index is only used for a literal.
  if (light !== undefined || status === 'active') filters.push({ sql: `c.status = 'active'`, args: [] });
  if (status !== undefined && status !== 'active') filters.push({ sql: 'c.status = ?', args: [status] });
  if (applicant !== undefined) filters.push({ sql: 'c.applicant = ?', args: [keyOf(applicant)] });
  if (parent !== undefined) filters.push({ sql: 'c.parent = ?', args: [keyOf(parent)] });
  if (definitionKey !== undefined) filters.push({ sql: 'c.definition_key = ?', args: [keyOf(definitionKey)] });
  if (light !== undefined) {
    if (now === undefined) throw lightNeedsNow();
    filters.push({ sql: LIGHT[light], args: placesFor(LIGHT[light], now) });
  }
  return filters;
}

const LIGHT: LightConditions = {
  deepRed: 'c.statutory_at < ?',
  red: 'c.due_at < ? AND (c.statutory_at IS NULL OR c.statutory_at >= ?)',
  yellow: `c.clock = ${CLOCK.runs} AND c.yellow_at <= ? AND c.due_at >= ?`,
  green: `c.clock = ${CLOCK.runs} AND c.yellow_at > ?`,
  grey: `c.clock = ${CLOCK.held}`,
  none: `c.clock = ${CLOCK.none}`,
};

function walk(
  database: Database,
  from: string,
  filters: Filter[],
  query: CaseQuery,
  start?: string,
  value?: string,
  order = 'c',
): SqlRow[] {
  const first: Filter[] = start === undefined ? [] : [{ sql: start, args: [keyOf(value!)] }];
  const all = [...first, ...filters];
  const where = all.length > 0 ? `WHERE ${all.map((filter) => filter.sql).join(' AND ')}` : '';
  return database.all(
    `SELECT c.started_at, c.id, c.row FROM ${from} ${where} ORDER BY ${order}.started_at DESC, ${order}.id DESC LIMIT ?`,
    ...all.flatMap((filter) => filter.args),
    query.limit,
  );
}

function edgeOfTextScan(database: Database, after: SqlValue[] | undefined): SqlValue[] | undefined {
  const edge = database.get(
    `SELECT started_at, id FROM cases INDEXED BY case_started ${after ? 'WHERE (started_at, id) < (?, ?)' : ''}
     ORDER BY started_at DESC, id DESC LIMIT 1 OFFSET ${TEXT_SCAN}`,
    ...(after ?? []),
  );
  return edge && [edge.started_at!, edge.id!];
}

function merge(pages: SqlRow[][], limit: number): string[] {
  const rows = new Map(pages.flat().map((row) => [row.id as string, row]));
  return [...rows.values()]
    .map((row) => ({ startedAt: row.started_at as number, id: row.id as string, row: row.row as string }))
    .sort(newestFirst)
    .slice(0, limit)
    .map(({ row }) => row);
}
