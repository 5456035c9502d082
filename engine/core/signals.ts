import type { JsonObject } from '../kernel/json.ts';
import { eventOfKey } from './armed-key.ts';
import type { Run } from './run.ts';
import { takeEvent } from './take-event.ts';

/**
 * Broadcasts a signal (BPMN 2.0.2 §10.5.5): everything in this case that waits for it is reached at once, other cases and
 * start events through the outside. `variables` are what the signal carries.
 */
export function throwSignal(run: Run, node: string, name: string, variables: JsonObject): void {
  run.event('signal.thrown', node, undefined, { name });
  run.effects.push({ type: 'broadcast-signal', name, variables });
  deliverSignal(run, name, variables);
}

/** Reaches whatever waits for the signal now, oldest first; answers how many events caught it. */
export function deliverSignal(run: Run, name: string, variables: JsonObject): number {
  let caught = 0;
  for (const { token, key } of waitingFor(run, name)) {
    // what caught the signal before may have ended this one
    if (!run.state.tokens[token]?.armed?.[key]) continue;
    run.event('signal.caught', eventOfKey(key), token, { name });
    takeEvent(run, token, key, variables);
    caught++;
  }
  return caught;
}

function waitingFor(run: Run, name: string): { token: string; key: string }[] {
  const found: { token: string; key: string }[] = [];
  for (const token of Object.values(run.state.tokens)) {
    for (const [key, armed] of Object.entries(token.armed ?? {}))
      if (armed.type === 'signal' && !armed.done && armed.name === name) found.push({ token: token.id, key });
  }
  return found;
}
