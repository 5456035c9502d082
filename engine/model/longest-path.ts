/** A plan as far as paths matter; what stands in a sub-process is a plan inside its node. */
export interface Plan<N extends { readonly id: string }> {
  readonly nodes: readonly N[];
  /** Nodes directly inside a sub-process; '' is the process. */
  inside(scope: string): readonly N[];
  /** Where a token at a node may go next, boundary events included. */
  next(node: N): readonly N[];
  begins(node: N): boolean;
  /** How often a node, with all that is inside, is done one after the other. */
  times(node: N): number;
}

export interface Path<N> {
  readonly sum: number;
  /** In order, with those inside sub-processes in place of these. */
  readonly nodes: readonly N[];
}

/** A node, and the best way on from it. */
interface Step<N> {
  readonly node: N;
  readonly sum: number;
  readonly then: Step<N> | undefined;
}

/**
 * The path with the largest sum of weights from a start to an end when no loop is taken twice: flows that lead back are left
 * out. A sub-process weighs what it says itself, or else its own longest path.
 */
export function longestPath<N extends { readonly id: string }>(plan: Plan<N>, weigh: (node: N) => number): Path<N> {
  const inner = new Map<string, Path<N>>();
  const pathOf = (scope: string): Path<N> => {
    const best = new Map<string, Step<N>>();
    let longest: Step<N> | undefined;
    for (const node of leavesFirst(plan, plan.inside(scope))) {
      const then = largest(plan.next(node).map(({ id }) => best.get(id)));
      const own = (inner.get(node.id)?.sum ?? weigh(node)) * plan.times(node);
      const step = { node, sum: own + (then?.sum ?? 0), then };
      best.set(node.id, step);
      // what comes before without adding to it is a part of it
      if (!longest || step.sum > longest.sum || (step.sum === longest.sum && plan.begins(node))) longest = step;
    }
    return { sum: longest?.sum ?? 0, nodes: stepsOf(longest).flatMap(({ node }) => inner.get(node.id)?.nodes ?? node) };
  };
  // inner sub-processes stand after outer ones in the document
  for (const node of plan.nodes.toReversed()) {
    if (plan.inside(node.id).length > 0 && !weigh(node)) inner.set(node.id, pathOf(node.id));
  }
  return pathOf('');
}

function largest<N>(steps: readonly (Step<N> | undefined)[]): Step<N> | undefined {
  return steps.reduce((most, step) => (step && step.sum > (most?.sum ?? -1) ? step : most), undefined);
}

function stepsOf<N>(first: Step<N> | undefined): Step<N>[] {
  const steps: Step<N>[] = [];
  for (let step = first; step; step = step.then) steps.push(step);
  return steps;
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
