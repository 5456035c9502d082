import type { Clock } from '../../engine/kernel/clock.ts';

/** Real time, except while the past of the demo city is played. */
export interface DemoClock extends Clock {
  /** Stands still at an instant (ms); null: real time again. */
  standAt(instant: number | null): void;
}

export function demoClock(real: Clock): DemoClock {
  let at: number | null = null;
  return {
    now: () => at ?? real.now(),
    standAt: (instant) => {
      at = instant;
    },
  };
}
