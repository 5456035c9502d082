import type { JobRow, Store } from '../store/ports.ts';
import type { Clock } from '../kernel/clock.ts';
import type { JobWatch } from './watch.ts';
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
  readonly watch?: JobWatch;
}

export interface Sweeper {
  /** Runs every job that is due now; answers how many it ran. */
  sweep(): Promise<number>;
  /** With `jobs` false it takes no job, and only tells other nodes of due work. */
  start(options?: { jobs?: boolean }): void;
  /** Lets the jobs under way finish; after `patienceMs` gives the rest of them back, each with the try it had begun. */
  stop(patienceMs?: number): Promise<void>;
}

/** A job whose node died is taken up again after this long at the latest. */
export const LEASE_MS = 10_000;
const SWEEP_EVERY_MS = 3_000;
/** Jobs that run side by side on one node. */
const HANDS = 32;
/** A node whose hands are full says so often that there may be work for others. */
const CROWDED_MS = 250;

/**
 * Looks for due rows every few seconds (with jitter, so that nodes do not look in step), after each hint, and at once
 * while there is more. Jobs run side by side: a slow service holds up no timer.
 */
export function createSweeper(deps: SweeperDeps): Sweeper {
  const underWay = new Map<Promise<void>, JobRow>();
  let stopped = true;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let again = false;

  /** Leases what is due, as far as there are hands free, and begins it. */
  async function claim(): Promise<number> {
    const limit = HANDS - underWay.size;
    if (limit <= 0) return 0;
    const { store, owner, clock } = deps;
    const jobs = await store.claimDueJobs({ owner, now: clock.now(), leaseMs: LEASE_MS, limit });
    for (const job of jobs) {
      if (job.attempts === 1) deps.watch?.taken(job.kind, clock.now() - job.dueAt);
      const work: Promise<void> = deps.run(job).finally(() => {
        const wasFull = underWay.size >= HANDS;
        underWay.delete(work);
        if (wasFull) look();
      });
      underWay.set(work, job);
    }
    return jobs.length;
  }

  async function sweep(): Promise<number> {
    for (let count = 0; ;) {
      const claimed = await claim();
      count += claimed;
      if (claimed === 0 && underWay.size === 0) return count;
      await Promise.all(underWay.keys());
    }
  }

  /** When to look next. With full hands not at once, whatever is due; rounded, so that many such hints are one. */
  async function next(): Promise<number | undefined> {
    if (underWay.size < HANDS) return deps.store.nextJobAt();
    return (Math.floor(deps.clock.now() / CROWDED_MS) + 1) * CROWDED_MS;
  }

  function look(): void {
    if (stopped) return;
    again = looking !== undefined;
    if (looking) return;
    looking = claim()
      .then(next)
      .then((at) => {
        if (at !== undefined && !stopped) deps.wakeUp.hint(at);
      })
      .catch(deps.onError)
      .finally(() => {
        looking = undefined;
        if (again) look();
      });
  }

  function tick(): void {
    if (stopped) return;
    look();
    timer = setTimeout(tick, SWEEP_EVERY_MS * (0.7 + 0.6 * Math.random()));
  }

  return {
    sweep,
    start({ jobs = true } = {}) {
      if (!stopped) return;
      if (!jobs) return deps.wakeUp.start();
      stopped = false;
      deps.wakeUp.start(look);
      tick();
    },
    async stop(patienceMs) {
      stopped = true;
      clearTimeout(timer);
      await deps.wakeUp.stop();
      const rest = Promise.resolve(looking).then(() => Promise.all(underWay.keys()));
      if (await finished(rest, patienceMs)) return;
      await Promise.all([...underWay.values()].map(giveBack));
    },
  };

  /** The work may go on for a moment, but what it writes no longer counts: its lease is gone. */
  async function giveBack({ id, fence, dueAt, attempts }: JobRow): Promise<void> {
    try {
      await deps.store.rescheduleJob(id, fence, { dueAt, attempts: attempts - 1 });
    } catch (error) {
      deps.onError(error); // the lease runs out by itself
    }
  }
}

/** Whether the work ended within the time (ms). */
async function finished(work: Promise<unknown>, patienceMs = Infinity): Promise<boolean> {
  const ended = work.then(() => true);
  if (patienceMs === Infinity) return ended;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), patienceMs)));
  try {
    return await Promise.race([ended, late]);
  } finally {
    clearTimeout(timer);
  }
}
