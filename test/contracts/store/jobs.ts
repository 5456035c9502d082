import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Store } from '../../../engine/store/ports.ts';
import { aCase, aCommit, aJob, aTask, NINE } from '../../support/stores.ts';

const HOUR = 3_600_000;

export function jobsContract(open: () => Promise<Store>): void {
  describe('jobs', () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });

    const put = async (...jobs: ReturnType<typeof aJob>[]) => {
      const row = aCase();
      await store.commit({ ...aCommit({ case: row }), jobs: { put: jobs, remove: [] } });
      return row;
    };
    const claim = (now: number, more: object = {}) =>
      store.claimDueJobs({ owner: 'node-1', now, leaseMs: 1000, limit: 10, ...more });

    it('are claimed when due, earliest first, with attempts and fence counted', async () => {
      await put(
        aJob({ id: 'late', dueAt: NINE + 2 }),
        aJob({ id: 'early', dueAt: NINE }),
        aJob({ id: 'future', dueAt: NINE + HOUR }),
      );
      expect(await claim(NINE - 1)).toEqual([]);
      const claimed = await claim(NINE + 2);
      expect(claimed.map((job) => job.id)).toEqual(['early', 'late']);
      expect(claimed[0]).toMatchObject({ owner: 'node-1', attempts: 1, fence: 1, leaseUntil: NINE + 2 + 1000 });
      expect(await store.findJob('early')).toEqual(claimed[0]);
      expect(await claim(NINE + 2, { owner: 'node-2' })).toEqual([]);
    });

    it('go to one claimer only, also when many ask at once', async () => {
      await put(...Array.from({ length: 40 }, (_, i) => aJob({ id: `j${i}`, dueAt: NINE + i })));
      const claims = await Promise.all(
        Array.from({ length: 8 }, (_, i) => claim(NINE + HOUR, { owner: `node-${i}`, limit: 7 })),
      );
      const all = claims.flat().map((job) => job.id);
      expect(all).toHaveLength(40);
      expect(new Set(all).size).toBe(40);
    });

    it('can be claimed again when the lease ends, and the first holder is then refused', async () => {
      const row = await put(aJob({ id: 'j' }));
      const [first] = await claim(NINE);
      expect(await claim(NINE + 999)).toEqual([]);
      const [second] = await claim(NINE + 1000, { owner: 'node-2' });
      expect(second).toMatchObject({ owner: 'node-2', fence: 2, attempts: 2 });
      const step = aCommit({ case: { ...row, rev: 2 }, tasks: [aTask({ id: 't', caseId: row.id })] });
      expect(await store.commit({ ...step, fence: { jobId: 'j', fence: first!.fence } })).toBe('conflict');
      expect(await store.findTask('t')).toBeUndefined();
      expect(await store.rescheduleJob('j', first!.fence, { dueAt: NINE })).toBe(false);
      expect(await store.commit({ ...step, fence: { jobId: 'j', fence: second!.fence } })).toBe('ok');
      expect(await store.findJob('j')).toBeUndefined();
      expect(await store.findTask('t')).toBeDefined();
    });

    it('say when the lease before ran out', async () => {
      await put(
        aJob({ id: 'first' }),
        aJob({ id: 'second', dueAt: NINE - 1 }),
        aJob({ id: 'third', dueAt: NINE + HOUR }),
      );
      const [second] = await claim(NINE, { limit: 1 });
      expect(second).toMatchObject({ id: 'second', attempts: 1 });
      expect(second!.lapsed).toBeUndefined();
      const again = await claim(NINE + 1000);
      expect(again.map(({ id, lapsed }) => [id, lapsed])).toEqual([
        ['second', true],
        ['first', undefined],
      ]);
      expect(await store.findJob('second')).not.toHaveProperty('lapsed');
      await store.rescheduleJob('second', 2, { dueAt: NINE + 1000 });
      expect((await claim(NINE + 1000))[0]!.lapsed).toBeUndefined();
    });

    it('keep their lease for the holder until somebody else claims', async () => {
      const row = await put(aJob({ id: 'j' }));
      const [job] = await claim(NINE);
      const step = aCommit({ case: { ...row, rev: 2 } });
      expect(await store.commit({ ...step, fence: { jobId: 'j', fence: job!.fence } })).toBe('ok');
      expect(await store.commit({ ...aCommit({ case: { ...row, rev: 3 } }), fence: { jobId: 'j', fence: 1 } })).toBe(
        'conflict',
      );
    });

    it('stay when the commit that would finish them is in conflict', async () => {
      const row = await put(aJob({ id: 'j' }));
      const [job] = await claim(NINE);
      const stale = aCommit({ case: { ...row, rev: 9 } });
      expect(await store.commit({ ...stale, fence: { jobId: 'j', fence: job!.fence } })).toBe('conflict');
      expect(await store.findJob('j')).toEqual(job);
    });

    it('are freed and moved by a reschedule', async () => {
      const row = await put(aJob({ id: 'j' }));
      const [job] = await claim(NINE);
      const change = { dueAt: NINE + HOUR, lastError: '超时 "504"' };
      expect(await store.rescheduleJob('j', job!.fence + 1, change)).toBe(false);
      expect(await store.rescheduleJob('j', job!.fence, change)).toBe(true);
      expect(await store.findJob('j')).toEqual({ ...job, ...change, owner: null, leaseUntil: 0 });
      expect(await store.rescheduleJob('j', job!.fence, change)).toBe(false);
      const step = aCommit({ case: { ...row, rev: 2 } });
      expect(await store.commit({ ...step, fence: { jobId: 'j', fence: job!.fence } })).toBe('conflict');
      expect(await claim(NINE + HOUR - 1)).toEqual([]);
      const [again] = await claim(NINE + HOUR);
      expect(again).toMatchObject({ fence: 2, attempts: 2, lastError: change.lastError });
      expect(await store.rescheduleJob('j', 2, { dueAt: NINE, attempts: 0 })).toBe(true);
      expect(await store.findJob('j')).toMatchObject({ attempts: 0, lastError: change.lastError });
      expect(await store.rescheduleJob('missing', 1, { dueAt: NINE })).toBe(false);
    });

    it('stay with their holder when the lease is extended', async () => {
      await put(aJob({ id: 'j', kind: 'external', topic: 'tax' }));
      const [job] = await claim(NINE, { topics: ['tax'] });
      const change = { dueAt: NINE, leaseUntil: NINE + HOUR };
      expect(await store.rescheduleJob('j', job!.fence, change)).toBe(true);
      expect(await store.findJob('j')).toEqual({ ...job, ...change });
      expect(await claim(NINE + HOUR - 1, { topics: ['tax'] })).toEqual([]);
      expect(await claim(NINE + HOUR, { topics: ['tax'] })).toHaveLength(1);
    });

    it('never lower their fence when they are put again', async () => {
      const row = await put(aJob({ id: 'j' }));
      const [held] = await claim(NINE);
      await store.commit({
        ...aCommit({ case: { ...row, rev: 2 } }),
        jobs: { put: [aJob({ id: 'j', caseId: row.id })], remove: [] },
      });
      const step = aCommit({ case: { ...row, rev: 3 } });
      expect(await store.commit({ ...step, fence: { jobId: 'j', fence: held!.fence } })).toBe('conflict');
      expect((await claim(NINE, { owner: 'node-2' }))[0]!.fence).toBe(held!.fence + 1);
      expect(await store.commit({ ...step, fence: { jobId: 'j', fence: held!.fence } })).toBe('conflict');
    });

    it('of workers outside are fetched by topic, the engine gets its own', async () => {
      await put(
        aJob({ id: 'own' }),
        aJob({ id: 'tax', kind: 'external', topic: 'tax', dueAt: NINE + 1 }),
        aJob({ id: 'seal', kind: 'external', topic: 'seal' }),
      );
      expect((await claim(NINE + 1, { topics: [] })).length).toBe(0);
      expect((await claim(NINE + 1, { topics: ['other'] })).length).toBe(0);
      expect((await claim(NINE + 1)).map((job) => job.id)).toEqual(['own']);
      expect((await claim(NINE + 1, { topics: ['tax', 'seal', 'tax'] })).map((job) => job.id)).toEqual(['seal', 'tax']);
    });

    it('tell when the next of the engine is due or its lease ends', async () => {
      expect(await store.nextJobAt()).toBeUndefined();
      await put(aJob({ id: 'x', topic: 'tax', dueAt: 1 }));
      expect(await store.nextJobAt()).toBeUndefined();
      await put(aJob({ id: 'a', dueAt: NINE }), aJob({ id: 'b', dueAt: NINE + 5000 }));
      expect(await store.nextJobAt()).toBe(NINE);
      await claim(NINE);
      expect(await store.nextJobAt()).toBe(NINE + 1000);
      await claim(NINE + 1000, { leaseMs: HOUR });
      expect(await store.nextJobAt()).toBe(NINE + 5000);
    });
  });
}
