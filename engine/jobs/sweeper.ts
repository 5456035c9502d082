import type { JobRow, Store } from '../store/ports.ts';
import type { Clock } from '../kernel/clock.ts';
import type { WakeUp } from './wake-up.ts';

export interface SweeperDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly wakeUp: WakeUp;
  /** Name of this node, unique among nodes. */
  readonly owner: string;
  /** Does one leased job; never throws. */
  run(job: JobRow): Promise<void>;
  onError(error: unknown): void;
}

export interface Sweeper {
  /** Runs every job that is due now; answers how many it ran. */
  sweep(): Promise<number>;
  start(): void;
  /** Finishes the jobs under way. */
  stop(): Promise<void>;
}

/** A job whose node died is taken up again after this long at the latest. */
export const LEASE_MS = 10_000;
const SWEEP_EVERY_MS = 3_000;
const BATCH = 32;

/**
 * Looks for due rows every few seconds (with jitter, so that nodes do not look in step), after each hint, and at once
 * while there is more. Jobs of one batch run side by side.
 */
export function createSweeper(deps: SweeperDeps): Sweeper {
  let stopped = true;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<number> | undefined;
  let again = false;

  async function sweepAll(): Promise<number> {
    let count = 0;
    for (;;) {
      const jobs = await deps.store.claimDueJobs({
        owner: deps.owner,
        now: deps.clock.now(),
        leaseMs: LEASE_MS,
        limit: BATCH,
      });
      await Promise.all(jobs.map((job) => deps.run(job)));
      count += jobs.length;
      if (jobs.length < BATCH) return count;
    }
  }

  async function sweep(): Promise<number> {
    if (running) {
      again = true;
      return running;
    }
    running = sweepAll();
    try {
      return await running;
    } finally {
      running = undefined;
      if (again && !stopped) {
        again = false;
        look();
      }
    }
  }

  function look(): void {
    if (stopped) return;
    sweep()
      .then(() => deps.store.nextJobAt())
      .then((next) => next !== undefined && !stopped && deps.wakeUp.hint(next))
      .catch(deps.onError);
  }

  function tick(): void {
    if (stopped) return;
    look();
    timer = setTimeout(tick, SWEEP_EVERY_MS * (0.7 + 0.6 * Math.random()));
  }

  return {
    sweep,
    start() {
      if (!stopped) return;
      stopped = false;
      deps.wakeUp.start(look);
      tick();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await deps.wakeUp.stop();
      await running?.catch(deps.onError);
    },
  };
}
