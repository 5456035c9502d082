import { Rejection } from '../kernel/rejection.ts';
import type { Node } from '../model/graph.ts';
import { behind, beginsCase } from '../model/starts.ts';
import { triggersOf } from '../model/triggers-of.ts';
import { beginWaiting } from './activity.ts';
import { happenedInParallel } from './armed.ts';
import { armedKey, eventOfKey, indexOfKey } from './armed-key.ts';
import { openListeners, prepareListeners } from './event-sub-process.ts';
import type { Run } from './run.ts';
import type { Command } from './step-types.ts';
import { beginScope } from './sub-process.ts';
import { goOnFrom } from './take-event.ts';
import { setVariables } from './variables.ts';

/**
 * Begins a case at its none start event, at a start that a message or another event triggers (`startEvent`, a key of
 * model/starts.ts), or where no flow leads to. `case.no_start_event`: the process has no such start.
 */
export function startCase(run: Run, { variables, startEvent, called }: Command & { type: 'start' }): void {
  const begin = startEvent === undefined ? plainStart(run) : triggeredStart(run, startEvent);
  if (!begin) {
    throw new Rejection(
      'invalid',
      'case.no_start_event',
      `Expected a ${startEvent ? `start event '${startEvent}'` : 'none start event'}, but the process has none`,
    );
  }
  if (called) run.state.called = true;
  setVariables(run, '0', variables);
  run.event('case.started', begin.element, undefined, variables);
  openListeners(run, '0', prepareListeners(run, '', run.state.scopes['0']!.variables));
  begin.go();
}

interface Beginning {
  element?: string;
  go(): void;
}

function plainStart(run: Run): Beginning | undefined {
  const entries = run.model.entries['']!.map((id) => run.node(id));
  const none = entries.find((node) => node.kind === 'startEvent' && triggersOf(node).length === 0);
  if (none) return { element: none.id, go: () => beginScope(run, '0', [none.id]) };
  if (entries.length === 0 || entries.some(beginsCase)) return undefined;
  return { go: () => beginScope(run, '0', run.model.entries['']!) };
}

function triggeredStart(run: Run, key: string): Beginning | undefined {
  const id = eventOfKey(key);
  for (const entry of run.model.entries['']!.map((each) => run.node(each))) {
    if (entry.kind === 'eventBasedGateway') {
      const event = behind(run.model, entry).find((each) => each.id === id);
      if (event) return { element: id, go: () => startAtGateway(run, entry, event) };
    } else if (entry.id === id && beginsCase(entry)) {
      if (entry.parallelMultiple) return { element: id, go: () => startInParallel(run, entry, indexOfKey(key)) };
      return { element: id, go: () => startAt(run, entry) };
    }
  }
  return undefined;
}

/** An instantiating receive task has received what it waits for; a start event only lets the token go on. */
function startAt(run: Run, node: Node): void {
  if (node.kind !== 'receiveTask') return beginScope(run, '0', [node.id]);
  run.scope('0').live = 1;
  goOnFrom(run, node, '0', {});
}

/** The gateway's event has happened. In parallel the case waits for all others as well (BPMN 2.0.2 §10.6.6). */
function startAtGateway(run: Run, gateway: Node, event: Node): void {
  const others = gateway.instantiate === 'parallel' ? behind(run.model, gateway).filter((node) => node !== event) : [];
  run.scope('0').live = 1 + others.length;
  const taken = gateway.outgoing.filter(
    (flow) => gateway.instantiate === 'parallel' || run.model.flows[flow]!.target === event.id,
  );
  run.event('element.completed', gateway.id, undefined, { flows: taken });
  goOnFrom(run, event, '0', {});
  for (const node of others) run.push({ do: 'arrive', node, scope: '0', flow: null });
}

/** One of the messages has come; the case waits at its start event for the others. */
function startInParallel(run: Run, start: Node, index: number): void {
  run.scope('0').live = 1;
  const token = beginWaiting(run, start, '0', 'event');
  happenedInParallel(run, token, start, armedKey(start, index));
}
