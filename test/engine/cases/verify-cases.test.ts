import { expect, it } from '@jest/globals';
import { verifyCases } from '../../../engine/cases/verify-cases.ts';
import type { EventRow } from '../../../engine/index.ts';
import { bpmn, chain } from '../../support/bpmn.ts';
import { office } from '../../support/office.ts';

const ONE = bpmn(`<startEvent id="s"/><userTask id="t"/><endEvent id="e"/>${chain('s', 't', 'e')}`, { id: 'one' });

/** Cases, and the same store with the history of one of them changed on the way out. */
async function cases() {
  const desk = office();
  const key = await desk.deploy(ONE);
  const [first, second] = [await desk.start(key), await desk.start(key)];
  await desk.complete(first.id, 't');
  const { store } = desk;
  const listEvents = store.listEvents.bind(store);
  const tamper = (change: (rows: EventRow[]) => EventRow[]) =>
    void (store.listEvents = async (id, after, limit) => {
      const rows = await listEvents(id, after, limit);
      return id === first.id ? change(rows) : rows;
    });
  const row = (await store.findCase(first.id))!;
  return { store, tamper, row, events: row.lastSeq + (await store.findCase(second.id))!.lastSeq };
}

it('counts what it verified', async () => {
  const { store, events } = await cases();
  expect(await verifyCases(store)).toEqual({ cases: 2, events, broken: [] });
});

it.each([
  ['a changed word', 2, (rows: EventRow[]) => rows.map((row) => (row.seq === 2 ? { ...row, actor: 'x' } : row))],
  ['a missing event', 2, (rows: EventRow[]) => rows.filter(({ seq }) => seq !== 2)],
  ['a missing end', 3, (rows: EventRow[]) => rows.slice(0, 2)],
  ['a history that is gone', 1, () => []],
])('finds %s', async (_, at, change) => {
  const { store, tamper, row } = await cases();
  tamper(change);
  expect((await verifyCases(store)).broken).toEqual([{ id: row.id, number: row.number, at }]);
});

it('finds a case that names another last event than its history has', async () => {
  const { store, row } = await cases();
  const listCases = store.listCases.bind(store);
  store.listCases = async (query) =>
    (await listCases(query)).map((each) => (each.id === row.id ? { ...each, lastHash: '00' } : each));
  expect((await verifyCases(store)).broken).toEqual([{ id: row.id, number: row.number, at: row.lastSeq }]);
});
