import { act } from '../cases/act.ts';
import { decideOnClock } from '../cases/change-clock.ts';
import { SYSTEM, type CaseDeps } from '../cases/deps.ts';
import { holdAlong, type HeldCall } from '../cases/hold-along.ts';
import { isRejection, Rejection } from '../kernel/rejection.ts';
import type { JobRow } from '../store/ports.ts';
import { dropJob } from './drop-job.ts';

/** Nothing is left to do for a case that was never opened, is over, or is held as its caller is. */
const DONE = ['case.not_found', 'clock.unchanged'];

/**
 * Holds a called case as its caller is held at this moment. It looks at the caller anew at every try, so it does not matter
 * in which order such jobs are done, nor how often. `call.not_opened`: the case that is called is yet to come.
 */
export async function holdCalledCase(deps: CaseDeps, job: JobRow): Promise<void> {
  const call = job.payload as unknown as HeldCall;
  try {
    await act(deps, {
      caseId: job.caseId,
      actor: SYSTEM,
      fence: { jobId: job.id, fence: job.fence },
      async decide(row, graph) {
        const caller = await deps.store.findCase(call.caller);
        const change = row.status === 'active' && caller ? holdAlong(row, caller) : undefined;
        if (!change) throw unchanged(row.id);
        return await decideOnClock(deps, row, graph, change);
      },
      result: () => undefined,
    });
  } catch (refusal) {
    if (!DONE.some((code) => isRejection(refusal, code))) throw refusal;
    if (isRejection(refusal, 'case.not_found') && (await isYetToCome(deps, call))) throw notOpened(job.caseId);
    await dropJob(deps, job);
  }
}

async function isYetToCome({ store }: CaseDeps, { caller, token, work }: HeldCall): Promise<boolean> {
  const waiting = (await store.findCase(caller))?.state.tokens[token];
  return waiting?.wait === 'case' && waiting.work === work;
}

function unchanged(id: string): Rejection {
  return new Rejection('conflict', 'clock.unchanged', `Expected the holds of '${id}' to change, but they do not`, {
    case: id,
  });
}

function notOpened(id: string): Rejection {
  return new Rejection(
    'unavailable',
    'call.not_opened',
    `Expected the called case '${id}' to be open, but it is not yet`,
  );
}
