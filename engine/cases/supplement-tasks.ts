import type { CaseState, Token } from '../core/index.ts';
import type { ProcessGraph } from '../model/graph.ts';
import type { CasePhases } from '../store/ports.ts';
import { endSupplement, openSupplement } from '../time/index.ts';
import type { NewEvent } from './history.ts';

/** What becomes of the phases of a case, and what of it goes on record. */
export interface NewPhases {
  readonly phases: CasePhases;
  readonly events: readonly NewEvent[];
}

/** Tokens that wait at tasks of the model in which the applicant supplements; not those that have not got in there yet. */
export function supplementTokens({ tokens }: CaseState, { nodes }: Pick<ProcessGraph, 'nodes'>): Token[] {
  return Object.values(tokens).filter(({ node, resume, incident }) => {
    const isOutside = resume === 'before' || incident?.phase === 'arrive' || incident?.phase === 'activate';
    return nodes[node]?.supplement && !isOutside;
  });
}

/**
 * The review stands still from when the applicant has such a task until none is left; `isLast` says so of one that ends. One
 * that is completed begins the review anew. It answers no notice: that names what it wants, and is answered by itself.
 */
export function followSupplement(
  phases: CasePhases,
  { type, node, token }: NewEvent,
  isLast: boolean,
  now: number,
): NewPhases {
  const open = openSupplement(phases);
  if (type === 'element.entered' && !open) return begin(phases, { id: token!, node: node! }, now);
  if (!isLast || open?.task === undefined || (type !== 'element.completed' && type !== 'element.cancelled'))
    return { phases, events: [] };
  return end(phases, type === 'element.completed', { node, ...(token !== undefined && { token }) }, now);
}

/**
 * The time of the applicant as it has to be while they have these tasks, also where the case came there other than by its
 * model: by another version, or as a notice was answered.
 */
export function settleSupplement(phases: CasePhases, waiting: readonly Token[], now: number): NewPhases {
  const open = openSupplement(phases);
  const [first] = waiting;
  if (!open) return first ? begin(phases, first, now) : { phases, events: [] };
  if (open.task === undefined || waiting.some(({ id }) => id === open.task)) return { phases, events: [] };
  if (!first) return end(phases, false, {}, now);
  const supplements = phases.supplements.map((each) => (each === open ? { ...open, task: first.id } : each));
  return { phases: { ...phases, supplements }, events: [] };
}

function begin(phases: CasePhases, { id, node }: Pick<Token, 'id' | 'node'>, now: number): NewPhases {
  if (phases.now !== 'acceptance') return { phases, events: [] };
  const again = phases.supplements.length > 0;
  const supplements = [...phases.supplements, { from: now, to: null, answered: false, defects: [], task: id }];
  return {
    phases: { ...phases, supplements },
    events: [{ type: 'supplement.noticed', node, token: id, data: { defects: [], ...(again && { again }) } }],
  };
}

function end(phases: CasePhases, answered: boolean, at: Pick<NewEvent, 'node' | 'token'>, now: number): NewPhases {
  const type = answered ? 'supplement.answered' : 'supplement.ended';
  return { phases: endSupplement(phases, now, answered), events: [{ type, ...at, data: {} }] };
}
