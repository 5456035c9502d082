import type { JsonObject } from '../kernel/json.ts';
import { findCatcher } from './catchers.ts';
import { triggerEventSubProcess } from './event-sub-process.ts';
import { Trouble, type Run } from './run.ts';
import { cancelAll, cancelToken } from './scope.ts';
import type { Token } from './state.ts';
import { goOnFrom } from './take-event.ts';

/**
 * Throws an error: what catches it ends all that its scope or activity contains and goes on from there
 * (BPMN 2.0.2 §10.5.6). `variables` are what the error brings. Where nobody catches it, a called case ends and its caller
 * goes on with the error; else
 * Trouble `error.uncaught`: the case waits for a person rather than ending silently.
 */
export function throwError(
  run: Run,
  from: { token?: Token; scope: string },
  code: string,
  message: string,
  variables: JsonObject = {},
): void {
  const caught = findCatcher(run, from, 'error', code);
  if (!caught && run.state.called) return raiseError(run, code, message, variables);
  if (!caught) throw uncaught(code, message);
  const { event, trigger, scope, activity } = caught;
  run.event('error.thrown', event.id, activity?.id, { code, message });
  const brought: JsonObject = { ...variables };
  if (trigger.codeVariable !== undefined) brought[trigger.codeVariable] = code;
  if (trigger.messageVariable !== undefined) brought[trigger.messageVariable] = message;
  if (!activity) return triggerEventSubProcess(run, scope, run.node(event.scope), brought);
  cancelToken(run, activity);
  goOnFrom(run, event, scope, brought);
}

/** Trouble `error.uncaught` where an error thrown in this scope would find nobody. */
export function refuseUncaught(run: Run, scope: string, code: string, message: string): void {
  if (!run.state.called && !findCatcher(run, { scope }, 'error', code)) throw uncaught(code, message);
}

function uncaught(code: string, message: string): Trouble {
  return new Trouble(
    'error.uncaught',
    `Expected an event to catch error '${code}', but none does${message ? `: ${message}` : ''}`,
  );
}

/** Nobody in this case catches the error: the case ends, and the call activity that waits for it throws it again. */
function raiseError(run: Run, code: string, message: string, variables: JsonObject): void {
  cancelAll(run);
  run.state.status = 'terminated';
  run.event('error.raised', undefined, undefined, { code, message });
  run.effects.push({ type: 'raise-error', code, message, variables });
  run.event('case.terminated');
}
