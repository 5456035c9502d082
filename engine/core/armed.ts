import type { JsonObject } from '../kernel/json.ts';
import { parseCycle, parseDuration, parseTimerDate } from '../time/index.ts';
import type { Node, Trigger } from '../model/graph.ts';
import type { Armed, Token } from './state.ts';
import { Trouble, type Run } from './run.ts';

/**
 * What a token has to arm at a node: the node's own timer or message, and those of its boundary events. Evaluated
 * before anything is written, so that a bad date leaves nothing half armed.
 */
export function prepareArmed(
  run: Run,
  node: Node,
  variables: JsonObject,
  which: { own: boolean; boundary: boolean },
): Record<string, Armed> | undefined {
  let armed: Record<string, Armed> | undefined;
  const events = which.boundary ? node.boundary.map((id) => run.node(id)) : [];
  for (const event of which.own ? [node, ...events] : events) {
    const made = event.trigger && prepare(run, event.trigger, variables);
    if (made) (armed ??= {})[event.id] = made;
  }
  return armed;
}

function prepare(run: Run, trigger: Trigger, variables: JsonObject): Armed | undefined {
  if (trigger.type === 'timer') return prepareTimer(run, trigger, variables);
  if (trigger.type !== 'message') return undefined;
  if (!trigger.key) return { type: 'message', name: trigger.name, key: null };
  const key = run.evaluate(trigger.key, variables).value;
  if (typeof key !== 'string' && typeof key !== 'number') {
    throw new Trouble(
      'message.bad_key',
      `Expected ${trigger.key.text} to give a text or number, but it gave ${JSON.stringify(key)}`,
    );
  }
  return { type: 'message', name: trigger.name, key: String(key) };
}

function prepareTimer(run: Run, trigger: Trigger & { type: 'timer' }, variables: JsonObject): Armed {
  const text = run.evaluate(trigger.value, variables).value;
  const bad = () =>
    new Trouble(
      'timer.bad_value',
      `Expected an ISO 8601 ${trigger.kind}, but '${trigger.value.text}' gave ${JSON.stringify(text)}`,
    );
  if (typeof text !== 'string') throw bad();
  if (trigger.kind === 'date') {
    const dueAt = parseTimerDate(text);
    if (dueAt === undefined) throw bad();
    return { type: 'timer', dueAt };
  }
  if (trigger.kind === 'duration') {
    const duration = parseDuration(text);
    if (!duration) throw bad();
    return { type: 'timer', dueAt: duration.addTo(run.now) };
  }
  const cycle = parseCycle(text);
  if (!cycle) throw bad();
  const dueAt = cycle.start ?? cycle.every.addTo(run.now);
  const left = cycle.times === null ? null : cycle.times - 1;
  return { type: 'timer', dueAt, repeat: { every: cycle.every.text, left } };
}

/** Tells the outside what a new token waits for. */
export function announceArmed(run: Run, token: Token): void {
  if (!token.armed) return;
  for (const [event, armed] of Object.entries(token.armed)) announce(run, token, event, armed);
}

function announce(run: Run, token: Token, event: string, armed: Armed): void {
  if (armed.type === 'timer') {
    run.effects.push({ type: 'arm-timer', token: token.id, event, dueAt: armed.dueAt });
    run.event('timer.armed', event, token.id, { dueAt: armed.dueAt });
  } else {
    run.effects.push({ type: 'subscribe', token: token.id, event, name: armed.name, key: armed.key });
    run.event('message.awaited', event, token.id, { name: armed.name, key: armed.key });
  }
}

/** Takes back what a token waited for. */
export function disarmAll(run: Run, token: Token): void {
  if (!token.armed) return;
  for (const [event, armed] of Object.entries(token.armed)) disarm(run, token.id, event, armed);
}

function disarm(run: Run, token: string, event: string, armed: Armed): void {
  if (armed.type === 'timer') run.effects.push({ type: 'disarm-timer', token, event, dueAt: armed.dueAt });
  else run.effects.push({ type: 'unsubscribe', token, event });
}

/** A non-interrupting event happened: a cycle is armed again, counted from its due time so that it does not drift. */
export function rearm(run: Run, token: Token, event: string): void {
  const armed = token.armed![event]!;
  if (armed.type === 'message') return;
  const { repeat } = armed;
  if (!repeat || repeat.left === 0) {
    disarm(run, token.id, event, armed);
    delete token.armed![event];
    return;
  }
  const every = parseDuration(repeat.every)!;
  disarm(run, token.id, event, armed);
  const again: Armed = {
    type: 'timer',
    dueAt: every.addTo(armed.dueAt),
    repeat: { every: repeat.every, left: repeat.left === null ? null : repeat.left - 1 },
  };
  token.armed![event] = again;
  announce(run, token, event, again);
}
