import { phaseOf, type CaseRow } from '../../../engine/index.ts';
import {
  getVersion,
  heldFor,
  refuseCancel,
  refuseRepair,
  type DiagramPlace,
} from '../../../processes/casework/index.ts';
import type { Person } from '../../../processes/directory/index.ts';
import type { House } from '../../house.ts';
import { clockOf, departmentReference, instant, instantOrNull, personReference, uncertaintyOf } from '../present.ts';
import type { CaseBrief } from './schema.ts';

/** A case as `viewer` sees it at `now`; `name` is that of its definition. */
export function presentCase(house: House, row: CaseRow, name: string, viewer: Person, now: number): CaseBrief {
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    definition: { id: row.definitionId, key: row.definitionKey, version: row.definitionVersion, name },
    status: row.status,
    returned: isReturned(row),
    ...clockOf(house, row, { open: row.status === 'active' }, now),
    heldFor: heldFor(row),
    applicant: row.applicant === null ? null : personReference(house, row.applicant),
    department: row.department === null ? null : departmentReference(house, row.department),
    startedAt: instant(row.startedAt),
    endedAt: instantOrNull(row.endedAt),
    dueAt: instantOrNull(row.dueAt),
    statutoryAt: instantOrNull(row.statutoryAt),
    yellowAt: instantOrNull(row.yellowAt),
    ...uncertaintyOf(row),
    phase: phaseOf(row),
    incidents: row.incidents,
    can: { cancel: !refuseCancel(viewer, row), repair: !refuseRepair(viewer, row) },
  };
}

/** 退件 */
export function isReturned({ clock }: CaseRow): boolean {
  return clock?.phases?.returnedAt !== undefined;
}

/** How the answer to a command shows the case that it changes, as `viewer` sees it now. */
export async function casePresenter(
  house: House,
  { definitionId }: CaseRow,
  viewer: Person,
): Promise<(changed: CaseRow) => CaseBrief> {
  const { name } = await getVersion(house.engine, definitionId);
  const now = house.engine.now();
  return (changed) => presentCase(house, changed, name, viewer, now);
}

export function presentPlace(house: House, { department, assignee, dueAt, ...place }: DiagramPlace) {
  return {
    ...place,
    department: department === null ? null : departmentReference(house, department),
    assignee: assignee === null ? null : personReference(house, assignee),
    dueAt: instantOrNull(dueAt),
  };
}
