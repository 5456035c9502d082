import type { Actor, CommandOptions, ModifyCase } from '../engine.ts';
import type { CaseRow } from '../store/ports.ts';
import { act } from './act.ts';
import { decideByStep } from './command.ts';
import type { CaseDeps } from './deps.ts';
import { checkedReason, refuseMovedOn } from './reason.ts';

/**
 * Moves, adds and cancels tokens of a running case, all or nothing, with the reason on record (`case.modified`).
 * `case.closed`, `case.moved_on`, `case.reason_missing`, `case.reason_too_long`, and `modification.*` with the element
 * and what was expected.
 */
export async function modifyCase(
  deps: CaseDeps,
  modify: ModifyCase,
  actor: Actor,
  options?: CommandOptions<CaseRow>,
): Promise<CaseRow> {
  const { caseId, operations, expectedRev } = modify;
  const reason = checkedReason(modify.reason);
  return act(deps, {
    caseId,
    actor,
    decide: (row, graph) => {
      refuseMovedOn(row, expectedRev);
      return decideByStep(row, graph, { type: 'modify', operations, reason }, deps);
    },
    result: (commit) => commit.case,
    ...(options && { options }),
  });
}
