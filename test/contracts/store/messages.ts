import { beforeEach, describe, expect, it } from '@jest/globals';
import type { MessageRow, Store } from '../../../engine/store/ports.ts';
import { aCase, aCommit, aDefinition, aJob, aMessage, aReceipt, aSubscription, NINE } from '../../support/stores.ts';

const HOUR = 3_600_000;

export function messagesContract(open: () => Promise<Store>): void {
  describe('kept messages', () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });

    const recordsOf = (message: MessageRow) => {
      const job = aJob({ id: message.jobId, caseId: '', kind: 'message', dueAt: message.expiresAt });
      return { jobs: { put: [job], remove: [] }, messages: { put: [message], remove: [] } };
    };
    const keep = async (change: Parameters<typeof aMessage>[0] = {}) => {
      const message = aMessage(change);
      const records = recordsOf(message);
      return { message, job: records.jobs.put[0]!, result: await store.commitRecords(records) };
    };

    it('are kept together with the answer to who published them, which has one', async () => {
      const receipt = aReceipt();
      const first = { ...recordsOf(aMessage()), receipt };
      const second = { ...recordsOf(aMessage()), receipt: { ...receipt, status: 500 } };
      expect([await store.commitRecords(first), await store.commitRecords(second)]).toEqual(['ok', 'conflict']);
      expect(await store.findReceipt(receipt.key, NINE)).toEqual(receipt);
      expect(await store.findMessage(second.messages.put[0]!.id)).toBeUndefined();
      expect(await store.findJob(second.jobs.put[0]!.id)).toBeUndefined();
      const job = aJob({ caseId: '' });
      const alone = { jobs: { put: [job], remove: [] }, receipt };
      expect(await store.commitRecords(alone)).toBe('conflict');
      expect(await store.findJob(job.id)).toBeUndefined();
      expect(await store.commitRecords({ ...alone, receipt: aReceipt() })).toBe('ok');
      expect(await store.findJob(job.id)).toEqual(job);
    });

    it('are known by their id once, and forgotten when they are removed', async () => {
      const { message, job, result } = await keep({ key: 'k', variables: { sum: 1 } });
      expect(result).toBe('ok');
      expect(await store.findMessage(message.id)).toEqual(message);
      expect(await store.findJob(job.id)).toEqual(job);
      const again = await keep({ id: message.id, jobId: 'other', name: 'other' });
      expect(again.result).toBe('conflict');
      expect(await store.findJob('other')).toBeUndefined();
      expect(await store.findMessage(message.id)).toEqual(message);
      await store.commitRecords({
        jobs: { put: [], remove: [job.id] },
        messages: { put: [], remove: [message.id] },
      });
      expect(await store.findMessage(message.id)).toBeUndefined();
      expect(await store.findJob(job.id)).toBeUndefined();
    });

    it('are taken by one commit only, whole or not at all', async () => {
      const { message } = await keep();
      const rows = [aCase(), aCase(), aCase()];
      const takes = rows.map((row) => ({
        ...aCommit({ case: row, consumes: message.id }),
        documents: [{ collection: 'records', id: row.id, document: { taken: true } }],
      }));
      const results = await Promise.all(takes.map((commit) => store.commit(commit)));
      expect([...results].sort()).toEqual(['conflict', 'conflict', 'ok']);
      const winner = rows[results.indexOf('ok')]!;
      expect((await store.findMessage(message.id))?.consumedBy).toBe(winner.id);
      for (const row of rows) {
        expect((await store.findCase(row.id)) !== undefined).toBe(row === winner);
        expect((await store.getDocument('records', row.id)) !== undefined).toBe(row === winner);
      }
      expect(await store.commit(aCommit({ consumes: 'missing' }))).toBe('conflict');
    });

    it('are handed out again as soon as somebody waits for their name and key', async () => {
      const { job } = await keep({ name: 'm', key: 'k' });
      const other = await keep({ name: 'm', key: null });
      const taken = await keep({ name: 'm', key: 'k' });
      await store.commit(aCommit({ consumes: taken.message.id }));
      const wait = (subscription: Parameters<typeof aSubscription>[0]) =>
        store.commit({
          ...aCommit({ case: aCase() }),
          subscriptions: { put: [aSubscription(subscription)], remove: [] },
        });
      await wait({ name: 'n', key: 'k' });
      expect(await store.nextJobAt()).toBe(job.dueAt);
      await wait({ name: 'm', key: 'k' });
      expect((await store.findJob(job.id))?.dueAt).toBe(0);
      expect((await store.findJob(other.job.id))?.dueAt).toBe(other.job.dueAt);
      expect((await store.findJob(taken.job.id))?.dueAt).toBe(taken.job.dueAt);
    });

    it('are handed out again when a version begins cases by their name', async () => {
      const [one, other] = [await keep({ name: 'm', key: 'k' }), await keep({ name: 'n' })];
      const definition = aDefinition({ key: 'd' });
      expect(await store.addDefinition(definition, { put: [], remove: [] }, ['m', 'x'])).toBe(true);
      expect((await store.findJob(one.job.id))?.dueAt).toBe(0);
      expect(await store.addDefinition(definition, { put: [], remove: [] }, ['n'])).toBe(false);
      expect((await store.findJob(other.job.id))?.dueAt).toBe(other.job.dueAt);
    });

    it('are not put off by a holder that looked before somebody waited', async () => {
      const { message, job } = await keep();
      const [leased] = await store.claimDueJobs({ owner: 'a', now: job.dueAt, leaseMs: HOUR, limit: 1 });
      expect(leased?.id).toBe(job.id);
      await store.commit({
        ...aCommit({ case: aCase() }),
        subscriptions: { put: [aSubscription({ name: message.name, key: message.key })], remove: [] },
      });
      expect(await store.rescheduleJob(job.id, leased!.fence, { dueAt: job.dueAt + HOUR })).toBe(false);
      expect((await store.claimDueJobs({ owner: 'b', now: NINE, leaseMs: HOUR, limit: 1 }))[0]?.id).toBe(job.id);
    });
  });

  describe('rows of no case', () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });

    it('are written while the lease of their job holds, and take it with them', async () => {
      const job = aJob({ caseId: '' });
      await store.commitRecords({ jobs: { put: [job], remove: [] } });
      const [leased] = await store.claimDueJobs({ owner: 'a', now: NINE, leaseMs: HOUR, limit: 1 });
      const next = aJob({ caseId: '' });
      const write = (fence: number) =>
        store.commitRecords({ jobs: { put: [next], remove: [] }, fence: { jobId: job.id, fence } });
      expect(await write(leased!.fence - 1)).toBe('conflict');
      expect(await store.findJob(next.id)).toBeUndefined();
      expect(await write(leased!.fence)).toBe('ok');
      expect(await store.findJob(job.id)).toBeUndefined();
      expect(await store.findJob(next.id)).toEqual(next);
      expect(await write(leased!.fence)).toBe('conflict');
    });

    it('carry documents: all of it is written, or nothing', async () => {
      const job = aJob({ caseId: '' });
      const write = (progress: number, fence?: number) =>
        store.commitRecords({
          jobs: { put: [job], remove: [] },
          documents: [{ collection: 'progress', id: 'run', document: { progress } }],
          ...(fence !== undefined && { fence: { jobId: job.id, fence } }),
        });
      expect(await write(1)).toBe('ok');
      expect(await store.getDocument('progress', 'run')).toEqual({ progress: 1 });
      const [leased] = await store.claimDueJobs({ owner: 'a', now: NINE, leaseMs: HOUR, limit: 1 });
      expect(await write(2, leased!.fence - 1)).toBe('conflict');
      expect(await store.getDocument('progress', 'run')).toEqual({ progress: 1 });
      expect(await write(3, leased!.fence)).toBe('ok');
      expect(await store.getDocument('progress', 'run')).toEqual({ progress: 3 });
      expect(await store.findJob(job.id)).toMatchObject({ owner: null });
    });
  });
}
