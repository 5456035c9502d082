import type { CaseState } from '../core/index.ts';
import type { Milestone, ProcessGraph } from '../model/graph.ts';
import { isLaterPhase, phaseOfNodes, planOf } from '../model/phase-of-nodes.ts';
import { PHASES, type Phase } from '../time/index.ts';

/** Where a case stands in a model. */
export interface Standpoint {
  readonly graph: ProcessGraph;
  readonly state: CaseState;
}

/**
 * The last milestone past which a case was taken without completing anything, by hand or to another version: where all that
 * waits in it lies behind that on every path. Undefined where something does not, or the models do not tell.
 */
export function carriedPast(from: Standpoint, to: Standpoint): Milestone | undefined {
  // taken to its first version with milestones it has passed them unseen, nobody knows when
  if (!from.graph.phases || !to.graph.phases) return undefined;
  const [was, is] = [earliestPhase(from), earliestPhase(to)];
  if (was === undefined || is === undefined || !isLaterPhase(is, was)) return undefined;
  if (is === 'delivery') return 'decided';
  return to.graph.phases.acceptance && 'accepted';
}

/** The earliest phase in which anything that waits in a case may come; undefined where the model does not tell for all. */
export function earliestPhase({ graph, state }: Standpoint): Phase | undefined {
  const phaseOf = phaseOfNodes(planOf(graph));
  const phases = new Set(placesOf(graph, state).map((id) => phaseOf({ id })));
  return phases.has(undefined) ? undefined : PHASES.find((phase) => phases.has(phase));
}

/** Elements at which something waits or is held. A sub-process waits in what is inside it; nothing has to be in an ad-hoc one. */
function placesOf({ nodes }: ProcessGraph, { tokens, scopes }: CaseState): string[] {
  const waiting = Object.values(tokens).filter(
    ({ node, wait }) => wait !== 'listener' && (wait !== 'scope' || nodes[node]?.kind === 'adHocSubProcess'),
  );
  return [...waiting.map(({ node }) => node), ...Object.values(scopes).flatMap(({ joins = {} }) => Object.keys(joins))];
}
