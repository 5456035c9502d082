import type { CaseRow } from '../../../engine/index.ts';
import { isRejection } from '../../../engine/kernel/rejection.ts';
import type { Person } from '../../../processes/directory/index.ts';
import type { House } from '../../house.ts';
import type { CaseKin } from './schema.ts';
import { isReturned } from './present.ts';
import { getVisibleCase } from './visible-case.ts';

/** As many called cases as one page shows; the list of cases gives the rest. */
const SHOWN = 50;

/** The cases that this one called, of which the viewer may not see every one. */
export function findCalled({ store }: House, id: string): Promise<CaseRow[]> {
  return store.listCases({ parent: id, limit: SHOWN });
}

/** The case that called this one and those it called, as far as the viewer may see them. */
export async function kinOf(
  house: House,
  { row, called }: { row: CaseRow; called: readonly CaseRow[] },
  viewer: Person,
): Promise<{ parent: CaseKin | null; children: CaseKin[] }> {
  const [parent, ...children] = await Promise.all([
    row.parent && findVisible(house, row.parent.caseId, viewer),
    ...called.map((child) => findVisible(house, child.id, viewer)),
  ]);
  return {
    parent: parent ? presentKin(parent, row.parent!.node) : null,
    children: children.flatMap((child) => (child ? [presentKin(child, child.parent!.node)] : [])),
  };
}

async function findVisible(house: House, id: string, viewer: Person): Promise<CaseRow | undefined> {
  try {
    return (await getVisibleCase(house, id, viewer)).row;
  } catch (refusal) {
    if (isRejection(refusal, 'case.not_found')) return undefined;
    throw refusal;
  }
}

function presentKin(row: CaseRow, element: string): CaseKin {
  const { id, number, title, status } = row;
  return { id, number, title, status, returned: isReturned(row), element };
}
