import { broadcastJob, type Broadcast } from '../cases/broadcast-signal.ts';
import type { CaseDeps } from '../cases/deps.ts';
import { newJob, UNLIMITED } from '../cases/rows.ts';
import { startJob } from '../cases/start-rows.ts';
import { isRejection } from '../kernel/rejection.ts';
import { eventStarts } from '../model/event-starts.ts';
import type { JobRow } from '../store/ports.ts';
import { dropJob } from './drop-job.ts';
import { stepForJob } from './run-job.ts';

/** So many waiting cases are told in one write. */
const PAGE = 200;
/** Sorts behind every subscription of the case it follows: their ids go on with a dot. */
const END_OF_CASE = '/';

/**
 * Turns a signal into one job for each waiting case, page by page, and one for each start event. A page is written
 * together with the step to the next: whatever crashes, each case is told once.
 */
export async function spreadSignal(deps: CaseDeps, job: JobRow): Promise<void> {
  const signal = job.payload as unknown as Broadcast;
  const now = deps.clock.now();
  const page = await deps.store.findSubscriptions(signal.name, null, { after: signal.after ?? '', limit: PAGE });
  const told = new Set(page.filter(({ kind, caseId }) => kind === 'signal' && caseId !== signal.from).map(caseOf));
  const put = [...told].map((caseId) => deliveryJob(job, caseId, signal, now));
  if (signal.after === null) put.push(...(await startJobs(deps, job, signal, now)));
  const last = page.length === PAGE ? page.at(-1)! : undefined;
  if (last) {
    const after = `${last.caseId}${END_OF_CASE}`;
    put.push(broadcastJob(`${idOf(job)}~${after}`, { ...signal, after }, now));
  }
  await deps.store.commitRecords({ jobs: { put, remove: [] }, fence: { jobId: job.id, fence: job.fence } });
  if (put.length > 0) deps.due(now);
}

/** Tells one case. By now it may be over, or wait for something else. */
export async function deliverSignal(deps: CaseDeps, job: JobRow): Promise<void> {
  const { name, variables, actor } = job.payload as unknown as Broadcast;
  const by = { id: actor, name: actor, groups: [] };
  try {
    await stepForJob(deps, job, { type: 'deliver-signal', name, variables }, by);
  } catch (refusal) {
    const past = ['signal.not_awaited', 'case.closed', 'case.not_found'].some((code) => isRejection(refusal, code));
    if (!past) throw refusal;
    await dropJob(deps, job);
  }
}

async function startJobs(deps: CaseDeps, job: JobRow, signal: Broadcast, now: number): Promise<JobRow[]> {
  const jobs: JobRow[] = [];
  for (const { id: definitionId } of await deps.store.listDefinitions()) {
    const graph = await deps.graphOf(definitionId);
    for (const { start, trigger } of eventStarts(graph, 'signal')) {
      if (trigger.name !== signal.name) continue;
      const order = { definitionId, start, variables: signal.variables, at: now };
      jobs.push(startJob(`${idOf(job)}.${definitionId}.${start}`, order));
    }
  }
  return jobs;
}

function deliveryJob(job: JobRow, caseId: string, { name, variables, actor }: Broadcast, now: number): JobRow {
  return {
    ...newJob(caseId, '', '', now),
    id: `${idOf(job)}.${caseId}`,
    kind: 'deliver-signal',
    maxAttempts: UNLIMITED,
    payload: { name, variables, actor },
  };
}

/** Id of the signal, the same on every page. */
function idOf(job: JobRow): string {
  return job.id.split('~', 1)[0]!;
}

function caseOf({ caseId }: { caseId: string }): string {
  return caseId;
}
