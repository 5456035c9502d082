// Durable completions through the engine (full history, SQLite, synchronous=FULL) beside the raw fsync rate of the same minute.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, systemClock, type Actor, type Engine } from '../../engine/index.ts';
import { openSqliteStore } from '../../engine/store/sqlite/index.ts';
import type { CaseState } from '../../engine/core/index.ts';
import { loadCalendar } from '../../processes/calendars/load.ts';
import { measureSyncRate } from './fsync.ts';
import { measure, table, timed } from './measure.ts';
import { workloads } from './models.ts';

const who: Actor = { id: 'bench', name: 'bench', groups: [] };
const directory = mkdtempSync(join(tmpdir(), 'onevisit-bench-'));
const store = await openSqliteStore({ directory });
const engine = createEngine({ store, clock: systemClock, calendar: loadCalendar() });
for (const xml of Object.values(workloads)) await engine.deploy({ bytes: Buffer.from(xml) }, who);
/** What the engine told its listeners last: an embedded client need not ask. */
const latest = new Map<string, CaseState>();
engine.onChange((change) =>
  change.case.status === 'active' ? latest.set(change.caseId, change.case.state) : latest.delete(change.caseId),
);
let number = 0;

const start = (key: string) =>
  engine.startCase(
    {
      definitionKey: key,
      number: `B${++number}`,
      title: key,
      applicant: null,
      department: null,
      variables: { ok: true, handler: who.id },
    },
    who,
  );

/** Completes the tasks of one case one after the other. They are assigned by the model: the peers complete without claiming too. */
async function completeAll(engine: Engine, key: string, tasks: number): Promise<number[]> {
  const row = await start(key);
  const times: number[] = [];
  let state = row.state;
  while (times.length < tasks) {
    const token = Object.values(state.tokens).find(({ wait }) => wait === 'task')!;
    const taskId = `${row.id}.${token.id}`;
    times.push(await timed(() => engine.completeTask({ taskId, variables: {} }, who)));
    state = latest.get(row.id) ?? state;
  }
  return times;
}

const rows: (string | number)[][] = [];
for (const [name, key, tasks] of [
  ['w3 five parallel branches', 'w3', 11],
  ['w4 chain of 101 nodes', 'w4', 50],
] as const) {
  for (const clients of [1, 8, 64]) {
    const raw = measureSyncRate(directory, 512, 1_500);
    const all = await measure(() => completeAll(engine, key, tasks), { clients });
    rows.push([name, clients, all.perSecond, all.p50Ms, all.p99Ms, all.cpuMs, raw, all.perSecond / raw]);
  }
}
table(
  `Durable completions with full history (${store.description})`,
  ['workload', 'clients', 'completions/s', 'p50 ms', 'p99 ms', 'CPU ms', 'raw fsync/s', 'ratio to raw'],
  rows,
);
await store.close();
rmSync(directory, { recursive: true, force: true });
process.exit(0);
