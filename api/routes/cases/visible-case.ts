import type { CaseRow, TaskRow } from '../../../engine/index.ts';
import { caseNotFound, maySeeCase } from '../../../processes/casework/index.ts';
import type { Person } from '../../../processes/directory/index.ts';
import type { House } from '../../house.ts';

/** A case and its tasks, for someone who may see it. `case.not_found`, also for what is not theirs to see. */
export async function getVisibleCase(
  house: House,
  id: string,
  viewer: Person,
): Promise<{ row: CaseRow; tasks: TaskRow[] }> {
  const row = await house.store.findCase(id);
  if (!row) throw caseNotFound(id);
  const tasks = await house.store.listTasksOfCase(id);
  if (!maySeeCase(viewer, row, tasks)) throw caseNotFound(id);
  return { row, tasks };
}
