import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '../../engine/kernel/ids.ts';
import type { CaseRow, Commit, JobRow, Store, TaskRow } from '../../engine/store/ports.ts';
import { memoryStore } from '../../engine/store/memory/index.ts';
import { openSqliteStore } from '../../engine/store/sqlite/index.ts';
import { aCase, aJob, anEvent, aTask } from '../support/stores.ts';
import { measureSyncRate } from './fsync.ts';

/*
 * Durable commits per second of the store beside the raw sync rate of the same disk in the same minute.
 * tsx test/bench/commits.bench.ts [seconds per row] [driver]
 * A client carries one case after the other through ten steps: each completes a task, opens the next, records four events,
 * moves a timer and keeps 1.2 KB of state.
 */

const SECONDS = Number(process.argv[2] ?? 3);
const DRIVER = process.argv[3] as 'node-sqlite3-wasm' | undefined;
const STEPS = 10;

function* stepsOfOneCase(): Generator<Commit> {
  const id = newId(Date.now());
  const variables = Object.fromEntries(
    Array.from({ length: 16 }, (_, i) => [`材料${i}`, `编号 ${id} 第 ${i} 项, 已核验`]),
  );
  let row: CaseRow = aCase({ id, rev: 0 });
  row.state.scopes['0']!.variables = variables;
  let task: TaskRow | undefined;
  let timer: JobRow | undefined;
  let seq = 0;
  let hash = '';
  for (let rev = 1; rev <= STEPS; rev++) {
    const now = Date.now();
    const events = ['element.completed', 'flow.taken', 'element.entered', 'timer.armed'].map((type) => {
      const event = anEvent({ caseId: id, seq: ++seq, at: now, type, prevHash: hash, hash: HASH.slice(seq) + id });
      hash = event.hash;
      return event;
    });
    const last = rev === STEPS;
    row = { ...row, rev, lastSeq: seq, lastHash: hash, status: last ? 'completed' : 'active' };
    const done: TaskRow[] = task ? [{ ...task, status: 'completed', assignee: 'zhang', endedAt: now }] : [];
    task = last ? undefined : aTask({ id: newId(now), caseId: id, dueAt: now + rev * 3_600_000 });
    const removed = timer ? [timer.id] : [];
    timer = last ? undefined : aJob({ id: newId(now), caseId: id, dueAt: now + 3_600_000 });
    yield {
      caseId: id,
      expectedRev: rev - 1,
      case: row,
      events,
      tasks: task ? [...done, task] : done,
      jobs: { put: timer ? [timer] : [], remove: removed },
      subscriptions: { put: [], remove: [] },
      incidents: { put: [], remove: [] },
    };
  }
}

const HASH = '0123456789abcdef'.repeat(5);

interface Measured {
  rate: number;
  /** CPU time of the whole process per commit: unlike the rate it hardly moves when the machine is shared. */
  cpuMs: number;
  p50: number;
  p99: number;
}

async function measure(store: Store, clients: number): Promise<Measured> {
  const latencies: number[] = [];
  const cpu = process.cpuUsage();
  const start = performance.now();
  const end = start + SECONDS * 1000;
  const client = async () => {
    while (performance.now() < end) {
      for (const commit of stepsOfOneCase()) {
        const sent = performance.now();
        if ((await store.commit(commit)) !== 'ok') throw new Error('Expected the commit to win, but it met a conflict');
        latencies.push(performance.now() - sent);
      }
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor(latencies.length * share)]!;
  const cpuMs = (user + system) / 1000 / latencies.length;
  return { rate: latencies.length / seconds, cpuMs, p50: at(0.5), p99: at(0.99) };
}

const directory = mkdtempSync(join(process.cwd(), '.cache', 'bench-'));
try {
  const raw = measureSyncRate(directory);
  const rows = [{ store: 'raw append of 4 KB + fdatasync', clients: 1, 'per second': Math.round(raw), ratio: '1.00' }];
  const stores = [
    await openSqliteStore({ directory: join(directory, 'store'), ...(DRIVER && { driver: DRIVER }) }),
    memoryStore(),
  ];
  for (const store of stores) {
    await measure(store, 8);
    for (const clients of [1, 8, 64]) {
      const { rate, cpuMs, p50, p99 } = await measure(store, clients);
      const row = { store: store.description, clients, 'per second': Math.round(rate), ratio: (rate / raw).toFixed(2) };
      rows.push(Object.assign(row, { 'CPU ms': cpuMs.toFixed(3), 'p50 ms': p50.toFixed(2), 'p99 ms': p99.toFixed(2) }));
    }
    await store.close();
  }
  console.log(
    `Commits per second, durable where the store is (raw again at the end: ${Math.round(measureSyncRate(directory))})`,
  );
  console.table(rows);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
