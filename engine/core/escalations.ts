import type { JsonObject } from '../kernel/json.ts';
import { findCatcher } from './catchers.ts';
import { triggerEventSubProcess } from './event-sub-process.ts';
import type { Run } from './run.ts';
import { cancelToken } from './scope.ts';
import type { Token } from './state.ts';
import { goOnFrom } from './take-event.ts';

/**
 * Throws an escalation (BPMN 2.0.2 §10.5.6): the nearest event that catches its code runs beside what it is attached to, or
 * interrupts it. Unlike an error, one that nobody catches changes nothing; the history keeps it, and a called case passes
 * it on to its caller.
 */
export function throwEscalation(
  run: Run,
  from: { token?: Token; scope: string },
  node: string,
  code: string,
  variables: JsonObject,
): void {
  const caught = findCatcher(run, from, 'escalation', code);
  run.event('escalation.thrown', node, undefined, { code, caughtBy: caught?.event.id ?? null });
  if (!caught && run.state.called) run.effects.push({ type: 'raise-escalation', code, variables });
  if (!caught) return;
  const { event, trigger, scope, activity } = caught;
  run.event('escalation.caught', event.id, activity?.id, { code });
  const brought = trigger.codeVariable === undefined ? variables : { ...variables, [trigger.codeVariable]: code };
  if (!activity) return triggerEventSubProcess(run, scope, run.node(event.scope), brought);
  if (event.interrupting === false) run.scope(scope).live++;
  else cancelToken(run, activity);
  goOnFrom(run, event, scope, brought);
}
