import { refuseClaim, refuseComplete, refuseUnclaim } from '../../../engine/tasks/task-refusals.ts';
import type { TaskRow } from '../../../engine/index.ts';
import type { Overdue } from '../../../engine/model/graph.ts';
import { actorOf } from '../../../processes/casework/index.ts';
import type { Person } from '../../../processes/directory/index.ts';
import type { House } from '../../house.ts';
import { holds } from '../../http/permit.ts';
import { clockOf, departmentReference, instant, instantOrNull, personReference, uncertaintyOf } from '../present.ts';
import type { ListedTask, TaskBrief, TaskDetail } from './schema.ts';

/** A task as `viewer` sees it at `now`. */
export function presentTask(house: House, task: TaskRow, viewer: Person, now: number): TaskBrief {
  const open = task.status === 'open' || task.status === 'claimed';
  const actor = actorOf(viewer);
  const handles = open && holds(viewer, 'tasks.handle');
  return {
    id: task.id,
    name: task.name,
    element: task.node,
    status: task.status,
    ...clockOf(house, task, { open }, now),
    createdAt: instant(task.createdAt),
    claimedAt: instantOrNull(task.claimedAt),
    endedAt: instantOrNull(task.endedAt),
    dueAt: instantOrNull(task.dueAt),
    statutoryAt: instantOrNull(task.statutoryAt),
    followUpAt: instantOrNull(task.followUpAt ?? null),
    priority: task.priority ?? null,
    ...uncertaintyOf(task),
    case: { id: task.caseId, number: task.caseNumber, title: task.caseTitle },
    department: task.department === null ? null : departmentReference(house, task.department),
    assignee: task.assignee === null ? null : personReference(house, task.assignee),
    can: {
      claim: handles && !refuseClaim(task, actor),
      unclaim: handles && !refuseUnclaim(task, actor),
      complete: handles && !refuseComplete(task, actor),
    },
  };
}

/** How the case stands of a task without a limit of its own; null where the case has none either. */
export function presentOfCase(house: House, { ofCase }: TaskRow, now: number): ListedTask['ofCase'] {
  if (!ofCase) return null;
  const { dueAt, statutoryAt } = ofCase;
  return {
    ...clockOf(house, ofCase, { open: true }, now),
    dueAt: instantOrNull(dueAt),
    statutoryAt: instantOrNull(statutoryAt),
    ...uncertaintyOf(ofCase),
  };
}

export function presentOverdue(overdue: Overdue | undefined): TaskDetail['onOverdue'] {
  return overdue ? { does: overdue.does, basis: overdue.does === 'deemedConsent' ? overdue.basis : null } : null;
}

/** For answers that are presented inside the command's commit: `now` is fixed before. */
export function presenter(house: House, viewer: Person): (task: TaskRow) => TaskBrief {
  const now = house.engine.now();
  return (task) => presentTask(house, task, viewer, now);
}
