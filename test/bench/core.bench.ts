// Core in memory, beside bpmn-engine in the same minute: w1 start→service→end, and start→service→user→end.
import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { step, type CaseState } from '../../engine/core/index.ts';
import type { ProcessGraph } from '../../engine/model/graph.ts';
import { graphOf } from '../support/graph-of.ts';
import { measure, table, type Measured } from './measure.ts';
import { workloads } from './models.ts';

const require = createRequire(import.meta.url);
const { Engine } = require('bpmn-engine') as { Engine: new (options: object) => PeerEngine };
interface PeerEngine {
  execute(options: object): Promise<unknown>;
  once(event: string, listener: () => void): void;
}

const now = Date.now();

function run(graph: ProcessGraph): CaseState {
  let state: CaseState | null = null;
  let result = step(graph, state, { type: 'start', variables: { ok: true } }, { now });
  for (;;) {
    if (!result.done) throw new Error('unexpected');
    ({ state } = result);
    if (state.status !== 'active') return state;
    const token = Object.values(state.tokens)[0]!;
    result = step(
      graph,
      state,
      { type: token.wait === 'job' ? 'complete-job' : 'complete-task', token: token.id, variables: {} },
      { now },
    );
  }
}

async function ours(xml: string): Promise<Measured> {
  const graph = await graphOf(xml);
  return measure(async () => {
    const times: number[] = [];
    const begin = performance.now();
    for (let i = 0; i < 1_000; i++) run(graph);
    const each = (performance.now() - begin) / 1_000;
    for (let i = 0; i < 1_000; i++) times.push(each);
    await new Promise(setImmediate);
    return times;
  });
}

async function peer(xml: string, users: number): Promise<Measured> {
  const source = xml.replaceAll(' ov:topic="noop"', ' implementation="${environment.services.noop}"');
  const services = { noop: (_scope: unknown, done: () => void) => done() };
  return measure(async () => {
    const begin = performance.now();
    const waiting: { signal(): void }[] = [];
    const listener = new EventEmitter();
    listener.on('activity.wait', (api: { signal(): void }) => waiting.push(api));
    const engine = new Engine({ name: 'bench', source, services, variables: { ok: true } });
    const ended = new Promise<void>((resolve) => engine.once('end', resolve));
    await engine.execute({ listener });
    for (let i = 0; i < users; i++) waiting[i]!.signal();
    await ended;
    return [performance.now() - begin];
  });
}

const rows: (string | number)[][] = [];
for (const [name, xml, users] of [
  ['w1 start→service→end', workloads.w1, 0],
  ['w2 start→service→user→end', workloads.w2, 1],
] as const) {
  const mine = await ours(xml);
  const theirs = await peer(xml, users);
  rows.push([name, mine.perSecond, theirs.perSecond, mine.perSecond / theirs.perSecond]);
}
table('Core in memory, cases/s', ['workload', 'OneVisit', 'bpmn-engine', 'ratio'], rows);
process.exit(0);
