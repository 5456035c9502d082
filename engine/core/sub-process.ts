import type { JsonObject } from '../kernel/json.ts';
import type { Node } from '../model/graph.ts';
import { beginWaiting } from './activity.ts';
import { openListeners, prepareListeners } from './event-sub-process.ts';
import type { Run } from './run.ts';
import type { Scope } from './state.ts';
import { visibleVariables } from './variables.ts';

/**
 * Opens the scope of a sub-process, with these variables of its own, and sends a token to where it begins
 * (BPMN 2.0.2 §13.3.4). Its event sub-processes listen from now on.
 */
export function openSubProcess(run: Run, node: Node, scopeId: string, variables: JsonObject): void {
  const scope = openSubProcessScope(run, node, scopeId, variables);
  beginScope(run, scope.id, run.model.entries[node.id]!);
}

/** The scope alone, with one live token, which the caller sends on its way. */
export function openSubProcessScope(run: Run, node: Node, scopeId: string, variables: JsonObject): Scope {
  const listeners = prepareListeners(run, node.id, visibleVariables(run, scopeId, variables));
  const owner = beginWaiting(run, node, scopeId, 'scope');
  const scope = run.newScope({ parent: scopeId, node: node.id, kind: 'subProcess', owner: owner.id, variables });
  openListeners(run, scope.id, listeners);
  return scope;
}

/** One token for each place where a scope begins. */
export function beginScope(run: Run, scopeId: string, entries: readonly string[]): void {
  run.scope(scopeId).live = entries.length;
  for (const id of entries) run.push({ do: 'arrive', node: run.node(id), scope: scopeId, flow: null });
}
