import type { Flow, Node } from '../model/graph.ts';
import { chooseFlows, isTrue, sendTokens } from './flows.ts';
import { parkWork } from './incidents.ts';
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
  const taken = activated(run, node, scopeId, held);
  hold(run, node, scopeId, held);
  run.consume(scopeId);
  if (taken) fire(run, node, scopeId, held, taken);
}

/** Resets one complex gateway that has nothing more to wait for; one that is left with enough tokens fires again. */
export function resetComplex(run: Run, scopeId: string): boolean {
  const { fired } = run.state.scopes[scopeId]!;
  for (const id of Object.keys(fired ?? {})) {
    const node = run.node(id);
    const held = run.state.scopes[scopeId]!.joins?.[id] ?? {};
    const rest = node.incoming.filter((flow) => !fired![id]!.includes(flow));
    const [filled, empty] = [rest.filter((flow) => held[flow]), rest.filter((flow) => !held[flow])];
    if (isReachable(run, node, scopeId, { empty, filled })) continue;
    reset(run, node, scopeId, held, filled);
    return true;
  }
  return false;
}

function reset(run: Run, node: Node, scopeId: string, held: Record<string, number>, used: readonly string[]): void {
  const left = without(held, used);
  hold(run, node, scopeId, left);
  const scope = run.scope(scopeId);
  const { [node.id]: _, ...others } = scope.fired!;
  if (Object.keys(others).length > 0) scope.fired = others;
  else delete scope.fired;
  attempt(run, node, scopeId, () => {
    const count = used.length;
    const variables = visibleVariables(run, scopeId, { activationCount: count, waitingForStart: false });
    const taken = node.outgoing
      .map((id) => run.model.flows[id]!)
      .filter((flow) => flow.condition && flow.id !== node.defaultFlow && isTrue(run, flow, variables));
    if (taken.length > 0) send(run, node, scopeId, taken);
    const again = Object.keys(left).length > 0 ? activated(run, node, scopeId, left) : undefined;
    if (again) fire(run, node, scopeId, left, again);
  });
}

/** Nothing arrives in a reset that could be parked: the trouble gets a token of its own. */
function attempt(run: Run, node: Node, scopeId: string, work: () => void): void {
  try {
    work();
  } catch (trouble) {
    if (!(trouble instanceof Trouble)) throw trouble;
    enliven(run, scopeId);
    parkWork(run, { do: 'leave', node, scope: scopeId }, trouble);
  }
}

/** The flows to take where the gateway starts now. */
function activated(run: Run, node: Node, scopeId: string, held: Record<string, number>): Flow[] | undefined {
  if (run.state.scopes[scopeId]!.fired?.[node.id]) return undefined;
  const more = { activationCount: Object.keys(held).length, waitingForStart: true };
  const variables = visibleVariables(run, scopeId, more);
  const { value } = run.evaluate(node.activation!, variables);
  if (typeof value !== 'boolean') {
    throw new Trouble(
      'condition.not_boolean',
      `Expected '${node.activation!.text}' to be true or false, but it gave ${JSON.stringify(value)}`,
    );
  }
  return value ? chooseFlows(run, node, variables) : undefined;
}

function fire(run: Run, node: Node, scopeId: string, held: Record<string, number>, taken: Flow[]): void {
  const used = Object.keys(held);
  hold(run, node, scopeId, without(held, used));
  const scope = run.scope(scopeId);
  scope.fired = { ...scope.fired, [node.id]: used };
  send(run, node, scopeId, taken);
}

function send(run: Run, node: Node, scopeId: string, taken: readonly Flow[]): void {
  enliven(run, scopeId);
  sendTokens(run, node, scopeId, taken);
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
