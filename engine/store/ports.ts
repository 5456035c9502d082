import type { CaseStatus } from '../core/state.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { Light } from '../time/light.ts';
import type { CaseRow } from './case-row.ts';
import type {
  DefinitionRow,
  DefinitionSummary,
  EventRow,
  IncidentRow,
  JobRow,
  LeasedJob,
  MessageRow,
  Receipt,
  SubscriptionRow,
  TaskRow,
  TaskStatus,
} from './rows.ts';

export type * from './case-row.ts';
export type * from './dated-row.ts';
export type * from './rows.ts';

/**
 * The store keeps cases, and beside each case the rows that screens and the sweeper read: tasks, jobs, events,
 * subscriptions, incidents. A case is the unit of writing. All instants are ms since the epoch.
 * Defined by test/contracts/store.contract.ts; every adapter passes it.
 */
export interface Store {
  /** Human-readable: driver and version, shown in the banner. */
  readonly description: string;

  /**
   * Writes the whole commit or nothing. `conflict`: the stored rev is not `expectedRev`, the job's lease is no longer
   * `fence`, `receipt.key` has an answer already, or the kept message `consumes` was consumed before; nothing was written.
   * Removes before it puts. A subscription it puts wakes the job of every kept message of that name and key. Durable when
   * it resolves.
   * Every operation of a store may reject with `store.unavailable` (disk full, busy, damaged) or `store.closed`.
   */
  commit(commit: Commit): Promise<CommitResult>;
  /**
   * The same for rows that belong to no case. `conflict`: the job's lease is no longer `fence`, `receipt.key` has an answer
   * already, or a message it puts has an id that is known already.
   */
  commitRecords(records: RecordCommit): Promise<CommitResult>;
  findCase(id: string): Promise<CaseRow | undefined>;
  listCases(query: CaseQuery): Promise<CaseRow[]>;
  /** Active cases with this light at `now`, the longest overdue first (`overdueSince`); those of one moment in any order. */
  listOverdueCases(query: OverdueQuery): Promise<CaseRow[]>;
  /** How many cases are active. */
  countActiveCases(): Promise<number>;
  listEvents(caseId: string, afterSeq: number, limit: number): Promise<EventRow[]>;

  findTask(id: string): Promise<TaskRow | undefined>;
  /** Keyset-paged, ordered by (dueAt of `listedDates`, nulls last; id). */
  listTasks(query: TaskQuery): Promise<TaskRow[]>;
  listTasksOfCase(caseId: string): Promise<TaskRow[]>;

  /** Unfinished tasks (open or claimed) by light (`listedDates`) at `now`, counted per department ('' for tasks without one). */
  countLights(now: number): Promise<LightCount[]>;
  /** Active cases by light at `now`, and completed ones, those up to `MOST_COUNTED`. */
  countCases(now: number): Promise<CaseCounts>;

  findJob(id: string): Promise<JobRow | undefined>;
  /**
   * Leases due jobs to `owner` until now + leaseMs: sets owner, raises fence and attempts. Two callers never get the
   * same job while a lease holds. `topics` absent: jobs the engine runs itself (internal); else external jobs of these topics.
   */
  claimDueJobs(claim: JobClaim): Promise<LeasedJob[]>;
  /**
   * Moves a leased job (same fence) to `dueAt` and frees it; `attempts` and `lastError` are set where given. With
   * `leaseUntil` the holder keeps it until then instead (a worker that needs longer). False: the lease was lost.
   */
  rescheduleJob(
    id: string,
    fence: number,
    change: { dueAt: number; leaseUntil?: number; attempts?: number; lastError?: string },
  ): Promise<boolean>;
  /** When the next internal job is due or its lease ends; undefined when there is none. */
  nextJobAt(): Promise<number | undefined>;

  /**
   * Subscriptions that wait for this message or signal name and key (null waits for a message without key), in order of
   * their ids: all of them, or the page after an id.
   */
  findSubscriptions(
    name: string,
    key: string | null,
    page?: { after: string; limit: number },
  ): Promise<SubscriptionRow[]>;
  findMessage(id: string): Promise<MessageRow | undefined>;
  listIncidents(query: IncidentQuery): Promise<IncidentRow[]>;
  findIncident(id: string): Promise<IncidentRow | undefined>;

  /**
   * False: this key and version exists already; nothing was written. In the same write `jobs` are changed, and the jobs of
   * kept messages with a name of `starts` are woken: the version begins cases by them.
   */
  addDefinition(definition: DefinitionRow, jobs?: Commit['jobs'], starts?: readonly string[]): Promise<boolean>;
  findDefinition(id: string): Promise<DefinitionRow | undefined>;
  /** Without XML: it is asked for at every start of a case. */
  latestDefinition(key: string): Promise<DefinitionSummary | undefined>;
  /** Newest version of each key, or all versions of one key (newest first). Without XML. */
  listDefinitions(key?: string): Promise<DefinitionSummary[]>;

  /** `ofCase`: whose commands alone use the key (`receiptOfCase`), so that an answer which only the case knows is found. */
  findReceipt(key: string, now: number, ofCase?: string): Promise<Receipt | undefined>;
  /** Keeps the first answer; false when one is there already. For requests that write no case. */
  addReceipt(receipt: Receipt): Promise<boolean>;

  /** Named settings and small documents of the rest of the house (directory, demo seed marker, file metadata). */
  getDocument(collection: string, id: string): Promise<JsonObject | undefined>;
  putDocument(collection: string, id: string, document: JsonObject, tags?: readonly string[]): Promise<void>;
  listDocuments(collection: string): Promise<{ id: string; document: JsonObject }[]>;
  /** The same by tag, ids in descending order: a page, not all. */
  findDocuments(query: DocumentQuery): Promise<{ id: string; document: JsonObject }[]>;
  /** The next number of a named counter, starting at 1. Never given twice. */
  nextNumber(counter: string): Promise<number>;

  close(): Promise<void>;
}

export interface Commit {
  caseId: string;
  /** 0: the case is new. */
  expectedRev: number;
  /** The id was drawn at random for this commit: no other case can have it. Spares looking. */
  fresh?: boolean;
  case: CaseRow;
  events: EventRow[];
  tasks: TaskRow[];
  jobs: { put: JobRow[]; remove: string[] };
  subscriptions: { put: SubscriptionRow[]; remove: string[] };
  incidents: { put: IncidentRow[]; remove: string[] };
  /** The job that caused this step: removed with it, and only if its lease still carries this fence. */
  fence?: { jobId: string; fence: number };
  receipt?: Receipt;
  /** The key of the receipt is used for commands on this case only: no other case can have it. Spares looking. */
  receiptOfCase?: true;
  /** Id of the kept message that this step takes: nobody takes it twice. */
  consumes?: string;
  /** Documents written with the case, for example records of a data store. */
  documents?: TaggedDocument[];
}

export interface TaggedDocument {
  collection: string;
  id: string;
  document: JsonObject;
  /** What it is found by (`findDocuments`), instead of the tags it had before; absent: none. */
  tags?: readonly string[];
}

export interface RecordCommit {
  jobs: { put: JobRow[]; remove: string[] };
  messages?: { put: MessageRow[]; remove: string[] };
  documents?: Commit['documents'];
  /** The job that caused this write: removed with it, and only if its lease still carries this fence. */
  fence?: { jobId: string; fence: number };
  receipt?: Receipt;
}

export type CommitResult = 'ok' | 'conflict';

export interface CaseQuery {
  status?: CaseStatus;
  applicant?: string;
  definitionKey?: string;
  /** Only cases that call activities of this case opened. */
  parent?: string;
  /** Only cases that have or had a task of one of these groups. */
  groups?: string[];
  /** By `lightOf` of engine/time at `now`, which it needs. Active cases only. */
  light?: Light;
  now?: number;
  /** Substring of number or title. */
  text?: string;
  /** Newest first; the page after this key. */
  after?: { startedAt: number; id: string };
  limit: number;
}

/** red: past the promise. deepRed: past the statutory limit. */
export interface OverdueQuery {
  light: 'red' | 'deepRed';
  now: number;
  limit: number;
}

export interface TaskQuery {
  /** Any of these candidate groups. */
  groups?: string[];
  /** With `groups`: also the tasks of which this person is a candidate. Not together with `assignee`. */
  user?: string;
  /** '' for tasks without one. */
  department?: string;
  assignee?: string;
  status: TaskStatus | 'unfinished';
  /** By `listedDates` at `now`, which it needs. */
  light?: Light;
  now?: number;
  after?: { dueAt: number | null; id: string };
  limit: number;
}

export interface JobClaim {
  owner: string;
  now: number;
  leaseMs: number;
  limit: number;
  topics?: string[];
}

export interface DocumentQuery {
  collection: string;
  /** Only documents with this tag. */
  tag?: string;
  /** Only ids below this one: the page after it. */
  before?: string;
  limit: number;
}

export interface IncidentQuery {
  definitionKey?: string;
  caseId?: string;
  after?: string;
  limit: number;
}

export type LightCounts = Record<Light, number>;

export interface CaseCounts extends LightCounts {
  completed: number;
}

export interface LightCount extends LightCounts {
  department: string;
}
