import type { Phase, Phases } from '../../../engine/time/index.ts';

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
