import type { JsonValue } from '../kernel/json.ts';
import { triggersOf } from '../model/triggers-of.ts';
import { eventOfKey, indexOfKey } from './armed-key.ts';
import { failToken } from './incidents.ts';
import { Trouble, type Run } from './run.ts';
import type { Armed } from './state.ts';
import { takeEvent } from './take-event.ts';
import { visibleVariables } from './variables.ts';

/**
 * Judges the conditions that are armed (BPMN 2.0.2 §10.5.5): each once when it is armed, then whenever a variable it reads
 * was set. The event happens when its condition becomes true; to happen again it has to become false in between.
 */
export function judgeConditions(run: Run): void {
  if (run.newConditions.length === 0 && (run.changed.size === 0 || !run.state.conditions)) {
    if (run.changed.size > 0) run.changed.clear();
    return;
  }
  const due = run.newConditions.splice(0);
  for (const token of Object.keys(run.state.conditions ?? {})) {
    for (const [key, armed] of Object.entries(run.state.tokens[token]?.armed ?? {})) {
      const reads = armed.type === 'condition' && conditionOf(run, key).names;
      if (reads && reads.some((name) => run.changed.has(name))) due.push({ token, key });
    }
  }
  run.changed.clear();
  for (const { token, key } of due) judge(run, token, key);
}

function judge(run: Run, id: string, key: string): void {
  const armed = run.state.tokens[id]?.armed?.[key];
  // what happened before may have ended this one
  if (armed?.type !== 'condition' || armed.done) return;
  const isTrue = holds(run, id, key);
  if (isTrue === undefined || isTrue === armed.was) return;
  (run.token(id).armed![key] as Extract<Armed, { type: 'condition' }>) = { ...armed, was: isTrue };
  if (!isTrue) return;
  run.event('condition.met', eventOfKey(key), id);
  takeEvent(run, id, key, {});
}

/** Anything but true does not hold: a variable may not be there yet. Undefined where it cannot be said. */
function holds(run: Run, id: string, key: string): boolean | undefined {
  const token = run.state.tokens[id]!;
  try {
    const value: JsonValue = run.evaluate(
      conditionOf(run, key),
      visibleVariables(run, token.scope, token.locals),
    ).value;
    return value === true;
  } catch (trouble) {
    if (!(trouble instanceof Trouble)) throw trouble;
    const { code, message } = trouble;
    // an activity goes on though an event beside it cannot tell; a token that waits for nothing else needs a person
    if (eventOfKey(key) === token.node && token.wait === 'condition')
      failToken(run, run.token(id), { code, message, phase: 'condition' });
    else run.event('condition.failed', eventOfKey(key), id, { message });
    return undefined;
  }
}

function conditionOf(run: Run, key: string) {
  const trigger = triggersOf(run.node(eventOfKey(key)))[indexOfKey(key)];
  if (trigger?.type !== 'conditional') throw new Error(`Expected a conditional event, but '${key}' is none`);
  return trigger.condition;
}
