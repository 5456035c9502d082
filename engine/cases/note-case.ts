import type { Actor, CaseNote, CommandOptions, NoteCase } from '../engine.ts';
import type { CaseRow } from '../store/ports.ts';
import { act } from './act.ts';
import type { CaseDeps } from './deps.ts';

/**
 * Puts something on record with a case, open or closed, that changes nothing of how it runs: events, its annex, documents,
 * all in one write. `decide` refuses or says what; it is asked again after a conflict. `case.not_found`, `job.lease_lost`
 */
export async function noteCase(
  deps: CaseDeps,
  { caseId, fence, decide }: NoteCase,
  actor: Actor,
  options?: CommandOptions<CaseRow>,
): Promise<CaseRow> {
  return act(deps, {
    caseId,
    actor,
    decide: async (row, graph) => decisionOf(row, await decide(row, graph)),
    result: (commit) => commit.case,
    ...(fence && { fence }),
    ...(options && { options }),
  });
}

function decisionOf({ state }: CaseRow, { events, annex, documents }: CaseNote) {
  return {
    state,
    events,
    effects: [],
    ...(annex && { change: { row: { annex }, lapsed: [] } }),
    ...(documents && { documents: [...documents] }),
  };
}
