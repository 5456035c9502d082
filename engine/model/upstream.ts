import type { Flow, Node, ProcessGraph } from './graph.ts';
import { NodeSet } from './node-set.ts';

/**
 * For each inclusive or complex join (more than one incoming flow) and each of its incoming flows: the nodes from which a token can
 * still reach that flow without passing the join (BPMN 2.0.2 §13.4.3). Boundary events follow the activity they are
 * attached to. Flows never leave a scope, so neither do the sets.
 *
 * A set is made when it is first asked for: most cases never wait at most joins, and all of them at once would cost
 * joins × nodes.
 */
export function upstreamOf(
  nodes: Readonly<Record<string, Node>>,
  flows: Readonly<Record<string, Flow>>,
): ProcessGraph['upstream'] {
  let numbered: Numbered | undefined;
  const reach = (flow: Flow): NodeSet => {
    const { ids, numbers, predecessors } = (numbered ??= numberNodes(nodes, flows));
    const join = numbers.get(flow.target)!;
    const found = new Set<number>();
    const open = [numbers.get(flow.source)!];
    for (let number = open.pop(); number !== undefined; number = open.pop()) {
      if (number === join || found.has(number)) continue;
      found.add(number);
      open.push(...predecessors[number]!);
    }
    return new NodeSet(ids, numbers, found);
  };

  const upstream: Record<string, Readonly<Record<string, ReadonlySet<string>>>> = Object.create(null) as never;
  for (const node of Object.values(nodes)) {
    const joins = node.kind === 'inclusiveGateway' || node.kind === 'complexGateway';
    if (!joins || node.incoming.length < 2) continue;
    const sets: Record<string, ReadonlySet<string>> = Object.create(null) as never;
    for (const id of node.incoming) {
      let set: NodeSet | undefined;
      Object.defineProperty(sets, id, { enumerable: true, get: () => (set ??= reach(flows[id]!)) });
    }
    upstream[node.id] = Object.freeze(sets);
  }
  return Object.freeze(upstream);
}

interface Numbered {
  readonly ids: readonly string[];
  readonly numbers: ReadonlyMap<string, number>;
  readonly predecessors: readonly (readonly number[])[];
}

function numberNodes(nodes: Readonly<Record<string, Node>>, flows: Readonly<Record<string, Flow>>): Numbered {
  const ids = Object.keys(nodes);
  const numbers = new Map(ids.map((id, number) => [id, number]));
  const predecessors = ids.map((id) => {
    const node = nodes[id]!;
    const sources = node.incoming.map((flow) => numbers.get(flows[flow]!.source)!);
    return node.attachedTo === undefined ? sources : [...sources, numbers.get(node.attachedTo)!];
  });
  return { ids, numbers, predecessors };
}
