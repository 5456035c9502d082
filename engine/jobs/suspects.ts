import { UNLIMITED } from '../cases/rows.ts';
import type { JobRow, LeasedJob } from '../store/ports.ts';
import { nextTryAt } from './back-off.ts';

/** Last error of a job whose node went away. Other jobs were under way there: nobody knows which of them did it. */
export const NODE_GONE = 'Expected the try to end, but the node that ran it went away';
/** The same of a job that ran while nothing else did. */
export const NODE_GONE_ALONE = 'Expected the try to end, but the node went away while it ran nothing else';

/** Crashes of a job without a last try after which it is suspected. */
const COINCIDENCES = 3;
/** So many tries more may one have whose nodes go away all the time. */
const CHANCES = 5;

export type Treatment = 'beside others' | 'alone' | 'later' | 'give up';

/**
 * How to run a job that was just leased. A node that goes away takes its jobs with it, and one of them may be what brought
 * it down. Each loses a try; but the last one a suspect has alone on its node, and only what happens then makes an
 * incident: so no job pays for another. What has no last try (timers) comes back later and later instead.
 */
export function treatmentOf(job: LeasedJob): Treatment {
  const alone = job.lastError === NODE_GONE_ALONE;
  const guilty = alone && job.lapsed === true;
  if (guilty && job.maxAttempts >= UNLIMITED) return 'later';
  if (guilty && job.attempts > job.maxAttempts) return 'give up';
  const suspect = alone || job.lastError === NODE_GONE;
  return suspect || (job.lapsed && job.attempts >= lastTry(job)) ? 'alone' : 'beside others';
}

/**
 * The same where nodes go away all the time (node-starts.ts): they have another cause than this job, so many tries long. To
 * run each of them alone would take longer than the nodes live, and hold up all other work.
 */
export function treatmentInAStorm(job: LeasedJob): Treatment {
  const treatment = treatmentOf(job);
  if (job.attempts > lastTry(job) + CHANCES) return treatment;
  return job.lastError === NODE_GONE_ALONE ? 'alone' : 'beside others';
}

/** The tries that one has used which is to run alone. Crashes beside others take the last one from no job. */
export function triesOf(job: LeasedJob): number {
  return (job.lastError === NODE_GONE_ALONE ? job.attempts : Math.min(job.attempts, job.maxAttempts)) - 1;
}

const lastTry = ({ maxAttempts }: JobRow) => (maxAttempts >= UNLIMITED ? COINCIDENCES + 1 : maxAttempts);

/** When one without a last try comes back. Its tries beside others make that no later: most are innocent of those crashes. */
export function nextTryAlone(tries: number, payload: JobRow['payload'], now: number): number {
  return nextTryAt({ attempts: tries - COINCIDENCES, payload }, now);
}
