import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Store } from '../../../engine/store/ports.ts';
import { LIGHTS } from '../../../engine/time/index.ts';
import { aCase, aCommit, aTask, NINE } from '../../support/stores.ts';
import { LIT, lights } from './lit.ts';

const HOUR = 3_600_000;

export function caseListsContract(open: () => Promise<Store>): void {
  describe('case lists', () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });

    const find = async (query: object) => (await store.listCases({ limit: 100, ...query })).map((row) => row.id);

    it('page newest first, complete and without duplicates', async () => {
      const rows = Array.from({ length: 25 }, (_, i) =>
        aCase({ id: `c${String((i * 7) % 25).padStart(2, '0')}`, startedAt: NINE + (i % 6) * HOUR }),
      );
      for (const row of rows) await store.commit(aCommit({ case: row }));
      const wanted = [...rows].sort((a, b) => b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1)).map((row) => row.id);
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

    it('list the longest overdue first, of red and of deep red', async () => {
      const overdue = (id: string, dueAt: number, statutoryAt: number | null = null) =>
        aCase({ id, dueAt, statutoryAt, yellowAt: dueAt });
      const rows = [
        overdue('a', NINE - 2 * HOUR),
        overdue('b', NINE - 9 * HOUR),
        overdue('c', NINE - 5 * HOUR, NINE + HOUR),
        overdue('d', NINE - 20 * HOUR, NINE - HOUR),
        overdue('e', NINE - 6 * HOUR, NINE - 3 * HOUR),
        overdue('f', NINE + HOUR),
        { ...overdue('g', NINE - 30 * HOUR), status: 'completed' as const },
      ];
      for (const row of rows) await store.commit(aCommit({ case: row }));
      const longest = async (light: 'red' | 'deepRed', limit = 100) =>
        (await store.listOverdueCases({ light, now: NINE, limit })).map(({ id }) => id);
      expect(await longest('red')).toEqual(['b', 'c', 'a']);
      expect(await longest('red', 2)).toEqual(['b', 'c']);
      expect(await longest('deepRed')).toEqual(['e', 'd']);
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

    it('counts the cases that are active', async () => {
      const before = await store.countActiveCases();
      for (const status of ['active', 'active', 'completed', 'cancelled'] as const)
        await store.commit(aCommit({ case: aCase({ status }) }));
      expect(await store.countActiveCases()).toBe(before + 2);
    });
  });

  describe('called cases', () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });

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
}
