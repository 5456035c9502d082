import type { ParsedNode } from '../parsed-model.ts';
import type { LintContext } from './rule.ts';
import { nextNodes } from './walk.ts';

/**
 * The largest sum of weights from a start to an end when no loop is taken twice: flows that lead back are left out. A
 * sub-process weighs what it says itself, or else its own longest path.
 */
export function longestPath(context: LintContext, weigh: (node: ParsedNode) => number): number {
  const { nodes, byId, inside } = context;
  const weights = new Map<string, number>();
  const pathOf = (scope: string): number => {
    const best = new Map<string, number>();
    let longest = 0;
    for (const node of leavesFirst(context, inside(scope))) {
      const after = nextNodes(context, node).map((id) => best.get(id) ?? 0);
      const sum = (weights.get(node.id) ?? weigh(node)) + after.reduce((most, next) => Math.max(most, next), 0);
      best.set(node.id, sum);
      longest = Math.max(longest, sum);
    }
    return longest;
  };
  // inner sub-processes stand after outer ones in the document
  for (const node of nodes.toReversed()) {
    if (inside(node.id).length > 0 && byId.has(node.id)) weights.set(node.id, weigh(node) || pathOf(node.id));
  }
  return pathOf('');
}

/** Depth-first post-order without recursion: what a node leads to comes before it, back edges excepted. */
function leavesFirst(context: LintContext, nodes: readonly ParsedNode[]): ParsedNode[] {
  const seen = new Set<string>();
  const order: ParsedNode[] = [];
  for (const root of [...nodes].sort((a, b) => rank(a) - rank(b))) {
    const path = seen.has(root.id) ? [] : [{ node: root, next: nextNodes(context, root) }];
    seen.add(root.id);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const id = top.next.pop();
      if (id === undefined) {
        order.push(path.pop()!.node);
      } else if (!seen.has(id)) {
        seen.add(id);
        const node = context.byId.get(id)!;
        path.push({ node, next: nextNodes(context, node) });
      }
    }
  }
  return order;
}

function rank(node: ParsedNode): number {
  return node.type === 'startEvent' ? 0 : 1;
}
