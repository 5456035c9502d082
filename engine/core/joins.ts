import type { Node } from '../model/graph.ts';
import { resetComplex } from './complex-gateway.ts';
import type { Run } from './run.ts';
import type { Scope } from './state.ts';

/**
 * Holds a token at a join until the join may fire. True: the join fires now (one token goes on).
 * Parallel: one token on each incoming flow (BPMN 2.0.2 §13.4.1). Inclusive: decided when the step is otherwise quiet.
 */
export function arriveAtJoin(run: Run, node: Node, scopeId: string, flow: string): boolean {
  const scope = run.scope(scopeId);
  const held = ((scope.joins ??= {})[node.id] ??= {});
  held[flow] = (held[flow] ?? 0) + 1;
  if (node.kind === 'parallelGateway' && node.incoming.every((id) => (held[id] ?? 0) > 0)) {
    release(run, node, scopeId);
    return true;
  }
  run.consume(scopeId);
  return false;
}

/** Holds a token before an activity until as many are there as its startQuantity says, then sends one in for all of them. */
export function collectTokens(run: Run, node: Node, scopeId: string, flow: string): void {
  const scope = run.scope(scopeId);
  const joins = (scope.joins ??= {});
  const held = (joins[node.id] ??= {});
  held[flow] = (held[flow] ?? 0) + 1;
  const there = Object.values(held).reduce((sum, count) => sum + count, 0);
  if (there < node.startQuantity!) return run.consume(scopeId);
  delete joins[node.id];
  if (Object.keys(joins).length === 0) delete scope.joins;
  run.push({ do: 'arrive', node, scope: scopeId, flow: null });
}

/** Takes one token from each incoming flow that holds some. */
function release(run: Run, node: Node, scopeId: string): void {
  const scope = run.scope(scopeId);
  const held = scope.joins![node.id]!;
  for (const flow of Object.keys(held)) if (--held[flow]! === 0) delete held[flow];
  if (Object.keys(held).length === 0) delete scope.joins![node.id];
  if (Object.keys(scope.joins!).length === 0) delete scope.joins;
}

/**
 * Resets one complex gateway, or fires one inclusive join that no token can still reach by an empty flow (BPMN 2.0.2 §13.4.3): a token blocks it when it
 * can reach an empty incoming flow, and none that holds a token, without passing the join.
 */
export function fireJoin(run: Run): boolean {
  for (const id of run.touched) {
    const scope = run.state.scopes[id];
    if (scope && fireIn(run, scope)) return true;
    // asked again when something in it changes
    run.touched.delete(id);
  }
  return false;
}

function fireIn(run: Run, scope: Scope): boolean {
  if (scope.fired && resetComplex(run, scope.id)) return true;
  if (!scope.joins) return false;
  for (const gateway of Object.keys(scope.joins)) {
    const node = run.node(gateway);
    if (node.kind !== 'inclusiveGateway' || isAwaited(run, node, scope.id)) continue;
    release(run, node, scope.id);
    run.scope(scope.id).live++;
    run.quiet.delete(scope.id);
    run.push({ do: 'activate', node, scope: scope.id });
    return true;
  }
  return false;
}

function isAwaited(run: Run, join: Node, scopeId: string): boolean {
  const held = run.state.scopes[scopeId]!.joins![join.id]!;
  return isReachable(run, join, scopeId, {
    empty: join.incoming.filter((flow) => !held[flow]),
    filled: join.incoming.filter((flow) => held[flow]),
  });
}

/** True where a token of the scope can still reach one of the empty flows, and none of the filled ones. */
export function isReachable(
  run: Run,
  join: Node,
  scopeId: string,
  { empty, filled }: { empty: readonly string[]; filled: readonly string[] },
): boolean {
  const scope = run.state.scopes[scopeId]!;
  const upstream = run.model.upstream[join.id]!;
  const blocks = (position: string) =>
    empty.some((flow) => upstream[flow]!.has(position)) && !filled.some((flow) => upstream[flow]!.has(position));
  for (const gateway of Object.keys(scope.joins ?? {})) if (gateway !== join.id && blocks(gateway)) return true;
  for (const token of Object.values(run.state.tokens)) if (token.scope === scopeId && blocks(token.node)) return true;
  return false;
}
