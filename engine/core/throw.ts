import type { Node } from '../model/graph.ts';
import { triggersOf } from '../model/triggers-of.ts';
import { localsOf } from './activity.ts';
import { throwCompensation } from './compensation.ts';
import { refuseUncaught, throwError } from './errors.ts';
import { throwEscalation } from './escalations.ts';
import type { Run } from './run.ts';
import { terminateScope } from './scope.ts';
import { throwSignal } from './signals.ts';
import { cancelTransaction } from './transaction.ts';
import { nameOf } from './triggers/name.ts';
import { visibleVariables } from './variables.ts';

/**
 * Does what a throw or end event does at once; its messages are sent by then (BPMN 2.0.2 §10.5.5, §13.5.6). The token
 * leaves first: what is thrown may end its scope, and the token with it.
 */
export function throwAll(run: Run, node: Node, scopeId: string): void {
  const carried = localsOf(run, node, scopeId) ?? {};
  const triggers = triggersOf(node);
  if (triggers.length === 0) return run.push({ do: 'leave', node, scope: scopeId });
  const ending = triggers.find(({ type }) => type === 'error' || type === 'terminate' || type === 'cancel');
  const signals = triggers.flatMap((trigger) =>
    trigger.type === 'signal' ? [nameOf(run, trigger, visibleVariables(run, scopeId, carried))] : [],
  );
  // refused before anything is thrown: taken up again, nothing is thrown twice
  if (ending?.type === 'error') refuseUncaught(run, scopeId, ending.code ?? '', node.name);
  const { interrupted } = run.state.scopes[scopeId]!;
  const goesOn = () => run.state.scopes[scopeId] && run.state.scopes[scopeId].interrupted === interrupted;
  const undoing = triggers.find((trigger) => trigger.type === 'compensate');
  if (undoing) throwCompensation(run, node, scopeId, undoing);
  else if (!ending) run.push({ do: 'leave', node, scope: scopeId });
  for (const trigger of triggers) {
    // what was thrown before may have ended the scope, or all that went on in it
    if (!goesOn()) return;
    if (trigger.type === 'signal') throwSignal(run, node.id, signals.shift()!, carried);
    if (trigger.type === 'escalation') throwEscalation(run, { scope: scopeId }, node.id, trigger.code ?? '', carried);
  }
  if (!ending || !goesOn()) return;
  if (ending.type === 'error') {
    throwError(run, { scope: scopeId }, ending.code ?? '', node.name, carried);
    return;
  }
  if (ending.type === 'cancel') return cancelTransaction(run, node, scopeId);
  run.event('element.completed', node.id, undefined, { flows: [] });
  terminateScope(run, scopeId);
}
