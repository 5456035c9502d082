import type { Clock } from '../../engine/kernel/clock.ts';

/** Real time, except while the past of the demo city is played, and ahead of it once somebody has moved the demo's clock. */
export interface DemoClock extends Clock {
  /** Stands still at an instant (ms); null: time goes on. */
  standAt(instant: number | null): void;
  /** How far it is ahead of real time, ms. */
  readonly aheadMs: number;
  /** Where it would be if it did not stand still. */
  readonly runsAt: number;
  /** Goes on from an instant. */
  goOnFrom(instant: number): void;
}

interface DemoStart {
  readonly aheadMs?: number;
  readonly standsAt?: number | null;
}

/** As it was kept: `standsAt` of one that was on its way. */
export function demoClock(real: Clock, { aheadMs = 0, standsAt = null }: DemoStart = {}): DemoClock {
  let at: number | null = standsAt;
  let ahead = aheadMs;
  return {
    now: () => at ?? real.now() + ahead,
    standAt: (instant) => {
      at = instant;
    },
    get aheadMs() {
      return ahead;
    },
    get runsAt() {
      return real.now() + ahead;
    },
    goOnFrom: (instant) => {
      ahead = instant - real.now();
      at = null;
    },
  };
}
