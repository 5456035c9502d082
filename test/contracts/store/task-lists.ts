import { beforeEach, describe, expect, it } from '@jest/globals';
import { listedDates } from '../../../engine/store/listed-dates.ts';
import type { Store, TaskQuery, TaskRow } from '../../../engine/store/ports.ts';
import { LIGHTS } from '../../../engine/time/index.ts';
import { aCase, aCommit, aTask, NINE } from '../../support/stores.ts';
import { LIT, lights, ofCase, WHOSE } from './lit.ts';

const HOUR = 3_600_000;

export function taskListsContract(open: () => Promise<Store>): void {
  describe('task lists', () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });

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
        const after = last && { dueAt: listedDates(last).dueAt, id: last.id };
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

    it('order those that go by their case between those with a date of their own', async () => {
      await put([
        aTask({ id: 'd', ...ofCase({ held: true }) }),
        aTask({ id: 'c', ...ofCase({ dueAt: NINE + 2 }) }),
        aTask({ id: 'b', dueAt: NINE + 3 }),
        aTask({ id: 'a', dueAt: NINE + 1 }),
      ]);
      expect(await ids({ groups: ['不动产登记中心'] })).toEqual(['a', 'c', 'b', 'd']);
      for (const limit of [1, 3]) expect(await allPages({}, limit)).toEqual(['a', 'c', 'b', 'd']);
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

    it('follow the clock of the case that a task goes by, until it is finished', async () => {
      const row = aCase();
      const task = aTask({ id: 't', caseId: row.id, createdAt: NINE, ...ofCase({ dueAt: NINE - 1 }) });
      await store.commit(aCommit({ case: row, tasks: [task] }));
      expect(await ids({ department: '不动产登记中心', light: 'red', now: NINE })).toEqual(['t']);
      const stands = { ...task, ...ofCase({ held: true }) };
      await store.commit(aCommit({ case: { ...row, rev: 2 }, tasks: [stands] }));
      expect(await ids({ light: 'red', now: NINE })).toEqual([]);
      expect(await store.listTasks({ status: 'open', light: 'grey', now: NINE, limit: 10 })).toEqual([stands]);
      expect(await store.countLights(NINE)).toEqual([{ department: '不动产登记中心', ...lights({ grey: 1 }) }]);
      const { ofCase: _ofCase, ...done } = { ...task, status: 'completed' as const };
      await store.commit(aCommit({ case: { ...row, rev: 3 }, tasks: [done] }));
      expect(await store.countLights(NINE)).toEqual([]);
      expect(await store.listTasksOfCase(row.id)).toEqual([done]);
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

    it.each(WHOSE)('filter by light at an instant: %s', async (_whose, by) => {
      await put([
        ...LIT.map(([light, clock], i) => aTask({ id: `${light}${i + 10}`, ...by(clock) })),
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

    it.each(WHOSE)('count every light, as the tasks move on: %s', async (_whose, by) => {
      const tasks = LIT.map(([, clock], i) => aTask({ id: `t${i}`, ...by(clock) }));
      await put(tasks);
      const all = lights();
      for (const [light] of LIT) all[light]++;
      expect(await store.countLights(NINE)).toEqual([{ department: '不动产登记中心', ...all }]);
      await put(tasks.map((task) => ({ ...task, status: 'completed' as const })));
      expect(await store.countLights(NINE)).toEqual([]);
    });
  });
}
