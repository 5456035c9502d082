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
  const [row, tasks] = await Promise.all([house.store.findCase(id), house.store.listTasksOfCase(id)]);
  if (!row || !maySeeCase(viewer, row, tasks)) throw caseNotFound(id);
  return { row, tasks };
}
