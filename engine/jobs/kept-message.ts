import type { CaseDeps } from '../cases/deps.ts';
import { handOutKept } from '../cases/publish-message.ts';
import type { JobRow } from '../store/ports.ts';

/**
 * Looks whether somebody waits for a kept message by now, then sleeps until the message expires; whoever begins to wait
 * wakes it before that. An expired message is forgotten, and with it its id.
 */
export async function tendMessage(deps: CaseDeps, job: JobRow): Promise<void> {
  const id = job.payload.message as string;
  const fence = { jobId: job.id, fence: job.fence };
  const message = await deps.store.findMessage(id);
  if (!message || message.expiresAt <= deps.clock.now()) {
    await deps.store.commitRecords({ jobs: { put: [], remove: [] }, messages: { put: [], remove: [id] }, fence });
    return;
  }
  const publisher = { id: message.publishedBy, name: message.publishedBy, groups: [] };
  if (message.consumedBy === null) await handOutKept(deps, message, publisher);
  await deps.store.rescheduleJob(job.id, job.fence, { dueAt: message.expiresAt, attempts: 0 });
}
