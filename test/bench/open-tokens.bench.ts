// What one completion costs while 10 to 10,000 instances of a multi-instance sub-process are open: CPU in the core, and with its commit.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { step } from '../../engine/core/index.ts';
import { openSqliteStore } from '../../engine/store/sqlite/index.ts';
import { bpmn, chain } from '../support/bpmn.ts';
import { LI, office } from '../support/office.ts';
import { table } from './measure.ts';

const SIZES = [10, 1_000, 10_000];
const ROUNDS = 7;
/** Completions of one round. */
const EACH = 9;

const model = (instances: number) =>
  bpmn(
    `<startEvent id="s"/><subProcess id="sub"><multiInstanceLoopCharacteristics><loopCardinality>${instances}</loopCardinality></multiInstanceLoopCharacteristics>
    <startEvent id="is"/><userTask id="a" camunda:assignee="li"/><userTask id="b"/><endEvent id="ie"/>${chain('is', 'a', 'b', 'ie')}</subProcess>
    <endEvent id="e"/>${chain('s', 'sub', 'e')}`,
  );

/** CPU of all threads, ms for each. */
async function cpu(times: number, work: (index: number) => unknown): Promise<number> {
  const begin = process.cpuUsage();
  for (let i = 0; i < times; i++) await work(i);
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1_000 / times;
}

const rows: (string | number)[][] = [];
for (const size of SIZES) {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  const store = await openSqliteStore({ directory });
  const [core, commit] = [[] as number[], [] as number[]];
  let bytes = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const desk = office({ store });
    const row = await desk.open(model(size));
    const graph = await desk.engine.getGraph(row.definitionId);
    const tasks = Object.values(row.state.tokens).filter(({ node }) => node === 'a');
    const take = (i: number) =>
      step(graph, row.state, { type: 'complete-task', token: tasks[i]!.id, variables: {} }, { now: desk.clock.now() });
    const complete = (i: number) =>
      desk.engine.completeTask({ taskId: `${row.id}.${tasks[i]!.id}`, variables: {} }, LI);
    bytes = JSON.stringify(row).length;
    core.push(await cpu(EACH * 20, (i) => take(i % EACH)));
    commit.push(await cpu(EACH, complete));
  }
  rows.push([String(size), Math.min(...core), Math.min(...commit), bytes / 1_000]);
  await store.close();
  rmSync(directory, { recursive: true, force: true });
}
table(
  'One completion by instances that are open, CPU ms (best round)',
  ['instances', 'core', 'whole, with its durable commit', 'row, kB'],
  rows,
);
process.exit(0);
