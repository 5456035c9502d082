import { describe, expect, it } from '@jest/globals';
import { inProcessWakeUp } from '../../../engine/index.ts';
import { createSweeper } from '../../../engine/jobs/sweeper.ts';
import { nodeStarts } from '../../../engine/jobs/node-starts.ts';
import { NODE_GONE, NODE_GONE_ALONE, treatmentOf } from '../../../engine/jobs/suspects.ts';
import { movableClock } from '../../../engine/kernel/clock.ts';
import { memoryStore } from '../../../engine/store/memory/index.ts';
import type { JobRow, LeasedJob } from '../../../engine/store/ports.ts';
import { random } from '../../support/chance.ts';
import { aCommit, aJob, NINE } from '../../support/stores.ts';

const LEASE = 10_000;
const SEED = Number(process.env.SEED ?? 20_261_130);
const turn = () => new Promise((resolve) => setImmediate(resolve));

async function aCity(jobs: JobRow[]) {
  const store = memoryStore();
  await store.commit({ ...aCommit(), jobs: { put: jobs, remove: [] } });
  return { store, clock: movableClock(NINE), begun: [] as string[], alone: [] as string[], gaveUp: [] as string[] };
}

type City = Awaited<ReturnType<typeof aCity>>;

/** A node that goes down in the middle of a job that kills it: nobody hears of it from there on. */
async function openNode({ store, clock, begun, alone, gaveUp }: City, owner: string, kills: (job: JobRow) => boolean) {
  await nodeStarts({ store, clock }).note();
  let isDown = false;
  let goesDown!: () => void;
  const down = new Promise<'down'>((resolve) => (goesDown = () => resolve('down')));
  const never = () => new Promise<never>(() => undefined);
  const itsStore = new Proxy(store, {
    get: (target, name) => (isDown ? never : (Reflect.get(target, name) as () => unknown).bind(target)),
  });
  const run = async (job: LeasedJob): Promise<void> => {
    if (treatmentOf(job) === 'give up') gaveUp.push(job.id);
    else {
      begun.push(job.id);
      if (job.lastError === NODE_GONE_ALONE) alone.push(job.id);
      if (kills(job)) {
        isDown = true;
        goesDown();
      }
      await turn();
    }
    await itsStore.commitRecords({ jobs: { put: [], remove: [] }, fence: { jobId: job.id, fence: job.fence } });
  };
  const wakeUp = inProcessWakeUp(clock);
  const sweeper = createSweeper({ store: itsStore, clock, wakeUp, owner, run, onError: () => undefined });
  return { sweeper, down };
}

/** Nodes one after the other, each with some jobs under way when `kills` brings it down; until none goes down. */
async function nodesUntilOneLives(jobs: JobRow[], kills: (job: JobRow) => boolean) {
  const city = await aCity(jobs);
  let nodes = 0;
  for (let alive = false; !alive && nodes < 100;) {
    const { sweeper, down } = await openNode(city, `node-${++nodes}`, kills);
    alive = (await Promise.race([sweeper.sweep(), down])) !== 'down';
    city.clock.advance(LEASE);
  }
  return { ...city, nodes, left: await leftIn(city) };
}

/**
 * A storm that has nothing to do with the jobs: one node after the other goes down, a second apart, in the middle of some
 * job that it begins; then one lives.
 */
async function nodesInAStorm(jobs: JobRow[], deaths: number) {
  const city = await aCity(jobs);
  const chance = random(SEED);
  for (let node = 1; node <= deaths; node++) {
    let lives = Math.floor(chance() * 6);
    const { sweeper, down } = await openNode(city, `node-${node}`, () => lives-- === 0);
    await Promise.race([down, sweeper.sweep()]);
    city.clock.advance(1_000);
  }
  city.clock.advance(LEASE);
  const { sweeper } = await openNode(city, 'lives', () => false);
  await sweeper.sweep();
  return { ...city, left: await leftIn(city) };
}

async function leftIn({ store, clock }: City): Promise<string[]> {
  const left = await store.claimDueJobs({ owner: 'looks', now: clock.now() + 1e9, leaseMs: 0, limit: 1000 });
  return left.map(({ id }) => id);
}

const times = (list: string[], id: string) => list.filter((each) => each === id).length;

describe('a job that brings down every node that runs it', () => {
  it('has as many tries as it may have, then is given up; all others are done and none is blamed', async () => {
    const others = Array.from({ length: 20 }, (_, i) => aJob({ id: `good-${i}`, maxAttempts: 2, dueAt: NINE }));
    const poison = aJob({ id: 'poison', maxAttempts: 3, dueAt: NINE });
    const { begun, gaveUp, left } = await nodesUntilOneLives([...others, poison], ({ id }) => id === 'poison');
    expect(times(begun, 'poison')).toBe(3);
    expect(gaveUp).toEqual(['poison']);
    expect(left).toEqual([]);
  });

  it('blames nobody else, however many such jobs there are and however few tries the others have', async () => {
    const jobs = Array.from({ length: 60 }, (_, i) =>
      aJob({ id: `${i % 6 === 0 ? 'bad' : 'good'}-${i}`, maxAttempts: 1 + (i % 3), dueAt: NINE + (i % 7) }),
    );
    const { begun, gaveUp, left } = await nodesUntilOneLives(jobs, ({ id }) => id.startsWith('bad'));
    const bad = jobs.filter(({ id }) => id.startsWith('bad'));
    expect([...gaveUp].sort()).toEqual(bad.map(({ id }) => id).sort());
    expect(left).toEqual([]);
    // one try more where others were under way in the last one: nobody knew which of them it was
    for (const { id, maxAttempts } of bad) expect(times(begun, id)).toBeLessThanOrEqual(maxAttempts + 1);
  });

  it('and has no last try comes back later and later, alone', async () => {
    const timer = aJob({ id: 'timer', maxAttempts: 1_000_000, dueAt: NINE });
    const { begun, gaveUp, nodes, left } = await nodesUntilOneLives([timer], () => true);
    // a lease apart for the first tries; put off after that, so that a node lives
    expect(begun.length).toBeLessThan(8);
    expect(nodes).toBeLessThan(8);
    expect([gaveUp, left]).toEqual([[], ['timer']]);
  });
});

describe('jobs whose nodes go down by another cause', () => {
  const jobs = Array.from({ length: 180 }, (_, i) => aJob({ id: `j${i}`, maxAttempts: 2, dueAt: NINE + i * 333 }));

  it('are not blamed for it, and go on side by side', async () => {
    const { gaveUp, left, alone } = await nodesInAStorm(jobs, 60);
    expect([gaveUp, left, alone]).toEqual([[], [], []]);
  });

  it('are not blamed for it, though they ran alone when their node went down, more than once', async () => {
    const wereAlone = jobs.map((job) => ({ ...job, attempts: 1, lastError: NODE_GONE_ALONE }));
    const { gaveUp, left, alone } = await nodesInAStorm(wereAlone, 60);
    expect([gaveUp, left]).toEqual([[], []]);
    expect(alone.length).toBeGreaterThan(new Set(alone).size);
  });

  it('are run also where the store cannot tell whether nodes go down all the time', async () => {
    const suspect = aJob({ id: 'suspect', maxAttempts: 3, attempts: 1, lastError: NODE_GONE, dueAt: NINE });
    const city = await aCity([suspect, aJob({ id: 'good', dueAt: NINE })]);
    const { sweeper } = await openNode(city, 'node', () => false);
    city.store.listDocuments = () => Promise.reject(new Error('the server is away'));
    await sweeper.sweep();
    expect([city.begun, await leftIn(city)]).toEqual([['good', 'suspect'], []]);
  });
});
