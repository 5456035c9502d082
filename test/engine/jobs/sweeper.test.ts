import { describe, expect, it } from '@jest/globals';
import { inProcessWakeUp, type WakeUp } from '../../../engine/index.ts';
import { nodeStarts } from '../../../engine/jobs/node-starts.ts';
import { NODE_GONE, NODE_GONE_ALONE } from '../../../engine/jobs/suspects.ts';
import { createSweeper } from '../../../engine/jobs/sweeper.ts';
import { movableClock } from '../../../engine/kernel/clock.ts';
import { memoryStore } from '../../../engine/store/memory/index.ts';
import { aCommit, aJob, NINE } from '../../support/stores.ts';

describe('the sweeper', () => {
  it('with its hands full says soon, not at once, that there is work for others', async () => {
    const store = memoryStore();
    const put = Array.from({ length: 200 }, (_, i) => aJob({ id: `j${i}`, dueAt: NINE }));
    await store.commit({ ...aCommit(), jobs: { put, remove: [] } });
    const clock = movableClock(NINE + 10);
    let hinted!: (dueAt: number) => void;
    const hint = new Promise<number>((resolve) => (hinted = resolve));
    const wakeUp: WakeUp = { description: '', hint: hinted, start: () => undefined, stop: async () => undefined };
    const finish: (() => void)[] = [];
    let begun = 0;
    const sweeper = createSweeper({
      store,
      clock,
      wakeUp,
      owner: 'node',
      run: () => {
        begun++;
        return new Promise((done) => finish.push(done));
      },
      onError: (error) => {
        throw error;
      },
    });
    sweeper.start();
    const dueAt = await hint;
    expect(begun).toBe(32);
    expect(dueAt).toBeGreaterThan(clock.now());
    expect(dueAt).toBeLessThanOrEqual(clock.now() + 250);
    const stopped = sweeper.stop();
    for (const done of finish) done();
    await stopped;
  });

  it('hands back what it leased and has not begun when it stops', async () => {
    const { store, sweeper, begun, finishAll } = await sweeperWith(60);
    sweeper.start();
    while (begun() < 32) await turn();
    const stopped = sweeper.stop();
    finishAll();
    await stopped;
    expect(begun()).toBe(32);
    const free = await store.claimDueJobs({ owner: 'next', now: NINE + 10, leaseMs: 1, limit: 99 });
    expect(free.map(({ attempts, lapsed }) => [attempts, lapsed])).toEqual(Array(28).fill([1, undefined]));
  });

  it('renews the lease of what takes long: nobody else begins it', async () => {
    const { store, sweeper, clock, begun, finishAll } = await sweeperWith(1);
    const swept = sweeper.sweep();
    while (begun() < 1) await turn();
    const until = (await store.findJob('j0'))!.leaseUntil;
    clock.advance(5_000);
    while ((await store.findJob('j0'))!.leaseUntil === until) await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await store.findJob('j0'))!.leaseUntil).toBe(until + 5_000);
    finishAll();
    await swept;
  });

  it('does other work while calls hang', async () => {
    const { sweeper, begun, finishAll } = await sweeperWith(40);
    sweeper.start();
    // those that hang keep a hand for a second, then only wait
    while (begun() < 40) await new Promise((resolve) => setTimeout(resolve, 20));
    const stopped = sweeper.stop();
    finishAll();
    await stopped;
  });
});

describe('a job that may have brought down the nodes that ran it', () => {
  it('stays with the node that lets it wait for its turn alone, and the wait is no try', async () => {
    const { store, clock, sweeper, begun, finishAll } = await sweeperWith(1);
    const suspect = aJob({
      id: 'suspect',
      dueAt: NINE - 1,
      attempts: 20,
      maxAttempts: 1_000_000,
      lastError: NODE_GONE,
    });
    await store.commitRecords({ jobs: { put: [suspect], remove: [] } });
    sweeper.start();
    while (begun() < 1) await turn();
    expect(await store.findJob('suspect')).toMatchObject({ attempts: 20, lastError: NODE_GONE });
    clock.advance(9_000);
    expect(await store.claimDueJobs({ owner: 'other', now: clock.now(), leaseMs: 1, limit: 9 })).toEqual([]);
    finishAll();
    while (begun() < 2) await turn();
    // nor were those beside others: it comes back no later for them
    expect(await store.findJob('suspect')).toMatchObject({ attempts: 4, lastError: NODE_GONE_ALONE });
    const stopped = sweeper.stop();
    finishAll();
    await stopped;
  });

  it('is run also where the store cannot tell what became of nodes', async () => {
    const { store, sweeper, begun, finishAll } = await sweeperWith(0);
    const suspect = aJob({ id: 'suspect', dueAt: NINE - 1, attempts: 1, maxAttempts: 3, lastError: NODE_GONE });
    await store.commitRecords({ jobs: { put: [suspect], remove: [] } });
    store.listDocuments = () => Promise.reject(new Error('the server is away'));
    const swept = sweeper.sweep();
    while (begun() < 1) await turn();
    finishAll();
    await swept;
  });

  it('waits while another is on trial, and no other work does', async () => {
    const { store, clock, sweeper, begun, finishAll } = await sweeperWith(1);
    const gone = nodeStarts({ store, clock });
    await gone.begins('another');
    const suspect = aJob({ id: 'suspect', dueAt: NINE - 1, attempts: 2, maxAttempts: 3, lastError: NODE_GONE });
    await store.commitRecords({ jobs: { put: [suspect], remove: [] } });
    const swept = sweeper.sweep();
    while (begun() < 1) await turn();
    finishAll();
    await swept;
    expect(begun()).toBe(1);
    expect(await store.findJob('suspect')).toMatchObject({ attempts: 2, leaseUntil: 0, lastError: NODE_GONE });
    clock.advance(60_000);
    const again = sweeper.sweep();
    while (begun() < 2) await turn();
    expect(await store.findJob('suspect')).toMatchObject({ attempts: 3, lastError: NODE_GONE_ALONE });
    finishAll();
    await again;
  });

  it('is handed back as such by a node that stops', async () => {
    const { store, sweeper, begun, finishAll } = await sweeperWith(1);
    const suspect = aJob({ id: 'suspect', dueAt: NINE - 1, attempts: 2, maxAttempts: 3, lastError: NODE_GONE });
    await store.commitRecords({ jobs: { put: [suspect], remove: [] } });
    sweeper.start();
    while (begun() < 1) await turn();
    const stopped = sweeper.stop();
    finishAll();
    await stopped;
    expect(begun()).toBe(1);
    expect(await store.findJob('suspect')).toMatchObject({ attempts: 2, leaseUntil: 0, lastError: NODE_GONE });
  });
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A node and so many due jobs that end when they are told to. */
async function sweeperWith(count: number) {
  const store = memoryStore();
  const put = Array.from({ length: count }, (_, i) => aJob({ id: `j${i}`, dueAt: NINE }));
  await store.commit({ ...aCommit(), jobs: { put, remove: [] } });
  const clock = movableClock(NINE + 10);
  const finish: (() => void)[] = [];
  const sweeper = createSweeper({
    store,
    clock,
    wakeUp: inProcessWakeUp(clock),
    owner: 'node',
    run: async ({ id, fence }) => {
      await new Promise<void>((done) => finish.push(done));
      await store.commitRecords({ jobs: { put: [], remove: [] }, fence: { jobId: id, fence } });
    },
    onError: (error) => {
      throw error;
    },
  });
  return { store, clock, sweeper, begun: () => finish.length, finishAll: () => finish.forEach((done) => done()) };
}
