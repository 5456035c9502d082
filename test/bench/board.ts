import { boardCounts } from '../../api/operations/board-counts.ts';
import type { Store } from '../../engine/store/ports.ts';
import { LIGHTS } from '../../engine/time/index.ts';
import { NINE } from '../support/stores.ts';
import { table, timed } from './measure.ts';

/**
 * Open cases, each with an open task, all with a promise and a statutory limit: a tenth past each of yellow, red and deep
 * red, a twentieth held, a twentieth without a limit.
 */
export interface Board {
  readonly cases: number;
  readonly departments: number;
}

const ROUNDS = 31;

/** Times what the board of supervisors asks a store that holds these cases. */
export async function measureBoard(store: Store, { cases: open, departments }: Board, about: string): Promise<void> {
  const lights = await store.countLights(NINE);
  const cases = await store.countCases(NINE);
  const sum = (light: (typeof LIGHTS)[number]) => lights.reduce((total, row) => total + row[light], 0);
  const wrong = LIGHTS.filter((light) => sum(light) !== cases[light]);
  if (wrong.length > 0 || lights.length !== departments)
    throw new Error(`Expected one task for each case, but ${wrong.join(', ')} differ in ${lights.length} departments`);

  const rows: (string | number)[][] = [];
  const measured = async (name: string, once: () => Promise<unknown>) => {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) times.push(await timed(once));
    times.sort((a, b) => a - b);
    rows.push([name, times[times.length >> 1]!, times[Math.floor(times.length * 0.95)]!]);
  };
  await measured('both counts: the whole board', () => Promise.all([store.countLights(NINE), store.countCases(NINE)]));
  const board = boardCounts(store, () => NINE);
  await board();
  await measured('the board, while others look', board);
  await measured(`tasks of ${departments} departments`, () => store.countLights(NINE));
  await measured('cases', () => store.countCases(NINE));
  for (const light of ['deepRed', 'red'] as const)
    await measured(`longest overdue: ${light}`, () => store.listOverdueCases({ light, now: NINE, limit: 10 }));
  for (const light of LIGHTS) {
    await measured(`first 20 cases: ${light}`, () => store.listCases({ light, now: NINE, limit: 20 }));
    await measured(`first 20 tasks of a department: ${light}`, () =>
      store.listTasks({ department: '部门7', status: 'unfinished', light, now: NINE, limit: 20 }),
    );
  }
  const shown = LIGHTS.map((light) => `${light} ${cases[light]}`).join(', ');
  console.log(`\n${open} cases (${shown}), ${about}`);
  table('The board', ['what', 'median ms', 'p95 ms'], rows);
}
