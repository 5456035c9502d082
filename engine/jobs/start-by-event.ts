import { leaseLost } from '../cases/act.ts';
import { SYSTEM, type CaseDeps } from '../cases/deps.ts';
import { openCase } from '../cases/start-case.ts';
import { nextStart, orderOf, startedCaseId, startJob } from '../cases/start-rows.ts';
import { isRejection } from '../kernel/rejection.ts';
import type { JobRow } from '../store/ports.ts';
import { dropJob } from './drop-job.ts';

/**
 * Opens the case that a timer or signal starts; a cycle's next start is written with it. A version that is not the newest
 * any more starts nothing.
 */
export async function startByEvent(deps: CaseDeps, job: JobRow): Promise<void> {
  const order = orderOf(job);
  const definition = await deps.store.findDefinition(order.definitionId);
  const newest = definition && (await deps.store.latestDefinition(definition.key));
  if (!definition || newest?.id !== definition.id) return dropJob(deps, job);

  const now = deps.clock.now();
  const next = nextStart({ dueAt: order.at, ...(order.repeat && { repeat: order.repeat }) }, now);
  const again =
    next && startJob(job.id, { ...order, ...(next.repeat && { repeat: next.repeat }), at: next.dueAt }, job.fence);
  const number = `${definition.key}-${await deps.store.nextNumber(`start:${definition.key}`)}`;
  const id = startedCaseId(job.id, order.at);
  try {
    await openCase(
      deps,
      definition,
      {
        id,
        number,
        title: definition.name,
        applicant: null,
        department: null,
        variables: order.variables,
        startEvent: order.start,
        fence: { jobId: job.id, fence: job.fence },
        ...(again && { jobs: [again] }),
      },
      SYSTEM,
    );
  } catch (refusal) {
    if (!isRejection(refusal, 'case.exists')) throw refusal;
    if (!(await deps.store.findCase(id))) throw leaseLost(job.id);
    // opened before: only what comes next may be left
    await dropJob(deps, job, again);
  }
}
