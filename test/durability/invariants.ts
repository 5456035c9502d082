/**
 * What must hold of a city of nodes, judged from outside: from what clients sent and were answered, and from what stands at
 * the end. Pure: no server, no clock.
 */
import { called } from './call-invariants.ts';
import { opened } from './called-case-invariants.ts';
import { brokenChain } from './chain.ts';
import {
  caseOfJob,
  succeeded,
  type Circumstances,
  type Exchange,
  type FinalCase,
  type HistoryEvent,
  type Shape,
  type Shapes,
} from './evidence.ts';
import { received } from './message-invariants.ts';
import { lastIsKept } from './record-invariants.ts';
import { heard } from './signal-invariants.ts';
import { honestlyAway } from './store-away.ts';
import { dated, timeHolds } from './time-invariants.ts';
import { workedOnce } from './worker-invariants.ts';

/** Everything that is wrong, one sentence each; empty when all invariants hold. */
export function violations(
  all: readonly Exchange[],
  cases: readonly FinalCase[],
  shapes: Shapes,
  circumstances: Circumstances = {},
): string[] {
  // whoever hears that the store is away has no answer yet
  const log = all.filter((exchange) => !honestlyAway(exchange, circumstances.storeAway ?? []));
  const byId = new Map(cases.map((each) => [each.id, each]));
  const shapeOf = ({ process }: FinalCase) => shapes[process]!;
  return [
    ...answersOfKeys(log),
    ...unexpected(log),
    ...silent(log),
    ...refusedThoughDone(all, log, cases),
    ...acknowledged(log, cases, byId),
    ...startedOnce(all, cases),
    ...cases.flatMap((each) => [...endsOnce(each), ...passedOnce(each, shapeOf(each))]),
    ...cases.flatMap((each) => timeHolds(each, shapeOf(each), circumstances)),
    ...dated(all, cases, circumstances),
    ...called(cases, shapes, circumstances),
    ...opened(cases, shapes),
    ...received(log, cases, shapes),
    ...heard(all, cases, shapes),
    ...lastIsKept(log, cases, shapes, circumstances),
    ...workedOnce(log, byId, circumstances),
    ...cases.flatMap((each) => [...chained(each), ...tasksOnce(each, shapeOf(each))]),
    ...filledInStays(log, cases, byId),
    ...historiesOnlyGrow(log, byId),
  ];
}

/** Once a key has its answer, every later request with it gets that answer, from every node. */
function answersOfKeys(log: readonly Exchange[]): string[] {
  const first = new Map<string, Exchange>();
  const faults: string[] = [];
  for (const exchange of [...log].sort((a, b) => a.answered - b.answered)) {
    const { key, status } = exchange;
    if (key === undefined || status === 0) continue;
    const before = first.get(key);
    if (!before) {
      if (succeeded(exchange)) first.set(key, exchange);
      continue;
    }
    // one that was refused while the first was under way is no answer of the key
    if (!succeeded(exchange) && exchange.sent < before.answered) continue;
    if (before.status !== status || JSON.stringify(before.body) !== JSON.stringify(exchange.body))
      faults.push(`key ${key} was answered ${show(before)}, then ${show(exchange)}`);
  }
  return faults;
}

const show = ({ status, body, node }: Exchange) => `${status} ${JSON.stringify(body)?.slice(0, 200)} by node ${node}`;

/** A node is there, or gone; it does not answer with errors of its own. */
function unexpected(log: readonly Exchange[]): string[] {
  return log
    .filter(({ status }) => status >= 500)
    .map((exchange) => `${exchange.verb} ${exchange.target ?? ''} was answered ${show(exchange)}`);
}

/** Longer than this (ms) nobody waits: a node that cannot answer says so. */
const SILENCE_MS = 30_000;

function silent(log: readonly Exchange[]): string[] {
  return log
    .filter(({ status, sent, answered }) => status === 0 && answered - sent >= SILENCE_MS)
    .map(({ verb, target = '', node, sent, answered }) => {
      const seconds = Math.round((answered - sent) / 1_000);
      return `${verb} ${target} had no answer of node ${node} for ${seconds} s`;
    });
}

/** Whoever repeats a request that took effect hears that it did: nobody is refused because of what they did themselves. */
function refusedThoughDone(all: readonly Exchange[], log: readonly Exchange[], cases: readonly FinalCase[]): string[] {
  const faults: string[] = [];
  for (const { id, node, of } of cases.flatMap((of) => of.tasks.map((task) => ({ ...task, of })))) {
    for (const verb of ['claim', 'complete'] as const) {
      const type = verb === 'claim' ? 'task.claimed' : 'task.completed';
      const doer = of.history.find((event) => event.type === type && event.node?.id === node)?.actor.id;
      const ofDoer = (each: Exchange) => each.verb === verb && each.target === id && each.who === doer;
      const keys = new Set(all.filter(ofDoer).map(({ key }) => key));
      const answers = log.filter((each) => ofDoer(each) && each.status !== 0);
      const answered = new Set(answers.map(({ key }) => key));
      if (keys.size > 0 && answered.size === keys.size && !answers.some(succeeded))
        faults.push(`task ${id}: the ${verb} of '${doer}' took effect, and every answer was a refusal`);
    }
  }
  return faults;
}

/** Nothing that was acknowledged is lost. */
function acknowledged(
  log: readonly Exchange[],
  cases: readonly FinalCase[],
  byId: ReadonlyMap<string, FinalCase>,
): string[] {
  const tasks = new Map(cases.flatMap((each) => each.tasks.map((task) => [task.id, { ...task, of: each }] as const)));
  const faults: string[] = [];
  const winners = new Map<string, string>();
  for (const exchange of log.filter(succeeded)) {
    if (exchange.verb === 'start') {
      const { id } = exchange.body as { id: string };
      if (!byId.has(id)) faults.push(`case ${id} was started and is lost`);
      continue;
    }
    const { verb, target, who, key } = exchange;
    if (verb !== 'claim' && verb !== 'complete') continue;
    const task = tasks.get(target!);
    const type = verb === 'claim' ? 'task.claimed' : 'task.completed';
    const told = task?.of.history.some(
      (event) => event.type === type && event.node?.id === task.node && event.actor.id === who,
    );
    if (!told) faults.push(`task ${target}: '${who}' had the ${verb} acknowledged, and the history does not know it`);
    else if (task!.assignee !== who) faults.push(`task ${target}: '${who}' ${verb}ed it, now ${task!.assignee} has it`);
    else if (verb === 'complete' && task!.status !== 'completed')
      faults.push(`task ${target} was completed and is ${task!.status}`);
    const winner = winners.get(`${verb} ${target}`) ?? key!;
    winners.set(`${verb} ${target}`, winner);
    if (winner !== key) faults.push(`task ${target}: the ${verb} succeeded for two requests, ${winner} and ${key}`);
  }
  return faults;
}

/** As many cases as people asked for, no more: a start that was repeated is one start. */
function startedOnce(log: readonly Exchange[], cases: readonly FinalCase[]): string[] {
  const asked = new Set(log.filter(({ verb }) => verb === 'start').map(({ key }) => key));
  const told = new Set(
    log.filter((each) => each.verb === 'start' && succeeded(each)).map(({ body }) => (body as FinalCase).id),
  );
  const begun = cases.filter(({ parent }) => parent === null);
  return [
    ...(begun.length > asked.size ? [`${asked.size} cases were asked for, and ${begun.length} are there`] : []),
    ...begun.filter(({ id }) => !told.has(id)).map(({ id }) => `case ${id} is there, and nobody was told`),
  ];
}

function endsOnce({ id, status, history }: FinalCase): string[] {
  const ends = history.filter(({ type }) => /^case\.(completed|cancelled|terminated|ended)$/.test(type));
  const faults: string[] = [];
  if (status !== 'completed') faults.push(`case ${id} is ${status} at the end`);
  if (ends.length !== 1) faults.push(`case ${id} ended ${ends.length} times`);
  else if (history.at(-1) !== ends[0]) faults.push(`case ${id} went on after its end`);
  return faults;
}

/** Parallel joins fire once; work that a node does by itself takes effect once. */
function passedOnce({ id, history }: FinalCase, { once }: Shape): string[] {
  return once.flatMap((element) => {
    const passed = history.filter(({ type, node }) => type === 'element.completed' && node?.id === element).length;
    return passed === 1 ? [] : [`case ${id} passed '${element}' ${passed} times`];
  });
}

function tasksOnce({ id, history, tasks }: FinalCase, shape: Shape): string[] {
  return shape.tasks.flatMap((node) => {
    const faults: string[] = [];
    for (const type of ['task.claimed', 'task.completed']) {
      const times = history.filter((event) => event.type === type && event.node?.id === node).length;
      if (times !== 1) faults.push(`case ${id}: '${type}' of '${node}' ${times} times`);
    }
    const rows = tasks.filter((task) => task.node === node);
    if (rows.length !== 1) faults.push(`case ${id} has ${rows.length} tasks '${node}'`);
    else if (rows[0]!.status !== 'completed') faults.push(`case ${id}: its task '${node}' is ${rows[0]!.status}`);
    return faults;
  });
}

/** What somebody filled in, and had acknowledged, stands in the case. */
function filledInStays(
  log: readonly Exchange[],
  cases: readonly FinalCase[],
  byId: ReadonlyMap<string, FinalCase>,
): string[] {
  const ofTask = new Map(cases.flatMap((each) => each.tasks.map(({ id }) => [id, each] as const)));
  const caseOf = ({ verb, target = '', body }: Exchange) => {
    if (verb === 'start') return byId.get((body as { id: string }).id);
    return verb === 'report' ? byId.get(caseOfJob(target)) : ofTask.get(target);
  };
  return log.filter(succeeded).flatMap((exchange) => {
    const { data = {} } = exchange;
    const final = caseOf(exchange);
    return Object.entries(data).flatMap(([name, value]) =>
      final && JSON.stringify(final.variables[name]) !== JSON.stringify(value)
        ? [
            `case ${final.id}: '${name}' was filled in with ${JSON.stringify(value)} and is ${JSON.stringify(final.variables[name])}`,
          ]
        : [],
    );
  });
}

/** Recomputed here; what the server says of it must agree. */
function chained({ id, history, verified }: FinalCase): string[] {
  const broken = brokenChain(id, history);
  return [
    ...(verified ? [] : [`the history of case ${id} does not verify`]),
    ...(broken === undefined ? [] : [`the history of case ${id} ${broken}`]),
  ];
}

/** What a node once showed of a history is how it begins at the end. */
function historiesOnlyGrow(log: readonly Exchange[], byId: ReadonlyMap<string, FinalCase>): string[] {
  return log.flatMap((exchange) => {
    if (exchange.verb !== 'history' || !succeeded(exchange)) return [];
    const shown = exchange.body as HistoryEvent[];
    const final = byId.get(exchange.target!)?.history ?? [];
    const changed = shown.findIndex(({ hash }, index) => final[index]?.hash !== hash);
    return changed < 0
      ? []
      : [
          `node ${exchange.node} showed another event ${changed + 1} of case ${exchange.target} than there is at the end`,
        ];
  });
}
