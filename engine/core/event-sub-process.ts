import type { JsonObject } from '../kernel/json.ts';
import type { Node } from '../model/graph.ts';
import { announceArmed, disarmAll, prepareArmed, rearm } from './armed.ts';
import { eventOfKey } from './armed-key.ts';
import { leftToUndo } from './compensation.ts';
import type { Run } from './run.ts';
import { clearScope } from './scope.ts';
import type { Armed, Token } from './state.ts';
import { setVariables, visibleVariables } from './variables.ts';

/** An event sub-process and what its start event waits for. */
export interface Listener {
  readonly node: string;
  readonly armed: Record<string, Armed>;
}

/** The start event that triggers an event sub-process. */
export function startOf(run: Run, eventSubProcess: Node): Node {
  return run.node(run.model.entries[eventSubProcess.id]![0]!);
}

/** What the event sub-processes of a scope will listen for. Evaluated before the scope opens: a bad date opens nothing. */
export function prepareListeners(run: Run, scopeNode: string, variables: JsonObject): Listener[] {
  const listeners: Listener[] = [];
  for (const node of run.model.eventSubProcesses[scopeNode] ?? []) {
    const start = startOf(run, run.node(node));
    const armed = prepareArmed(run, start, variables, { own: true, boundary: false });
    if (armed) listeners.push({ node, armed });
  }
  return listeners;
}

export function openListeners(run: Run, scopeId: string, listeners: readonly Listener[]): void {
  for (const { node, armed } of listeners) {
    const token = run.newToken({ node, scope: scopeId, wait: 'listener', since: run.now, armed });
    const scope = run.scope(scopeId);
    scope.listeners = [...(scope.listeners ?? []), token.id];
    announceArmed(run, token);
  }
}

/** The scope ends: nobody listens any more. */
export function closeListeners(run: Run, scopeId: string): void {
  for (const id of run.state.scopes[scopeId]!.listeners ?? []) closeListener(run, run.token(id));
}

function closeListener(run: Run, token: Token): void {
  disarmAll(run, token);
  delete run.state.tokens[token.id];
  const scope = run.scope(token.scope);
  const left = scope.listeners!.filter((id) => id !== token.id);
  if (left.length > 0) scope.listeners = left;
  else delete scope.listeners;
}

/** The start event that a listener waits for has happened. One that does not interrupt goes on listening. */
export function takeStart(run: Run, listener: Token, key: string, variables: JsonObject): void {
  const { scope } = listener;
  const start = run.node(eventOfKey(key));
  if (start.interrupting === false) {
    rearm(run, listener, start, key);
    if (Object.keys(listener.armed!).length === 0) closeListener(run, listener);
  }
  triggerEventSubProcess(run, scope, run.node(listener.node), variables);
}

/** Start events that may take what is thrown inside a scope: those of its event sub-processes, until one interrupted it. */
export function startsListening(run: Run, scopeId: string): Node[] {
  const { kind, node, interrupted } = run.state.scopes[scopeId]!;
  if (interrupted || (kind !== 'process' && kind !== 'subProcess')) return [];
  return (run.model.eventSubProcesses[node] ?? []).map((id) => startOf(run, run.node(id)));
}

/**
 * Begins an event sub-process (BPMN 2.0.2 §13.5.4). An interrupting one first ends all that goes on in the scope, and what
 * the event brought belongs to that scope, as with a boundary event; others run beside it, any number at once, so each
 * keeps it to itself. The scope lives as long as one of them does.
 */
export function triggerEventSubProcess(run: Run, scopeId: string, node: Node, variables: JsonObject): void {
  const interrupting = startOf(run, node).interrupting !== false;
  if (interrupting) {
    // what it does may be to undo all
    const left = leftToUndo(run, scopeId);
    clearScope(run, scopeId);
    const scope = run.scope(scopeId);
    if (left.length > 0) scope.compensable = [...left, ...(scope.compensable ?? [])];
    scope.interrupted = true;
    // nothing more is chosen in an ad-hoc sub-process
    if (scope.adHoc) scope.adHoc = { ending: true };
    run.quiet.delete(scopeId);
    setVariables(run, scopeId, variables);
  }
  run.scope(scopeId).live++;
  const own = !interrupting && Object.keys(variables).length > 0;
  run.push({ do: 'activate', node, scope: scopeId, ...(own && { variables }) });
}

/** An interrupting event sub-process was taken out by a person: the scope is as before it, and listens again. */
export function listenAgain(run: Run, scopeId: string): void {
  const { interrupted, cancelling, node, adHoc } = run.state.scopes[scopeId]!;
  if (cancelling) return;
  const stillRuns = (id: string) => {
    const token = run.state.tokens[id]!;
    return token.scope === scopeId && token.wait !== 'listener' && run.node(token.node).triggeredByEvent;
  };
  if (!interrupted || Object.keys(run.state.tokens).some(stillRuns)) return;
  const listeners = prepareListeners(run, node, visibleVariables(run, scopeId));
  delete run.scope(scopeId).interrupted;
  if (adHoc) run.scope(scopeId).adHoc = {};
  openListeners(run, scopeId, listeners);
}
