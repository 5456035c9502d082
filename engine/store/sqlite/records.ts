import type { DefinitionRow, DefinitionSummary, DocumentQuery, IncidentQuery, TaggedDocument } from '../ports.ts';
import type { Database, SqlRow } from './driver.ts';
import { keyOf, keyOrNull, textOf } from './keys.ts';

const texts = (rows: SqlRow[], column = 'row'): string[] => rows.map((row) => row[column] as string);

export function findSubscriptions(
  database: Database,
  name: string,
  key: string | null,
  page?: { after: string; limit: number } | null,
): string[] {
  if (page) {
    const select = 'SELECT row FROM subscriptions WHERE name = ? AND key IS ? AND id > ? ORDER BY id LIMIT ?';
    return texts(database.all(select, keyOf(name), keyOrNull(key), keyOf(page.after), page.limit));
  }
  const select = 'SELECT row FROM subscriptions WHERE name = ? AND key IS ? ORDER BY id';
  return texts(database.all(select, keyOf(name), keyOrNull(key)));
}

export function findIncident(database: Database, id: string): string | undefined {
  return database.get('SELECT row FROM incidents WHERE id = ?', keyOf(id))?.row as string | undefined;
}

export function listIncidents(database: Database, { definitionKey, caseId, after, limit }: IncidentQuery): string[] {
  const conditions: [sql: string, arg: string][] = [];
  if (after !== undefined) conditions.push(['id > ?', keyOf(after)]);
  if (caseId !== undefined) conditions.push(['case_id = ?', keyOf(caseId)]);
  if (definitionKey !== undefined) conditions.push(['definition_key = ?', keyOf(definitionKey)]);
  const where = conditions.length > 0 ? `WHERE ${conditions.map(([sql]) => sql).join(' AND ')}` : '';
  const select = `SELECT row FROM incidents ${where} ORDER BY id LIMIT ?`;
  return texts(database.all(select, ...conditions.map(([, arg]) => arg), limit));
}

export function addDefinition(database: Database, definition: DefinitionRow): boolean {
  const { id, key, version, name, hash, deployedAt, deployedBy } = definition;
  const summary: DefinitionSummary = { id, key, version, name, hash, deployedAt, deployedBy };
  const { changes } = database.run(
    'INSERT INTO definitions(id, key, version, summary, row) VALUES (?,?,?,?,?) ON CONFLICT DO NOTHING',
    keyOf(id),
    keyOf(key),
    version,
    JSON.stringify(summary),
    JSON.stringify(definition),
  );
  return changes === 1;
}

export function findDefinition(database: Database, id: string): string | undefined {
  return database.get('SELECT row FROM definitions WHERE id = ?', keyOf(id))?.row as string | undefined;
}

export function latestDefinition(database: Database, key: string): string | undefined {
  const select = 'SELECT summary FROM definitions WHERE key = ? ORDER BY version DESC LIMIT 1';
  return database.get(select, keyOf(key))?.summary as string | undefined;
}

export function listDefinitions(database: Database, key: string | undefined): string[] {
  if (key !== undefined) {
    const select = 'SELECT summary FROM definitions WHERE key = ? ORDER BY version DESC';
    return texts(database.all(select, keyOf(key)), 'summary');
  }
  const newest = 'SELECT summary, max(version) FROM definitions GROUP BY key ORDER BY key';
  return texts(database.all(newest), 'summary');
}

export function getDocument(database: Database, collection: string, id: string): string | undefined {
  const select = 'SELECT document FROM documents WHERE collection = ? AND id = ?';
  return database.get(select, keyOf(collection), keyOf(id))?.document as string | undefined;
}

export function putDocument(database: Database, { collection, id, document, tags = [] }: TaggedDocument): void {
  const key = [keyOf(collection), keyOf(id)] as const;
  const before = database.get('SELECT tags FROM documents WHERE collection = ? AND id = ?', ...key)?.tags;
  if (typeof before === 'string')
    for (const tag of JSON.parse(before) as string[])
      database.run('DELETE FROM document_tags WHERE collection = ? AND tag = ? AND id = ?', key[0], tag, key[1]);
  const keys = [...new Set(tags)].map(keyOf);
  const put = 'INSERT OR REPLACE INTO documents(collection, id, document, tags) VALUES (?,?,?,?)';
  database.run(put, ...key, JSON.stringify(document), keys.length > 0 ? JSON.stringify(keys) : null);
  for (const tag of keys)
    database.run('INSERT INTO document_tags(collection, tag, id) VALUES (?,?,?)', key[0], tag, key[1]);
}

export function findDocuments(database: Database, { collection, tag, before, limit }: DocumentQuery): string[] {
  const [table, of, args] =
    tag === undefined
      ? ['documents', 'collection = ?', [keyOf(collection)]]
      : ['document_tags', 'collection = ? AND tag = ?', [keyOf(collection), keyOf(tag)]];
  const page = before === undefined ? '' : 'AND id < ?';
  if (before !== undefined) args.push(keyOf(before));
  const select = `SELECT id, document FROM documents WHERE collection = ? AND id IN
    (SELECT id FROM ${table} WHERE ${of} ${page} ORDER BY id DESC LIMIT ?) ORDER BY id DESC`;
  return withId(database.all(select, keyOf(collection), ...args, limit));
}

export function listDocuments(database: Database, collection: string): string[] {
  const select = 'SELECT id, document FROM documents WHERE collection = ? ORDER BY id';
  return withId(database.all(select, keyOf(collection)));
}

function withId(rows: SqlRow[]): string[] {
  const found = rows as { id: string; document: string }[];
  return found.map(({ id, document }) => `{"id":${JSON.stringify(textOf(id))},"document":${document}}`);
}

export function counterValue(database: Database, name: string): number {
  return (database.get('SELECT value FROM counters WHERE name = ?', keyOf(name))?.value as number | undefined) ?? 0;
}

export function setCounter(database: Database, name: string, value: number): void {
  database.run('INSERT OR REPLACE INTO counters(name, value) VALUES (?,?)', keyOf(name), value);
}
