import { Rejection } from '../../kernel/rejection.ts';
import { NEVER } from '../../time/light.ts';
import type { Database, SqlValue } from './driver.ts';
import { SPAN } from './keys.ts';
import { CLOCK } from './lights.ts';

/** Raise it with every change of the tables, and migrate from the ones before. */
const SCHEMA = 6;

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

/*
 * Lights are counted along these (see lights.ts): what has no such edge, and what is closed, is not in them.
 */
const CASE_DUE = 'CREATE INDEX case_due ON cases(due_at, statutory_at) WHERE due_at IS NOT NULL;';
const CASE_LIGHTS = `
CREATE INDEX case_active ON cases(started_at, id, clock, yellow_at, due_at, statutory_at) WHERE status = 'active';
CREATE INDEX case_clock ON cases(clock, yellow_at) WHERE clock IS NOT NULL;
${CASE_DUE}
CREATE INDEX case_statutory ON cases(statutory_at) WHERE statutory_at IS NOT NULL;
CREATE INDEX case_completed ON cases(status) WHERE status = 'completed';`;
const TASK_LIGHTS = `
CREATE INDEX task_clock ON tasks(clock, department, yellow) WHERE clock IS NOT NULL;
CREATE INDEX task_due ON tasks(department, due) WHERE due IS NOT NULL;
CREATE INDEX task_statutory ON tasks(department, statutory) WHERE statutory IS NOT NULL;`;

/**
 * `row` holds the whole row as JSON; the columns beside it are what is searched by. Rows are clustered by case: the keys
 * of `history` and `tasks` start with the number of the case (see keys.ts), so one case touches few pages.
 */
const TABLES = `
CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE cases(no INTEGER PRIMARY KEY, id TEXT NOT NULL, rev INTEGER NOT NULL, started_at INTEGER NOT NULL,
  status TEXT NOT NULL, definition_key TEXT NOT NULL, applicant TEXT, number TEXT NOT NULL, title TEXT NOT NULL,
  due_at INTEGER, yellow_at INTEGER, row TEXT NOT NULL, parent TEXT, statutory_at INTEGER, clock INTEGER) STRICT;
CREATE UNIQUE INDEX case_id ON cases(id);
CREATE INDEX case_number ON cases(number);
CREATE INDEX case_started ON cases(started_at, id, status, number, title);
${CASE_LIGHTS}
CREATE INDEX case_definition ON cases(definition_key, started_at, id);
CREATE INDEX case_applicant ON cases(applicant, started_at, id) WHERE applicant IS NOT NULL;
CREATE INDEX case_parent ON cases(parent, started_at, id) WHERE parent IS NOT NULL;
CREATE TABLE case_groups(name TEXT, started_at INTEGER, id TEXT, case_no INTEGER NOT NULL,
  PRIMARY KEY(name, started_at, id)) STRICT, WITHOUT ROWID;

CREATE TABLE history(key INTEGER PRIMARY KEY, events TEXT NOT NULL) STRICT;

CREATE TABLE tasks(no INTEGER PRIMARY KEY, id TEXT NOT NULL, department TEXT, row TEXT NOT NULL, clock INTEGER,
  yellow INTEGER, due INTEGER, statutory INTEGER) STRICT;
CREATE UNIQUE INDEX task_id ON tasks(id);
${TASK_LIGHTS}
CREATE TABLE task_lists(finished INTEGER, name TEXT, due INTEGER, id TEXT, role INTEGER NOT NULL, status TEXT NOT NULL,
  yellow INTEGER NOT NULL, task_no INTEGER NOT NULL, clock INTEGER NOT NULL, statutory INTEGER NOT NULL,
  PRIMARY KEY(finished, name, due, id)) STRICT, WITHOUT ROWID;

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
  4: `
DROP INDEX case_active;
ALTER TABLE cases ADD COLUMN statutory_at INTEGER;
ALTER TABLE cases ADD COLUMN clock INTEGER;
UPDATE cases SET due_at = NULL, yellow_at = NULL WHERE status <> 'active';
UPDATE cases SET clock = CASE WHEN due_at IS NULL THEN ${CLOCK.none} ELSE ${CLOCK.runs} END,
  yellow_at = min(coalesce(yellow_at, due_at + 1), due_at + 1) WHERE status = 'active';
UPDATE cases SET clock = ${CLOCK.held}, row = json_set(row, '$.held', json('true')) WHERE clock = ${CLOCK.none} AND EXISTS
  (SELECT 1 FROM json_each(row, '$.clock.holds') AS hold WHERE json_extract(hold.value, '$.to') IS NULL);
${CASE_LIGHTS}
ALTER TABLE task_lists ADD COLUMN clock INTEGER NOT NULL DEFAULT ${CLOCK.none};
ALTER TABLE task_lists ADD COLUMN statutory INTEGER NOT NULL DEFAULT ${NEVER};
UPDATE task_lists SET clock = ${CLOCK.runs}, yellow = min(yellow, due + 1) WHERE due < ${NEVER};
UPDATE task_lists SET yellow = ${NEVER} WHERE due = ${NEVER};
UPDATE task_lists SET clock = ${CLOCK.held} WHERE due = ${NEVER} AND
  (SELECT json_extract(row, '$.held') FROM tasks WHERE no = task_no);
ALTER TABLE tasks ADD COLUMN clock INTEGER;
ALTER TABLE tasks ADD COLUMN yellow INTEGER;
ALTER TABLE tasks ADD COLUMN due INTEGER;
ALTER TABLE tasks ADD COLUMN statutory INTEGER;
UPDATE tasks SET due = json_extract(row, '$.dueAt'),
  yellow = min(coalesce(json_extract(row, '$.yellowAt'), json_extract(row, '$.dueAt') + 1), json_extract(row, '$.dueAt') + 1),
  clock = CASE WHEN json_extract(row, '$.dueAt') IS NOT NULL THEN ${CLOCK.runs}
    WHEN json_extract(row, '$.held') THEN ${CLOCK.held} ELSE ${CLOCK.none} END
  WHERE json_extract(row, '$.status') IN ('open', 'claimed');
${TASK_LIGHTS}`,
  5: `DROP INDEX case_due; ${CASE_DUE}`,
  // as `datesForTasks` says; open tasks that stand in the journal of a killed server get theirs when the clock of their case moves
  6: `
UPDATE tasks SET clock = c.clock, yellow = c.yellow_at, due = c.due_at, statutory = c.statutory_at,
  row = json_set(tasks.row, '$.ofCase', json_patch(
    json_object('dueAt', c.row -> '$.dueAt', 'yellowAt', c.row -> '$.yellowAt', 'statutoryAt', c.row -> '$.statutoryAt',
      'provisional', c.row -> '$.provisional'),
    json_object('dateNotes', c.row -> '$.dateNotes', 'held', c.row -> '$.held')))
  FROM cases AS c
  WHERE c.no = tasks.no / ${SPAN} AND tasks.clock = ${CLOCK.none} AND c.clock IN (${CLOCK.runs}, ${CLOCK.held});
UPDATE task_lists SET due = coalesce(json_extract(t.row, '$.ofCase.dueAt'), ${NEVER}), yellow = coalesce(t.yellow, ${NEVER}),
  clock = t.clock, statutory = coalesce(t.statutory, ${NEVER})
  FROM tasks AS t
  WHERE t.no = task_no AND finished = 0 AND task_lists.clock = ${CLOCK.none} AND t.clock <> ${CLOCK.none};`,
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
