import { describe, expect, it } from '@jest/globals';
import { inProcessWakeUp } from '../../../engine/index.ts';
import { createSweeper } from '../../../engine/jobs/sweeper.ts';
import { treatmentOf } from '../../../engine/jobs/suspects.ts';
import { movableClock } from '../../../engine/kernel/clock.ts';
import { memoryStore } from '../../../engine/store/memory/index.ts';
import type { JobRow, LeasedJob } from '../../../engine/store/ports.ts';
import { aCommit, aJob, NINE } from '../../support/stores.ts';

const LEASE = 10_000;
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Nodes one after the other on one store, each with some jobs under way when `kills` brings it down; until none goes down. */
async function nodesUntilOneLives(jobs: JobRow[], kills: (job: JobRow) => boolean) {
  const store = memoryStore();
  await store.commit({ ...aCommit(), jobs: { put: jobs, remove: [] } });
  const clock = movableClock(NINE);
  const begun: string[] = [];
  const gaveUp: string[] = [];
  let nodes = 0;
  for (let alive = false; !alive && nodes < 100;) {
    const owner = `node-${++nodes}`;
    let down!: () => void;
    const goesDown = new Promise<'down'>((resolve) => (down = () => resolve('down')));
    let isDown = false;
    const run = async (job: LeasedJob): Promise<void> => {
      if (treatmentOf(job) === 'give up') gaveUp.push(job.id);
      else {
        begun.push(job.id);
        if (kills(job)) {
          isDown = true;
          down();
        }
        await turn();
        if (isDown) return new Promise(() => undefined);
      }
      const fence = { jobId: job.id, fence: job.fence };
      await store.commitRecords({ jobs: { put: [], remove: [] }, fence });
    };
    const onError = () => undefined;
    const sweeper = createSweeper({ store, clock, wakeUp: inProcessWakeUp(clock), owner, run, onError });
    alive = (await Promise.race([sweeper.sweep(), goesDown])) !== 'down';
    clock.advance(LEASE);
  }
  const left = await store.claimDueJobs({ owner: 'looks', now: clock.now() + 1e9, leaseMs: 0, limit: 1000 });
  return { begun, gaveUp, nodes, left: left.map(({ id }) => id) };
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
