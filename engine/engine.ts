import type { CheckedUpload, CheckedWith, Deployment, Upload } from './commands/definitions.ts';
import type { CompleteTask, ModificationPreview, ModifyCase, NoteCase, StartCase } from './commands/cases.ts';
import type { ConditionsJudged, MessageReceipt, PublishMessage } from './commands/triggers.ts';
import type { AnswerSupplement, ExtendCase, HoldCase, NoticeSupplement, ResumeCase } from './commands/clock.ts';
import type {
  CaseMigrationPlan,
  MigrateCase,
  MigrateCases,
  MigrationRun,
  PlanCaseMigration,
  PlanMigration,
} from './commands/migration.ts';
import type { PreviewRecount, RecountOrder, RecountPreview, RecountRun } from './commands/recount.ts';
import type { PlannedElement } from './core/index.ts';
import type { JsonObject } from './kernel/json.ts';
import type { ProcessGraph } from './model/graph.ts';
import type { CaseRow, DefinitionRow, EventRow, IncidentRow, JobRow, Receipt, Store, TaskRow } from './store/ports.ts';

export type * from './commands/definitions.ts';
export type * from './commands/cases.ts';
export type * from './commands/triggers.ts';
export type * from './commands/clock.ts';
export type * from './commands/migration.ts';
export type * from './commands/recount.ts';
export type { PlannedElement, Remark } from './core/index.ts';

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
 * the sentence of each code is in api/http/sentences. Instants are ms since the epoch.
 */
export interface Engine {
  readonly store: Store;
  now(): number;

  /** Reads and lints an upload; rejects only where there is no file to speak of (size, encoding, not XML, DOCTYPE). */
  checkUpload(bytes: Uint8Array, by?: CheckedWith): Promise<CheckedUpload>;
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
  /**
   * Once, before the decision and before the statutory limit has passed: `clock.not_in_handling`, `clock.extended_already`,
   * `clock.limit_passed`, `clock.extension_too_long`
   */
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
  completeTask(complete: CompleteTask, actor: Actor, options?: CommandOptions<TaskRow>): Promise<TaskRow>;
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
