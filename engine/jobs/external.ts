import type { Actor, CommandOptions, ExternalJob } from '../engine.ts';
import type { JsonObject } from '../kernel/json.ts';
import { isRejection, Rejection } from '../kernel/rejection.ts';
import type { JobRow } from '../store/ports.ts';
import { leaseLost } from '../cases/act.ts';
import type { CaseDeps } from '../cases/deps.ts';
import { variablesOfJob } from './job-variables.ts';
import { failJob, stepForJob } from './run-job.ts';

const SHORTEST_LEASE_MS = 1_000;
const LONGEST_LEASE_MS = 3_600_000;

/** Leases up to `max` jobs of these topics to a worker, oldest first. A job on its last try is handed out like any other. */
export async function fetchJobs(
  deps: CaseDeps,
  fetch: { worker: string; topics: string[]; max: number; leaseMs: number },
): Promise<ExternalJob[]> {
  const claimed = await deps.store.claimDueJobs({
    owner: fetch.worker,
    now: deps.clock.now(),
    leaseMs: clampLease(fetch.leaseMs),
    limit: Math.min(Math.max(1, fetch.max), 100),
    topics: fetch.topics,
  });
  const jobs = await Promise.all(claimed.map((job) => presentOrGiveUp(deps, job)));
  return jobs.filter((job) => job !== undefined);
}

export async function completeJob(
  deps: CaseDeps,
  { jobId, fence, variables }: { jobId: string; fence: number; variables: JsonObject },
  actor: Actor,
  options?: CommandOptions<void>,
): Promise<void> {
  const job = await getLeased(deps, jobId, fence);
  await stepForJob(deps, job, { type: 'complete-job', token: job.token, variables }, actor, options);
}

/** Another try after `retryInMs` (else growing pauses); an incident after the last. */
export async function failExternalJob(
  deps: CaseDeps,
  failed: { jobId: string; fence: number; message: string; retryInMs?: number },
  actor: Actor,
): Promise<'retry' | 'incident'> {
  const job = await getLeased(deps, failed.jobId, failed.fence);
  return failJob(deps, job, { message: failed.message, retryInMs: failed.retryInMs }, actor);
}

export async function extendJob(
  deps: CaseDeps,
  { jobId, fence, leaseMs }: { jobId: string; fence: number; leaseMs: number },
): Promise<void> {
  const job = await getLeased(deps, jobId, fence);
  const leaseUntil = deps.clock.now() + clampLease(leaseMs);
  if (!(await deps.store.rescheduleJob(jobId, fence, { dueAt: job.dueAt, leaseUntil }))) throw leaseLost(jobId);
}

export async function throwJobError(
  deps: CaseDeps,
  {
    jobId,
    fence,
    code,
    message,
    variables,
  }: { jobId: string; fence: number; code: string; message: string; variables: JsonObject },
  actor: Actor,
  options?: CommandOptions<void>,
): Promise<void> {
  const job = await getLeased(deps, jobId, fence);
  await stepForJob(deps, job, { type: 'throw-error', token: job.token, code, message, variables }, actor, options);
}

/** `job.not_found`, `job.lease_lost` */
async function getLeased({ store, clock }: CaseDeps, jobId: string, fence: number): Promise<JobRow> {
  const job = await store.findJob(jobId);
  if (!job || job.kind !== 'external')
    throw new Rejection('not-found', 'job.not_found', `Expected external job '${jobId}', but there is none`, {
      job: jobId,
    });
  // an overdue lease that nobody else took is still good: the fence decides
  if (job.fence !== fence || (job.leaseUntil <= clock.now() && job.owner === null)) throw leaseLost(jobId);
  return job;
}

/** A job whose workers went away, or let it lapse, as often as it may be tried is given to a person. */
async function presentOrGiveUp(deps: CaseDeps, job: JobRow): Promise<ExternalJob | undefined> {
  if (job.attempts <= job.maxAttempts) return present(deps, job);
  const tries = `Expected one of ${job.maxAttempts} tries to end, but no worker told how it went`;
  try {
    await failJob(deps, job, { message: tries });
  } catch (refusal) {
    if (!isRejection(refusal)) throw refusal; // its case has gone on meanwhile
  }
  return undefined;
}

async function present(deps: CaseDeps, job: JobRow): Promise<ExternalJob | undefined> {
  try {
    const { row, node: element, variables } = await variablesOfJob(deps, job);
    const { id, caseId, node, attempts, maxAttempts, fence, leaseUntil } = job;
    return {
      id,
      caseId,
      node,
      attempts,
      maxAttempts,
      fence,
      leaseUntil,
      topic: job.topic!,
      caseNumber: row.number,
      headers: element.job?.headers ?? {},
      variables,
    };
  } catch (gone) {
    if (isRejection(gone, 'job.not_found')) return undefined;
    throw gone;
  }
}

function clampLease(ms: number): number {
  return Math.min(Math.max(SHORTEST_LEASE_MS, ms), LONGEST_LEASE_MS);
}
