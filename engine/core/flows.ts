import type { JsonObject } from '../kernel/json.ts';
import type { Flow, Node } from '../model/graph.ts';
import { Trouble, type Run } from './run.ts';
import { visibleVariables } from './variables.ts';

/**
 * The token of a finished element goes on: to every outgoing flow of a parallel gateway, the first true one of an
 * exclusive gateway, each true one elsewhere, else the default flow (BPMN 2.0.2 §13.4), as often as its
 * completionQuantity says. Without outgoing flows it ends. `seen`: what conditions see besides the variables.
 */
export function takeFlows(run: Run, node: Node, scopeId: string, seen?: JsonObject): void {
  sendTokens(run, node, scopeId, chooseFlows(run, node, visibleVariables(run, scopeId, seen)));
}

/** One live token of the scope becomes one on each of these flows. */
export function sendTokens(run: Run, node: Node, scopeId: string, taken: readonly Flow[]): void {
  run.event('element.completed', node.id, undefined, { flows: taken.map((flow) => flow.id) });
  if (taken.length === 0) {
    run.consume(scopeId);
    return;
  }
  const copies = node.completionQuantity ?? 1;
  if (taken.length * copies > 1) run.scope(scopeId).live += taken.length * copies - 1;
  for (const flow of taken) {
    for (let copy = 0; copy < copies; copy++) {
      run.push({ do: 'arrive', node: run.node(flow.target), scope: scopeId, flow: flow.id });
    }
  }
}

/** Which flows a token takes out of a node. Trouble `gateway.no_flow_taken`, `condition.not_boolean` */
function chooseFlows(run: Run, node: Node, variables: JsonObject): Flow[] {
  const flows = node.outgoing.map((id) => run.model.flows[id]!);
  if (flows.length < 2 && !flows[0]?.condition) return flows;
  if (node.kind === 'parallelGateway' || flows.every((flow) => !flow.condition && flow.id !== node.defaultFlow)) {
    return node.kind === 'exclusiveGateway' ? flows.slice(0, 1) : flows;
  }
  const taken: Flow[] = [];
  for (const flow of flows) {
    if (flow.id === node.defaultFlow || !isTrue(run, flow, variables)) continue;
    taken.push(flow);
    if (node.kind === 'exclusiveGateway') break;
  }
  if (taken.length > 0) return taken;
  if (node.defaultFlow !== undefined) return [run.model.flows[node.defaultFlow]!];
  throw new Trouble(
    'gateway.no_flow_taken',
    `Expected a condition after '${node.id}' to be true, but none is and there is no default flow`,
  );
}

/** Trouble `condition.not_boolean` where the condition is neither true nor false. */
export function isTrue(run: Run, flow: Flow, variables: JsonObject): boolean {
  if (!flow.condition) return true;
  const { value, warnings } = run.evaluate(flow.condition, variables);
  if (typeof value === 'boolean') return value;
  // a null would send the case down the default flow without anybody having decided so
  throw new Trouble(
    'condition.not_boolean',
    `Expected '${flow.condition.text}' to be true or false, but it gave ${JSON.stringify(value)}${warnings.length ? ` (${warnings.join('; ')})` : ''}`,
  );
}
