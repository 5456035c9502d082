import type { Clock } from '../../engine/kernel/clock.ts';

/** Real time, except while the past of the demo city is played, and ahead of it once somebody has moved the demo's clock. */
export interface DemoClock extends Clock {
  /** Stands still at an instant (ms); null: time goes on. */
  standAt(instant: number | null): void;
  /** How far it is ahead of real time, ms. */
  readonly aheadMs: number;
  /** Goes on from an instant. */
  goOnFrom(instant: number): void;
}

export function demoClock(real: Clock, aheadMs = 0): DemoClock {
  let at: number | null = null;
  let ahead = aheadMs;
  return {
    now: () => at ?? real.now() + ahead,
    standAt: (instant) => {
      at = instant;
    },
    get aheadMs() {
      return ahead;
    },
    goOnFrom: (instant) => {
      ahead = instant - real.now();
      at = null;
    },
  };
}
