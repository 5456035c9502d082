import { Rejection } from '../../../engine/kernel/rejection.ts';
import type { TaskRow } from '../../../engine/index.ts';
import { mayWorkOn } from '../../../processes/casework/index.ts';
import type { Person } from '../../../processes/directory/index.ts';
import type { House } from '../../house.ts';
import { getVisibleCase } from '../cases/visible-case.ts';

/** A task, for someone who may see it. `task.not_found`, also for what is not theirs to see. */
export async function getVisibleTask(house: House, id: string, viewer: Person): Promise<TaskRow> {
  const task = await house.store.findTask(id);
  if (task && (await maySeeTask(house, task, viewer))) return task;
  throw new Rejection('not-found', 'task.not_found', `Expected task '${id}', but there is none to see`, { task: id });
}

/** The same for a command on it: mostly without asking the store. What is refused by it is refused by the task as it stands. */
export async function getTaskToActOn(house: House, id: string, viewer: Person): Promise<TaskRow> {
  const known = await house.engine.knownTask(id);
  return known && mayWorkOn(viewer, known) ? known : getVisibleTask(house, id, viewer);
}

/** Applicants see the tasks they hold (补正); staff those of the cases they see. */
async function maySeeTask(house: House, task: TaskRow, viewer: Person): Promise<boolean> {
  if (viewer.role === 'applicant') return task.assignee === viewer.id;
  if (mayWorkOn(viewer, task)) return true;
  return getVisibleCase(house, task.caseId, viewer).then(
    () => true,
    () => false,
  );
}
