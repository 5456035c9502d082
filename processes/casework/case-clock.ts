import { phaseOf } from '../../engine/index.ts';
import { Rejection } from '../../engine/kernel/rejection.ts';
import { isJoint } from '../../engine/model/branches.ts';
import type { ProcessGraph } from '../../engine/model/graph.ts';
import type { CaseRow } from '../../engine/store/ports.ts';
import { may, type Permission, type Person } from '../directory/index.ts';

/** What may be done with the clock of a case, by the permission it needs. */
export type ClockAct = Permission & ('cases.hold' | 'cases.extend' | 'cases.extendJointly');

/** Working days by which one department may extend, and several that handle a case jointly (行政许可法 art. 42). */
const ALONE = 10;
const JOINTLY = 15;

/** The longest extension the law allows for a case of this process, in the unit of its limit. */
export function longestExtension(graph: ProcessGraph): number {
  return isJoint(graph) ? JOINTLY : ALONE;
}

/** Who approves an extension: the head of the department, or of the government where several handle the case (art. 42). */
export function extensionAct(graph: ProcessGraph): ClockAct {
  return longestExtension(graph) > ALONE ? 'cases.extendJointly' : 'cases.extend';
}

/** Handlers and supervisors stop a clock and let it run on; the extension is a supervisor's to approve. */
export function refuseClock(
  person: Person,
  row: Pick<CaseRow, 'id' | 'status' | 'calendarVersion' | 'clock'>,
  act: ClockAct,
): Rejection | undefined {
  if (!may(person, act))
    return new Rejection('forbidden', 'clock.not_yours', `Expected someone who may change the clock of '${row.id}'`, {
      case: row.id,
    });
  if (row.status !== 'active')
    return new Rejection('conflict', 'case.closed', `Expected an active case, but '${row.id}' is ${row.status}`, {
      case: row.id,
      status: row.status,
    });
  const phase = phaseOf(row);
  if (phase !== 'handling')
    return new Rejection('conflict', 'clock.not_in_handling', `Expected '${row.id}' to be accepted and undecided`, {
      case: row.id,
      phase,
    });
  if (row.calendarVersion === null)
    return new Rejection('conflict', 'clock.no_limit', 'Expected a case with a limit, but its process states none');
  return undefined;
}
