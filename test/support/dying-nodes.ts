import { jest } from '@jest/globals';
import { inProcessWakeUp } from '../../engine/index.ts';
import { createSweeper } from '../../engine/jobs/sweeper.ts';
import { treatmentOf } from '../../engine/jobs/suspects.ts';
import { systemClock } from '../../engine/kernel/clock.ts';
import { memoryStore } from '../../engine/store/memory/index.ts';
import type { JobRow, LeasedJob } from '../../engine/store/ports.ts';
import { random } from './chance.ts';
import { aCommit } from './stores.ts';

export interface DyingNodes {
  readonly jobs: readonly JobRow[];
  /** How long a job takes, ms. */
  readonly takes: number;
  /** Brings down its node in the middle of its work. */
  readonly poison?: (job: JobRow) => boolean;
  readonly nodes?: number;
  /** Until a node that went away works again, ms. */
  readonly boot?: number;
  /** SIGKILLs that have nothing to do with jobs; each node lives so long on the average, ms, whatever it does. */
  readonly storm?: { readonly kills: number; readonly life: number };
  /** Each node now and then does not reach its store, and lives on: it does so long on the average, and not so long then, ms. */
  readonly parted?: { readonly times: number; readonly every: number; readonly lasts: number };
  readonly seed: number;
  /** Simulated, until which all jobs have to be done or given up, ms. */
  readonly patience: number;
}

export interface Fate {
  /** The job of each try that began. */
  readonly begun: readonly string[];
  readonly gaveUp: readonly string[];
  readonly left: number;
  /** Nodes that went away by a job. */
  readonly broughtDown: number;
  readonly kills: number;
  /** Since the beginning, ms. */
  readonly took: number;
}

/**
 * Nodes on one store that go away and are started again, as a supervisor does, until each job has come to an end. Time is
 * that of jest's fake timers, which have to be in force; chance is the seed's.
 */
export async function liveThrough({
  jobs,
  takes,
  nodes = 1,
  boot = 1_500,
  storm,
  parted,
  seed,
  patience,
  poison = () => false,
}: DyingNodes): Promise<Fate> {
  const chance = random(seed);
  const store = memoryStore();
  await store.commit({ ...aCommit(), jobs: { put: [...jobs], remove: [] } });
  const began = Date.now();
  const begun: string[] = [];
  const gaveUp: string[] = [];
  const ended = new Set<string>();
  let kills = 0;
  let partings = 0;
  let broughtDown = 0;
  const isOver = () => ended.size === jobs.length || Date.now() - began > patience;

  /** A node until it goes away: nobody hears of it from there on. */
  async function live(owner: string): Promise<void> {
    let isDown = false;
    let said!: () => void;
    const down = new Promise<void>((resolve) => (said = resolve));
    const goDown = () => {
      isDown = true;
      said();
    };
    let back: Promise<void> | undefined;
    const itsStore = new Proxy(store, {
      get: (target, name) => {
        const ask = (Reflect.get(target, name) as (...args: unknown[]) => unknown).bind(target);
        if (isDown) return silence;
        return back ? (...args: unknown[]) => back!.then(() => (isDown ? silence() : ask(...args))) : ask;
      },
    });
    const loseStore = async () => {
      while (!isDown && parted && partings < parted.times) {
        await pause(-Math.log(1 - chance()) * parted.every);
        partings++;
        await (back = pause(parted.lasts));
        back = undefined;
      }
    };
    void loseStore();
    const run = async (job: LeasedJob): Promise<void> => {
      if (treatmentOf(job) === 'give up') gaveUp.push(job.id);
      else {
        begun.push(job.id);
        await Promise.race([pause(poison(job) ? takes / 2 : takes), down]);
        if (isDown) return;
        if (poison(job)) {
          broughtDown++;
          return goDown();
        }
      }
      const fence = { jobId: job.id, fence: job.fence };
      if ((await itsStore.commitRecords({ jobs: { put: [], remove: [job.id] }, fence })) === 'ok') ended.add(job.id);
    };
    const wakeUp = inProcessWakeUp(systemClock);
    const sweeper = createSweeper({
      store: itsStore,
      clock: systemClock,
      wakeUp,
      owner,
      run,
      onError: () => undefined, // says of what has no last try that it brought down its node
    });
    sweeper.start();
    if (storm && kills < storm.kills) {
      const killed = setTimeout(
        () => {
          if (isDown || kills >= storm.kills) return;
          kills++;
          goDown();
        },
        -Math.log(1 - chance()) * storm.life,
      );
      void down.then(() => clearTimeout(killed));
    }
    await down;
    void sweeper.stop();
  }

  async function restart(place: number): Promise<void> {
    for (let n = 0; !isOver(); n++) {
      await live(`node-${place}-${n}`);
      await pause(boot);
    }
  }

  for (let place = 0; place < nodes; place++) void restart(place);
  while (!isOver()) await jest.advanceTimersByTimeAsync(1_000);
  return { begun, gaveUp, left: jobs.length - ended.size, broughtDown, kills, took: Date.now() - began };
}

const silence = () => new Promise<never>(() => undefined);
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
