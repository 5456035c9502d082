import type { CaseRow } from '../../engine/store/ports.ts';
import type { Node, NodeKind, ProcessGraph } from '../../engine/model/graph.ts';

/** Where a case stands: an element with tokens that wait there or that it holds. */
export interface RepairPlace {
  readonly element: string;
  readonly name: string;
  readonly kind: NodeKind;
  readonly tokens: number;
}

/** Where a case may be moved. */
export interface RepairTarget {
  readonly element: string;
  readonly name: string;
  readonly kind: NodeKind;
  /** Name of the sub-process around it. */
  readonly around: string | null;
}

/** The innermost places first name what people work on; a sub-process that is open comes after what is in it. */
export function standsAt(row: CaseRow, graph: ProcessGraph): RepairPlace[] {
  const tokens = new Map<string, number>();
  const add = (id: string, count: number) => tokens.set(id, (tokens.get(id) ?? 0) + count);
  for (const token of Object.values(row.state.tokens)) {
    const scope = row.state.scopes[token.scope]!;
    const isInstance = scope.kind === 'instance' && scope.node === token.node;
    const isStuck = token.incident?.phase === 'stuck';
    if (token.wait !== 'listener' && !isInstance && !isStuck) add(token.node, 1);
  }
  for (const { joins = {} } of Object.values(row.state.scopes)) {
    for (const [join, held] of Object.entries(joins)) {
      add(
        join,
        Object.values(held).reduce((sum, count) => sum + count, 0),
      );
    }
  }
  return [...tokens]
    .map(([id, count]) => ({ ...named(graph.nodes[id]!), tokens: count }))
    .sort((a, b) => Number(isOpen(a)) - Number(isOpen(b)));
}

/** Every element a token can be sent to by hand, in document order. */
export function repairTargets(graph: ProcessGraph): RepairTarget[] {
  const handlers = new Set(Object.values(graph.nodes).map(({ compensation }) => compensation));
  return Object.values(graph.nodes)
    .filter((node) => canArrive(graph, node) && !handlers.has(node.id))
    .map((node) => ({
      ...named(node),
      around: node.scope === '' ? null : graph.nodes[node.scope]!.name || node.scope,
    }));
}

function canArrive(graph: ProcessGraph, node: Node): boolean {
  if (node.kind === 'boundaryEvent' || node.triggeredByEvent) return false;
  for (let id = node.scope; id !== ''; id = graph.nodes[id]!.scope) {
    const around = graph.nodes[id]!;
    if (around.multi || around.loop || around.triggeredByEvent) return false;
  }
  return true;
}

function named({ id, name, kind }: Node) {
  return { element: id, name: name || id, kind };
}

function isOpen({ kind }: { kind: NodeKind }): boolean {
  return kind === 'subProcess' || kind === 'transaction' || kind === 'adHocSubProcess';
}
