import type { Operation } from '../core/index.ts';
import type { ModificationPreview } from '../engine.ts';
import { clockNotes } from './clock-notes.ts';
import type { CaseDeps } from './deps.ts';
import { passMilestones } from './pass-milestones.ts';
import { getCase } from './read-case.ts';
import { takeStep } from './take-step.ts';

/** What a modification would do, without doing it; refused as the modification itself would be. */
export async function previewModification(
  deps: CaseDeps,
  { caseId, operations }: { caseId: string; operations: readonly Operation[] },
): Promise<ModificationPreview> {
  const row = await getCase(deps, caseId);
  const graph = await deps.graphOf(row.definitionId);
  const command = { type: 'modify', operations, reason: '' } as const;
  const step = await takeStep(graph, { row, state: row.state }, command, deps);
  const { state, events } = step;
  const passed = passMilestones(row, graph, step, { calendar: deps.calendar, now: deps.clock.now() });
  const cancelled = events.filter(({ type }) => type === 'element.cancelled').map(({ node }) => node!);
  const reached = Object.values(state.tokens)
    .filter(({ id, wait }) => !row.state.tokens[id] && wait !== 'listener')
    .map(({ node }) => node);
  return {
    rev: row.rev,
    cancelled: counted(cancelled),
    reached: counted(reached),
    incidents: Object.values(state.tokens).filter(({ id, incident }) => incident && !row.state.tokens[id]?.incident)
      .length,
    ends: state.status !== 'active',
    notes: clockNotes({ graph, before: row, after: { ...row, ...passed.change?.row, state }, reached }),
  };

  function counted(elements: readonly string[]): ModificationPreview['cancelled'] {
    const counts = new Map<string, number>();
    for (const element of elements) counts.set(element, (counts.get(element) ?? 0) + 1);
    return [...counts].map(([element, count]) => ({ element, name: graph.nodes[element]?.name || element, count }));
  }
}
