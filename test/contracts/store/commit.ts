import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Store, TaskRow } from '../../../engine/store/ports.ts';
import {
  aCase,
  aCommit,
  aJob,
  aReceipt,
  aSubscription,
  aTask,
  anIncident,
  events,
  NINE,
} from '../../support/stores.ts';
import { ODD } from './odd.ts';

const HOUR = 3_600_000;

export function commitContract(open: () => Promise<Store>): void {
  describe('commit', () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });

    it('writes every kind of row of the commit', async () => {
      const row = aCase({ lastSeq: 2, lastHash: 'hash-2' });
      const caseId = row.id;
      const task = aTask({ caseId });
      const job = aJob({ caseId, payload: { url: 'https://example.test/税' } });
      const subscription = aSubscription({ caseId, key: 'k1' });
      const incident = anIncident({ caseId });
      const receipt = aReceipt();
      const result = await store.commit({
        ...aCommit({ case: row, events: events(caseId, 1, 2), tasks: [task], receipt }),
        jobs: { put: [job], remove: [] },
        subscriptions: { put: [subscription], remove: [] },
        incidents: { put: [incident], remove: [] },
      });
      expect(result).toBe('ok');
      expect(await store.findCase(caseId)).toEqual(row);
      expect(await store.listEvents(caseId, 0, 10)).toEqual(events(caseId, 1, 2));
      expect(await store.findTask(task.id)).toEqual(task);
      expect(await store.listTasksOfCase(caseId)).toEqual([task]);
      expect(await store.findJob(job.id)).toEqual(job);
      expect(await store.findSubscriptions(subscription.name, 'k1')).toEqual([subscription]);
      expect(await store.findIncident(incident.id)).toEqual(incident);
      expect(await store.findReceipt(receipt.key, NINE)).toEqual(receipt);
    });

    it('replaces the rows it puts again and removes the rows it names', async () => {
      const row = aCase();
      const caseId = row.id;
      const task = aTask({ caseId });
      const [job, other] = [aJob({ caseId }), aJob({ caseId })];
      const [subscription, otherSubscription] = [aSubscription({ caseId }), aSubscription({ caseId })];
      const [incident, otherIncident] = [anIncident({ caseId }), anIncident({ caseId })];
      await store.commit({
        ...aCommit({ case: row, tasks: [task] }),
        jobs: { put: [job, other], remove: [] },
        subscriptions: { put: [subscription, otherSubscription], remove: [] },
        incidents: { put: [incident, otherIncident], remove: [] },
      });
      const claimed: TaskRow = { ...task, status: 'claimed', assignee: 'li', claimedAt: NINE + 1 };
      const later = { ...other, dueAt: NINE + HOUR };
      const renamed = { ...otherSubscription, key: 'k2' };
      const reworded = { ...otherIncident, message: 'again' };
      const result = await store.commit({
        ...aCommit({ case: { ...row, rev: 2, title: 'new' }, tasks: [claimed] }),
        jobs: { put: [later], remove: [job.id] },
        subscriptions: { put: [renamed], remove: [subscription.id] },
        incidents: { put: [reworded], remove: [incident.id] },
      });
      expect(result).toBe('ok');
      expect(await store.findCase(caseId)).toEqual({ ...row, rev: 2, title: 'new' });
      expect(await store.listTasksOfCase(caseId)).toEqual([claimed]);
      expect(await store.findJob(job.id)).toBeUndefined();
      expect(await store.findJob(other.id)).toEqual(later);
      expect(await store.findSubscriptions(subscription.name, null)).toEqual([]);
      expect(await store.findSubscriptions(subscription.name, 'k2')).toEqual([renamed]);
      expect(await store.listIncidents({ limit: 10 })).toEqual([reworded]);
    });

    it('lets one of twenty racing writers win, and the losers leave no rows', async () => {
      const row = aCase();
      await store.commit(aCommit({ case: row }));
      const writers = Array.from({ length: 20 }, (_, i) => ({
        ...aCommit({
          case: { ...row, rev: 2, title: `writer ${i}` },
          events: [{ ...events(row.id, 1, 1)[0]!, actor: `writer ${i}` }],
          tasks: [aTask({ caseId: row.id, name: `writer ${i}` })],
        }),
        jobs: { put: [aJob({ id: `job of writer ${i}`, caseId: row.id })], remove: [] },
      }));
      const results = await Promise.all(writers.map((commit) => store.commit(commit)));
      expect(results.filter((result) => result === 'ok')).toHaveLength(1);
      const winner = results.indexOf('ok');
      expect((await store.findCase(row.id))?.title).toBe(`writer ${winner}`);
      expect((await store.listEvents(row.id, 0, 100)).map((event) => event.actor)).toEqual([`writer ${winner}`]);
      expect((await store.listTasksOfCase(row.id)).map((task) => task.name)).toEqual([`writer ${winner}`]);
      for (let i = 0; i < 20; i++) {
        expect((await store.findJob(`job of writer ${i}`)) !== undefined).toBe(i === winner);
      }
    });

    it('starts a case once', async () => {
      const row = aCase();
      const results = await Promise.all([store.commit(aCommit({ case: row })), store.commit(aCommit({ case: row }))]);
      expect(results.sort()).toEqual(['conflict', 'ok']);
      expect(await store.commit(aCommit({ case: { ...aCase(), rev: 5 } }))).toBe('conflict');
    });

    it('writes nothing at all on conflict', async () => {
      const row = aCase();
      const kept = { task: aTask({ caseId: row.id }), job: aJob({ caseId: row.id }) };
      const subscription = aSubscription({ caseId: row.id });
      await store.commit({
        ...aCommit({ case: row, tasks: [kept.task] }),
        jobs: { put: [kept.job], remove: [] },
        subscriptions: { put: [subscription], remove: [] },
      });
      const added = { job: aJob({ caseId: row.id }), incident: anIncident({ caseId: row.id }), receipt: aReceipt() };
      const result = await store.commit({
        ...aCommit({ case: { ...row, rev: 8 }, expectedRev: 7, receipt: added.receipt }),
        events: events(row.id, 1, 3),
        tasks: [{ ...kept.task, status: 'completed' }, aTask({ caseId: row.id })],
        jobs: { put: [added.job], remove: [kept.job.id] },
        subscriptions: { put: [aSubscription({ caseId: row.id })], remove: [subscription.id] },
        incidents: { put: [added.incident], remove: [] },
      });
      expect(result).toBe('conflict');
      expect(await store.findCase(row.id)).toEqual(row);
      expect(await store.listEvents(row.id, 0, 10)).toEqual([]);
      expect(await store.listTasksOfCase(row.id)).toEqual([kept.task]);
      expect(await store.findJob(kept.job.id)).toEqual(kept.job);
      expect(await store.findJob(added.job.id)).toBeUndefined();
      expect(await store.findSubscriptions(subscription.name, null)).toEqual([subscription]);
      expect(await store.listIncidents({ limit: 10 })).toEqual([]);
      expect(await store.findReceipt(added.receipt.key, NINE)).toBeUndefined();
    });

    it('refuses a second step of a case for the same key, until its answer is over', async () => {
      const row = aCase();
      const receipt = aReceipt();
      const step = (rev: number, receiptOf = receipt) =>
        aCommit({ case: { ...row, rev }, receipt: receiptOf, receiptOfCase: true });
      expect(await store.commit(aCommit({ case: row }))).toBe('ok');
      expect(await store.commit(step(2))).toBe('ok');
      expect(await store.findReceipt(receipt.key, NINE)).toEqual(receipt);
      expect(await store.commit(step(3, { ...receipt, status: 500 }))).toBe('conflict');
      expect(await store.commit(step(3, aReceipt()))).toBe('ok');

      expect(await store.findReceipt(receipt.key, receipt.expiresAt)).toBeUndefined();
      const again = step(4, { ...receipt, status: 201, expiresAt: receipt.expiresAt + HOUR });
      // a store may have to find out first that the answer is over
      expect([await store.commit(again), await store.commit(again)]).toContain('ok');
      expect((await store.findReceipt(receipt.key, receipt.expiresAt))?.status).toBe(201);
    });

    it('refuses a second commit that answers the same receipt', async () => {
      const receipt = aReceipt();
      const [first, second] = [aCase(), aCase()];
      expect(await store.commit(aCommit({ case: first, receipt }))).toBe('ok');
      expect(await store.commit(aCommit({ case: second, receipt: { ...receipt, status: 500 } }))).toBe('conflict');
      expect(await store.findCase(second.id)).toBeUndefined();
      expect(await store.findReceipt(receipt.key, NINE)).toEqual(receipt);
    });

    it('copies what it is given and what it gives', async () => {
      const row = aCase();
      const task = aTask({ caseId: row.id });
      const saved = structuredClone({ row, task });
      await store.commit(aCommit({ case: row, tasks: [task] }));
      row.title = 'changed after the commit';
      task.groups.push('another');
      const found = (await store.findCase(row.id))!;
      found.state.tokens = {};
      (await store.listTasksOfCase(row.id))[0]!.groups.push('another');
      expect(await store.findCase(row.id)).toEqual(saved.row);
      expect(await store.findTask(task.id)).toEqual(saved.task);
    });

    it('keeps any text in any field', async () => {
      for (const odd of ODD) {
        const caseId = `case ${odd}`;
        const row = aCase({
          id: caseId,
          number: odd,
          title: odd,
          applicant: odd,
          department: odd,
          definitionKey: odd,
        });
        row.state.scopes['0']!.variables = JSON.parse(`{${JSON.stringify(odd)}: {"deep": [${JSON.stringify(odd)}]}}`);
        const task = aTask({ id: `task ${odd}`, caseId, name: odd, groups: [odd], department: odd, assignee: odd });
        const job = aJob({ id: `job ${odd}`, caseId, topic: odd, payload: { [`x${odd}`]: odd } });
        const subscription = aSubscription({ id: `sub ${odd}`, caseId, name: odd, key: odd });
        const incident = anIncident({ id: `incident ${odd}`, caseId, message: odd });
        const event = { ...events(caseId, 1, 1)[0]!, actor: odd, data: row.state.scopes['0']!.variables };
        await store.commit({
          ...aCommit({ case: row, tasks: [task], events: [event], receipt: aReceipt({ key: odd, answer: odd }) }),
          jobs: { put: [job], remove: [] },
          subscriptions: { put: [subscription], remove: [] },
          incidents: { put: [incident], remove: [] },
        });
        const found = await store.findCase(caseId);
        expect(found).toEqual(row);
        expect(Object.keys(found!.state.scopes['0']!.variables)).toEqual([odd]);
        expect(await store.listCases({ definitionKey: odd, limit: 10 })).toEqual([row]);
        expect(await store.listCases({ groups: [odd], limit: 10 })).toEqual([row]);
        expect(await store.listTasks({ status: 'unfinished', groups: [odd], limit: 10 })).toEqual([task]);
        expect(await store.listTasks({ status: 'open', assignee: odd, limit: 10 })).toEqual([task]);
        expect(await store.listEvents(caseId, 0, 10)).toEqual([event]);
        expect(await store.findSubscriptions(odd, odd)).toEqual([subscription]);
        expect(await store.findIncident(incident.id)).toEqual(incident);
        expect((await store.findReceipt(odd, NINE))?.answer).toBe(odd);
        const [claimed] = await store.claimDueJobs({ owner: odd, now: NINE, leaseMs: 1, limit: 1, topics: [odd] });
        expect(claimed).toMatchObject({ id: job.id, owner: odd, payload: job.payload });
      }
    });

    it('keeps a large case', async () => {
      const row = aCase();
      const lines = Array.from({ length: 20_000 }, (_, i) => `第 ${i} 行`);
      row.state.scopes['0']!.variables = { lines };
      await store.commit(aCommit({ case: row }));
      expect(await store.findCase(row.id)).toEqual(row);
    });
  });
}
