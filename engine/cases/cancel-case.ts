import type { Actor, CommandOptions } from '../engine.ts';
import { Rejection } from '../kernel/rejection.ts';
import type { CaseRow } from '../store/ports.ts';
import { act } from './act.ts';
import { decideByStep } from './command.ts';
import type { CaseDeps } from './deps.ts';

/** Ends a case before its end, with the reason on record. `case.closed`, `case.reason_missing` */
export async function cancelCase(
  deps: CaseDeps,
  cancel: { caseId: string; reason: string },
  actor: Actor,
  options?: CommandOptions<CaseRow>,
): Promise<CaseRow> {
  const { caseId, reason } = cancel;
  if (reason.trim() === '') throw new Rejection('invalid', 'case.reason_missing', 'Expected a reason, but it is empty');
  return act(deps, {
    caseId,
    actor,
    decide: (row, graph) => decideByStep(row, graph, { type: 'cancel', reason }, deps),
    result: (commit) => commit.case,
    ...(options && { options }),
  });
}
