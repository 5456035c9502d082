import type { Node } from '../model/graph.ts';
import { triggersOf } from '../model/triggers-of.ts';
import { leftToUndo, openCompensation, takeCompensable } from './compensation.ts';
import type { Run } from './run.ts';
import { cancelToken, clearScope } from './scope.ts';
import type { Scope } from './state.ts';
import { goOnFrom } from './take-event.ts';

/**
 * A cancel end event (BPMN 2.0.2 §13.3.4, §10.3.5): all that goes on in its transaction ends at once, what was completed is
 * compensated, then the transaction is left by its cancel boundary event. What a compensation under way has not undone
 * yet is undone here.
 */
export function cancelTransaction(run: Run, node: Node, scopeId: string): void {
  run.event('element.completed', node.id, undefined, { flows: [] });
  const done = takeCompensable(run, scopeId);
  let id = scopeId;
  while (run.node(run.state.scopes[id]!.node).kind !== 'transaction') id = run.state.scopes[id]!.parent!;
  const records = [...leftToUndo(run, id), ...done];
  clearScope(run, id);
  const scope = run.scope(id);
  scope.interrupted = true;
  scope.cancelling = true;
  run.event('transaction.cancelled', scope.node, scope.owner);
  if (records.length === 0) {
    run.quiet.add(id);
    return;
  }
  scope.live = 1;
  run.quiet.delete(id);
  openCompensation(run, node, id, { pending: records });
}

/** All is compensated: on from the cancel boundary event. */
export function leaveCancelled(run: Run, scope: Scope): void {
  delete run.state.scopes[scope.id];
  const owner = run.token(scope.owner!);
  const boundary = run
    .node(owner.node)
    .boundary.find((id) => triggersOf(run.node(id)).some(({ type }) => type === 'cancel'))!;
  cancelToken(run, owner);
  goOnFrom(run, run.node(boundary), owner.scope, {});
}
