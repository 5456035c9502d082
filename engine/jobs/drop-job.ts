import type { CaseDeps } from '../cases/deps.ts';
import type { JobRow } from '../store/ports.ts';

/** Takes a job away that leaves nothing to do but `next`; nothing where its lease is lost, or its work removed it. */
export async function dropJob({ store }: Pick<CaseDeps, 'store'>, { id, fence }: JobRow, next?: JobRow): Promise<void> {
  await store.commitRecords({ jobs: { put: next ? [next] : [], remove: [] }, fence: { jobId: id, fence } });
}
