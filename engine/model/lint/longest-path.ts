import { longestPath as longestPathOf } from '../longest-path.ts';
import type { ParsedNode } from '../parsed-model.ts';
import type { LintContext } from './rule.ts';
import { nextInPhase } from './phases.ts';

/** Seventh parts of a day add up to whole days again. */
export function rounded(amount: number): number {
  return Math.round(amount * 1_000) / 1_000;
}

/** Of the process that is looked at, along paths that pass no milestone: what is done in one phase. */
export function longestPath(context: LintContext, weigh: (node: ParsedNode) => number): number {
  const { nodes, byId, inside } = context;
  const plan = {
    nodes,
    // ids may be missing or double in a model that is only looked at
    inside: (scope: string) => (scope === '' || byId.has(scope) ? inside(scope) : []),
    next: (node: ParsedNode) => nextInPhase(context, node).map((id) => byId.get(id)!),
    begins: ({ type }: ParsedNode) => type === 'startEvent',
  };
  return rounded(longestPathOf(plan, weigh).sum);
}
