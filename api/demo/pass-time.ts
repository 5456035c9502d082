import type { Engine } from '../../engine/index.ts';
import type { DemoClock } from './demo-clock.ts';

/** Moments at which something is due that are passed through at once; a clock of seconds over years would never arrive. */
const MOST_STOPS = 5_000;

/**
 * Lets the clock stand at every moment up to `to` (ms) at which something is due, and runs that: all happens in order, at its
 * moment. Answers how many jobs ran, and whether nothing more is due on the way. The clock stands at the last of them;
 * `beforeStop` ends before it stands at the next.
 */
export async function passTime(
  engine: Engine,
  clock: DemoClock,
  to: number,
  beforeStop?: (at: number) => Promise<void>,
): Promise<{ readonly ran: number; readonly arrived: boolean }> {
  let ran = 0;
  for (let stops = 0; stops < MOST_STOPS; stops++) {
    const next = await engine.store.nextJobAt();
    if (next === undefined || next > to) return { ran, arrived: true };
    const stop = Math.max(next, clock.now());
    await beforeStop?.(stop);
    clock.standAt(stop);
    ran += await engine.runDueJobs();
  }
  return { ran, arrived: false };
}
