import type { Operation, PlannedElement, Remark } from './core/index.ts';
import type { JsonObject, JsonValue } from './kernel/json.ts';
import type { Finding } from './model/finding.ts';
import type { Limit, ProcessGraph } from './model/graph.ts';
import type {
  CaseRow,
  Commit,
  Defect,
  DefinitionRow,
  DefinitionSummary,
  EventRow,
  IncidentRow,
  JobRow,
  Receipt,
  Remedy,
  Store,
  TaggedDocument,
  TaskRow,
} from './store/ports.ts';
import type { HoldReason, WorkCalendar } from './time/index.ts';

/** Who acts. `groups` are the departments (candidate groups) the person works for. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly groups: readonly string[];
}

/** The answer to keep for an Idempotency-Key, written in the same commit as the command's effect. */
export interface CommandOptions<Result> {
  readonly receipt?: (result: Result) => Receipt;
  /** The key is used for commands on the same case only. */
  readonly receiptOfCase?: true;
}

export interface CheckedUpload {
  /** No finding is an error. */
  readonly ok: boolean;
  /** The file as Unicode text, whatever encoding it came in. */
  readonly xml: string;
  readonly key: string;
  readonly name: string;
  /** All that run, in the order of the file; also where something is wrong. */
  readonly processes: readonly { readonly key: string; readonly name: string }[];
  readonly findings: readonly Finding[];
  /** Of every process that runs, in the order of the file; empty where something is wrong. */
  readonly graphs: readonly ProcessGraph[];
}

export interface Deployment {
  readonly definition: DefinitionSummary;
  /** False: the newest version has the same content, nothing was written. */
  readonly created: boolean;
  /** The other processes of the same file: each is a definition of its own. */
  readonly others: readonly { readonly definition: DefinitionSummary; readonly created: boolean }[];
  readonly findings: readonly Finding[];
}

/** The item that a process of a file belongs to, by the process id; `index` counts the processes from 0. */
export type ItemOf = (key: string, index: number) => Promise<JsonValue | undefined>;

export interface Upload {
  readonly bytes: Uint8Array;
  /** Files that travel with the version. */
  readonly resources?: JsonObject;
  /** The same for each process of the file, once it is known to be right. `index` counts from 0. */
  readonly resourcesOf?: (graph: ProcessGraph, index: number) => Promise<JsonObject>;
  /** The item among them: its limits are checked with the model. Needed with `resourcesOf`. */
  readonly itemOf?: ItemOf;
}

export interface StartCase {
  readonly definitionKey: string;
  /** Newest when absent. */
  readonly version?: number;
  readonly number: string;
  readonly title: string;
  readonly applicant: string | null;
  readonly department: string | null;
  readonly variables: JsonObject;
  readonly startEvent?: string;
}

export interface ModifyCase {
  readonly caseId: string;
  readonly operations: readonly Operation[];
  readonly reason: string;
  /** `rev` of the case that the person saw: refused with `case.moved_on` when something has happened since. */
  readonly expectedRev?: number;
}

export interface PublishMessage {
  readonly name: string;
  readonly key: string | null;
  readonly variables: JsonObject;
  readonly timeToLive?: string;
  readonly id?: string;
}

/** A conditional start event of a newest version. */
export interface ConditionalStart {
  readonly definition: DefinitionSummary;
  /** Of the start event. */
  readonly element: string;
}

export interface ConditionsJudged {
  /** Those whose condition is true: a case begins at each. */
  readonly started: readonly ConditionalStart[];
  /** Those whose condition could not be evaluated, and why. */
  readonly failed: readonly (ConditionalStart & { readonly reason: string })[];
}

/** What became of a message. */
export interface MessageReceipt {
  /** The case that took it. */
  readonly caseId: string | null;
  readonly started: boolean;
  /** It waits for somebody who waits for it. */
  readonly kept: boolean;
  /** Its id was known: nothing was done. */
  readonly duplicate: boolean;
}

/** What a modification would do. */
export interface ModificationPreview {
  /** Revision of the case that was looked at. */
  readonly rev: number;
  /** Elements that would be cut short, with all inside them. */
  readonly cancelled: readonly { readonly element: string; readonly name: string; readonly count: number }[];
  /** Elements at which the case would wait anew. */
  readonly reached: readonly { readonly element: string; readonly name: string; readonly count: number }[];
  /** Incidents that would open. */
  readonly incidents: number;
  /** The case would be over. */
  readonly ends: boolean;
}

/** Element or flow id of the old version -> of the new one; null: none. What is not named keeps its id. */
export type MigrationMapping = Readonly<Record<string, string | null>>;

export interface HoldCase {
  readonly caseId: string;
  readonly reason: HoldReason;
  /** With reason `local`: which of those that the administrator has entered. */
  readonly local?: { readonly key: string; readonly zh: string; readonly en: string };
  /** Legal basis: that of the law's eight reasons when absent; needed for any other. */
  readonly basis?: string;
  /** Working days that it is expected to take, told to the applicant; 1 to 365. */
  readonly expectedDays: number;
  /** The written notice: its number, and when the applicant was told (now when absent). */
  readonly notice: { readonly number: string; readonly toldAt?: number };
  /** Why, as told to the applicant. */
  readonly note: string;
}

export interface ResumeCase {
  readonly caseId: string;
  /** Of the hold that ends. */
  readonly reason: HoldReason;
  /** Key of a reason that the administrator has entered. */
  readonly local?: string;
  readonly note: string;
}

export interface NoticeSupplement {
  readonly caseId: string;
  /** Everything that is missing or wrong. */
  readonly defects: readonly Defect[];
  /** The applicant's own time, from the notice on. */
  readonly limit: Limit;
  readonly note?: string;
  /** Why there is a second notice; needed for any but the first. */
  readonly again?: string;
}

export interface AnswerSupplement {
  readonly caseId: string;
  readonly note?: string;
  /** What the house knows about each file that is for no defect in particular. */
  readonly files: readonly JsonValue[];
  /** What was done about single defects. */
  readonly remedies?: readonly Remedy[];
  /** Values of the application that are corrected. */
  readonly variables: JsonObject;
}

export interface ExtendCase {
  readonly caseId: string;
  /** In the unit of the case's limit. */
  readonly value: number;
  /** The longest that the law allows here. */
  readonly most: number;
  /** Head of the authority, or of the government for joint handling, who approved it. */
  readonly approvedBy?: string;
  readonly basis?: string;
  readonly note: string;
}

export interface NoteCase {
  readonly caseId: string;
  /** Refuses (throws a Rejection) or says what goes on record. */
  decide(row: CaseRow, graph: ProcessGraph): CaseNote | Promise<CaseNote>;
  /** The follow-up that notes it: done with this write, or not at all. */
  readonly fence?: Commit['fence'];
}

/** What goes on record with a case and changes nothing of how it runs. */
export interface CaseNote {
  readonly events: readonly { type: string; node?: string; token?: string; data?: JsonObject }[];
  /** The whole of it, as it shall be. */
  readonly annex?: JsonObject;
  readonly documents?: readonly TaggedDocument[];
}

export interface MigrateCase {
  readonly caseId: string;
  /** Of the same definition; older ones too. */
  readonly version: number;
  readonly mapping?: MigrationMapping;
  readonly reason: string;
  /** `rev` of the case that the person saw. */
  readonly expectedRev?: number;
}

export interface MigrateCases {
  readonly definitionKey: string;
  readonly from: number;
  readonly to: number;
  readonly mapping?: MigrationMapping;
  readonly reason: string;
  /** These cases (at most 100), else every active one of `from`, newest first. */
  readonly caseIds?: readonly string[];
  /** `next` of the call before. */
  readonly after?: { readonly startedAt: number; readonly id: string };
  /** At most 100. */
  readonly limit?: number;
}

export interface MigratedCase {
  readonly caseId: string;
  readonly number: string;
  readonly outcome: 'migrated' | 'already' | 'refused';
  /** Of the refusal. */
  readonly code?: string;
  readonly details?: JsonObject;
}

export interface MigrationRun {
  readonly results: readonly MigratedCase[];
  /** More cases are left behind this one. */
  readonly next?: { readonly startedAt: number; readonly id: string };
}

export interface RecountOrder {
  /** Why: goes on record in every case that changes. */
  readonly because: JsonObject;
  /** Written together with the order: what it follows from. */
  readonly documents?: Commit['documents'];
  /** When the new calendar is in force on every node (ms); now when absent. */
  readonly notBefore?: number;
}

/** All open cases, counted again. */
export interface RecountRun {
  /** Ids sort by the time of the order. */
  readonly id: string;
  readonly status: 'waiting' | 'running' | 'done';
  readonly because: JsonObject;
  readonly by: string;
  readonly at: number;
  readonly notBefore: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** What it counts with. */
  readonly calendarVersion: string | null;
  /** Open cases when it began; 0 before that. */
  readonly total: number;
  readonly checked: number;
  /** Of them: cases of which a date moved. */
  readonly changed: number;
  /** The first that could not be counted, and why. */
  readonly failed: readonly { readonly case: string; readonly number: string; readonly code: string }[];
  /** The last case that was looked at. */
  readonly after: { readonly startedAt: number; readonly id: string } | null;
}

export interface PreviewRecount {
  readonly calendar: WorkCalendar;
  /** `next` of the call before. */
  readonly after?: { readonly startedAt: number; readonly id: string };
  /** At most 100. */
  readonly limit?: number;
}

export interface RecountPreview {
  readonly checked: number;
  readonly affected: readonly {
    readonly case: Pick<CaseRow, 'id' | 'number' | 'title' | 'status'>;
    readonly dates: readonly MovedDate[];
  }[];
  /** More open cases are left behind this one. */
  readonly next?: { readonly startedAt: number; readonly id: string };
}

/** What the date of a case is of, where it is not that of its handling or of a task. */
export type OtherDate = 'acceptance' | 'delivery' | 'supplement' | 'hold' | 'timer';

/** A due date that another calendar moves, or makes certain. */
export interface MovedDate {
  /** Absent: of the handling of the case, or of the task. */
  readonly of?: OtherDate;
  /** '' for the case itself. */
  readonly task: string;
  readonly element: string;
  readonly name: string;
  /** Absent: of the promise. */
  readonly limit?: 'statutory';
  readonly was: number | null;
  readonly is: number | null;
  /** 暂定, before and after. */
  readonly wasProvisional: boolean;
  readonly isProvisional: boolean;
}

export interface PlanMigration {
  readonly definitionKey: string;
  readonly from: number;
  readonly to: number;
  readonly mapping?: MigrationMapping;
}

export interface PlanCaseMigration {
  readonly caseId: string;
  readonly version: number;
  readonly mapping?: MigrationMapping;
}

export interface CaseMigrationPlan {
  /** Revision of the case that was looked at. */
  readonly rev: number;
  readonly elements: readonly PlannedElement[];
  /** Where the case waits now: element id -> tokens, those held at joins included. */
  readonly tokens: Readonly<Record<string, number>>;
  /** Problems that refuse the migration of this case. */
  readonly blocking: readonly Remark[];
}

export type { PlannedElement, Remark } from './core/index.ts';

/** Something changed: what live screens listen to. Sent after the commit is durable. */
export interface CaseChange {
  readonly caseId: string;
  readonly rev: number;
  readonly case: CaseRow;
  readonly events: readonly EventRow[];
  readonly tasks: readonly TaskRow[];
}

/**
 * The case engine: what the rest of the house may use. Every command rejects with a Rejection when it is refused;
 * * the sentence of each code is in api/http/sentences. Instants are ms since the epoch.
 */
export interface Engine {
  readonly store: Store;
  now(): number;

  /** Reads and lints an upload; rejects only where there is no file to speak of (size, encoding, not XML, DOCTYPE). */
  checkUpload(bytes: Uint8Array, itemOf?: ItemOf): Promise<CheckedUpload>;
  /** Checks and publishes as the next version; `definition.findings` (invalid, details.findings) when an error is found. */
  deploy(upload: Upload, actor: Actor): Promise<Deployment>;
  /** `definition.not_found` */
  getDefinition(id: string): Promise<DefinitionRow>;
  /** The compiled graph of a stored version, cached. */
  getGraph(definitionId: string): Promise<ProcessGraph>;

  startCase(start: StartCase, actor: Actor, options?: CommandOptions<CaseRow>): Promise<CaseRow>;
  cancelCase(
    cancel: { caseId: string; reason: string },
    actor: Actor,
    options?: CommandOptions<CaseRow>,
  ): Promise<CaseRow>;
  /**
   * Stops the clock of a case and its tasks (特别程序), after acceptance and before the decision: `clock.not_in_handling`,
   * `clock.held_already`, `clock.no_limit`, `clock.bad_expected_days`, `clock.no_notice`, `time.hold_without_basis`
   */
  holdCase(hold: HoldCase, actor: Actor, options?: CommandOptions<CaseRow>): Promise<CaseRow>;
  /** `clock.not_held` */
  resumeCase(resume: ResumeCase, actor: Actor, options?: CommandOptions<CaseRow>): Promise<CaseRow>;
  /**
   * Tells the applicant everything that is missing, before acceptance (补正): `supplement.not_in_review`,
   * `supplement.open_already`, `supplement.no_defects`, `supplement.needs_reason`
   */
  noticeSupplement(notice: NoticeSupplement, actor: Actor, options?: CommandOptions<CaseRow>): Promise<CaseRow>;
  /** The acceptance review begins anew: `supplement.none_open`, `supplement.too_late`, `supplement.not_in_review` */
  answerSupplement(answer: AnswerSupplement, actor: Actor, options?: CommandOptions<CaseRow>): Promise<CaseRow>;
  /** Once, before the decision: `clock.not_in_handling`, `clock.extended_already`, `clock.extension_too_long` */
  extendCase(extend: ExtendCase, actor: Actor, options?: CommandOptions<CaseRow>): Promise<CaseRow>;
  /** Puts something on record with a case, open or closed: events, its annex, documents, in one write. `case.not_found` */
  noteCase(note: NoteCase, actor: Actor, options?: CommandOptions<CaseRow>): Promise<CaseRow>;
  /**
   * Moves, adds and cancels tokens of a running case: all operations in order or none, recorded as `case.modified` with
   * the reason (1 to 500 characters). Sub-processes are opened on the way to a target and cancelled when left empty.
   * `case.not_found`, `case.closed`, `case.moved_on`, `case.reason_missing`, `case.reason_too_long`, `modification.*`
   * (details.element, details.expected)
   */
  modifyCase(modify: ModifyCase, actor: Actor, options?: CommandOptions<CaseRow>): Promise<CaseRow>;
  /** What the operations would do, without doing it; refused as the modification would be. */
  previewModification(modify: Pick<ModifyCase, 'caseId' | 'operations'>): Promise<ModificationPreview>;
  /**
   * Begins activities of an open ad-hoc sub-process (`adHocChoices`). `ad_hoc.not_open`, `ad_hoc.nothing_chosen`,
   * `ad_hoc.too_many`, `ad_hoc.unknown_activity`, `case.closed`, `case.not_found`
   */
  activateAdHoc(
    choice: { caseId: string; token: string; activities: readonly string[] },
    actor: Actor,
    options?: CommandOptions<CaseRow>,
  ): Promise<CaseRow>;
  /** Lets an ad-hoc sub-process end. `ad_hoc.not_open`, `case.closed`, `case.not_found` */
  completeAdHoc(
    choice: { caseId: string; token: string },
    actor: Actor,
    options?: CommandOptions<CaseRow>,
  ): Promise<CaseRow>;
  /**
   * Takes a running case to another version of its definition, recorded as `case.migrated` with the reason. What waits
   * needs a place of the same kind there, by the same id or by the mapping. Timers keep their due dates, tasks their holder
   * and age; limits are counted from the same start by the new version. `case.not_found`, `case.closed`, `case.moved_on`,
   * `case.reason_missing`, `case.reason_too_long`, `definition.not_found`, `migration.same_version`,
   * `migration.unknown_element`, `migration.state_would_be_lost` (details.problems)
   */
  migrateCase(migrate: MigrateCase, actor: Actor, options?: CommandOptions<CaseRow>): Promise<CaseRow>;
  /** The same for many cases, each with a result of its own; call again with `next` until there is none. */
  migrateCases(migrate: MigrateCases, actor: Actor): Promise<MigrationRun>;
  /**
   * Orders all open cases to be counted again with the calendar in force: page by page, also where a node dies. A case of
   * which a date moves gets one event, `deadline.recounted`; of the others nothing is written.
   */
  recountCases(order: RecountOrder, actor: Actor): Promise<RecountRun>;
  /** Whom another calendar would move, a page at a time. */
  previewRecount(preview: PreviewRecount): Promise<RecountPreview>;
  /** Newest first. */
  listRecounts(): Promise<RecountRun[]>;
  /** `recount.not_found` */
  getRecount(id: string): Promise<RecountRun>;
  /** What a migration would do to any case of `from`: each element with its target, problems and notes. */
  planMigration(plan: PlanMigration): Promise<PlannedElement[]>;
  /** The same for one case as it stands. */
  planCaseMigration(plan: PlanCaseMigration): Promise<CaseMigrationPlan>;
  /** As the store has it. A command of this node that follows asks for it no second time. */
  findCase(id: string): Promise<CaseRow | undefined>;
  /** The same. `case.not_found` */
  getCase(id: string): Promise<CaseRow>;

  /** `task.not_found`, `task.already_claimed` (details.by, details.since), `task.closed`, `task.not_candidate` */
  claimTask(taskId: string, actor: Actor, options?: CommandOptions<TaskRow>): Promise<TaskRow>;
  /** `task.not_assignee`, `task.closed` */
  unclaimTask(taskId: string, actor: Actor, options?: CommandOptions<TaskRow>): Promise<TaskRow>;
  /** `task.not_claimed`, `task.not_assignee`, `task.closed` (details.by, details.at) */
  completeTask(
    complete: { taskId: string; variables: JsonObject },
    actor: Actor,
    options?: CommandOptions<TaskRow>,
  ): Promise<TaskRow>;
  /** As the store has it. `task.not_found` */
  getTask(id: string): Promise<TaskRow>;
  /** What this node knows of a task; a step of another node may have changed it since. For the start of a command only. */
  knownTask(id: string): Promise<TaskRow | undefined>;
  /** Another node wrote this case up to event `seq`: what this one remembers of it may be old. */
  writtenElsewhere(change: { readonly caseId: string; readonly seq: number }): void;
  /** Variables a task's holder sees: its own, then its scopes outwards. */
  taskVariables(task: TaskRow): Promise<JsonObject>;

  /**
   * Hands a message to the cases that wait for name and key (oldest subscription first), or starts a case where a
   * message start event of a newest version carries the name. `message.nobody_waits` (not-found).
   */
  correlateMessage(
    message: { name: string; key: string | null; variables: JsonObject },
    actor: Actor,
  ): Promise<{ caseId: string; started: boolean }>;

  /**
   * The same; with a time to live (ISO 8601 duration) the message is kept where nobody wants it yet, and the first case
   * that begins to wait for it gets it, once. `id` makes publishing twice harmless. `message.nobody_waits` without a time
   * to live; `message.bad_time_to_live`, `message.id_without_time_to_live`
   */
  publishMessage(
    message: PublishMessage,
    actor: Actor,
    options?: CommandOptions<MessageReceipt>,
  ): Promise<MessageReceipt>;

  /**
   * Sends a signal to every case that waits for it, and starts a case at every signal start event of a newest version. On
   * its way for good when this resolves; nobody waiting is no failure.
   */
  broadcastSignal(
    signal: { name: string; variables: JsonObject },
    actor: Actor,
    options?: CommandOptions<{ id: string }>,
  ): Promise<{ id: string }>;

  /**
   * Judges the conditional start events of all newest versions by these variables, and begins a case with them at each
   * whose condition is true. On their way for good when this resolves; one that cannot be evaluated begins nothing.
   */
  startOnConditions(variables: JsonObject, options?: CommandOptions<ConditionsJudged>): Promise<ConditionsJudged>;

  /** External workers. `leaseMs` 1 s to 1 h. */
  fetchJobs(fetch: { worker: string; topics: string[]; max: number; leaseMs: number }): Promise<ExternalJob[]>;
  /** `job.not_found`, `job.lease_lost` */
  completeJob(
    done: { jobId: string; fence: number; variables: JsonObject },
    actor: Actor,
    options?: CommandOptions<void>,
  ): Promise<void>;
  failJob(failed: { jobId: string; fence: number; message: string; retryInMs?: number }, actor: Actor): Promise<void>;
  extendJob(extend: { jobId: string; fence: number; leaseMs: number }): Promise<void>;
  /** A business error: taken by an error boundary event, else an incident. */
  throwJobError(
    thrown: { jobId: string; fence: number; code: string; message: string; variables: JsonObject },
    actor: Actor,
    options?: CommandOptions<void>,
  ): Promise<void>;

  /** `incident.not_found` */
  getIncident(id: string): Promise<IncidentRow>;
  /** `incident.not_found` */
  retryIncident(id: string, actor: Actor, options?: CommandOptions<IncidentRow>): Promise<IncidentRow>;

  onChange(listener: (change: CaseChange) => void): () => void;
  /** Runs every job that is due at the clock's now; answers how many. The sweeper calls this; tests may. */
  runDueJobs(): Promise<number>;
  /** Starts the sweeper; with `jobs` false this node runs no jobs, and only tells others of due work. */
  start(options?: { jobs?: boolean }): void;
  /**
   * Takes no more jobs, lets those under way finish, and after `patienceMs` (default: none is given up) hands the leases of
   * the rest back, so that another node takes them at once. Does not close the store.
   */
  stop(patienceMs?: number): Promise<void>;
}

export interface ExternalJob extends Pick<
  JobRow,
  'id' | 'caseId' | 'node' | 'attempts' | 'maxAttempts' | 'fence' | 'leaseUntil'
> {
  topic: string;
  caseNumber: string;
  /** Fixed texts that the model gives to the worker. */
  headers: Readonly<Record<string, string>>;
  variables: JsonObject;
}
