import { followUpId, type DueFollowUp } from '../cases/follow-ups.ts';
import type { CaseDeps } from '../cases/deps.ts';
import type { JobRow } from '../store/ports.ts';
import { dropJob } from './drop-job.ts';

/** Does what follows from an event, then forgets it. Dying in between means doing it again, under the same id. */
export async function doFollowUp(deps: CaseDeps, job: JobRow): Promise<void> {
  await deps.followUps.perform(dueOf(job));
  await dropJob(deps, job);
}

/** After its last try: the house puts it on record. */
export async function giveUpFollowUp(deps: CaseDeps, job: JobRow, message: string, code?: string): Promise<void> {
  await deps.followUps.giveUp(dueOf(job), message, code);
  await dropJob(deps, job);
}

function dueOf({ id, caseId, attempts, fence, payload }: JobRow): DueFollowUp {
  return { id: followUpId(id, caseId), caseId, attempts, payload, fence: { jobId: id, fence } };
}
