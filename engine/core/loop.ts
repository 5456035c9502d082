import type { Node, StandardLoop } from '../model/graph.ts';
import type { JsonObject } from '../kernel/json.ts';
import { end } from './activity.ts';
import { announceArmed, prepareArmed } from './armed.ts';
import { rememberBody, rememberInstance } from './compensation.ts';
import { Trouble, type Run } from './run.ts';
import { cancelScopes } from './scope.ts';
import type { Scope } from './state.ts';
import { visibleVariables } from './variables.ts';

/** What a stated maximum may add to the budget of one step. */
const MAX_EXTRA = 10_000;

/**
 * A standard loop repeats its activity, one iteration after another (BPMN 2.0.2 §13.3.6). `loopCounter` is 1 in the first
 * iteration; the condition sees how many there were, so 0 before the first. Boundary events belong to the whole loop.
 */
export function openLoop(run: Run, node: Node, scopeId: string): void {
  const loop = node.loop!;
  const variables = visibleVariables(run, scopeId);
  if (loop.testBefore && !goesOn(run, loop, { ...variables, loopCounter: 0 }, 0)) {
    run.push({ do: 'leave', node, scope: scopeId });
    return;
  }
  const armed = prepareArmed(run, node, variables, { own: false, boundary: true });
  const token = run.newToken({ node: node.id, scope: scopeId, wait: 'scope', since: run.now, ...(armed && { armed }) });
  const body = run.newScope({ parent: scopeId, node: node.id, kind: 'loop', owner: token.id, variables: {} });
  run.event('element.entered', node.id, token.id);
  announceArmed(run, token);
  if (loop.maximum !== undefined) run.allow(Math.min(loop.maximum, MAX_EXTRA) * 2);
  startIteration(run, node, body, 1);
}

/** One iteration has ended: begin the next, or end the loop. */
export function iterationCompleted(run: Run, node: Node, instanceId: string): void {
  const instance = run.state.scopes[instanceId]!;
  const { index, parent } = instance;
  const again = goesOn(run, node.loop!, visibleVariables(run, instanceId), index!);
  rememberInstance(run, node, instance, parent!);
  delete run.state.scopes[instanceId];
  run.quiet.delete(instanceId);
  const body = run.scope(parent!);
  if (again) return startIteration(run, node, body, index! + 1);
  const token = run.token(body.owner!);
  rememberBody(run, body, token.scope);
  cancelScopes(run, [body.id]);
  end(run, token);
}

function startIteration(run: Run, node: Node, body: Scope, index: number): void {
  const variables = { loopCounter: index };
  const instance = run.newScope({ parent: body.id, node: node.id, kind: 'instance', variables, index });
  run.push({ do: 'activate', node, scope: instance.id });
}

function goesOn(run: Run, loop: StandardLoop, variables: JsonObject, done: number): boolean {
  if (loop.maximum !== undefined && done >= loop.maximum) return false;
  if (!loop.condition) return true;
  const { value } = run.evaluate(loop.condition, variables);
  if (typeof value === 'boolean') return value;
  throw new Trouble(
    'condition.not_boolean',
    `Expected '${loop.condition.text}' to be true or false, but it gave ${JSON.stringify(value)}`,
  );
}
