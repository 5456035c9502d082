import type { CaseRow, TaskRow } from '../../../engine/index.ts';
import { caseNotFound, maySeeCase, refuseRepair } from '../../../processes/casework/index.ts';
import type { Person } from '../../../processes/directory/index.ts';
import type { House } from '../../house.ts';

/** A case and its tasks, for someone who may see it. `case.not_found`, also for what is not theirs to see. */
export async function getVisibleCase(
  house: House,
  id: string,
  viewer: Person,
): Promise<{ row: CaseRow; tasks: TaskRow[] }> {
  const [row, tasks] = await Promise.all([house.engine.findCase(id), house.store.listTasksOfCase(id)]);
  if (!row || !maySeeCase(viewer, row, tasks)) throw caseNotFound(id);
  return { row, tasks };
}

/** A running case, for someone who may repair it. What `getVisibleCase` and `refuseRepair` say. */
export async function getRepairableCase(house: House, id: string, viewer: Person): Promise<CaseRow> {
  const { row } = await getVisibleCase(house, id, viewer);
  const refusal = refuseRepair(viewer, row);
  if (refusal) throw refusal;
  return row;
}
