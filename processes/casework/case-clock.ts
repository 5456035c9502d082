import { phaseOf } from '../../engine/index.ts';
import { Rejection } from '../../engine/kernel/rejection.ts';
import type { ProcessGraph } from '../../engine/model/graph.ts';
import type { CaseRow } from '../../engine/store/ports.ts';
import { may, worksFor, type Directory, type Person } from '../directory/index.ts';
import { isHandledJointly } from './joint-handling.ts';

/** Working days by which one department may extend, and several that handle a case jointly (行政许可法 art. 42). */
const ALONE = 10;
const JOINTLY = 15;

type Row = Pick<CaseRow, 'id' | 'status' | 'department' | 'calendarVersion' | 'clock'>;

/** The longest extension the law allows for a case of this process, in the unit of its limit. */
export function longestExtension(graph: ProcessGraph, directory: Directory): number {
  return isHandledJointly(graph, directory) ? JOINTLY : ALONE;
}

/** The head of the lead department, or of the government where several departments handle the case (art. 42). */
function mayApprove(person: Person, { department }: Pick<Row, 'department'>, jointly: boolean): boolean {
  if (jointly) return may(person, 'cases.extendJointly');
  return may(person, 'cases.extend') && (department === null || worksFor(person, department));
}

/** Handlers and supervisors stop a clock that runs towards a limit. */
export function refuseHold(person: Person, row: Row): Rejection | undefined {
  return refuseResume(person, row) ?? refuseUnlimited(row);
}

/** They let it run on, also where the case was taken to a version without limits meanwhile. */
export function refuseResume(person: Person, row: Row): Rejection | undefined {
  if (!may(person, 'cases.hold'))
    return new Rejection('forbidden', 'clock.not_yours', `Expected someone who may stop the clock of '${row.id}'`, {
      case: row.id,
    });
  return refuseOutsideHandling(row);
}

/** An extension is approved by whom the law names; the refusal tells who that is. */
export function refuseExtension(
  person: Person,
  row: Row,
  graph: ProcessGraph,
  directory: Directory,
): Rejection | undefined {
  const jointly = isHandledJointly(graph, directory);
  if (mayApprove(person, row, jointly)) return refuseOutsideHandling(row) ?? refuseUnlimited(row);
  const approvers = directory.people.filter((each) => mayApprove(each, row, jointly));
  const code = jointly ? 'clock.government_head_approves' : 'clock.head_approves';
  return new Rejection(
    'forbidden',
    approvers.length === 0 ? 'clock.nobody_approves' : code,
    `Expected whom the law names to approve the extension of '${row.id}'`,
    { case: row.id, who: approvers.map(({ name, title }) => `${name}（${title}）`).join('、') },
  );
}

/** What keeps a clock from being held, let run on or extended, whoever asks. */
function refuseOutsideHandling(row: Row): Rejection | undefined {
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
  return undefined;
}

function refuseUnlimited({ calendarVersion }: Row): Rejection | undefined {
  if (calendarVersion !== null) return undefined;
  return new Rejection('conflict', 'clock.no_limit', 'Expected a case with a limit, but its process states none');
}
