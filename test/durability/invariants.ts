/**
 * What must hold of a city of nodes, judged from outside: from what clients sent and were answered, and from what stands at
 * the end. Pure: no server, no clock.
 */
import { doneByHand } from './by-hand-invariants.ts';
import { called } from './call-invariants.ts';
import { opened } from './called-case-invariants.ts';
import { brokenChain } from './chain.ts';
import { clockStands } from './clock-invariants.ts';
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
import { filesStay } from './file-invariants.ts';
import { noted } from './joint-order-invariants.ts';
import { received } from './message-invariants.ts';
import { recorded } from './operation-invariants.ts';
import { published } from './published-invariants.ts';
import { lastIsKept } from './record-invariants.ts';
import { heard } from './signal-invariants.ts';
import { honestlyAway } from './store-away.ts';
import { supervisionStands } from './supervision-invariants.ts';
import { tasksHold } from './task-invariants.ts';
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
    ...casesThere(log, byId),
    ...tasksHold(all, log, cases, shapes),
    ...startedOnce(all, cases),
    ...cases.flatMap((each) => [
      ...endsOnce(each, shapeOf(each)),
      ...passedOnce(each, shapeOf(each)),
      ...doneByHand(each, shapeOf(each)),
    ]),
    ...cases.flatMap((each) => timeHolds(each, shapeOf(each), circumstances)),
    ...dated(all, cases, circumstances),
    ...called(cases, shapes, circumstances),
    ...opened(cases, shapes),
    ...received(log, cases, shapes),
    ...heard(all, cases, shapes),
    ...lastIsKept(all, cases, shapes, circumstances),
    ...workedOnce(log, byId, circumstances),
    ...recorded(all, log, cases, circumstances),
    ...cases.flatMap(clockStands),
    ...supervisionStands(cases, circumstances),
    ...noted(cases, circumstances),
    ...filesStay(log, byId, circumstances),
    ...published(log, cases, circumstances),
    ...cases.flatMap(chained),
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

/** No case that was acknowledged is lost. */
function casesThere(log: readonly Exchange[], byId: ReadonlyMap<string, FinalCase>): string[] {
  return log.flatMap((exchange) => {
    if (exchange.verb !== 'start' || !succeeded(exchange)) return [];
    const { id } = exchange.body as { id: string };
    return byId.has(id) ? [] : [`case ${id} was started and is lost`];
  });
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

function endsOnce({ id, status, history }: FinalCase, { ends: expected = 'completed' }: Shape): string[] {
  const ends = history.filter(({ type }) => /^case\.(completed|cancelled|terminated|ended)$/.test(type));
  const faults: string[] = [];
  if (status !== expected) faults.push(`case ${id} is ${status} at the end`);
  if (ends.length !== 1) faults.push(`case ${id} ended ${ends.length} times`);
  // people go on about a case that has ended
  else if (history.findLast(({ type }) => !type.startsWith('order.')) !== ends[0])
    faults.push(`case ${id} went on after its end`);
  return faults;
}

/** Parallel joins fire once; work that a node does by itself takes effect once. */
function passedOnce({ id, history }: FinalCase, { once }: Shape): string[] {
  return once.flatMap((element) => {
    const passed = history.filter(({ type, node }) => type === 'element.completed' && node?.id === element).length;
    return passed === 1 ? [] : [`case ${id} passed '${element}' ${passed} times`];
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
    if (verb === 'report') return byId.get(caseOfJob(target));
    return verb === 'complete' ? ofTask.get(target) : undefined;
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
