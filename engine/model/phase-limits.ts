import { ACCEPTANCE_LIMIT, DELIVERY_LIMIT } from '../time/phase-law.ts';
import { compileLimits } from './limits.ts';
import type { Limit, PhaseLimit, PhaseLimits } from './graph.ts';
import type { ParsedLimits, ParsedProcess } from './parsed-model.ts';

/** The limits of the acceptance review and of delivery: the model's, else the law's. Undefined without milestones. */
export function phaseLimits({
  nodes,
  flows,
  acceptance,
  delivery,
}: Pick<ParsedProcess, 'nodes' | 'flows' | 'acceptance' | 'delivery'>): PhaseLimits | undefined {
  const named = new Set([...nodes, ...flows].flatMap(({ milestone }) => milestone ?? []));
  if (named.size === 0) return undefined;
  return Object.freeze({
    ...(named.has('accepted') && { acceptance: stated(acceptance, ACCEPTANCE_LIMIT) }),
    delivery: stated(delivery, DELIVERY_LIMIT),
  });
}

function stated(limits: ParsedLimits = {}, law: Limit): PhaseLimit {
  return Object.freeze({ limit: law, ...compileLimits(limits) });
}
