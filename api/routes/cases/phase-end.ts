import type { Dates, Phase, Phases } from '../../../engine/time/index.ts';

/**
 * When a phase ended; null where it has not. By silence the review ended when its time was over (`due`), or when silence no
 * longer waited, not at the receipt from which handling counts.
 */
export function endOf(phase: Phase, phases: Phases, due: number | null): number | null {
  switch (phase) {
    case 'acceptance':
      if (phases.acceptedBy === 'start') return null;
      if (phases.acceptedBy === 'silence') return due && Math.max(due, phases.silenceAfter ?? 0);
      return phases.acceptedAt ?? phases.notAcceptedAt ?? phases.returnedAt ?? null;
    case 'handling':
      return phases.decidedAt ?? null;
    case 'delivery':
      return phases.deliveredAt ?? null;
  }
}

/**
 * Whether a phase that ended at `endedAt` kept its two limits: silence kept none, and an office that spoke while silence
 * waited for it kept both, but for a promise that had passed before. null: it goes on, or has no such limit.
 */
export function keptOf(
  phase: Phase,
  phases: Phases | undefined,
  { dueAt, statutoryAt }: Pick<Dates, 'dueAt' | 'statutoryAt'>,
  endedAt: number | null,
): { promiseKept: boolean | null; statutoryKept: boolean | null } {
  const review = phase === 'acceptance' ? phases : undefined;
  const until = review?.silenceAfter;
  const kept = (date: number | null | undefined, orUntil = 0): boolean | null => {
    if (date == null || endedAt === null) return null;
    const ranUntil = review ? lastRun(review, endedAt) : endedAt;
    return review?.acceptedBy !== 'silence' && ranUntil <= Math.max(date, orUntil);
  };
  return { promiseKept: kept(dueAt, review?.promiseMissed ? 0 : until), statutoryKept: kept(statutoryAt, until) };
}

/**
 * When a review that ended ran last: where it ended while the applicant supplemented, the office had spoken as it asked for that, and
 * no time of the review passed since.
 */
function lastRun({ supplements }: Phases, endedAt: number): number {
  return supplements.findLast(({ to, answered }) => to === endedAt && !answered)?.from ?? endedAt;
}
