import { UNLIMITED } from '../cases/rows.ts';
import type { JobRow, LeasedJob } from '../store/ports.ts';
import { nextTryAt } from './back-off.ts';
import { beganAlone, beginsAfter, wentAway, wentMany, type NodeLife } from './node-starts.ts';

/** Last error of a job whose node went away. Other jobs were under way there: nobody knows which of them did it. */
export const NODE_GONE = 'Expected the try to end, but the node that ran it went away';
/** The same of a job that ran while nothing else did. */
export const NODE_GONE_ALONE = 'Expected the try to end, but the node went away while it ran nothing else';
/** The same where it has been so before, and waits until it can be again. */
const NODE_GONE_AGAIN = 'Expected the try to end, but the node went away, also while it ran nothing else';

/** Crashes of a job without a last try after which it is suspected. */
const COINCIDENCES = 3;
/** So many tries more may one have beside others whose nodes go away all the time. */
const CHANCES = 5;

/** A storm: nodes go away all the time, many of them within so many ms. */
const STORM_MS = 60_000;
/** Where many did in so many ms before it began, one trial is not enough … */
const UNSETTLED_MS = 900_000;
/** … but so many are. */
const TRIALS = 3;
/** Nor is it where no node began in place of its own: that may live on, and only not have reached the store. */
const UNSEEN_TRIALS = 6;

/**
 * The lease of a job that runs alone, ms. When its node went away nobody runs it for the rest of it, nor any other suspect:
 * where a node goes away meanwhile, it was not this job.
 */
export const TRIAL_MS = 20_000;

export type Treatment = 'beside others' | 'alone' | 'later' | 'give up';

/**
 * How to run a job that was just leased. A node that goes away takes its jobs with it, and one of them may be what brought
 * it down. Each loses a try; but the last one a suspect has alone on its node, and only what happens then makes an
 * incident: so no job pays for another. What has no last try (timers) comes back later and later instead (decision 0022).
 */
export function treatmentOf(job: LeasedJob): Treatment {
  const alone = job.lastError === NODE_GONE_ALONE;
  const guilty = alone && job.lapsed === true;
  if (guilty && job.maxAttempts >= UNLIMITED) return 'later';
  if (guilty && job.attempts > job.maxAttempts) return 'give up';
  return isSuspect(job) || (job.lapsed && job.attempts >= lastTry(job)) ? 'alone' : 'beside others';
}

/**
 * The same by what nodes wrote down (node-starts.ts). In a storm, tries beside others are no job's doing, so many tries
 * long: to run each job alone would take longer than the nodes live, and hold up all other work. And no job is guilty since
 * whose beginning another node went away: it runs alone once more, however often that happens.
 */
export function fairTreatmentOf(job: LeasedJob, lives: readonly NodeLife[], now: number): Treatment {
  const treatment = treatmentOf(job);
  if (treatment === 'beside others') return treatment;
  if (treatment !== 'alone') return isGuilty(job, lives) ? treatment : 'alone';
  const mayGoOn = !wasAlone(job) && job.attempts <= lastTry(job) + CHANCES;
  return mayGoOn && isStorm(lives, now) ? 'beside others' : 'alone';
}

function isGuilty(job: LeasedJob, lives: readonly NodeLife[]): boolean {
  if (!isEvidence(job, lives)) return false;
  const began = beganAlone(lives, job.id)!;
  const needed = !beginsAfter(lives, began) ? UNSEEN_TRIALS : wentMany(lives, began, UNSETTLED_MS) ? TRIALS : 1;
  return job.attempts >= lastTry(job) + needed;
}

/** Whether nodes lived on without the job that was alone when its own went away. No: also where nobody knows any more. */
function isEvidence(job: LeasedJob, lives: readonly NodeLife[]): boolean {
  const began = beganAlone(lives, job.id);
  return began !== undefined && !isStorm(lives, began) && wentAway(lives, began) === 0;
}

/** What is written of a job that waits to run alone. To wait is no try, nor was a trial that proved nothing. */
export function waiting(job: LeasedJob, lives: readonly NodeLife[]): { attempts: number; lastError: string } {
  const isLost = job.lastError === NODE_GONE_ALONE && job.lapsed && !isEvidence(job, lives);
  return { attempts: job.attempts - (isLost ? 2 : 1), lastError: wasAlone(job) ? NODE_GONE_AGAIN : NODE_GONE };
}

/** What is written of one that begins alone. Its tries beside others, however many, do not take its last one. */
export function onTrial(job: LeasedJob): { attempts: number; lastError: string } {
  const attempts = wasAlone(job) ? job.attempts + 1 : Math.min(job.attempts + 1, lastTry(job));
  return { attempts, lastError: NODE_GONE_ALONE };
}

const wasAlone = ({ lastError }: JobRow) => lastError === NODE_GONE_ALONE || lastError === NODE_GONE_AGAIN;
const isSuspect = (job: JobRow) => job.lastError === NODE_GONE || wasAlone(job);

/** Whether nodes go away all the time now: other causes than jobs are at work. */
export function isStorm(lives: readonly NodeLife[], now: number): boolean {
  return wentMany(lives, now, STORM_MS);
}

const lastTry = ({ maxAttempts }: JobRow) => (maxAttempts >= UNLIMITED ? COINCIDENCES + 1 : maxAttempts);

/** When one without a last try comes back. Its tries beside others make that no later: most are innocent of those crashes. */
export function nextTryAlone(tries: number, payload: JobRow['payload'], now: number): number {
  return nextTryAt({ attempts: tries - COINCIDENCES, payload }, now);
}
