import type { JsonObject, JsonValue } from '../kernel/json.ts';
import type { CaseState, CaseStatus } from '../core/state.ts';
import type { Light } from '../time/light.ts';
import type { Phases, SupplementTime } from '../time/phases.ts';
import type { Extension, Hold, HoldReason } from '../time/terms.ts';

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
  /** How many cases are active. */
  countActiveCases(): Promise<number>;
  listEvents(caseId: string, afterSeq: number, limit: number): Promise<EventRow[]>;

  findTask(id: string): Promise<TaskRow | undefined>;
  /** Keyset-paged, ordered by (dueAt, nulls last; id). */
  listTasks(query: TaskQuery): Promise<TaskRow[]>;
  listTasksOfCase(caseId: string): Promise<TaskRow[]>;

  /** Unfinished tasks (open or claimed) and their lights at `now`, counted per department ('' for tasks without one). */
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

export interface CaseRow {
  id: string;
  rev: number;
  /** 办件编号, what people quote. */
  number: string;
  definitionId: string;
  definitionKey: string;
  definitionVersion: number;
  title: string;
  applicant: string | null;
  department: string | null;
  status: CaseStatus;
  startedAt: number;
  endedAt: number | null;
  /** Promise: computed from start, limit and calendar; null when none is stated, and while it is held. */
  dueAt: number | null;
  yellowAt: number | null;
  /** When the statutory limit ends; null when none is stated, and while it is held. */
  statutoryAt: number | null;
  /** True when a due date lies beyond the calendar's coverage. */
  provisional: boolean;
  /** Null: nothing limits it. */
  calendarVersion: string | null;
  /** How its clock was stopped and extended; absent where it never was. */
  clock?: CaseClock;
  /** What the house around the engine keeps with the case, written whole with it; the engine only carries it. */
  annex?: JsonObject;
  /** Its clock stands still; absent where it runs. */
  held?: true;
  incidents: number;
  /** History: number and hash of the last event. */
  lastSeq: number;
  lastHash: string;
  state: CaseState;
  /** On a case that a call activity of another case opened. */
  parent?: CaseParent;
}

/** In the order in which they began. `to` null: the clock stands still. */
export interface CaseClock {
  holds: CaseHold[];
  extensions: CaseExtension[];
  /** Acceptance review, handling, delivery; absent where the model names no milestones: handling runs from the start. */
  phases?: CasePhases;
}

/** 特别程序. What was held before notices were kept has none. */
export interface CaseHold extends Hold {
  reason: HoldReason;
  /** Of a reason that the administrator has entered: its key and name at that time. */
  local?: { key: string; zh: string; en: string };
  /** Working days that it was expected to take; it does not end by itself. */
  expectedDays?: number;
  /** The written notice to the applicant: its number, and when they were told. */
  notice?: { number: string; toldAt: number };
}

/** 延期. `note` is the reason as the applicant was told. */
export interface CaseExtension extends Extension {
  approvedBy?: string;
  note?: string;
  toldAt?: number;
}

export interface CasePhases extends Phases {
  supplements: readonly Supplement[];
}

/** 补正: one notice that names everything, and the answer. */
export interface Supplement extends SupplementTime {
  /** Empty where the process model asks by a task of its own: its form says what. */
  defects: Defect[];
  note?: string;
  /** Why the applicant is told again, though everything had to be told at once. */
  again?: string;
  /** Token of the task of the process model. */
  task?: string;
  answer?: SupplementAnswer;
}

/** A material, and what is wrong with it or that it is missing. */
export interface Defect {
  material: string;
  problem: string;
  /** Name of the field of the application that it is about; then `material` is what the form calls it. */
  field?: string;
}

/** What the applicant handed in. Older answers have neither remedies nor changes. */
export interface SupplementAnswer {
  note?: string;
  /** Those that are for no defect in particular. */
  files: JsonValue[];
  remedies?: Remedy[];
  changes?: ValueChange[];
}

/** What the applicant did about one defect, beside correcting its field. */
export interface Remedy {
  /** Its place in the notice, from 0. */
  defect: number;
  files: JsonValue[];
  /** Their words, where there is nothing to hand in. */
  note?: string;
}

/** A value of the application that was corrected; null where there was none, or is none any more. */
export interface ValueChange {
  field: string;
  before: JsonValue;
  after: JsonValue;
}

/** The call activity that waits for a case: whose, which token of it, and which try (`work`) of that token. */
export interface CaseParent {
  caseId: string;
  token: string;
  node: string;
  work: number;
  /** How many cases stand above. */
  depth: number;
}

export interface EventRow {
  caseId: string;
  seq: number;
  at: number;
  actor: string;
  type: string;
  node: string | null;
  token: string | null;
  data: JsonObject;
  prevHash: string;
  hash: string;
}

export type TaskStatus = 'open' | 'claimed' | 'completed' | 'cancelled';

export interface TaskRow {
  id: string;
  caseId: string;
  caseNumber: string;
  caseTitle: string;
  definitionId: string;
  token: string;
  node: string;
  name: string;
  status: TaskStatus;
  /** Candidate groups: departments. */
  groups: string[];
  users: string[];
  department: string | null;
  assignee: string | null;
  form: string | null;
  createdAt: number;
  claimedAt: number | null;
  endedAt: number | null;
  dueAt: number | null;
  yellowAt: number | null;
  statutoryAt: number | null;
  provisional: boolean;
  /** The clock of its case stands still; absent where it runs. */
  held?: true;
  /** When its holder means to look again; absent where the model states none. */
  followUpAt?: number;
  /** Higher is more urgent; absent where the model states none. */
  priority?: number;
}

export interface JobRow {
  id: string;
  caseId: string;
  token: string;
  kind: JobKind;
  /** External jobs: what workers fetch by. Internal jobs: null. */
  topic: string | null;
  node: string;
  dueAt: number;
  attempts: number;
  maxAttempts: number;
  owner: string | null;
  leaseUntil: number;
  fence: number;
  lastError: string | null;
  payload: JsonObject;
}

/** As it is handed to whoever leases it. */
export interface LeasedJob extends JobRow {
  /** The lease before this one ran out: whoever held it is gone, or stood still. */
  lapsed?: true;
}

export type JobKind =
  | 'timer'
  | 'service'
  | 'send'
  | 'deadline'
  | 'external'
  /** Takes a token on from its save point. */
  | 'continue'
  /** Opens the case that a call activity calls; ends it; tells the calling case how it went. */
  | 'call'
  | 'cancel-call'
  | 'return'
  /** Hands out a kept message, and forgets it when its time is over. Of no case. */
  | 'message'
  /** Tells all waiting cases of a signal; tells one of them; opens a case by a timer or signal. */
  | 'signal'
  | 'deliver-signal'
  | 'start'
  /** What the house around the engine does because of an event. */
  | 'follow-up'
  /** Counts the due dates of a page of open cases again. Of no case. */
  | 'recount';

/** A message that is kept until somebody waits for it, and remembered after that until it expires. */
export interface MessageRow {
  id: string;
  name: string;
  key: string | null;
  variables: JsonObject;
  publishedBy: string;
  publishedAt: number;
  expiresAt: number;
  /** Case that took it. */
  consumedBy: string | null;
  /** The job that hands it out. */
  jobId: string;
}

export interface SubscriptionRow {
  id: string;
  caseId: string;
  token: string;
  event: string;
  name: string;
  key: string | null;
  /** Absent: a message. */
  kind?: 'signal';
}

export interface IncidentRow {
  id: string;
  caseId: string;
  caseNumber: string;
  definitionKey: string;
  token: string;
  node: string;
  code: string;
  message: string;
  openedAt: number;
}

export interface DefinitionSummary {
  /** `key:version` */
  id: string;
  key: string;
  version: number;
  name: string;
  /** SHA-256 of the file as uploaded. */
  hash: string;
  deployedAt: number;
  deployedBy: string;
}

export interface DefinitionRow extends DefinitionSummary {
  xml: string;
  /** Files that travel with the version: forms by key, item data. */
  resources: JsonObject;
}

export interface Receipt {
  key: string;
  /** Hash of the request: the same key with another request is refused. */
  fingerprint: string;
  status: number;
  answer: JsonValue;
  expiresAt: number;
}

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

export interface TaskQuery {
  /** Any of these candidate groups. */
  groups?: string[];
  /** With `groups`: also the tasks of which this person is a candidate. Not together with `assignee`. */
  user?: string;
  /** '' for tasks without one. */
  department?: string;
  assignee?: string;
  status: TaskStatus | 'unfinished';
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
