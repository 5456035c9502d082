import type { JsonObject } from '../../kernel/json.ts';
import type {
  CaseRow,
  Commit,
  CommitResult,
  DefinitionRow,
  EventRow,
  IncidentRow,
  JobRow,
  Receipt,
  SubscriptionRow,
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
  incidents: Map<string, IncidentRow>;
  definitions: Map<string, DefinitionRow>;
  receipts: Map<string, Receipt>;
  documents: Map<string, Map<string, JsonObject>>;
  counters: Map<string, number>;
}

export function emptyTables(): Tables {
  return {
    cases: new Map(),
    events: new Map(),
    tasks: new Map(),
    tasksOfCase: new Map(),
    jobs: new Map(),
    subscriptions: new Map(),
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
  const commit = copy(given);

  tables.cases.set(commit.caseId, commit.case);
  const events = tables.events.get(commit.caseId) ?? [];
  events.push(...commit.events);
  tables.events.set(commit.caseId, events);
  for (const task of commit.tasks) putTask(tables, task);
  if (commit.fence) tables.jobs.delete(commit.fence.jobId);
  for (const id of commit.jobs.remove) tables.jobs.delete(id);
  for (const job of commit.jobs.put) putJob(tables, job);
  for (const id of commit.subscriptions.remove) tables.subscriptions.delete(id);
  for (const row of commit.subscriptions.put) tables.subscriptions.set(row.id, row);
  for (const id of commit.incidents.remove) tables.incidents.delete(id);
  for (const row of commit.incidents.put) tables.incidents.set(row.id, row);
  if (commit.receipt) tables.receipts.set(commit.receipt.key, commit.receipt);
  return 'ok';
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
