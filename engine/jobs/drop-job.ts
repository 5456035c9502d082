import type { CaseDeps } from '../cases/deps.ts';
import type { JobRow } from '../store/ports.ts';

/** Takes a job away that leaves nothing to do; nothing where its lease is lost, or its work removed it. */
export async function dropJob({ store }: Pick<CaseDeps, 'store'>, { id, fence }: JobRow): Promise<void> {
  await store.commitRecords({ jobs: { put: [], remove: [] }, fence: { jobId: id, fence } });
}
