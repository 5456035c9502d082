import { Rejection } from '../../kernel/rejection.ts';
import type { Database, SqlValue } from './driver.ts';

/** Raise it with every change of the tables, and migrate from the ones before. */
const SCHEMA = 3;

/** The WAL goes into the database when it has so many pages. */
export const WAL_PAGES = 4000;

/**
 * One connection owns the file (exclusive), so no shared memory is needed and a second process is refused by the
 * operating system, also across containers; the lock dies with the process.
 */
const PRAGMAS = [
  'locking_mode = EXCLUSIVE',
  'journal_mode = WAL',
  'synchronous = FULL',
  'cache_size = -65536',
  'cache_spill = OFF',
  'temp_store = MEMORY',
  `wal_autocheckpoint = ${WAL_PAGES}`,
  'journal_size_limit = 67108864',
  'foreign_keys = OFF',
];

/**
 * `row` holds the whole row as JSON; the columns beside it are what is searched by. Rows are clustered by case: the keys
 * of `history` and `tasks` start with the number of the case (see keys.ts), so one case touches few pages.
 */
const TABLES = `
CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE cases(no INTEGER PRIMARY KEY, id TEXT NOT NULL, rev INTEGER NOT NULL, started_at INTEGER NOT NULL,
  status TEXT NOT NULL, definition_key TEXT NOT NULL, applicant TEXT, number TEXT NOT NULL, title TEXT NOT NULL,
  due_at INTEGER, yellow_at INTEGER, row TEXT NOT NULL, parent TEXT) STRICT;
CREATE UNIQUE INDEX case_id ON cases(id);
CREATE INDEX case_number ON cases(number);
CREATE INDEX case_started ON cases(started_at, id, status, number, title);
CREATE INDEX case_active ON cases(started_at, id, due_at, yellow_at) WHERE status = 'active';
CREATE INDEX case_definition ON cases(definition_key, started_at, id);
CREATE INDEX case_applicant ON cases(applicant, started_at, id) WHERE applicant IS NOT NULL;
CREATE INDEX case_parent ON cases(parent, started_at, id) WHERE parent IS NOT NULL;
CREATE TABLE case_groups(name TEXT, started_at INTEGER, id TEXT, case_no INTEGER NOT NULL,
  PRIMARY KEY(name, started_at, id)) STRICT, WITHOUT ROWID;

CREATE TABLE history(key INTEGER PRIMARY KEY, events TEXT NOT NULL) STRICT;

CREATE TABLE tasks(no INTEGER PRIMARY KEY, id TEXT NOT NULL, department TEXT, row TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX task_id ON tasks(id);
CREATE TABLE task_lists(finished INTEGER, name TEXT, due INTEGER, id TEXT, role INTEGER NOT NULL, status TEXT NOT NULL,
  yellow INTEGER NOT NULL, task_no INTEGER NOT NULL, PRIMARY KEY(finished, name, due, id)) STRICT, WITHOUT ROWID;

CREATE TABLE jobs(id TEXT PRIMARY KEY, topic TEXT, due_at INTEGER NOT NULL, attempts INTEGER NOT NULL, owner TEXT,
  lease_until INTEGER NOT NULL, fence INTEGER NOT NULL, last_error TEXT, row TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX job_due ON jobs(due_at, id, lease_until) WHERE topic IS NULL;
CREATE INDEX job_topic ON jobs(topic, due_at, id, lease_until) WHERE topic IS NOT NULL;

CREATE TABLE subscriptions(id TEXT PRIMARY KEY, name TEXT NOT NULL, key TEXT, row TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX subscription_name ON subscriptions(name, key, id);

CREATE TABLE messages(id TEXT PRIMARY KEY, name TEXT NOT NULL, key TEXT, kept INTEGER NOT NULL, job_id TEXT NOT NULL,
  row TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX message_kept ON messages(name, key, job_id) WHERE kept = 1;

CREATE TABLE incidents(id TEXT PRIMARY KEY, definition_key TEXT NOT NULL, case_id TEXT NOT NULL, row TEXT NOT NULL)
  STRICT, WITHOUT ROWID;
CREATE INDEX incident_definition ON incidents(definition_key, id);
CREATE INDEX incident_case ON incidents(case_id, id);

CREATE TABLE definitions(no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, key TEXT NOT NULL, version INTEGER NOT NULL,
  summary TEXT NOT NULL, row TEXT NOT NULL, UNIQUE(key, version)) STRICT;

CREATE TABLE receipts(key TEXT PRIMARY KEY, expires_at INTEGER NOT NULL, row TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX receipt_expiry ON receipts(expires_at);

CREATE TABLE documents(collection TEXT, id TEXT, document TEXT NOT NULL, tags TEXT, PRIMARY KEY(collection, id))
  STRICT, WITHOUT ROWID;
CREATE TABLE document_tags(collection TEXT, tag TEXT, id TEXT, PRIMARY KEY(collection, tag, id)) STRICT, WITHOUT ROWID;
CREATE TABLE counters(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;

INSERT INTO meta VALUES ('schema', ${SCHEMA}), ('epoch', 1);
`;

/** What turns the format before into the one it stands under. */
const MIGRATIONS: Readonly<Record<number, string>> = {
  2: `
ALTER TABLE cases ADD COLUMN parent TEXT;
CREATE INDEX case_parent ON cases(parent, started_at, id) WHERE parent IS NOT NULL;
CREATE TABLE messages(id TEXT PRIMARY KEY, name TEXT NOT NULL, key TEXT, kept INTEGER NOT NULL, job_id TEXT NOT NULL,
  row TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX message_kept ON messages(name, key, job_id) WHERE kept = 1;`,
  3: `
ALTER TABLE documents ADD COLUMN tags TEXT;
CREATE TABLE document_tags(collection TEXT, tag TEXT, id TEXT, PRIMARY KEY(collection, tag, id)) STRICT, WITHOUT ROWID;`,
};

/** Takes the file for this connection and creates the tables of a new one. `store.version_unknown`: made by a later version. */
export function prepareSchema(database: Database): void {
  for (const pragma of PRAGMAS) database.exec(`PRAGMA ${pragma}`);
  database.exec('BEGIN EXCLUSIVE');
  if (!database.get(`SELECT 1 FROM sqlite_schema WHERE name = 'meta'`)) database.exec(TABLES);
  const found = migrate(database, database.get(`SELECT value FROM meta WHERE name = 'schema'`)?.value);
  database.exec('COMMIT');
  if (found !== SCHEMA) {
    throw new Rejection(
      'unavailable',
      'store.version_unknown',
      `Expected store format ${SCHEMA}, but the directory holds format ${String(found)}`,
      { expected: SCHEMA, found: Number(found) },
    );
  }
}

/** Brings older tables up to date, one format after the other; answers the format that is there now. */
function migrate(database: Database, found: SqlValue | undefined): SqlValue | undefined {
  if (typeof found !== 'number' || found >= SCHEMA) return found;
  for (let format = found + 1; format <= SCHEMA; format++) {
    const migration = MIGRATIONS[format];
    if (migration === undefined) return found;
    database.exec(migration);
  }
  database.exec(`UPDATE meta SET value = ${SCHEMA} WHERE name = 'schema'`);
  return SCHEMA;
}
