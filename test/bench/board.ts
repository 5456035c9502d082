import { setTimeout as pause } from 'node:timers/promises';
import { NO_PEERS } from '../../engine/index.ts';
import type { Store } from '../../engine/store/ports.ts';
import { LIGHTS } from '../../engine/time/index.ts';
import { closeCities, openCity } from '../api/support/city.ts';
import { bpmn, chain } from '../support/bpmn.ts';
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
/** Of what is slow fewer, as many as fit into this. */
const LONG_ENOUGH_MS = 40_000;
const LEAST_ROUNDS = 5;
/** People look now and then: what is shared between them is looked up anew meanwhile. */
const LOOKS_APART_MS = 1_000;

/** Of which all these cases are. */
export const PROCESS = 'second-hand-home';
const MODEL = bpmn(
  `<startEvent id="s"/><userTask id="review" ov:department="housing"/><endEvent id="e"/>${chain('s', 'review', 'e')}`,
  { id: PROCESS, name: '存量房交易' },
);

/** One look at the board over HTTP, as the screen asks for it: both requests at once. */
async function screen(store: Store): Promise<() => Promise<unknown>> {
  const city = await openCity({}, NO_PEERS, store);
  city.clock.set(NINE);
  const published = await city.publish(MODEL);
  const supervisor = city.as('supervisor-feng');
  return async () => {
    const answers = await Promise.all(['/board', '/board/overdue'].map((path) => supervisor.get(path)));
    const failed = [published, ...answers].find(({ status }) => status >= 300);
    if (failed) throw new Error(JSON.stringify(failed.body));
    if (answers[1]!.body.items.length !== 20) throw new Error('Expected 20 overdue cases');
    return answers;
  };
}

/** Times what the board of supervisors asks a store that holds these cases. */
export async function measureBoard(store: Store, { cases: open, departments }: Board, about: string): Promise<void> {
  const lights = await store.countLights(NINE);
  const cases = await store.countCases(NINE);
  const sum = (light: (typeof LIGHTS)[number]) => lights.reduce((total, row) => total + row[light], 0);
  const wrong = LIGHTS.filter((light) => sum(light) !== cases[light]);
  if (wrong.length > 0 || lights.length !== departments)
    throw new Error(`Expected one task for each case, but ${wrong.join(', ')} differ in ${lights.length} departments`);

  const rows: (string | number)[][] = [];
  const measured = async (name: string, once: () => Promise<unknown>, apartMs?: number) => {
    const times: number[] = [];
    const begun = performance.now();
    const goesOn = () => times.length < LEAST_ROUNDS || performance.now() - begun < LONG_ENOUGH_MS;
    while (times.length < ROUNDS && goesOn()) {
      times.push(await timed(once));
      if (apartMs !== undefined) await pause(apartMs);
    }
    times.sort((a, b) => a - b);
    const [median, p95] = [times[times.length >> 1]!, times[Math.floor(times.length * 0.95)]!];
    rows.push([name, median, p95]);
    console.log(`${name}: median ${median.toFixed(2)} ms, p95 ${p95.toFixed(2)} ms of ${times.length}`);
  };
  const look = await screen(store);
  const first = await timed(look);
  console.log(`the first look of a node: ${Math.round(first)} ms`);
  await measured('the board as its screen asks for it', look, LOOKS_APART_MS);
  await closeCities();
  for (const light of ['deepRed', 'red'] as const)
    await measured(`longest overdue: ${light}`, () => store.listOverdueCases({ light, now: NINE, limit: 10 }));
  await measured('both counts', () => Promise.all([store.countLights(NINE), store.countCases(NINE)]));
  await measured(`tasks of ${departments} departments`, () => store.countLights(NINE));
  await measured('cases', () => store.countCases(NINE));
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
