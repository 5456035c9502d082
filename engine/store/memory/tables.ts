import type { JsonObject } from '../../kernel/json.ts';
import type {
  CaseRow,
  Commit,
  CommitResult,
  DefinitionRow,
  EventRow,
  IncidentRow,
  JobRow,
  MessageRow,
  Receipt,
  RecordCommit,
  SubscriptionRow,
  TaggedDocument,
  TaskRow,
} from '../ports.ts';

/** Maps, not plain objects: ids come from outside and may be `__proto__`. */
export interface Tables {
  cases: Map<string, CaseRow>;
  /** By case, in sequence. */
  events: Map<string, EventRow[]>;
  tasks: Map<string, TaskRow>;
  /** Case id to task ids. */
  tasksOfCase: Map<string, Set<string>>;
  jobs: Map<string, JobRow>;
  subscriptions: Map<string, SubscriptionRow>;
  messages: Map<string, MessageRow>;
  incidents: Map<string, IncidentRow>;
  definitions: Map<string, DefinitionRow>;
  receipts: Map<string, Receipt>;
  documents: Map<string, Map<string, Tagged>>;
  counters: Map<string, number>;
}

export interface Tagged {
  document: JsonObject;
  tags: readonly string[];
}

export function emptyTables(): Tables {
  return {
    cases: new Map(),
    events: new Map(),
    tasks: new Map(),
    tasksOfCase: new Map(),
    jobs: new Map(),
    subscriptions: new Map(),
    messages: new Map(),
    incidents: new Map(),
    definitions: new Map(),
    receipts: new Map(),
    documents: new Map(),
    counters: new Map(),
  };
}

/** Through JSON, so that memory keeps exactly what a database would (no `undefined`, no prototypes). */
export function copy<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
}

export function applyCommit(tables: Tables, given: Commit): CommitResult {
  if ((tables.cases.get(given.caseId)?.rev ?? 0) !== given.expectedRev) return 'conflict';
  if (given.fence && !holdsLease(tables, given.fence)) return 'conflict';
  if (given.receipt && tables.receipts.has(given.receipt.key)) return 'conflict';
  if (given.consumes !== undefined && !isKept(tables.messages.get(given.consumes))) return 'conflict';
  const commit = copy(given);

  tables.cases.set(commit.caseId, commit.case);
  const events = tables.events.get(commit.caseId) ?? [];
  events.push(...commit.events);
  tables.events.set(commit.caseId, events);
  for (const task of commit.tasks) putTask(tables, task);
  if (commit.fence) tables.jobs.delete(commit.fence.jobId);
  applyJobs(tables, commit.jobs);
  for (const id of commit.subscriptions.remove) tables.subscriptions.delete(id);
  for (const row of commit.subscriptions.put) {
    tables.subscriptions.set(row.id, row);
    wakeMessages(tables, ({ name, key }) => name === row.name && key === row.key);
  }
  if (commit.consumes !== undefined) tables.messages.get(commit.consumes)!.consumedBy = commit.caseId;
  for (const one of commit.documents ?? []) putDocument(tables, one);
  for (const id of commit.incidents.remove) tables.incidents.delete(id);
  for (const row of commit.incidents.put) tables.incidents.set(row.id, row);
  if (commit.receipt) tables.receipts.set(commit.receipt.key, commit.receipt);
  return 'ok';
}

export function applyRecords(tables: Tables, given: RecordCommit): CommitResult {
  if (given.fence && !holdsLease(tables, given.fence)) return 'conflict';
  if (given.receipt && tables.receipts.has(given.receipt.key)) return 'conflict';
  if (given.messages?.put.some(({ id }) => tables.messages.has(id))) return 'conflict';
  const { jobs, messages, documents = [], fence, receipt } = copy(given);
  if (fence) tables.jobs.delete(fence.jobId);
  applyJobs(tables, jobs);
  for (const id of messages?.remove ?? []) tables.messages.delete(id);
  for (const row of messages?.put ?? []) tables.messages.set(row.id, row);
  for (const document of documents) putDocument(tables, document);
  if (receipt) tables.receipts.set(receipt.key, receipt);
  return 'ok';
}

export function applyJobs(tables: Tables, jobs: Commit['jobs']): void {
  for (const id of jobs.remove) tables.jobs.delete(id);
  for (const job of jobs.put) putJob(tables, job);
}

export function putDocument(tables: Tables, { collection, id, document, tags = [] }: TaggedDocument): void {
  const rows = tables.documents.get(collection) ?? new Map<string, Tagged>();
  tables.documents.set(collection, rows.set(id, { document, tags }));
}

function isKept(message: MessageRow | undefined): boolean {
  return message !== undefined && message.consumedBy === null;
}

/** A holder that looked before somebody wanted the message loses its lease, so that it cannot put the job off. */
export function wakeMessages(tables: Tables, wanted: (message: MessageRow) => boolean): void {
  for (const message of tables.messages.values()) {
    if (message.consumedBy !== null || !wanted(message)) continue;
    const job = tables.jobs.get(message.jobId);
    if (job) Object.assign(job, { dueAt: 0, owner: null, leaseUntil: 0, fence: job.fence + 1 });
  }
}

function holdsLease(tables: Tables, { jobId, fence }: { jobId: string; fence: number }): boolean {
  const job = tables.jobs.get(jobId);
  return job !== undefined && job.owner !== null && job.fence === fence;
}

function putTask(tables: Tables, task: TaskRow): void {
  tables.tasks.set(task.id, task);
  const ids = tables.tasksOfCase.get(task.caseId) ?? new Set<string>();
  tables.tasksOfCase.set(task.caseId, ids.add(task.id));
}

/** A fence never falls: a worker that held the job before it was put again must not be believed later. */
function putJob(tables: Tables, job: JobRow): void {
  const fence = Math.max(job.fence, tables.jobs.get(job.id)?.fence ?? 0);
  tables.jobs.set(job.id, { ...job, fence });
}
