// What one completion costs in models of 5 to 5,000 elements: in the core alone, and through the engine on the memory store.
import { step, type CaseState, type Command } from '../../engine/core/index.ts';
import type { ProcessGraph } from '../../engine/model/graph.ts';
import { bpmn, chain, flow } from '../support/bpmn.ts';
import { graphOf } from '../support/graph-of.ts';
import { LI, office } from '../support/office.ts';
import { table } from './measure.ts';

const SIZES = [5, 50, 500, 5_000];
const ROUNDS = 20;
const now = Date.parse('2026-03-02T01:00:00Z');

/** Tasks in a row with a decision between each two that may end the case; each tenth is an inclusive fork and join instead. */
function model(elements: number): string {
  let xml = '<startEvent id="s"/><endEvent id="e"/><userTask id="t1"/>' + flow('s', 't1');
  let last = 't1';
  let count = 3;
  for (let i = 1; count + 2 <= elements; i++) {
    const next = `t${i + 1}`;
    const [open, close, a, b] = [`open${i}`, `close${i}`, `a${i}`, `b${i}`];
    const forked = i % 10 === 0 && count + 5 <= elements;
    xml += `<userTask id="${next}"/>`;
    if (forked) {
      xml += `<inclusiveGateway id="${open}" default="${open}-${a}"/><inclusiveGateway id="${close}"/><task id="${a}"/><task id="${b}"/>`;
      xml += chain(last, open, a, close, next) + flow(open, b, 'ok = true') + flow(b, close);
    } else {
      xml += `<exclusiveGateway id="x${i}" default="x${i}-${next}"/>`;
      xml += chain(last, `x${i}`, next) + flow(`x${i}`, 'e', 'ok = false');
    }
    last = next;
    count += forked ? 5 : 2;
  }
  return bpmn(xml + flow(last, 'e'), { id: `P${elements}` });
}

interface Subject {
  elements: number;
  xml: string;
  graph: ProcessGraph;
  /** A case at the task in the middle, and its completion, which leads through a decision to the next task. */
  state: CaseState;
  command: Command;
}

function take(graph: ProcessGraph, state: CaseState | null, command: Command): CaseState {
  const result = step(graph, state, command, { now });
  if (!result.done) throw new Error('expected no worker');
  return result.state;
}

async function prepare(elements: number): Promise<Subject> {
  const xml = model(elements);
  const graph = await graphOf(xml);
  const middle = Math.max(1, Math.floor((elements - 3) / 4));
  let state = take(graph, null, { type: 'start', variables: { ok: true } });
  for (;;) {
    const [token] = Object.values(state.tokens);
    const command: Command = { type: 'complete-task', token: token!.id, variables: {} };
    const at = Number(token!.node.slice(1));
    if (at >= middle && at % 10 !== 0) return { elements: Object.keys(graph.nodes).length, xml, graph, state, command };
    state = take(graph, state, command);
  }
}

/** µs for each completion in the core: the same step from the same state. */
function core({ graph, state, command }: Subject): number {
  const begin = performance.now();
  for (let i = 0; i < 2_000; i++) step(graph, state, command, { now });
  return ((performance.now() - begin) / 2_000) * 1_000;
}

/** µs for each completion through the engine: rows, history with its hash chain, tasks. */
async function throughEngine({ xml }: Subject): Promise<() => Promise<number>> {
  const desk = office();
  const key = await desk.deploy(xml);
  return async () => {
    const tasks: string[] = [];
    for (let i = 0; i < 100; i++) {
      const { id } = await desk.start(key, { ok: true });
      const task = await desk.task(id, 't1');
      await desk.engine.claimTask(task.id, LI);
      tasks.push(task.id);
    }
    const begin = performance.now();
    for (const taskId of tasks) await desk.engine.completeTask({ taskId, variables: {} }, LI);
    return ((performance.now() - begin) / tasks.length) * 1_000;
  };
}

const median = (times: number[]) => times.sort((a, b) => a - b)[times.length >> 1]!;

const subjects = await Promise.all(SIZES.map(prepare));
const engines = await Promise.all(subjects.map(throughEngine));
const times = subjects.map(() => ({ core: [] as number[], engine: [] as number[] }));
// sizes take turns, so that whatever else the machine does falls on all of them
for (let round = -5; round < ROUNDS; round++) {
  for (const [i, subject] of subjects.entries()) {
    const [inCore, inEngine] = [core(subject), await engines[i]!()];
    if (round < 0) continue;
    times[i]!.core.push(inCore);
    times[i]!.engine.push(inEngine);
  }
}
const medians = times.map((each) => ({ core: median(each.core), engine: median(each.engine) }));
const smallest = medians[0]!;
table(
  'One completion by size of the model, µs (median)',
  ['elements', 'core', 'ratio', 'engine, memory store', 'ratio'],
  medians.map((each, i) => [
    String(subjects[i]!.elements),
    each.core,
    each.core / smallest.core,
    each.engine,
    each.engine / smallest.engine,
  ]),
);
const worst = Math.max(...medians.map((each) => Math.max(each.core / smallest.core, each.engine / smallest.engine)));
console.log(`\nFlat within ${worst.toFixed(2)}×.`);
process.exit(worst < 2 ? 0 : 1);
