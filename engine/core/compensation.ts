import type { Node } from '../model/graph.ts';
import { triggersOf } from '../model/triggers-of.ts';
import { end } from './activity.ts';
import { startOf } from './event-sub-process.ts';
import type { Run } from './run.ts';
import type { Completed, Scope, Token } from './state.ts';

/** An activity has ended whose compensation handler may be called for. Several instances remember each on its own. */
export function rememberActivity(run: Run, node: Node, scopeId: string): void {
  if (!node.compensation || node.multi || node.loop) return;
  remember(run, scopeId, { node: node.id });
}

/** One instance has ended: its handler sees the instance's own variables. */
export function rememberInstance(run: Run, node: Node, instance: Scope, bodyId: string): void {
  if (node.compensation) return remember(run, bodyId, { node: node.id, variables: instance.variables });
  for (const record of instance.compensable ?? []) {
    remember(run, bodyId, { ...record, variables: { ...instance.variables, ...record.variables } });
  }
}

/** All instances have ended: from now on they can be compensated. */
export function rememberBody(run: Run, body: Scope, scopeId: string): void {
  for (const record of body.compensable ?? []) remember(run, scopeId, record);
}

/**
 * A sub-process has ended. What it takes to compensate it is kept only where there is something to compensate: a handler
 * attached to it comes first; else its compensation event sub-process, or the handlers of what it did, see the variables it
 * had (BPMN 2.0.2 §10.7.1).
 */
export function rememberScope(run: Run, scope: Scope, owner: Token): void {
  const node = run.node(scope.node);
  const around = run.state.scopes[owner.scope]!;
  if (node.compensation || around.kind === 'compensation') return;
  if (!scope.compensable && !handlerOf(run, node)) return;
  remember(run, owner.scope, {
    node: node.id,
    ...(Object.keys(scope.variables).length > 0 && { variables: scope.variables }),
    ...(scope.compensable && { inner: scope.compensable }),
  });
}

function remember(run: Run, scopeId: string, record: Completed): void {
  (run.scope(scopeId).compensable ??= []).push(record);
}

/**
 * Takes what can be compensated from where `scopeId` is, oldest first: all that was done in that scope, or only one
 * activity. An event sub-process speaks for the scope it stands in as well.
 */
export function takeCompensable(run: Run, scopeId: string, activity?: string): Completed[] {
  const taken: Completed[] = [];
  for (let id: string | undefined = scopeId; id !== undefined;) {
    const { compensable, node, parent }: Scope = run.state.scopes[id]!;
    const chosen = (compensable ?? []).filter((record) => activity === undefined || record.node === activity);
    if (chosen.length > 0) {
      const scope = run.scope(id);
      const left = scope.compensable!.filter((record) => !chosen.includes(record));
      if (left.length > 0) scope.compensable = left;
      else delete scope.compensable;
      taken.unshift(...chosen);
    }
    id = run.model.nodes[node]?.triggeredByEvent ? parent : undefined;
  }
  return taken;
}

/**
 * A compensation event is thrown (BPMN 2.0.2 §10.7.2, §13.5.5): the handlers of what was completed run one after another,
 * last done first undone, each once. The token waits for them unless the event says otherwise. What is still under way, or
 * was never done, is left alone.
 */
export function throwCompensation(
  run: Run,
  node: Node,
  scopeId: string,
  { activity, wait }: { activity?: string; wait: boolean },
): void {
  const records = takeCompensable(run, scopeId, activity);
  run.event('compensation.thrown', node.id, undefined, { activities: records.map((record) => record.node).reverse() });
  if (records.length > 0) openCompensation(run, node, scopeId, { pending: records, ...(wait && { awaited: wait }) });
  if (records.length > 0 && wait) return;
  if (records.length > 0) run.scope(scopeId).live++;
  run.push({ do: 'leave', node, scope: scopeId });
}

/** A token of the scope waits at `node` while the compensation goes on; `awaited`: it leaves the node afterwards. */
export function openCompensation(
  run: Run,
  node: Node,
  scopeId: string,
  { pending, awaited }: { pending: Completed[]; awaited?: true },
): void {
  const scope = openScope(run, node, scopeId, { pending, ...(awaited && { awaited }) });
  compensateNext(run, scope.id);
}

function openScope(run: Run, node: Node, parent: string, more: Partial<Scope>): Scope {
  const token = run.newToken({ node: node.id, scope: parent, wait: 'scope', since: run.now });
  run.event('element.entered', node.id, token.id);
  return run.newScope({ parent, node: node.id, kind: 'compensation', owner: token.id, variables: {}, ...more });
}

function compensateNext(run: Run, scopeId: string): void {
  const scope = run.scope(scopeId);
  const record = scope.pending!.at(-1)!;
  scope.pending = scope.pending!.slice(0, -1);
  if (scope.pending.length === 0) delete scope.pending;
  scope.undoing = record;
  scope.live = 1;
  const node = run.node(record.node);
  const { variables, inner } = record;
  if (node.compensation) {
    const own = variables ? openScope(run, node, scopeId, { variables }) : scope;
    return run.push({ do: 'arrive', node: run.node(node.compensation), scope: own.id, flow: null });
  }
  const handler = handlerOf(run, node);
  if (!handler)
    return compensateNext(run, openScope(run, node, scopeId, { variables: variables ?? {}, pending: inner! }).id);
  const own = openScope(run, node, scopeId, { variables: variables ?? {}, ...(inner && { compensable: [...inner] }) });
  run.push({ do: 'activate', node: handler, scope: own.id });
}

/** A handler has ended: the next one, or the end of the compensation. */
export function compensationQuiet(run: Run, scope: Scope): void {
  if (scope.pending) return compensateNext(run, scope.id);
  delete run.state.scopes[scope.id];
  const token = run.token(scope.owner!);
  if (scope.awaited) return end(run, token);
  delete run.state.tokens[token.id];
  run.consume(token.scope);
}

/**
 * What compensations under way in a scope have not undone yet, oldest first; a handler that is cut off has not undone
 * anything. An event sub-process compensates for the scope it stands in.
 */
export function leftToUndo(run: Run, scopeId: string): Completed[] {
  return childrenOf(run, scopeId).flatMap((scope) => {
    if (scope.kind === 'compensation') return leftIn(run, scope);
    return run.node(scope.node).triggeredByEvent ? leftToUndo(run, scope.id) : [];
  });
}

function leftIn(run: Run, scope: Scope): Completed[] {
  const { pending = [], undoing, live } = scope;
  return [...pending, ...(undoing && live > 0 ? leftOf(run, scope, undoing) : [])];
}

function leftOf(run: Run, scope: Scope, record: Completed): Completed[] {
  const node = run.node(record.node);
  const own = childrenOf(run, scope.id).find(({ kind }) => kind === 'compensation');
  if (node.compensation) return record.variables && !own?.live ? [] : [record];
  if (!own) return [];
  if (handlerOf(run, node)) {
    const inner = [...leftToUndo(run, own.id), ...(own.compensable ?? [])];
    const { inner: _, ...rest } = record;
    return own.live > 0 ? [{ ...rest, ...(inner.length > 0 && { inner }) }] : [];
  }
  const inner = leftIn(run, own);
  return inner.length > 0 ? [{ ...record, inner }] : [];
}

function childrenOf(run: Run, scopeId: string): Scope[] {
  return Object.values(run.state.scopes).filter(({ parent }) => parent === scopeId);
}

function handlerOf(run: Run, node: Node): Node | undefined {
  return run.model.eventSubProcesses[node.id]
    ?.map((id) => run.node(id))
    .find((inner) => triggersOf(startOf(run, inner)).some(({ type }) => type === 'compensate'));
}
