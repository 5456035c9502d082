import type { LeasedJob } from '../store/ports.ts';
import { AHEAD, createHands, FEWEST_HANDS } from './hands.ts';
import { createLeases, LEASE_MS, type LeasesDeps } from './leases.ts';
import { lastTrial, nodeStarts, type NodeLife } from './node-starts.ts';
import {
  fairTreatmentOf,
  isStorm,
  nextTryAlone,
  NODE_GONE_ALONE,
  onTrial,
  treatmentOf,
  TRIAL_MS,
  waiting,
} from './suspects.ts';
import type { JobWatch } from './watch.ts';
import type { WakeUp } from './wake-up.ts';

export interface SweeperDeps extends LeasesDeps {
  readonly wakeUp: WakeUp;
  /** Does one leased job; never throws. */
  run(job: LeasedJob): Promise<void>;
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

const SWEEP_EVERY_MS = 3_000;
/** A node whose hands are full says so often that there may be work for others. */
const CROWDED_MS = 250;

/**
 * Looks for due rows every few seconds (with jitter, so that nodes do not look in step), after each hint, and at once
 * while there is more. Jobs run side by side: a slow service holds up no timer. Those that may have brought down the node
 * that ran them run alone (suspects.ts).
 */
export function createSweeper(deps: SweeperDeps): Sweeper {
  const { store, clock } = deps;
  const leases = createLeases(deps);
  const starts = nodeStarts(deps);
  /** Where nobody can tell, what is leased already is run all the same. */
  const readLives = (): Promise<readonly NodeLife[]> => starts.read().catch(() => []);
  const onTick = () => leases.renew([...hands.jobs(), ...suspects]);
  const hands = createHands({ run, onFree: refill, onTick });
  /** Leased, but not begun before the node has nothing else to do. */
  const suspects: LeasedJob[] = [];
  let alone: LeasedJob | undefined;
  /** As many were due as there was room for: there may be more. */
  let more = false;
  /** Jobs of nodes that went away come back, or this one is new: should it go, it takes few along, and few are suspected. */
  let careful = true;
  let stopped = true;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let again = false;

  /** Leases what is due, as far as there is room, and begins it. */
  async function claim(): Promise<number> {
    if (alone && !hands.idle()) return 0;
    alone = undefined;
    if (suspects.length > 0) return beginSuspect();
    const room = hands.room(careful);
    if (room === 0) return 0;
    const leased = await leases.claim(room);
    more = leased.length === room;
    const wasCareful = careful;
    careful = leased.some(({ lapsed }) => lapsed);
    let begun = 0;
    const late: Promise<void>[] = [];
    const lives = leased.some((job) => treatmentOf(job) !== 'beside others') ? await readLives() : [];
    for (const job of leased) {
      if (job.attempts === 1) deps.watch?.taken(job.kind, clock.now() - job.dueAt);
      const treatment = fairTreatmentOf(job, lives, clock.now());
      if (treatment === 'alone') late.push(letWait(job, lives));
      else if (treatment === 'later') late.push(putOff(job));
      else {
        hands.take(job);
        begun++;
      }
    }
    await Promise.all(late);
    return wasCareful && !careful && more ? begun + (await claim()) : begun;
  }

  /** To wait is no try: what happens meanwhile is not its doing. */
  async function letWait(job: LeasedJob, lives: readonly NodeLife[]): Promise<void> {
    const change = waiting(job, lives);
    delete job.lapsed;
    if (await leases.keep(job, change)) suspects.push(job);
  }

  /** That it runs alone is written down first: a crash from here on is its own. In a storm no crash is. */
  async function beginSuspect(): Promise<number> {
    if (!hands.idle()) return 0;
    const lives = await readLives();
    const storm = isStorm(lives, clock.now());
    if (!storm && lastTrial(lives) + TRIAL_MS > clock.now()) return comeBack();
    for (let job = suspects.shift(); job; job = suspects.shift()) {
      if (!(await leases.keep(job, onTrial(job), storm ? LEASE_MS : TRIAL_MS))) continue;
      await starts.begins(job.id);
      alone = job;
      hands.take(job);
      return 1;
    }
    return 0;
  }

  /** Another suspect is on trial: what happens meanwhile must be no other's doing. */
  async function comeBack(): Promise<0> {
    const dueAt = clock.now() + SWEEP_EVERY_MS;
    for (const { id, fence, attempts } of suspects.splice(0)) await store.rescheduleJob(id, fence, { dueAt, attempts });
    return 0;
  }

  async function run(job: LeasedJob): Promise<void> {
    await deps.run(job);
    if (job.lastError === NODE_GONE_ALONE) await starts.ended(job.id).catch(deps.onError);
  }

  async function putOff({ id, fence, caseId, attempts, payload }: LeasedJob): Promise<void> {
    const tries = attempts - 1;
    deps.onError(new Error(`job '${id}' of case '${caseId}' brought down its node ${tries} times`));
    await store.rescheduleJob(id, fence, { dueAt: nextTryAlone(tries, payload, clock.now()), attempts: tries });
  }

  async function sweep(): Promise<number> {
    for (let count = 0; ;) {
      const claimed = await claim();
      count += claimed;
      if (claimed === 0 && hands.jobs().length === 0 && suspects.length === 0) return count;
      await hands.ended();
    }
  }

  /** When to look next. Where there is more than can be taken not at once; rounded, so that many such hints are one. */
  async function next(): Promise<number | undefined> {
    if (!more && hands.room(careful) > 0 && suspects.length === 0 && !alone) return store.nextJobAt();
    return (Math.floor(clock.now() / CROWDED_MS) + 1) * CROWDED_MS;
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

  /** Asks for many at once, not for one whenever one has ended. */
  function refill(): void {
    const waits = suspects.length > 0 || alone !== undefined;
    if (waits ? hands.idle() : more && hands.room(careful) >= (careful ? FEWEST_HANDS : AHEAD) / 2) look();
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
      starts.note().catch(deps.onError);
      deps.wakeUp.start(look);
      tick();
    },
    async stop(patienceMs) {
      stopped = true;
      clearTimeout(timer);
      const waiting = hands.drop();
      await deps.wakeUp.stop();
      const rest = Promise.resolve(looking).then(async () => {
        await Promise.all([...waiting, ...hands.drop()].map(leases.giveBack));
        await Promise.all(suspects.splice(0).map(leases.free));
        await hands.ended();
      });
      if (await finished(rest, patienceMs)) return;
      await Promise.all(hands.jobs().map(leases.giveBack));
    },
  };
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
