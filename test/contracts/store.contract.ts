import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../engine/kernel/json.ts';
import type { LightCounts, MessageRow, Store, TaskQuery, TaskRow } from '../../engine/store/ports.ts';
import { LIGHTS, type Light } from '../../engine/time/index.ts';
import {
  aCase,
  aCommit,
  aDefinition,
  aJob,
  aMessage,
  aReceipt,
  aSubscription,
  aTask,
  anIncident,
  closeStores,
  events,
  NINE,
  track,
} from '../support/stores.ts';

const HOUR = 3_600_000;
/** Quotes, a NUL, half of a surrogate pair, a rare character outside the BMP, an emoji, line ends, SQL and prototype names. */
const ODD = [
  '__proto__',
  'constructor',
  `O'Neil "张𠮷"`,
  '🏛️\n\t\u0001',
  `'); DROP TABLE cases; --`,
  '%_\\',
  '',
  'a\0b',
  'a',
  '\ud842',
  '\u0001"x"',
];

/** Clocks and the light each has at nine. */
const LIT: readonly [Light, Partial<Pick<TaskRow, 'yellowAt' | 'dueAt' | 'statutoryAt' | 'held'>>][] = [
  ['deepRed', { yellowAt: NINE - 3, dueAt: NINE - 2, statutoryAt: NINE - 1 }],
  ['deepRed', { statutoryAt: NINE - 1 }],
  ['deepRed', { dueAt: NINE + HOUR, statutoryAt: NINE - 1 }],
  ['red', { dueAt: NINE - 1, yellowAt: NINE - HOUR }],
  ['red', { dueAt: NINE - 1, statutoryAt: NINE }],
  ['red', { dueAt: NINE - 1, held: true }],
  ['yellow', { dueAt: NINE, yellowAt: NINE }],
  ['yellow', { dueAt: NINE + HOUR, yellowAt: NINE - 1, statutoryAt: NINE + HOUR }],
  ['yellow', { statutoryAt: NINE + HOUR, yellowAt: NINE }],
  ['green', { dueAt: NINE + HOUR, yellowAt: NINE + 1 }],
  ['green', { dueAt: NINE + HOUR, yellowAt: null }],
  ['green', { statutoryAt: NINE + HOUR }],
  ['grey', { held: true }],
  ['grey', { held: true, yellowAt: NINE - 1 }],
  ['none', {}],
];
const lights = (some: Partial<LightCounts> = {}): LightCounts => ({
  deepRed: 0,
  red: 0,
  yellow: 0,
  green: 0,
  grey: 0,
  none: 0,
  ...some,
});

/**
 * What every store promises. Each test gets a fresh, empty store.
 */
export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(`store contract: ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = track(await open());
    });
    afterEach(closeStores);

    describe('commit', () => {
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

    describe('events', () => {
      it('are read without gaps, page by page, in sequence', async () => {
        const row = aCase();
        const other = aCase();
        let next = 1;
        for (let rev = 1; rev <= 12; rev++) {
          const last = next + (rev % 4);
          await store.commit(aCommit({ case: { ...row, rev }, events: events(row.id, next, last) }));
          await store.commit(aCommit({ case: { ...other, rev }, events: events(other.id, rev, rev) }));
          next = last + 1;
        }
        const all = events(row.id, 1, next - 1);
        for (const limit of [1, 2, 7, 1000]) {
          const read = [];
          for (let page; (page = await store.listEvents(row.id, read.length, limit)).length > 0;) {
            expect(page.length).toBeLessThanOrEqual(limit);
            read.push(...page);
          }
          expect(read).toEqual(all);
        }
        expect(await store.listEvents('no such case', 0, 10)).toEqual([]);
      });

      it('may be missing from a commit', async () => {
        const row = aCase();
        await store.commit(aCommit({ case: row, events: events(row.id, 1, 2) }));
        await store.commit(aCommit({ case: { ...row, rev: 2 } }));
        await store.commit(aCommit({ case: { ...row, rev: 3 }, events: events(row.id, 3, 3) }));
        expect((await store.listEvents(row.id, 1, 10)).map((event) => event.seq)).toEqual([2, 3]);
      });
    });

    describe('task lists', () => {
      const put = (tasks: TaskRow[]) => {
        const row = aCase();
        return store.commit(aCommit({ case: row, tasks: tasks.map((task) => ({ ...task, caseId: row.id })) }));
      };
      const ids = async (query: Partial<TaskQuery>) =>
        (await store.listTasks({ status: 'unfinished', limit: 100, ...query })).map((task) => task.id);
      const allPages = async (query: Partial<TaskQuery>, limit: number) => {
        const read: TaskRow[] = [];
        for (;;) {
          const last = read.at(-1);
          const after = last && { dueAt: last.dueAt, id: last.id };
          const page = await store.listTasks({ status: 'unfinished', ...query, limit, ...(after && { after }) });
          if (page.length === 0) return read.map((task) => task.id);
          read.push(...page);
        }
      };

      it('order by due date, those without one last, then by id', async () => {
        await put([
          aTask({ id: 'd', dueAt: null }),
          aTask({ id: 'c', dueAt: null }),
          aTask({ id: 'b', dueAt: NINE + 1 }),
          aTask({ id: 'a', dueAt: NINE + 2 }),
          aTask({ id: 'z', dueAt: NINE + 1 }),
          aTask({ id: 'e', dueAt: 0 }),
        ]);
        expect(await ids({})).toEqual(['e', 'b', 'z', 'a', 'c', 'd']);
      });

      it('hold the tasks of which a person is a candidate, beside those of the groups', async () => {
        await put([
          aTask({ id: 'a', groups: ['住建局'] }),
          aTask({ id: 'b', groups: [], department: null, users: ['王', '李'] }),
          aTask({ id: 'c', groups: ['住建局'], users: ['李'], assignee: '李', status: 'claimed' }),
          aTask({ id: 'd', groups: ['税务局'] }),
        ]);
        expect(await ids({ groups: ['住建局'], user: '李' })).toEqual(['a', 'b', 'c']);
        expect(await ids({ groups: [], user: '王' })).toEqual(['b']);
        expect(await ids({ groups: ['住建局'] })).toEqual(['a', 'c']);
        expect(await ids({ assignee: '李' })).toEqual(['c']);
        expect(await ids({ groups: [], user: '王', status: 'claimed' })).toEqual([]);
      });

      it('join the groups without duplicates, complete and ordered over pages', async () => {
        const groups = ['住建局', '税务局', '自然资源局', '公安局'];
        const tasks = Array.from({ length: 60 }, (_, i) =>
          aTask({
            id: `t${String((i * 37) % 60).padStart(2, '0')}`,
            groups: groups.filter((_, g) => (i >> g) % 2 === 1),
            department: groups[i % 4]!,
            dueAt: i % 3 === 0 ? null : NINE + (i % 5) * HOUR,
          }),
        );
        await put(tasks);
        const wanted = tasks
          .filter((task) => task.groups.includes('住建局') || task.groups.includes('税务局'))
          .sort((a, b) => (a.dueAt === b.dueAt ? (a.id < b.id ? -1 : 1) : (a.dueAt ?? 9e15) - (b.dueAt ?? 9e15)))
          .map((task) => task.id);
        for (const limit of [1, 7, 100]) {
          expect(await allPages({ groups: ['住建局', '税务局'] }, limit)).toEqual(wanted);
        }
        expect(await allPages({}, 7)).toHaveLength(60);
        expect(new Set(await allPages({}, 7)).size).toBe(60);
        expect(await ids({ groups: [] })).toEqual([]);
        expect(await ids({ groups: ['住建局', '住建局'] })).toEqual(await ids({ groups: ['住建局'] }));
      });

      it('hold tasks without a department where that is asked for', async () => {
        const row = aCase();
        const tasks = [
          aTask({ id: 'of none', caseId: row.id, groups: [], department: null, assignee: '陈', status: 'claimed' }),
          aTask({ id: 'of tax', caseId: row.id }),
        ];
        await store.commit(aCommit({ case: row, tasks }));
        expect(await ids({ department: '', status: 'unfinished' })).toEqual(['of none']);
        expect(await ids({ department: '', status: 'claimed', assignee: '陈' })).toEqual(['of none']);
        expect(await ids({ department: '', status: 'open' })).toEqual([]);
      });

      it('show each task in the list of its status only', async () => {
        const row = aCase();
        const task = aTask({ id: 't', caseId: row.id });
        const by = async () => {
          const lists: string[] = [];
          for (const status of ['open', 'claimed', 'completed', 'cancelled', 'unfinished'] as const) {
            for (const filter of [{}, { groups: task.groups }, { department: task.department! }, { assignee: 'li' }]) {
              const found = await ids({ status, ...filter });
              if (found.length > 0) lists.push(`${status} ${Object.keys(filter).join()}`.trim());
            }
          }
          return lists;
        };
        await store.commit(aCommit({ case: row, tasks: [task] }));
        const both = (status: string, ...filters: string[]) =>
          ['', ...filters].map((filter) => `${status} ${filter}`.trim());
        expect(await by()).toEqual([
          ...both('open', 'groups', 'department'),
          ...both('unfinished', 'groups', 'department'),
        ]);
        await store.commit(
          aCommit({ case: { ...row, rev: 2 }, tasks: [{ ...task, status: 'claimed', assignee: 'li' }] }),
        );
        expect(await by()).toEqual([
          ...both('claimed', 'groups', 'department', 'assignee'),
          ...both('unfinished', 'groups', 'department', 'assignee'),
        ]);
        await store.commit(
          aCommit({ case: { ...row, rev: 3 }, tasks: [{ ...task, status: 'completed', assignee: 'li' }] }),
        );
        expect(await by()).toEqual(both('completed', 'groups', 'department', 'assignee'));
      });

      it('follow a task that moves to other groups, another department and another due date', async () => {
        const row = aCase();
        const task = aTask({ id: 't', caseId: row.id, groups: ['甲', '乙'], department: '甲', dueAt: NINE });
        await store.commit(aCommit({ case: row, tasks: [task] }));
        const moved = { ...task, groups: ['乙', '丙'], department: '丙', dueAt: NINE + HOUR };
        await store.commit(aCommit({ case: { ...row, rev: 2 }, tasks: [moved] }));
        expect(await ids({ groups: ['甲'] })).toEqual([]);
        expect(await ids({ department: '甲' })).toEqual([]);
        expect(await store.listTasks({ status: 'open', groups: ['乙'], limit: 10 })).toEqual([moved]);
        expect(await ids({ groups: ['丙'], department: '丙' })).toEqual(['t']);
        expect(await ids({ groups: ['乙'], light: 'red', now: NINE })).toEqual([]);
        expect(await store.countLights(NINE)).toEqual([{ department: '丙', ...lights({ green: 1 }) }]);
      });

      it('combine filters', async () => {
        await put([
          aTask({ id: 'a', groups: ['甲'], department: '乙', assignee: 'li', status: 'claimed' }),
          aTask({ id: 'b', groups: ['甲'], department: '甲', assignee: 'wang', status: 'claimed' }),
          aTask({ id: 'c', groups: ['乙'], department: '乙' }),
        ]);
        expect(await ids({ groups: ['甲'], assignee: 'li' })).toEqual(['a']);
        expect(await ids({ groups: ['乙'], assignee: 'li' })).toEqual([]);
        expect(await ids({ groups: ['甲', '乙'], department: '乙' })).toEqual(['a', 'c']);
        expect(await ids({ department: '乙', assignee: 'wang' })).toEqual([]);
        expect(await ids({ department: '乙', status: 'open' })).toEqual(['c']);
      });

      it('filter by light at an instant', async () => {
        await put([
          ...LIT.map(([light, clock], i) => aTask({ id: `${light}${i + 10}`, ...clock })),
          aTask({ id: 'done', dueAt: NINE - 1, status: 'completed' }),
        ]);
        for (const filter of [{}, { groups: ['不动产登记中心'] }, { department: '不动产登记中心' }]) {
          for (const light of LIGHTS) {
            const wanted = LIT.flatMap(([one], i) => (one === light ? [`${light}${i + 10}`] : []));
            expect((await ids({ ...filter, light, now: NINE })).sort()).toEqual(wanted);
          }
        }
      });

      it('turn red and deep red after the last instant, yellow with the first', async () => {
        await put([aTask({ id: 'a', yellowAt: NINE, dueAt: NINE + HOUR, statutoryAt: NINE + 2 * HOUR })]);
        for (const [at, light] of [
          [-1, 'green'],
          [0, 'yellow'],
          [HOUR, 'yellow'],
          [HOUR + 1, 'red'],
          [2 * HOUR, 'red'],
          [2 * HOUR + 1, 'deepRed'],
        ] as const) {
          const now = NINE + at;
          expect(await ids({ light, now })).toEqual(['a']);
          expect(await store.countLights(now)).toEqual([{ department: '不动产登记中心', ...lights({ [light]: 1 }) }]);
        }
      });

      it('need an instant to judge lights', async () => {
        await expect(store.listTasks({ status: 'open', light: 'red', limit: 1 })).rejects.toMatchObject({
          code: 'query.light_without_now',
        });
        await expect(store.listCases({ light: 'red', limit: 1 })).rejects.toMatchObject({
          code: 'query.light_without_now',
        });
      });

      it('count the lights of unfinished tasks by department', async () => {
        await put([
          aTask({ department: '甲', dueAt: NINE - 1, yellowAt: NINE - HOUR }),
          aTask({ department: '甲', dueAt: NINE + 1, yellowAt: NINE - 1, status: 'claimed' }),
          aTask({ department: '甲', dueAt: NINE + HOUR, yellowAt: NINE + 1, groups: ['甲', '乙', '丙'] }),
          aTask({ department: '甲', dueAt: NINE - 1, status: 'completed' }),
          aTask({ department: '乙', dueAt: null, groups: [] }),
          aTask({ department: null, dueAt: NINE, yellowAt: NINE, groups: ['甲'] }),
          aTask({ department: '丁', dueAt: NINE - 1, status: 'cancelled' }),
        ]);
        expect(await store.countLights(NINE)).toEqual([
          { department: '', ...lights({ yellow: 1 }) },
          { department: '乙', ...lights({ none: 1 }) },
          { department: '甲', ...lights({ green: 1, yellow: 1, red: 1 }) },
        ]);
      });

      it('count every light, as the tasks move on', async () => {
        const tasks = LIT.map(([, clock], i) => aTask({ id: `t${i}`, ...clock }));
        await put(tasks);
        const all = lights();
        for (const [light] of LIT) all[light]++;
        expect(await store.countLights(NINE)).toEqual([{ department: '不动产登记中心', ...all }]);
        await put(tasks.map((task) => ({ ...task, status: 'completed' as const })));
        expect(await store.countLights(NINE)).toEqual([]);
      });
    });

    describe('case lists', () => {
      const find = async (query: object) => (await store.listCases({ limit: 100, ...query })).map((row) => row.id);

      it('page newest first, complete and without duplicates', async () => {
        const rows = Array.from({ length: 25 }, (_, i) =>
          aCase({ id: `c${String((i * 7) % 25).padStart(2, '0')}`, startedAt: NINE + (i % 6) * HOUR }),
        );
        for (const row of rows) await store.commit(aCommit({ case: row }));
        const wanted = [...rows]
          .sort((a, b) => b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1))
          .map((row) => row.id);
        for (const filter of [
          {},
          { status: 'active' as const },
          { applicant: 'zhang' },
          { definitionKey: '存量房交易' },
        ]) {
          for (const limit of [4, 25]) {
            const read: string[] = [];
            let after: { startedAt: number; id: string } | undefined;
            for (;;) {
              const page = await store.listCases({ ...filter, limit, ...(after && { after }) });
              if (page.length === 0) break;
              read.push(...page.map((row) => row.id));
              after = { startedAt: page.at(-1)!.startedAt, id: page.at(-1)!.id };
            }
            expect(read).toEqual(wanted);
          }
        }
      });

      it('filter by status, applicant, definition and text', async () => {
        const rows = [
          aCase({ id: 'a', number: 'BDC-2026-0001', title: '朝阳路 12 号房屋转移' }),
          aCase({ id: 'b', number: 'BDC-2026-0002', title: '海淀路 100% 产权', status: 'completed', applicant: 'li' }),
          aCase({ id: 'c', number: 'CC-2026-0001', title: '张𠮷仓储', definitionKey: '仓储', applicant: null }),
        ];
        for (const row of rows) await store.commit(aCommit({ case: row }));
        expect(await find({ status: 'completed' })).toEqual(['b']);
        expect(await find({ status: 'cancelled' })).toEqual([]);
        expect(await find({ applicant: 'li' })).toEqual(['b']);
        expect(await find({ definitionKey: '仓储', status: 'active' })).toEqual(['c']);
        expect(await find({ text: '0001' })).toEqual(['c', 'a']);
        expect(await find({ text: '0001', definitionKey: '存量房交易' })).toEqual(['a']);
        expect(await find({ text: '𠮷' })).toEqual(['c']);
        expect(await find({ text: '100%' })).toEqual(['b']);
        expect(await find({ text: '_' })).toEqual([]);
      });

      it('filter by the groups that have or had a task', async () => {
        const [a, b, c] = [aCase({ id: 'a' }), aCase({ id: 'b' }), aCase({ id: 'c' })];
        const task = aTask({ caseId: 'a', groups: ['甲', '乙'] });
        await store.commit(aCommit({ case: a, tasks: [task, aTask({ caseId: 'a', groups: ['甲'] })] }));
        await store.commit(aCommit({ case: b, tasks: [aTask({ caseId: 'b', groups: ['乙'] })] }));
        await store.commit(aCommit({ case: c, tasks: [aTask({ caseId: 'c', groups: ['丙'] })] }));
        await store.commit(aCommit({ case: { ...a, rev: 2 }, tasks: [{ ...task, status: 'completed' }] }));
        expect(await find({ groups: ['甲'] })).toEqual(['a']);
        expect(await find({ groups: ['甲', '乙'] })).toEqual(['b', 'a']);
        expect(await find({ groups: ['甲', '乙'], limit: 1 })).toEqual(['b']);
        expect(await find({ groups: ['甲', '乙'], after: { startedAt: NINE, id: 'b' } })).toEqual(['a']);
        expect(await find({ groups: [] })).toEqual([]);
      });

      it('show and count lights of active cases only', async () => {
        const rows = LIT.map(([light, clock], i) => aCase({ id: `${light}${i + 10}`, ...clock }));
        const closed = aCase({ id: 'x', dueAt: NINE - 1, status: 'completed' });
        for (const row of [...rows, closed]) await store.commit(aCommit({ case: row }));
        for (const light of LIGHTS) {
          const wanted = LIT.flatMap(([one], i) => (one === light ? [`${light}${i + 10}`] : [])).reverse();
          expect(await find({ light, now: NINE })).toEqual(wanted);
        }
        expect(await find({ light: 'red', status: 'completed', now: NINE })).toEqual([]);
        const counts = { ...lights(), completed: 1 };
        for (const [light] of LIT) counts[light]++;
        expect(await store.countCases(NINE)).toEqual(counts);
      });

      it('follow a case from light to light until it is closed', async () => {
        const row = aCase({ id: 'r', dueAt: NINE - 1, yellowAt: NINE - 2 });
        await store.commit(aCommit({ case: row }));
        expect(await store.countCases(NINE)).toEqual({ ...lights({ red: 1 }), completed: 0 });
        await store.commit(aCommit({ case: { ...row, rev: 2, dueAt: NINE + HOUR, yellowAt: NINE } }));
        expect(await find({ light: 'yellow', now: NINE })).toEqual(['r']);
        await store.commit(aCommit({ case: { ...row, rev: 3, dueAt: null, held: true } }));
        expect(await find({ light: 'grey', now: NINE })).toEqual(['r']);
        expect(await store.countCases(NINE)).toEqual({ ...lights({ grey: 1 }), completed: 0 });
        await store.commit(aCommit({ case: { ...row, rev: 4, status: 'terminated' } }));
        expect(await find({ light: 'red', now: NINE })).toEqual([]);
        expect(await store.countCases(NINE)).toEqual({ ...lights(), completed: 0 });
        expect(await find({ status: 'terminated' })).toEqual(['r']);
      });
    });

    describe('jobs', () => {
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
        expect((await claim(NINE + 1, { topics: ['tax', 'seal', 'tax'] })).map((job) => job.id)).toEqual([
          'seal',
          'tax',
        ]);
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

    describe('subscriptions and incidents', () => {
      it('finds who waits for a message by name and key', async () => {
        const row = aCase();
        const some = [
          aSubscription({ id: 'a', name: 'm', key: 'k' }),
          aSubscription({ id: 'b', name: 'm', key: 'k' }),
          aSubscription({ id: 'c', name: 'm', key: null }),
          aSubscription({ id: 'd', name: 'n', key: 'k' }),
        ];
        await store.commit({ ...aCommit({ case: row }), subscriptions: { put: some, remove: [] } });
        const find = async (name: string, key: string | null) =>
          (await store.findSubscriptions(name, key)).map((subscription) => subscription.id);
        expect(await find('m', 'k')).toEqual(['a', 'b']);
        expect(await find('m', null)).toEqual(['c']);
        expect(await find('m', 'other')).toEqual([]);
        await store.commit({
          ...aCommit({ case: { ...row, rev: 2 } }),
          subscriptions: { put: [], remove: ['a', 'missing'] },
        });
        expect(await find('m', 'k')).toEqual(['b']);
      });

      it('finds who waits page by page', async () => {
        const ids = ['a.1.x', 'a.2.x', 'b.1.x', 'b/', 'c.1.x'];
        const some = ids.map((id) => aSubscription({ id, name: 'm', key: null, kind: 'signal' }));
        await store.commit({ ...aCommit(), subscriptions: { put: some, remove: [] } });
        const page = async (after: string, limit = 2) =>
          (await store.findSubscriptions('m', null, { after, limit })).map(({ id }) => id);
        expect(await page('')).toEqual(['a.1.x', 'a.2.x']);
        expect(await page('a/')).toEqual(['b.1.x', 'b/']);
        expect(await page('b/', 5)).toEqual(['c.1.x']);
        expect(await page('c/')).toEqual([]);
        expect(await store.findSubscriptions('m', 'k', { after: '', limit: 5 })).toEqual([]);
      });

      it('lists incidents by definition and case, page by page', async () => {
        const row = aCase();
        const some = ['i1', 'i2', 'i3', 'i4'].map((id, i) =>
          anIncident({ id, caseId: i < 3 ? row.id : 'other', definitionKey: i % 2 === 0 ? '甲' : '乙' }),
        );
        await store.commit({ ...aCommit({ case: row }), incidents: { put: some, remove: [] } });
        const find = async (query: object) =>
          (await store.listIncidents({ limit: 10, ...query })).map((incident) => incident.id);
        expect(await find({})).toEqual(['i1', 'i2', 'i3', 'i4']);
        expect(await find({ limit: 2 })).toEqual(['i1', 'i2']);
        expect(await find({ after: 'i2' })).toEqual(['i3', 'i4']);
        expect(await find({ definitionKey: '甲' })).toEqual(['i1', 'i3']);
        expect(await find({ caseId: row.id, definitionKey: '乙' })).toEqual(['i2']);
        expect(await store.findIncident('missing')).toBeUndefined();
      });
    });

    describe('kept messages', () => {
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

    describe('called cases', () => {
      it('are found by the case that called them', async () => {
        const parent = { caseId: 'caller', token: '1', node: 'call', work: 1, depth: 1 };
        const children = [aCase({ parent }), aCase({ parent: { ...parent, token: '2' }, status: 'completed' })];
        for (const row of [...children, aCase(), aCase({ parent: { ...parent, caseId: 'other' } })]) {
          await store.commit(aCommit({ case: row }));
        }
        const find = async (query: object) =>
          (await store.listCases({ limit: 10, parent: 'caller', ...query })).map(({ id }) => id);
        expect((await find({})).sort()).toEqual(children.map(({ id }) => id).sort());
        expect(await find({ status: 'active' })).toEqual([children[0]!.id]);
        expect(await find({ text: children[0]!.number })).toEqual([children[0]!.id]);
        expect(await store.findCase(children[0]!.id)).toEqual(children[0]);
      });
    });

    describe('definitions', () => {
      it('are kept once per key and version', async () => {
        const one = aDefinition({ key: 'k', resources: JSON.parse('{"__proto__": {"form": "表单𠮷"}}') as JsonObject });
        const results = await Promise.all([store.addDefinition(one), store.addDefinition({ ...one, xml: '<other/>' })]);
        expect(results.sort()).toEqual([false, true]);
        expect(await store.findDefinition('k:1')).toMatchObject({ id: 'k:1' });
        expect(await store.addDefinition(aDefinition({ key: 'k', version: 2 }))).toBe(true);
        expect(await store.findDefinition('missing')).toBeUndefined();
      });

      it('change jobs in the same write, or not at all', async () => {
        const [before, next, late] = [aJob({ caseId: '' }), aJob({ caseId: '' }), aJob({ caseId: '' })];
        await store.addDefinition(aDefinition({ key: 'k' }), { put: [before], remove: [] });
        expect(await store.findJob(before.id)).toEqual(before);
        const second = aDefinition({ key: 'k', version: 2 });
        expect(await store.addDefinition(second, { put: [next], remove: [before.id] })).toBe(true);
        expect(await store.findJob(before.id)).toBeUndefined();
        expect(await store.addDefinition(second, { put: [late], remove: [next.id] })).toBe(false);
        expect(await store.findJob(late.id)).toBeUndefined();
        expect(await store.findJob(next.id)).toEqual(next);
      });

      it('come back whole, and the latest is the highest version', async () => {
        for (const version of [1, 10, 2, 9]) await store.addDefinition(aDefinition({ key: 'k', version }));
        const { xml, resources, ...latest } = aDefinition({ key: 'k', version: 10 });
        expect(await store.findDefinition('k:10')).toEqual({ ...latest, xml, resources });
        expect(await store.latestDefinition('k')).toEqual(latest);
        expect(await store.latestDefinition('missing')).toBeUndefined();
      });

      it('are listed newest first per key, or the newest of each key, without XML', async () => {
        for (const version of [1, 10, 2]) await store.addDefinition(aDefinition({ key: 'a', version }));
        await store.addDefinition(aDefinition({ key: 'b', version: 1 }));
        expect((await store.listDefinitions('a')).map((row) => row.version)).toEqual([10, 2, 1]);
        const newest = await store.listDefinitions();
        expect(newest.map((row) => row.id)).toEqual(['a:10', 'b:1']);
        const { xml, resources, ...summary } = aDefinition({ key: 'b', version: 1 });
        expect([xml, resources]).toBeDefined();
        expect(newest[1]).toEqual(summary);
        expect(await store.listDefinitions('missing')).toEqual([]);
      });
    });

    describe('receipts', () => {
      it('keep the first answer until they expire', async () => {
        const receipt = aReceipt({ answer: { id: 'c1', list: [1, null, '一'] } });
        const second = { ...receipt, status: 409 };
        const results = await Promise.all([store.addReceipt(receipt), store.addReceipt(second)]);
        expect(results.filter(Boolean)).toHaveLength(1);
        const kept = results[0] ? receipt : second;
        expect(await store.findReceipt(receipt.key, receipt.expiresAt - 1)).toEqual(kept);
        expect(await store.findReceipt(receipt.key, receipt.expiresAt)).toBeUndefined();
        const renewed = { ...receipt, status: 201, expiresAt: receipt.expiresAt + HOUR };
        expect(await store.addReceipt(renewed)).toBe(true);
        expect(await store.findReceipt(receipt.key, receipt.expiresAt)).toEqual(renewed);
        expect(await store.findReceipt('missing', NINE)).toBeUndefined();
      });
    });

    it('counts the cases that are active', async () => {
      const before = await store.countActiveCases();
      for (const status of ['active', 'active', 'completed', 'cancelled'] as const)
        await store.commit(aCommit({ case: aCase({ status }) }));
      expect(await store.countActiveCases()).toBe(before + 2);
    });

    describe('documents and counters', () => {
      it('keeps the last document put, listed by id', async () => {
        await store.putDocument('people', 'b', { name: '李' });
        await store.putDocument('people', 'a', { name: 'old' });
        await store.putDocument('people', 'a', { name: '张𠮷', deep: [{ x: 1 }] });
        await store.putDocument('other', 'a', { other: true });
        expect(await store.getDocument('people', 'a')).toEqual({ name: '张𠮷', deep: [{ x: 1 }] });
        expect(await store.getDocument('people', 'c')).toBeUndefined();
        expect(await store.listDocuments('people')).toEqual([
          { id: 'a', document: { name: '张𠮷', deep: [{ x: 1 }] } },
          { id: 'b', document: { name: '李' } },
        ]);
        expect(await store.listDocuments('missing')).toEqual([]);
        for (const odd of ODD) {
          await store.putDocument(odd, odd, { odd });
          expect(await store.listDocuments(odd)).toEqual([{ id: odd, document: { odd } }]);
        }
      });

      it('finds documents by tag, newest id first and a page at a time', async () => {
        const row = aCase();
        const documents = ['1', '2', '3', '4'].map((id) => ({
          collection: 'orders',
          id,
          document: { n: id },
          tags: ['all', id === '2' ? 'of tax' : 'of housing', ...ODD],
        }));
        await store.commit({ ...aCommit({ case: row }), documents });
        const ids = async (query: Partial<Parameters<Store['findDocuments']>[0]>) =>
          (await store.findDocuments({ collection: 'orders', limit: 10, ...query })).map(({ id }) => id);
        expect(await ids({})).toEqual(['4', '3', '2', '1']);
        expect(await ids({ tag: 'of housing', limit: 2 })).toEqual(['4', '3']);
        expect(await ids({ tag: 'of housing', before: '3' })).toEqual(['1']);
        expect(await ids({ before: '3' })).toEqual(['2', '1']);
        for (const odd of ODD) expect(await ids({ tag: odd })).toHaveLength(4);
        expect(await ids({ tag: 'missing' })).toEqual([]);
        expect(await store.findDocuments({ collection: 'other', tag: 'all', limit: 1 })).toEqual([]);
      });

      it('finds a document by the tags it was put with last', async () => {
        await store.putDocument('orders', '1', { status: 'issued' }, ['issued', 'tax']);
        const row = aCase();
        const again = { collection: 'orders', id: '1', document: { status: 'replied' }, tags: ['tax', 'replied'] };
        await store.commit({ ...aCommit({ case: row }), documents: [again] });
        const by = (tag: string) => store.findDocuments({ collection: 'orders', tag, limit: 5 });
        expect(await by('issued')).toEqual([]);
        expect(await by('replied')).toEqual([{ id: '1', document: { status: 'replied' } }]);
        expect(await by('tax')).toHaveLength(1);
        await store.putDocument('orders', '1', { status: 'gone' });
        expect(await by('tax')).toEqual([]);
        expect(await store.getDocument('orders', '1')).toEqual({ status: 'gone' });
      });

      it('never gives a number twice, and counters do not share', async () => {
        const numbers = await Promise.all(Array.from({ length: 50 }, () => store.nextNumber('2026')));
        expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
        expect(await store.nextNumber('2027')).toBe(1);
        expect(await store.nextNumber('__proto__')).toBe(1);
        expect(await store.nextNumber('2026')).toBe(51);
      });
    });

    describe('close', () => {
      it('refuses later calls clearly, and may be repeated', async () => {
        expect(store.description).not.toBe('');
        const row = aCase();
        await store.commit(aCommit({ case: row }));
        await store.close();
        await store.close();
        await expect(store.findCase(row.id)).rejects.toMatchObject({ kind: 'unavailable', code: 'store.closed' });
        await expect(store.commit(aCommit())).rejects.toMatchObject({ kind: 'unavailable', code: 'store.closed' });
      });
    });
  });
}
