import type {
  CaseRow,
  Commit,
  CommitResult,
  EventRow,
  IncidentRow,
  RecordCommit,
  SubscriptionRow,
  TaskRow,
} from '../ports.ts';
import { listedDates } from '../listed-dates.ts';
import { isUnfinished } from '../order.ts';
import type { Database, SqlRow } from './driver.ts';
import { packEvents } from './events.ts';
import { holdsLease, putJob, removeJob } from './jobs.ts';
import { caseRange, keyInCase, keyOf, keyOrNull } from './keys.ts';
import { edgeColumns, type Edges } from './lights.ts';
import { consumeMessage, insertMessage, isKept, isKnown, removeMessage, wakeMessages } from './messages.ts';
import { hasReceipt, insertReceipt } from './receipts.ts';
import { putDocument } from './records.ts';
import { listTask } from './task-lists.ts';

/** The case's row of before, undefined for a new one. */
type Known = SqlRow | undefined;

/** Checks everything before the first write, so a conflict leaves no trace. */
export function applyCommit(database: Database, commit: Commit): CommitResult {
  const checked = checkCommit(database, commit);
  if (checked === 'conflict') return 'conflict';
  writeCommit(database, commit, checked.known);
  return 'ok';
}

/** Whether the commit may be written now. Nothing is changed. */
export function checkCommit(database: Database, commit: Commit): { known: Known } | 'conflict' {
  const known = database.get(
    'SELECT no, rev, status, title, number, applicant, clock, yellow_at, due_at, statutory_at FROM cases WHERE id = ?',
    keyOf(commit.caseId),
  );
  if ((known?.rev ?? 0) !== commit.expectedRev) return 'conflict';
  if (commit.fence && !holdsLease(database, commit.fence)) return 'conflict';
  if (commit.consumes !== undefined && !isKept(database, commit.consumes)) return 'conflict';
  if (commit.receipt && hasReceipt(database, commit.receipt.key)) return 'conflict';
  return { known };
}

/** Writes what `checkCommit` found writable. */
export function writeCommit(database: Database, commit: Commit, known: Known): void {
  if (commit.receipt) insertReceipt(database, commit.receipt);
  const caseNo = known ? updateCase(database, known, commit.case) : insertCase(database, commit.case);
  if (commit.events.length > 0) insertEvents(database, caseNo, commit.events);
  for (const task of commit.tasks) putTask(database, caseNo, commit.case, task);
  if (commit.fence) removeJob(database, commit.fence.jobId);
  applyJobs(database, commit.jobs);
  for (const id of commit.subscriptions.remove) database.run('DELETE FROM subscriptions WHERE id = ?', keyOf(id));
  for (const row of commit.subscriptions.put) putSubscription(database, row);
  if (commit.consumes !== undefined) consumeMessage(database, commit.consumes, commit.caseId);
  for (const one of commit.documents ?? []) putDocument(database, one);
  for (const id of commit.incidents.remove) database.run('DELETE FROM incidents WHERE id = ?', keyOf(id));
  for (const row of commit.incidents.put) putIncident(database, row);
}

export function applyRecords(database: Database, records: RecordCommit): CommitResult {
  const { jobs, messages, documents, fence, receipt } = records;
  if (fence && !holdsLease(database, fence)) return 'conflict';
  if (receipt && hasReceipt(database, receipt.key)) return 'conflict';
  if (messages?.put.some(({ id }) => isKnown(database, id))) return 'conflict';
  if (receipt) insertReceipt(database, receipt);
  if (fence) removeJob(database, fence.jobId);
  applyJobs(database, jobs);
  for (const id of messages?.remove ?? []) removeMessage(database, id);
  for (const row of messages?.put ?? []) insertMessage(database, row);
  for (const document of documents ?? []) putDocument(database, document);
  return 'ok';
}

export function applyJobs(database: Database, jobs: Commit['jobs']): void {
  for (const id of jobs.remove) removeJob(database, id);
  for (const job of jobs.put) putJob(database, job);
}

function insertCase(database: Database, row: CaseRow): number {
  return database.run(
    `INSERT INTO cases(id, rev, started_at, status, definition_key, applicant, number, title, clock, yellow_at,
       due_at, statutory_at, row, parent)
     VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
    keyOf(row.id),
    row.rev,
    row.startedAt,
    row.status,
    keyOf(row.definitionKey),
    keyOrNull(row.applicant),
    keyOf(row.number),
    keyOf(row.title),
    ...Object.values(edgesOfCase(row)),
    JSON.stringify(row),
    keyOrNull(row.parent?.caseId),
  ).rowid;
}

/** SQLite rewrites the index entries of every column named in SET, changed or not: most steps name none of them. */
function updateCase(database: Database, known: SqlRow, row: CaseRow): number {
  const no = known.no as number;
  const [number, title, applicant] = [keyOf(row.number), keyOf(row.title), keyOrNull(row.applicant)];
  const edges = edgesOfCase(row);
  const same =
    known.status === row.status &&
    known.clock === edges.clock &&
    known.yellow_at === edges.yellow &&
    known.due_at === edges.due &&
    known.statutory_at === edges.statutory &&
    known.title === title &&
    known.number === number &&
    known.applicant === applicant;
  const text = JSON.stringify(row);
  if (same) database.run('UPDATE cases SET rev = ?, row = ? WHERE no = ?', row.rev, text, no);
  else {
    database.run(
      `UPDATE cases SET rev = ?, status = ?, clock = ?, yellow_at = ?, due_at = ?, statutory_at = ?, title = ?, number = ?, applicant = ?,
       definition_key = ?, row = ? WHERE no = ?`,
      row.rev,
      row.status,
      ...Object.values(edges),
      title,
      number,
      applicant,
      keyOf(row.definitionKey),
      text,
      no,
    );
  }
  return no;
}

/** In the order of the columns. */
function edgesOfCase(row: CaseRow): Edges {
  return edgeColumns(row, row.status === 'active');
}

function insertEvents(database: Database, caseNo: number, events: EventRow[]): void {
  const key = keyInCase(caseNo, events.at(-1)!.seq);
  database.run('INSERT INTO history(key, events) VALUES (?,?)', key, packEvents(events));
}

function putTask(database: Database, caseNo: number, row: CaseRow, task: TaskRow): void {
  const id = keyOf(task.id);
  const text = JSON.stringify(task);
  const known = database.get('SELECT no, row FROM tasks WHERE id = ?', id);
  const before = known && (JSON.parse(known.row as string) as TaskRow);
  const no = known ? (known.no as number) : nextTaskNo(database, caseNo);
  const columns = columnsOfTask(task);
  if (!before) {
    const insert = 'INSERT INTO tasks(no, id, row, department, clock, yellow, due, statutory) VALUES (?,?,?,?,?,?,?,?)';
    database.run(insert, no, id, text, ...columns);
  } else if (columnsOfTask(before).every((value, at) => value === columns[at])) {
    database.run('UPDATE tasks SET row = ? WHERE no = ?', text, no);
  } else {
    const update =
      'UPDATE tasks SET row = ?, department = ?, clock = ?, yellow = ?, due = ?, statutory = ? WHERE no = ?';
    database.run(update, text, ...columns, no);
  }
  listTask(database, no, before, task);
  for (const group of task.groups) {
    if (before?.groups.includes(group)) continue;
    const insert = 'INSERT OR IGNORE INTO case_groups(name, started_at, id, case_no) VALUES (?,?,?,?)';
    database.run(insert, keyOf(group), row.startedAt, keyOf(row.id), caseNo);
  }
}

function columnsOfTask(task: TaskRow): (string | number | null)[] {
  const { clock, yellow, due, statutory } = edgeColumns(listedDates(task), isUnfinished(task));
  return [keyOrNull(task.department), clock, yellow, due, statutory];
}

function nextTaskNo(database: Database, caseNo: number): number {
  const { first, last } = caseRange(caseNo);
  const highest = database.get('SELECT max(no) AS no FROM tasks WHERE no BETWEEN ? AND ?', first, last)!.no;
  return keyInCase(caseNo, highest === null ? 0 : (highest as number) - first + 1);
}

function putSubscription(database: Database, row: SubscriptionRow): void {
  database.run(
    'INSERT OR REPLACE INTO subscriptions(id, name, key, row) VALUES (?,?,?,?)',
    keyOf(row.id),
    keyOf(row.name),
    keyOrNull(row.key),
    JSON.stringify(row),
  );
  wakeMessages(database, row);
}

function putIncident(database: Database, row: IncidentRow): void {
  database.run(
    'INSERT OR REPLACE INTO incidents(id, definition_key, case_id, row) VALUES (?,?,?,?)',
    keyOf(row.id),
    keyOf(row.definitionKey),
    keyOf(row.caseId),
    JSON.stringify(row),
  );
}
