import { collectionsOf } from '../../engine/store/mongo/documents.ts';
import { connect } from '../../engine/store/mongo/driver.ts';
import { caseFields, taskFields } from '../../engine/store/mongo/rows.ts';
import { aCase, aTask, NINE } from '../support/stores.ts';
import { PROCESS, type Board } from './board.ts';

const DAY = 86_400_000;
const BATCH = 2_000;

/** The cases of a board (board.ts) in a new database, without its indexes. */
export async function fillMongo(uri: string, { cases, departments }: Board): Promise<void> {
  const connection = await connect({ uri, patient: true });
  const into = collectionsOf(connection.db!);
  for (let from = 1; from <= cases; from += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, cases - from + 1) }, (_, n) => from + n);
    await Promise.all([
      into.cases.insertMany(numbers.map(caseDocument), { ordered: false }),
      into.tasks.insertMany(
        numbers.map((i) => taskDocument(i, departments)),
        { ordered: false },
      ),
    ]);
  }
  await connection.close();
}

const idOf = (i: number) => `case-${String(i).padStart(8, '0')}`;

function datesOf(i: number) {
  const share = (i * 7919) % 1000;
  if (share < 100)
    return { dueAt: null, yellowAt: null, statutoryAt: null, ...(share < 50 && { held: true as const }) };
  const days = share < 200 ? -20 : share < 300 ? -5 : share < 400 ? 1 : 9;
  const dueAt = NINE + days * DAY + 60_000 * ((i * 104_729) % 1440);
  return { dueAt, yellowAt: dueAt - 3 * DAY, statutoryAt: dueAt + 15 * DAY };
}

function caseDocument(i: number) {
  const row = aCase({
    id: idOf(i),
    number: `BX-2026-${String(i).padStart(7, '0')}`,
    title: `存量房交易 · 演示路 ${i} 号`,
    definitionId: `${PROCESS}:1`,
    definitionKey: PROCESS,
    applicant: `applicant-${i % 5000}`,
    startedAt: NINE - 90 * DAY + i * 7,
    ...datesOf(i),
  });
  return { _id: row.id, ...caseFields(row), groups: [], pending: [] };
}

function taskDocument(i: number, departments: number) {
  const row = aTask({ id: `${idOf(i)}.1`, caseId: idOf(i), department: `部门${i % departments}`, ...datesOf(i) });
  return { _id: row.id, ...taskFields(row), src: idOf(i), rev: 1 };
}
