import type { CaseClock } from '../../shared/contract.ts';

type Ended = Pick<CaseClock['phases'][number], 'brokenOff' | 'promiseKept' | 'statutoryKept'>;
export type Verdict = 'inTime' | 'late' | 'beyondLaw' | 'endedLate';

/** How a phase kept its limits, the graver word first. null: it goes on, has no limit, or was cut short in time. */
export function verdictOf({ brokenOff, promiseKept, statutoryKept }: Ended): Verdict | null {
  if (promiseKept === null && statutoryKept === null) return null;
  const kept = promiseKept !== false && statutoryKept !== false;
  // what was cut short kept no promise
  if (brokenOff) return kept ? null : 'endedLate';
  if (kept) return 'inTime';
  return statutoryKept === false ? 'beyondLaw' : 'late';
}

/** What a clock does that has not ended: without a limit the same as the light of the case. The key of its words. */
export function standingKey({ held, promise, statutory }: Pick<CaseClock, 'held' | 'promise' | 'statutory'>): string {
  if (!promise && !statutory) return 'light.none';
  return held ? 'clock.held' : 'clock.running';
}
