import type { JsonObject } from '../kernel/json.ts';
import type { Node, Trigger } from '../model/graph.ts';
import { triggersOf } from '../model/triggers-of.ts';
import { armedKey, eventOfKey } from './armed-key.ts';
import type { Run } from './run.ts';
import type { Armed, Token } from './state.ts';
import { prepareMessage } from './triggers/message.ts';
import { nameOf } from './triggers/name.ts';
import type { ArmedAt } from './triggers/clock-timer.ts';
import { nextOfCycle, prepareTimer } from './triggers/timer.ts';

/**
 * What a token has to arm at a node: the node's own triggers, and those of its boundary events. Evaluated before anything
 * is written, so that a bad date leaves nothing half armed.
 */
export function prepareArmed(
  run: Run,
  node: Node,
  variables: JsonObject,
  which: { own: boolean; boundary: boolean },
): Record<string, Armed> | undefined {
  const events = which.boundary ? node.boundary.map((id) => run.node(id)) : [];
  return prepareEvents(run, which.own ? [node, ...events] : events, variables, { node: node.id, since: run.now });
}

/** The same for any events: those behind an event-based gateway, or those that a scope listens to. */
export function prepareEvents(
  run: Run,
  events: readonly Node[],
  variables: JsonObject,
  at: ArmedAt,
): Record<string, Armed> | undefined {
  let armed: Record<string, Armed> | undefined;
  for (const event of events) {
    triggersOf(event).forEach((trigger, index) => {
      const made = prepare(run, trigger, variables, at);
      if (made) (armed ??= {})[armedKey(event, index)] = made;
    });
  }
  return armed;
}

/** Undefined for what is not waited for but caught when it is thrown: errors, escalations. */
function prepare(run: Run, trigger: Trigger, variables: JsonObject, at: ArmedAt): Armed | undefined {
  switch (trigger.type) {
    case 'timer':
      return prepareTimer(run, trigger, variables, at);
    case 'message':
      return prepareMessage(run, trigger, variables);
    case 'signal':
      return { type: 'signal', name: nameOf(run, trigger, variables) };
    case 'conditional':
      return { type: 'condition', was: false };
    default:
      return undefined;
  }
}

/** Tells the outside what a new token waits for. */
export function announceArmed(run: Run, token: Token): void {
  for (const [key, armed] of Object.entries(token.armed ?? {})) announce(run, token.id, key, armed);
}

export function announce(run: Run, token: string, key: string, armed: Armed): void {
  if (armed.done) return;
  const event = eventOfKey(key);
  switch (armed.type) {
    case 'timer':
      if (armed.dueAt !== null) run.effects.push({ type: 'arm-timer', token, event: key, dueAt: armed.dueAt });
      return run.event('timer.armed', event, token, { dueAt: armed.dueAt });
    case 'message': {
      const { name, key: correlation } = armed;
      run.effects.push({ type: 'subscribe', token, event: key, kind: 'message', name, key: correlation });
      return run.event('message.awaited', event, token, { name, key: correlation });
    }
    case 'signal':
      run.effects.push({ type: 'subscribe', token, event: key, kind: 'signal', name: armed.name, key: null });
      return run.event('signal.awaited', event, token, { name: armed.name });
    case 'condition':
      run.watchCondition(token, key);
      return run.event('condition.awaited', event, token);
  }
}

/** Takes back all that a token waited for. */
export function disarmAll(run: Run, token: Token): void {
  for (const [key, armed] of Object.entries(token.armed ?? {})) disarm(run, token.id, key, armed);
  if (run.state.conditions?.[token.id]) run.unwatchConditions(token.id);
}

/** Takes back what is left of one event's triggers. */
export function disarmEvent(run: Run, token: Token, event: Node): void {
  for (const key of keysOf(event)) {
    const armed = token.armed?.[key];
    if (!armed) continue;
    disarm(run, token.id, key, armed);
    delete token.armed![key];
  }
  const watched = Object.values(token.armed ?? {}).some(({ type }) => type === 'condition');
  if (!watched && run.state.conditions?.[token.id]) run.unwatchConditions(token.id);
}

export function disarm(run: Run, token: string, key: string, armed: Armed): void {
  if (armed.done) return;
  if (armed.type === 'timer') {
    if (armed.dueAt !== null) run.effects.push({ type: 'disarm-timer', token, event: key, dueAt: armed.dueAt });
  } else if (armed.type !== 'condition') run.effects.push({ type: 'unsubscribe', token, event: key });
}

/**
 * One of the triggers of a parallel multiple event has happened: it is put aside until all have. True: this was the last
 * (BPMN 2.0.2 §10.5.5).
 */
export function happenedInParallel(run: Run, token: Token, event: Node, key: string): boolean {
  const armed = token.armed![key]!;
  disarm(run, token.id, key, armed);
  token.armed![key] = { ...armed, done: true };
  return keysOf(event).every((each) => token.armed![each]?.done);
}

/** A non-interrupting event happened: a cycle is armed for its next time, other timers are gone, the rest goes on. */
export function rearm(run: Run, token: Token, event: Node, key: string): void {
  if (event.parallelMultiple) return rearmInParallel(run, token, event);
  const armed = token.armed![key]!;
  if (armed.type !== 'timer') return;
  disarm(run, token.id, key, armed);
  const again = nextOfCycle(run, armed, token);
  if (again) armAgain(run, token, key, again);
  else delete token.armed![key];
}

/** All of the event's triggers are awaited again, unless one of them is a time that does not come again. */
function rearmInParallel(run: Run, token: Token, event: Node): void {
  const again = keysOf(event).map((key) => {
    const armed = token.armed![key]!;
    if (armed.type === 'timer') return nextOfCycle(run, armed, token);
    const { done: _, ...fresh } = armed;
    return fresh;
  });
  if (again.some((armed) => !armed)) return disarmEvent(run, token, event);
  keysOf(event).forEach((key, index) => armAgain(run, token, key, again[index]!));
}

function armAgain(run: Run, token: Token, key: string, armed: Armed): void {
  token.armed![key] = armed;
  announce(run, token.id, key, armed);
}

function keysOf(event: Node): string[] {
  return triggersOf(event).map((_, index) => armedKey(event, index));
}
