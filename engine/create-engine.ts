import { hostname } from 'node:os';
import { broadcastSignal } from './cases/broadcast-signal.ts';
import { activateAdHoc, completeAdHoc } from './cases/ad-hoc.ts';
import { answerSupplement } from './cases/answer-supplement.ts';
import { cancelCase } from './cases/cancel-case.ts';
import { correlateMessage } from './cases/correlate-message.ts';
import { publishMessage } from './cases/publish-message.ts';
import { recentCases, type CalendarSource } from './cases/deps.ts';
import { findCase, getCase } from './cases/read-case.ts';
import { extendCase } from './cases/extend-case.ts';
import { NO_FOLLOW_UPS, type FollowUps } from './cases/follow-ups.ts';
import { holdCase, resumeCase } from './cases/hold-case.ts';
import { migrateCase } from './cases/migrate-case.ts';
import { migrateCases } from './cases/migrate-cases.ts';
import { modifyCase } from './cases/modify-case.ts';
import { noteCase } from './cases/note-case.ts';
import { noticeSupplement } from './cases/notice-supplement.ts';
import { planOfCase, planOfVersions } from './cases/plan-migration.ts';
import { previewRecount } from './cases/preview-recount.ts';
import { getRecount, listRecounts, orderRecount } from './cases/recount-run.ts';
import { previewModification } from './cases/preview-modification.ts';
import { getIncident, retryIncident } from './cases/retry-incident.ts';
import { startCase } from './cases/start-case.ts';
import { startOnConditions } from './cases/start-on-conditions.ts';
import { timerStartJobs } from './cases/start-rows.ts';
import { httpConnector } from './connectors/http.ts';
import type { Connectors } from './connectors/port.ts';
import { deploy } from './definitions/deploy.ts';
import { getDefinition, graphCache, publishedIn } from './definitions/graphs.ts';
import type { CaseChange, Engine } from './engine.ts';
import { completeJob, extendJob, failExternalJob, fetchJobs, throwJobError } from './jobs/external.ts';
import { inProcessWakeUp } from './jobs/in-process-wake-up.ts';
import { runJob, type JobDeps } from './jobs/run-job.ts';
import { createSweeper } from './jobs/sweeper.ts';
import type { WakeUp } from './jobs/wake-up.ts';
import { UNWATCHED, type JobWatch } from './jobs/watch.ts';
import type { Clock } from './kernel/clock.ts';
import { newId } from './kernel/ids.ts';
import { checkUpload } from './model/index.ts';
import type { Store } from './store/ports.ts';
import { claimTask } from './tasks/claim.ts';
import { completeTask } from './tasks/complete.ts';
import { taskNotFound } from './tasks/act-on-task.ts';
import { currentTask, knownTask } from './tasks/known-task.ts';
import { taskVariables } from './tasks/task-variables.ts';
import { unclaimTask } from './tasks/unclaim.ts';
import type { WorkCalendar } from './time/index.ts';

export interface EngineOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly calendar: WorkCalendar | CalendarSource;
  readonly wakeUp?: WakeUp;
  readonly connectors?: Connectors;
  /** What the house does because of events; nothing when absent. */
  readonly followUps?: FollowUps;
  /** Told about unexpected errors: of a job, of a listener, of the sweeper. */
  readonly onError?: (error: unknown, about: string, where?: { job: string; case: string }) => void;
  readonly watch?: JobWatch;
  /** How long a try of a job may take, ms; default 30,000. */
  readonly jobLimitMs?: number;
}

const RECENT_CASES = 2_000;

/** Builds the engine over its ports. Nothing runs by itself until `start`. */
export function createEngine(options: EngineOptions): Engine {
  const { store, clock } = options;
  const calendars = sourceOf(options.calendar);
  const wakeUp = options.wakeUp ?? inProcessWakeUp(clock);
  const watch = options.watch ?? UNWATCHED;
  const onError = options.onError ?? (() => {});
  const graphs = graphCache(store);
  const listeners = new Set<(change: CaseChange) => void>();

  const deps: JobDeps = {
    store,
    clock,
    get calendar() {
      return calendars.current();
    },
    refreshCalendar: () => calendars.refresh(),
    recent: recentCases(RECENT_CASES),
    followUps: options.followUps ?? NO_FOLLOW_UPS,
    graphOf: graphs.graphOf,
    committed(change, first) {
      if (first) wakeUp.hint(first.dueAt, first.id);
      for (const listener of listeners) {
        try {
          listener(change);
        } catch (error) {
          onError(error, 'listener');
        }
      }
    },
    due: (at) => wakeUp.hint(at),
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    connectors: options.connectors ?? { http: httpConnector({ allowedHosts: [] }) },
    onJobError: (job, error) => onError(error, 'job', { job: job.id, case: job.caseId }),
    watch,
    ...(options.jobLimitMs !== undefined && { jobLimitMs: options.jobLimitMs }),
  };
  const deployment = { store, clock, graphOf: graphs.graphOf, startJobs: timerStartJobs, due: deps.due };
  const sweeper = createSweeper({
    store,
    clock,
    wakeUp,
    owner: `${hostname()}-${process.pid}-${newId(clock.now())}`,
    run: (job) => runJob(deps, job),
    watch,
    onError: (error) => onError(error, 'sweeper'),
  });

  return {
    store,
    now: () => clock.now(),
    checkUpload: (bytes, by) => checkUpload(bytes, { publishedOf: publishedIn(store), ...by }),
    deploy: (upload, actor) => deploy(deployment, upload, actor),
    getDefinition: (id) => getDefinition(store, id),
    getGraph: graphs.graphOf,
    startCase: (start, actor, more) => startCase(deps, start, actor, more),
    cancelCase: (cancel, actor, more) => cancelCase(deps, cancel, actor, more),
    holdCase: (hold, actor, more) => holdCase(deps, hold, actor, more),
    resumeCase: (resume, actor, more) => resumeCase(deps, resume, actor, more),
    noticeSupplement: (notice, actor, more) => noticeSupplement(deps, notice, actor, more),
    answerSupplement: (answer, actor, more) => answerSupplement(deps, answer, actor, more),
    extendCase: (extend, actor, more) => extendCase(deps, extend, actor, more),
    noteCase: (note, actor, more) => noteCase(deps, note, actor, more),
    activateAdHoc: (choice, actor, more) => activateAdHoc(deps, choice, actor, more),
    completeAdHoc: (choice, actor, more) => completeAdHoc(deps, choice, actor, more),
    modifyCase: (modify, actor, more) => modifyCase(deps, modify, actor, more),
    previewModification: (modify) => previewModification(deps, modify),
    migrateCase: (migrate, actor, more) => migrateCase(deps, migrate, actor, more),
    migrateCases: (migrate, actor) => migrateCases(deps, migrate, actor),
    recountCases: (order, actor) => orderRecount(deps, order, actor),
    previewRecount: (preview) => previewRecount(deps, preview),
    listRecounts: () => listRecounts(deps),
    getRecount: (id) => getRecount(deps, id),
    planMigration: (plan) => planOfVersions(deps, plan),
    planCaseMigration: (plan) => planOfCase(deps, plan),
    findCase: (id) => findCase(deps, id),
    getCase: (id) => getCase(deps, id),
    claimTask: (id, actor, more) => claimTask(deps, id, actor, more),
    unclaimTask: (id, actor, more) => unclaimTask(deps, id, actor, more),
    completeTask: (complete, actor, more) => completeTask(deps, complete, actor, more),
    async getTask(id) {
      const task = await currentTask(deps, id);
      if (!task) throw taskNotFound(id);
      return task;
    },
    knownTask: (id) => knownTask(deps, id),
    writtenElsewhere({ caseId, seq }) {
      if ((deps.recent.get(caseId)?.lastSeq ?? seq) < seq) deps.recent.delete(caseId);
    },
    taskVariables: (task) => taskVariables(deps, task),
    correlateMessage: (message, actor) => correlateMessage(deps, message, actor),
    publishMessage: (message, actor, more) => publishMessage(deps, message, actor, more),
    startOnConditions: (variables, more) => startOnConditions(deps, variables, more),
    broadcastSignal: (signal, actor, more) => broadcastSignal(deps, signal, actor, more),
    fetchJobs: (fetch) => fetchJobs(deps, fetch),
    async completeJob(done, actor, more) {
      await completeJob(deps, done, actor, more);
      watch.ended('external', 'done');
    },
    async failJob(failed, actor) {
      watch.ended('external', await failExternalJob(deps, failed, actor));
    },
    extendJob: (extend) => extendJob(deps, extend),
    async throwJobError(thrown, actor, more) {
      await throwJobError(deps, thrown, actor, more);
      watch.ended('external', 'done');
    },
    getIncident: (id) => getIncident(deps, id),
    retryIncident: (id, actor, more) => retryIncident(deps, id, actor, more),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    runDueJobs: () => sweeper.sweep(),
    start: (options) => sweeper.start(options),
    stop: (patienceMs) => sweeper.stop(patienceMs),
  };
}

function sourceOf(calendar: WorkCalendar | CalendarSource): CalendarSource {
  if ('current' in calendar) return calendar;
  return { current: () => calendar, refresh: () => Promise.resolve() };
}
