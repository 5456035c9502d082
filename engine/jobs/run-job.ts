import { act, leaseLost } from '../cases/act.ts';
import { decideByStep } from '../cases/command.ts';
import { SYSTEM, type CaseDeps } from '../cases/deps.ts';
import type { Command } from '../core/index.ts';
import type { CommandOptions } from '../engine.ts';
import type { Connectors } from '../connectors/port.ts';
import { isRejection, isStoreTrouble, Rejection } from '../kernel/rejection.ts';
import type { JobRow, LeasedJob } from '../store/ports.ts';
import { nextTryAt } from './back-off.ts';
import { cancelCalledCase, openCalledCase, returnToCaller } from './called-case.ts';
import { holdCalledCase } from './hold-called-case.ts';
import { checkDeadline } from './check-deadline.ts';
import { doFollowUp, giveUpFollowUp } from './follow-up.ts';
import { callService } from './call-service.ts';
import { tendMessage } from './kept-message.ts';
import { recountPage } from './recount-page.ts';
import { sendMessage } from './send-message.ts';
import { deliverSignal, spreadSignal } from './signal.ts';
import { treatmentOf } from './suspects.ts';
import type { JobOutcome, JobWatch } from './watch.ts';
import { startByEvent } from './start-by-event.ts';

export interface JobDeps extends CaseDeps {
  readonly connectors: Connectors;
  onJobError(job: JobRow, error: unknown): void;
  readonly watch: JobWatch;
  /** Default 30 s. */
  readonly jobLimitMs?: number;
}

/** Until work that the store could not keep is tried again. */
const STORE_PAUSE_MS = 2_000;
const PUT_OFF_TRIES = 20;
const PUT_OFF_PAUSE_MS = 250;
/** A job's work took effect elsewhere: nothing is left to do. */
const OVERTAKEN = ['job.lease_lost', 'case.closed', 'case.not_found'];

/** Does one leased job. A failure is tried again later; after the last try it becomes an incident. Never throws. */
export async function runJob(deps: JobDeps, job: LeasedJob): Promise<void> {
  deps.watch.ended(job.kind, await tryJob(deps, job));
}

async function tryJob(deps: JobDeps, job: LeasedJob): Promise<JobOutcome> {
  try {
    if (treatmentOf(job) === 'give up') throw broughtDownNode(job);
    await inTime(perform(deps, job), deps.jobLimitMs ?? JOB_LIMIT_MS);
    return 'done';
  } catch (error) {
    if (isOvertaken(error)) return 'overtaken';
    if (isStoreTrouble(error)) return putOff(deps, job);
    try {
      const outcome = await failJob(deps, job, failureOf(error));
      if (!isRejection(error)) deps.onJobError(job, error);
      return outcome;
    } catch (second) {
      if (isOvertaken(second)) return 'overtaken';
      if (!isStoreTrouble(second)) deps.onJobError(job, second);
      return 'retry'; // when its lease has run out
    }
  }
}

/**
 * The store failed, not the work: that is no try of it. Said as soon as the store answers again, lest the job's lease runs
 * out as if it had brought down its node.
 */
async function putOff({ store, clock, pause }: JobDeps, { id, fence, attempts }: JobRow): Promise<JobOutcome> {
  for (let tries = 1; tries <= PUT_OFF_TRIES; tries++) {
    try {
      const change = { dueAt: clock.now() + STORE_PAUSE_MS, attempts: attempts - 1 };
      // where the lease is gone, what the store could not answer had landed, or another node has the job
      return (await store.rescheduleJob(id, fence, change)) ? 'retry' : 'overtaken';
    } catch {
      await pause(PUT_OFF_PAUSE_MS);
    }
  }
  return 'retry';
}

/** How long a try may take, ms: what never answers costs a try and nothing else. What it writes later is refused. */
export const JOB_LIMIT_MS = 30_000;

async function inTime(work: Promise<void>, limitMs: number): Promise<void> {
  work.catch(() => undefined); // when it is too late for it to count
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooSlow(limitMs)), limitMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function tooSlow(limitMs: number): Rejection {
  const expected = `Expected the work to end within ${limitMs / 1000} s, but it did not`;
  return new Rejection('unavailable', 'job.too_slow', expected);
}

function broughtDownNode(job: LeasedJob): Rejection {
  const expected = `Expected one of ${job.maxAttempts} tries to end, but the node that ran it went away, at last while it ran nothing else`;
  return new Rejection('unavailable', 'job.brought_down_node', expected);
}

const isOvertaken = (error: unknown) => OVERTAKEN.some((code) => isRejection(error, code));

async function perform(deps: JobDeps, job: JobRow): Promise<void> {
  switch (job.kind) {
    case 'timer':
      return stepForJob(deps, job, { type: 'fire-timer', token: job.token, event: job.payload.event as string });
    case 'deadline':
      return checkDeadline(deps, job);
    case 'service':
      return stepForJob(deps, job, { type: 'complete-job', token: job.token, variables: await callService(deps, job) });
    case 'continue':
      return stepForJob(deps, job, { type: 'continue', token: job.token });
    case 'send':
      await sendMessage(deps, job);
      return stepForJob(deps, job, { type: 'complete-job', token: job.token, variables: {} });
    case 'call':
      return openCalledCase(deps, job);
    case 'cancel-call':
      return cancelCalledCase(deps, job);
    case 'hold-call':
      return holdCalledCase(deps, job);
    case 'return':
      return returnToCaller(deps, job);
    case 'signal':
      return spreadSignal(deps, job);
    case 'deliver-signal':
      return deliverSignal(deps, job);
    case 'start':
      return startByEvent(deps, job);
    case 'message':
      return tendMessage(deps, job);
    case 'follow-up':
      return doFollowUp(deps, job);
    case 'recount':
      return recountPage(deps, job, (error) => deps.onJobError(job, error));
    case 'external':
      throw new Error(`external job '${job.id}' came to the sweeper`);
  }
}

/** A step that the job caused: it lands only while the job's lease holds, and takes the job with it. */
export async function stepForJob(
  deps: CaseDeps,
  job: Pick<JobRow, 'id' | 'caseId' | 'fence'>,
  command: Command,
  actor = SYSTEM,
  options: CommandOptions<void> = {},
): Promise<void> {
  await act(deps, {
    caseId: job.caseId,
    actor,
    fence: { jobId: job.id, fence: job.fence },
    decide: (row, graph) => decideByStep(row, graph, command, deps),
    result: () => undefined,
    options,
  });
}

/** Why a job failed; `code`: of the refusal, where it was one. */
interface Failure {
  readonly message: string;
  readonly code?: string;
  readonly retryInMs?: number | undefined;
}

function failureOf(error: unknown): Failure {
  if (isRejection(error)) return { message: error.message, code: error.code };
  return { message: error instanceof Error ? error.message : String(error) };
}

/** Another try later, or the incident; `job.lease_lost`. `attempts` were counted when the job was claimed, so a crash counts as a try. */
export async function failJob(
  deps: CaseDeps,
  job: JobRow,
  { message, code, retryInMs }: Failure,
  actor = SYSTEM,
): Promise<'retry' | 'incident'> {
  if (job.attempts < job.maxAttempts) {
    const now = deps.clock.now();
    const dueAt = retryInMs !== undefined ? now + retryInMs : nextTryAt(job, now);
    const change = { dueAt, lastError: message.slice(0, 2000) };
    if (!(await deps.store.rescheduleJob(job.id, job.fence, change))) throw leaseLost(job.id);
    return 'retry';
  }
  if (job.kind === 'follow-up') {
    await giveUpFollowUp(deps, job, message.slice(0, 2000), code);
    return 'incident';
  }
  await stepForJob(
    deps,
    job,
    { type: 'fail-job', token: job.token, code: 'job.failed', message: message.slice(0, 2000) },
    actor,
  );
  return 'incident';
}
