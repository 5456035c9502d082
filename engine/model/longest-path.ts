/** A plan as far as paths matter; what stands in a sub-process is a plan inside its node. */
export interface Plan<N extends { readonly id: string }> {
  readonly nodes: readonly N[];
  /** Nodes directly inside a sub-process; '' is the process. */
  inside(scope: string): readonly N[];
  /** Where a token at a node may go next, boundary events included. */
  next(node: N): readonly N[];
  begins(node: N): boolean;
}

/**
 * The largest sum of weights from a start to an end when no loop is taken twice: flows that lead back are left out. A
 * sub-process weighs what it says itself, or else its own longest path.
 */
export function longestPath<N extends { readonly id: string }>(plan: Plan<N>, weigh: (node: N) => number): number {
  const weights = new Map<string, number>();
  const pathOf = (scope: string): number => {
    const best = new Map<string, number>();
    let longest = 0;
    for (const node of leavesFirst(plan, plan.inside(scope))) {
      const after = plan.next(node).map(({ id }) => best.get(id) ?? 0);
      const sum = (weights.get(node.id) ?? weigh(node)) + after.reduce((most, next) => Math.max(most, next), 0);
      best.set(node.id, sum);
      longest = Math.max(longest, sum);
    }
    return longest;
  };
  // inner sub-processes stand after outer ones in the document
  for (const node of plan.nodes.toReversed()) {
    if (plan.inside(node.id).length > 0) weights.set(node.id, weigh(node) || pathOf(node.id));
  }
  return pathOf('');
}

/** Depth-first post-order without recursion: what a node leads to comes before it, back edges excepted. */
function leavesFirst<N extends { readonly id: string }>(plan: Plan<N>, nodes: readonly N[]): N[] {
  const seen = new Set<string>();
  const order: N[] = [];
  const rank = (node: N): number => (plan.begins(node) ? 0 : 1);
  for (const root of [...nodes].sort((a, b) => rank(a) - rank(b))) {
    const path = seen.has(root.id) ? [] : [{ node: root, next: [...plan.next(root)] }];
    seen.add(root.id);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const node = top.next.pop();
      if (node === undefined) {
        order.push(path.pop()!.node);
      } else if (!seen.has(node.id)) {
        seen.add(node.id);
        path.push({ node, next: [...plan.next(node)] });
      }
    }
  }
  return order;
}
