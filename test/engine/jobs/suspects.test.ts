import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { liveThrough } from '../../support/dying-nodes.ts';
import { aJob, NINE } from '../../support/stores.ts';

const SEED = Number(process.env.SEED ?? 20_261_130);
const MINUTES = 60_000;
const poison = ({ id }: { id: string }) => id.startsWith('bad');
const triesOf = (begun: readonly string[], id: string) => begun.filter((each) => each === id).length;

// simulated hours take seconds
jest.setTimeout(60_000);
beforeEach(() => void jest.useFakeTimers({ now: NINE, doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] }));
afterEach(() => void jest.useRealTimers());

/** Due a few at a time, after nodes have begun. */
const jobsOf = (count: number, everyMs: number, change: (n: number) => object) =>
  Array.from({ length: count }, (_, n) => aJob({ id: `good-${n}`, dueAt: NINE + 1_000 + n * everyMs, ...change(n) }));

describe('a job that brings down every node that runs it', () => {
  it.each([1, 3])(
    'has as many tries as it may have, then is given up; all others are done (%d nodes)',
    async (nodes) => {
      const jobs = jobsOf(100, 40, (n) => (n === 10 ? { id: 'bad', maxAttempts: 3 } : { maxAttempts: 2 }));
      const fate = await liveThrough({ jobs, takes: 200, nodes, poison, seed: SEED, patience: 10 * MINUTES });
      expect([fate.gaveUp, fate.left]).toEqual([['bad'], 0]);
      expect([triesOf(fate.begun, 'bad'), fate.broughtDown]).toEqual([3, 3]);
      expect(fate.took).toBeLessThan(2 * MINUTES);
    },
  );

  it.each([1, 3])('is given up also where there are many of its kind, and nobody else is (%d nodes)', async (nodes) => {
    const jobs = jobsOf(60, 40, (n) => ({ maxAttempts: 1 + (n % 3), ...(n % 6 === 0 && { id: `bad-${n}` }) }));
    const fate = await liveThrough({ jobs, takes: 200, nodes, poison, seed: SEED, patience: 60 * MINUTES });
    const bad = jobs.filter(poison);
    expect([...fate.gaveUp].sort()).toEqual(bad.map(({ id }) => id).sort());
    expect(fate.left).toBe(0);
    // more than they may have in the storm they make, and as long as that is not over
    expect(fate.broughtDown).toBeLessThan(15 * bad.length);
  });

  it('is given up when the storm is over in which it began, and nobody else is', async () => {
    const jobs = jobsOf(300, 200, (n) => ({ maxAttempts: 3, ...(n === 50 && { id: 'bad' }) }));
    const storm = { kills: 60, life: 1_000 };
    const fate = await liveThrough({ jobs, takes: 200, poison, storm, seed: SEED, patience: 20 * MINUTES });
    expect([fate.gaveUp, fate.left, fate.kills]).toEqual([['bad'], 0, 60]);
  });

  it('and has no last try comes back later and later, alone', async () => {
    const jobs = jobsOf(50, 40, (n) => (n === 10 ? { id: 'bad', maxAttempts: 1_000_000 } : { maxAttempts: 1 }));
    const fate = await liveThrough({ jobs, takes: 200, poison, seed: SEED, patience: 20 * MINUTES });
    expect([fate.gaveUp, fate.left]).toEqual([[], 1]);
    expect(triesOf(fate.begun, 'bad')).toBeLessThan(14);
  });
});

describe('jobs whose nodes go down by another cause', () => {
  it.each([
    { life: 400, takes: 150, every: 100, kills: 100 },
    { life: 2_000, takes: 500, every: 100, kills: 60 },
    { life: 10_000, takes: 1_000, every: 200, kills: 40 },
    { life: 60_000, takes: 3_000, every: 1_000, kills: 20 },
  ])('are not blamed for it: nodes live $life ms, jobs take $takes', async ({ life, takes, every, kills }) => {
    const jobs = jobsOf((kills * (life + 1_500)) / every, every, () => ({ maxAttempts: 3 }));
    const fate = await liveThrough({ jobs, takes, storm: { kills, life }, seed: SEED, patience: 120 * MINUTES });
    expect([fate.gaveUp, fate.left]).toEqual([[], 0]);
    expect(fate.kills).toBeGreaterThan(kills / 2);
  });

  it('are not blamed where their nodes live on and only do not reach the store', async () => {
    const jobs = jobsOf(300, 1_000, () => ({ maxAttempts: 3 }));
    const parted = { times: 60, every: 10_000, lasts: 30_000 };
    const fate = await liveThrough({ jobs, takes: 3_000, nodes: 3, parted, seed: SEED, patience: 120 * MINUTES });
    expect([fate.gaveUp, fate.left, fate.broughtDown]).toEqual([[], 0, 0]);
  });

  it('are not blamed for it, however long it lasts, though they run alone and hardly a node lives long enough', async () => {
    const jobs = jobsOf(8, 100, () => ({ maxAttempts: 2 }));
    const storm = { kills: 200, life: 400 };
    const fate = await liveThrough({ jobs, takes: 2_500, storm, seed: SEED, patience: 120 * MINUTES });
    expect([fate.gaveUp, fate.left]).toEqual([[], 0]);
    expect(fate.kills).toBeGreaterThan(100);
  });
});
