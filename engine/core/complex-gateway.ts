import type { JsonObject } from '../kernel/json.ts';
import type { Node } from '../model/graph.ts';
import { isTrue, sendTokens, takeFlows } from './flows.ts';
import { isReachable } from './joins.ts';
import { Trouble, type Run } from './run.ts';
import { visibleVariables } from './variables.ts';

/**
 * The complex gateway as a join (BPMN 2.0.2 §13.4.5). While it waits for its start, each arriving token lets it ask its
 * activation condition, in which `activationCount` is the number of incoming flows that hold a token. Once true, one token
 * of each of those flows is used up and the outgoing flows are chosen with `waitingForStart` = true. Then it waits until a
 * token is there on each other incoming flow that one can still reach, uses these up and resets: only flows with a
 * condition are asked then, with `waitingForStart` = false, and none need be taken.
 */
export function arriveAtComplex(run: Run, node: Node, scopeId: string, flow: string): void {
  const before = run.state.scopes[scopeId]!.joins?.[node.id] ?? {};
  const held = { ...before, [flow]: (before[flow] ?? 0) + 1 };
  // asked before anything is written: a condition that fails leaves the token where it came from
  const starts = isActivated(run, node, scopeId, held);
  hold(run, node, scopeId, held);
  run.consume(scopeId);
  if (!starts) return;
  const used = Object.keys(held);
  hold(run, node, scopeId, without(held, used));
  const scope = run.scope(scopeId);
  scope.fired = { ...scope.fired, [node.id]: used };
  begin(run, node, scopeId, { activationCount: used.length, waitingForStart: true });
}

/** Resets one complex gateway that has nothing more to wait for; one that is left with enough tokens starts again. */
export function resetComplex(run: Run, scopeId: string): boolean {
  const { fired } = run.state.scopes[scopeId]!;
  for (const id of Object.keys(fired ?? {})) {
    const node = run.node(id);
    const held = run.state.scopes[scopeId]!.joins?.[id] ?? {};
    const rest = node.incoming.filter((flow) => !fired![id]!.includes(flow));
    const [filled, empty] = [rest.filter((flow) => held[flow]), rest.filter((flow) => !held[flow])];
    if (isOccupied(run, node, scopeId) || isReachable(run, node, scopeId, { empty, filled })) continue;
    reset(run, node, scopeId, held, filled);
    return true;
  }
  return false;
}

/** The gateway has chosen its flows: by its conditions, or in a reset only those with a condition. */
export function leaveComplex(run: Run, node: Node, scopeId: string, seen: JsonObject | undefined): void {
  // with one way in it begins anew with each token
  if (seen?.waitingForStart !== false)
    return takeFlows(run, node, scopeId, seen ?? { activationCount: 1, waitingForStart: true });
  const variables = visibleVariables(run, scopeId, seen);
  const taken = conditional(run, node).filter((flow) => isTrue(run, flow, variables));
  if (taken.length > 0) sendTokens(run, node, scopeId, taken);
  else run.consume(scopeId);
}

function reset(run: Run, node: Node, scopeId: string, held: Record<string, number>, used: readonly string[]): void {
  const left = without(held, used);
  const scope = run.scope(scopeId);
  const { [node.id]: _, ...others } = scope.fired!;
  if (Object.keys(others).length > 0) scope.fired = others;
  else delete scope.fired;
  if (conditional(run, node).length > 0)
    begin(run, node, scopeId, { activationCount: used.length, waitingForStart: false });
  // one of those that are left asks the activation condition again, as if it came now
  const [again] = Object.keys(left);
  hold(run, node, scopeId, again === undefined ? left : without(left, [again]));
  if (again === undefined) return;
  enliven(run, scopeId);
  run.push({ do: 'arrive', node, scope: scopeId, flow: again });
}

/** A token stands in the gateway itself: its start, or a token that asked in vain, waits to go on. */
function isOccupied(run: Run, node: Node, scopeId: string): boolean {
  return Object.values(run.state.tokens).some(
    (token) => token.node === node.id && token.scope === scopeId && token.incident?.phase !== 'stuck',
  );
}

function isActivated(run: Run, node: Node, scopeId: string, held: Record<string, number>): boolean {
  if (run.state.scopes[scopeId]!.fired?.[node.id]) return false;
  const more = { activationCount: Object.keys(held).length, waitingForStart: true };
  const { value } = run.evaluate(node.activation!, visibleVariables(run, scopeId, more));
  if (typeof value === 'boolean') return value;
  throw new Trouble(
    'condition.not_boolean',
    `Expected '${node.activation!.text}' to be true or false, but it gave ${JSON.stringify(value)}`,
  );
}

function conditional(run: Run, node: Node) {
  return node.outgoing
    .map((id) => run.model.flows[id]!)
    .filter((flow) => flow.condition && flow.id !== node.defaultFlow);
}

function begin(run: Run, node: Node, scopeId: string, variables: JsonObject): void {
  enliven(run, scopeId);
  run.push({ do: 'activate', node, scope: scopeId, variables });
}

function enliven(run: Run, scopeId: string): void {
  run.scope(scopeId).live++;
  run.quiet.delete(scopeId);
}

function without(held: Record<string, number>, used: readonly string[]): Record<string, number> {
  const left = { ...held };
  for (const flow of used) if (--left[flow]! === 0) delete left[flow];
  return left;
}

function hold(run: Run, node: Node, scopeId: string, held: Record<string, number>): void {
  const scope = run.scope(scopeId);
  const { [node.id]: _, ...others } = scope.joins ?? {};
  const joins = Object.keys(held).length > 0 ? { ...others, [node.id]: held } : others;
  if (Object.keys(joins).length > 0) scope.joins = joins;
  else delete scope.joins;
}
