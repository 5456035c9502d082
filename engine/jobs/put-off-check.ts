import { act } from '../cases/act.ts';
import { SYSTEM, type CaseDeps } from '../cases/deps.ts';
import { excusedUntil, withPutOff } from '../cases/put-off.ts';
import type { JobRow } from '../store/ports.ts';
import { dropJob } from './drop-job.ts';

/**
 * A check that came while nobody is late of its dates comes again when that is over; while the clock stands still nobody
 * knows when, and who lets it run on puts the check again. The case keeps that it has not looked. Repeating it is harmless.
 */
export async function putOffCheck(deps: CaseDeps, job: JobRow): Promise<void> {
  const { id, fence, attempts, payload } = job;
  const now = deps.clock.now();
  const row = await deps.store.findCase(job.caseId);
  if (row?.status !== 'active') return dropJob(deps, job);
  if (!row.clock?.putOff?.includes(id))
    await act(deps, {
      caseId: row.id,
      actor: SYSTEM,
      decide: ({ state, clock }) => {
        const change = clock?.putOff?.includes(id) ? {} : { clock: withPutOff(clock, id) };
        return { state, events: [], effects: [], change: { row: change, lapsed: [] } };
      },
      result: () => undefined,
    });
  const until = excusedUntil(row, { id: payload.of as string }, now) ?? now;
  if (until === Infinity) return dropJob(deps, job);
  await deps.store.rescheduleJob(id, fence, { dueAt: Math.max(until + 1, now), attempts: attempts - 1 });
}
