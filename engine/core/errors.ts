import type { JsonObject } from '../kernel/json.ts';
import type { Node } from '../model/graph.ts';
import type { Token } from './state.ts';
import { Trouble, type Run } from './run.ts';
import { cancelToken, ownerToken } from './scope.ts';
import { setVariables } from './variables.ts';

/**
 * Looks outwards from where the error was thrown for the nearest activity with a boundary event that catches the code,
 * cancels that activity with all it contains, and goes on from the boundary event (BPMN 2.0.2 §10.5.6).
 * Trouble `error.uncaught` when nobody catches it: the case waits for a person rather than ending silently.
 */
export function throwError(
  run: Run,
  from: { token?: Token; scope: string },
  code: string,
  message: string,
  variables: JsonObject = {},
): void {
  const caught = findCatcher(run, from, code);
  if (!caught)
    throw new Trouble(
      'error.uncaught',
      `Expected a boundary event to catch error '${code}', but none does${message ? `: ${message}` : ''}`,
    );
  const { activity, boundary } = caught;
  run.event('error.thrown', boundary.id, activity.id, { code, message });
  const { scope } = activity;
  const named = boundary.trigger?.type === 'error' ? boundary.trigger.codeVariable : undefined;
  setVariables(run, scope, named ? { ...variables, [named]: code } : variables);
  cancelToken(run, activity);
  run.push({ do: 'leave', node: boundary, scope });
}

function findCatcher(
  run: Run,
  from: { token?: Token; scope: string },
  code: string,
): { activity: Token; boundary: Node } | undefined {
  let holder = from.token;
  let scopeId = from.scope;
  for (;;) {
    if (holder) {
      const scope = run.state.scopes[holder.scope]!;
      // boundary events of a multi-instance activity sit on the body, not on each instance
      if (scope.kind === 'instance' && scope.node === holder.node) holder = ownerToken(run, scope)!;
      const boundary = catching(run, holder, code);
      if (boundary) return { activity: holder, boundary };
      scopeId = holder.scope;
    }
    holder = ownerToken(run, run.state.scopes[scopeId]!);
    if (!holder) return undefined;
  }
}

function catching(run: Run, token: Token, code: string): Node | undefined {
  const errors = run
    .node(token.node)
    .boundary.map((id) => run.node(id))
    .filter((event) => event.trigger?.type === 'error');
  const codeOf = (event: Node) => (event.trigger?.type === 'error' ? event.trigger.code : undefined);
  return errors.find((event) => codeOf(event) === code) ?? errors.find((event) => codeOf(event) === undefined);
}
