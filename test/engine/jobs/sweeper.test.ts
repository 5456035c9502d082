import { describe, expect, it } from '@jest/globals';
import type { WakeUp } from '../../../engine/index.ts';
import { createSweeper } from '../../../engine/jobs/sweeper.ts';
import { movableClock } from '../../../engine/kernel/clock.ts';
import { memoryStore } from '../../../engine/store/memory/index.ts';
import { aCommit, aJob, NINE } from '../../support/stores.ts';

describe('the sweeper', () => {
  it('with its hands full says soon, not at once, that there is work for others', async () => {
    const store = memoryStore();
    const put = Array.from({ length: 40 }, (_, i) => aJob({ id: `j${i}`, dueAt: NINE }));
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
});
