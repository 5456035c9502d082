import type { Remark } from '../core/index.ts';
import type { ProcessGraph } from '../model/graph.ts';
import { isLaterPhase, phaseOfNodes, planOf } from '../model/phase-of-nodes.ts';
import type { CaseRow } from '../store/ports.ts';
import { openSupplement } from '../time/index.ts';
import { earliestPhase } from './carried-past.ts';
import { phaseOf } from './due-terms.ts';

interface Moved {
  readonly graph: ProcessGraph;
  readonly before: CaseRow;
  readonly after: CaseRow;
  /** Elements at which the case would wait anew. */
  readonly reached: readonly string[];
}

/**
 * What a change by hand does to the clocks of a case: whether another one runs after it, which of the elements lie in a phase
 * that the clock does not follow to, and whether the applicant supplements. Empty where nothing of that changes.
 */
export function clockNotes({ graph, before, after, reached }: Moved): Remark[] {
  if (!before.clock?.phases || !after.clock?.phases || !graph.phases || after.state.status !== 'active') return [];
  const [was, is] = [phaseOf(before), phaseOf(after)];
  if (was === null) return [];
  if (is === null) return [{ code: 'clock_ends', element: '', was }];
  if (was !== is) return [{ code: 'clock_follows', element: '', was, is }, ...stays(is)];
  const [had, has] = [openSupplement(before.clock.phases), openSupplement(after.clock.phases)];
  if (!had === !has) return stays(is);
  return [{ code: has ? 'supplement_begins' : 'supplement_ends', element: '' }, ...stays(is)];

  function stays(now: NonNullable<typeof is>): Remark[] {
    const isTold = earliestPhase({ graph, state: before.state }) !== undefined;
    const phaseOfNode = phaseOfNodes(planOf(graph));
    return [...new Set(reached)].flatMap((id): Remark[] => {
      const element = graph.nodes[id]?.name || id;
      const phase = phaseOfNode({ id });
      if (phase === undefined) return isTold ? [{ code: 'phase_untold', element, was: now }] : [];
      return isLaterPhase(phase, now) ? [{ code: 'clock_stays', element, was: now, is: phase }] : [];
    });
  }
}
