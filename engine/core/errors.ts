import type { JsonObject } from '../kernel/json.ts';
import type { Node } from '../model/graph.ts';
import type { Token } from './state.ts';
import { Trouble, type Run } from './run.ts';
import { startsListening, triggerEventSubProcess } from './event-sub-process.ts';
import { cancelAll, cancelToken, ownerToken } from './scope.ts';
import { setVariables } from './variables.ts';

/**
 * Looks outwards from where the error was thrown for the nearest event sub-process or boundary event that catches the
 * code. It ends what its scope or activity contains and goes on from there (BPMN 2.0.2 §10.5.6). Where nobody does, a
 * called case ends and its caller goes on with the error; else
 * Trouble `error.uncaught`: the case waits for a person rather than ending silently.
 */
export function throwError(
  run: Run,
  from: { token?: Token; scope: string },
  code: string,
  message: string,
  variables: JsonObject = {},
): void {
  const caught = findCatcher(run, from, code);
  if (!caught && run.state.called) return raiseError(run, code, message, variables);
  if (!caught)
    throw new Trouble(
      'error.uncaught',
      `Expected an event to catch error '${code}', but none does${message ? `: ${message}` : ''}`,
    );
  const { event, scope, activity } = caught;
  run.event('error.thrown', event.id, activity?.id, { code, message });
  const named = event.trigger?.type === 'error' ? event.trigger.codeVariable : undefined;
  const brought = named ? { ...variables, [named]: code } : variables;
  if (!activity) return triggerEventSubProcess(run, scope, run.node(event.scope), brought);
  setVariables(run, scope, brought);
  cancelToken(run, activity);
  run.push({ do: 'leave', node: event, scope });
}

/** Nobody in this case catches the error: the case ends, and the call activity that waits for it throws it again. */
function raiseError(run: Run, code: string, message: string, variables: JsonObject): void {
  cancelAll(run);
  run.state.status = 'terminated';
  run.event('error.raised', undefined, undefined, { code, message });
  run.effects.push({ type: 'raise-error', code, message, variables });
  run.event('case.terminated');
}

/** The event that catches, and where it stands; `activity` only with a boundary event. */
interface Catcher {
  event: Node;
  scope: string;
  activity?: Token;
}

function findCatcher(run: Run, from: { token?: Token; scope: string }, code: string): Catcher | undefined {
  let holder = from.token;
  let scopeId = from.scope;
  for (;;) {
    if (holder) {
      const scope = run.state.scopes[holder.scope]!;
      // boundary events of a multi-instance activity sit on the body, not on each instance
      if (scope.kind === 'instance' && scope.node === holder.node) holder = ownerToken(run, scope)!;
      const boundary = catching(
        run.node(holder.node).boundary.map((id) => run.node(id)),
        code,
      );
      if (boundary) return { event: boundary, scope: holder.scope, activity: holder };
      scopeId = holder.scope;
    }
    const start = catching(startsListening(run, scopeId), code);
    if (start) return { event: start, scope: scopeId };
    holder = ownerToken(run, run.state.scopes[scopeId]!);
    if (!holder) return undefined;
  }
}

/** An event that names the code comes before one that takes every code. */
function catching(events: readonly Node[], code: string): Node | undefined {
  const errors = events.filter((event) => event.trigger?.type === 'error');
  const codeOf = (event: Node) => (event.trigger?.type === 'error' ? event.trigger.code : undefined);
  return errors.find((event) => codeOf(event) === code) ?? errors.find((event) => codeOf(event) === undefined);
}
