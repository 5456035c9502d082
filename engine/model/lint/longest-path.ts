import { longestPath as longestPathOf } from '../longest-path.ts';
import type { ParsedNode } from '../parsed-model.ts';
import { timesInARow } from '../times-in-a-row.ts';
import type { LintContext } from './rule.ts';
import { nextInPhase } from './phases.ts';
import { nextNodes } from './walk.ts';

/** Seventh parts of a day add up to whole days again. */
export function rounded(amount: number): number {
  return Math.round(amount * 1_000) / 1_000;
}

/** Of the process that is looked at, along paths that pass no milestone: what is done in one phase. */
export function longestPath(context: LintContext, weigh: (node: ParsedNode) => number): number {
  return longest(context, nextInPhase, weigh);
}

/** Through all phases: of a process that is called. */
export function longestPathThrough(context: LintContext, weigh: (node: ParsedNode) => number): number {
  return longest(context, nextNodes, weigh);
}

function longest(
  context: LintContext,
  nextOf: (context: LintContext, node: ParsedNode) => readonly string[],
  weigh: (node: ParsedNode) => number,
): number {
  const { nodes, byId, inside } = context;
  const plan = {
    nodes,
    // ids may be missing or double in a model that is only looked at
    inside: (scope: string) => (scope === '' || byId.has(scope) ? inside(scope) : []),
    next: (node: ParsedNode) => nextOf(context, node).map((id) => byId.get(id)!),
    begins: ({ type }: ParsedNode) => type === 'startEvent',
    times: ({ loop }: ParsedNode) => timesInARow(loop),
  };
  return rounded(longestPathOf(plan, weigh).sum);
}
