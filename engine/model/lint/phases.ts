import { handlersIn, type Handlers } from '../handlers.ts';
import type { ParsedNode } from '../parsed-model.ts';
import { phaseOfNodes as phasesAlong, type PhaseName, type PhasePlan } from '../phase-of-nodes.ts';
import type { LintContext } from './rule.ts';
import { nextNodes } from './walk.ts';

export type { PhaseName };

export const PHASE_WORDS = {
  acceptance: { zh: '受理审查', en: 'the acceptance review' },
  handling: { zh: '办理', en: 'the handling' },
  delivery: { zh: '送达', en: 'the delivery' },
} as const;

/** The phase in which an element comes first; undefined where it never comes, or no path tells. */
export function phaseOfNodes(context: LintContext): (node: ParsedNode) => PhaseName | undefined {
  return phasesAlong(planOf(context));
}

/** Who handles cases of the model. */
export function handlersOf(context: LintContext): Handlers {
  return handlersIn(planOf(context));
}

function planOf(context: LintContext): PhasePlan<ParsedNode> {
  return { ...context, joins: ({ type }) => type === 'parallelGateway' };
}

/** Where a token may go next within one phase. */
export function nextInPhase(context: LintContext, node: ParsedNode): string[] {
  const ways = context.outgoing(node.id);
  const past = node.milestone === undefined ? ways.filter(({ milestone }) => milestone !== undefined) : ways;
  const next = nextNodes(context, node);
  return past.length === 0 ? next : next.filter((id) => !past.some(({ target }) => target === id));
}
