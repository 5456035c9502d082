import { groupsOf, type Token } from '../core/index.ts';
import type { Actor } from '../engine.ts';
import { Rejection } from '../kernel/rejection.ts';
import type { Node } from '../model/graph.ts';
import type { TaskRow } from '../store/ports.ts';

/** Who may do what with a task. The API's `can` reads the same functions that refuse. */

export function refuseClaim(
  task: Pick<TaskRow, 'id' | 'assignee' | 'claimedAt' | 'groups' | 'users'>,
  actor: Actor,
): Rejection | undefined {
  if (task.assignee !== null) {
    return new Rejection(
      'conflict',
      'task.already_claimed',
      `Expected to claim task '${task.id}', but '${task.assignee}' holds it`,
      { task: task.id, by: task.assignee, since: task.claimedAt },
    );
  }
  const candidate = task.users.includes(actor.id) || task.groups.some((group) => actor.groups.includes(group));
  if (!candidate && (task.groups.length > 0 || task.users.length > 0)) {
    return new Rejection(
      'forbidden',
      'task.not_candidate',
      `Expected to claim task '${task.id}', but '${actor.id}' is not a candidate`,
      { task: task.id, groups: task.groups },
    );
  }
  return undefined;
}

export function refuseUnclaim(
  task: Pick<TaskRow, 'id' | 'assignee' | 'groups' | 'users'>,
  actor: Actor,
): Rejection | undefined {
  if (task.assignee !== actor.id) return notAssignee(task, actor, 'put back');
  if (task.groups.length === 0 && task.users.length === 0) {
    return new Rejection(
      'conflict',
      'task.no_candidates',
      `Expected to put task '${task.id}' back, but nobody else could claim it`,
      { task: task.id },
    );
  }
  return undefined;
}

export function refuseComplete(task: Pick<TaskRow, 'id' | 'assignee'>, actor: Actor): Rejection | undefined {
  if (task.assignee === null) {
    return new Rejection(
      'conflict',
      'task.not_claimed',
      `Expected to complete task '${task.id}', but nobody has claimed it`,
      { task: task.id },
    );
  }
  return task.assignee === actor.id ? undefined : notAssignee(task, actor, 'complete');
}

/** The same view of a task for the functions above, from the case itself. */
export function tokenAsTask(
  id: string,
  token: Token,
  node: Node,
): Pick<TaskRow, 'id' | 'assignee' | 'claimedAt' | 'groups' | 'users'> {
  return {
    id,
    assignee: token.assignee ?? null,
    claimedAt: token.claimedAt ?? null,
    groups: groupsOf(token, node),
    users: [...(token.task?.users ?? node.assignment?.candidateUsers ?? [])],
  };
}

function notAssignee(task: Pick<TaskRow, 'id' | 'assignee'>, actor: Actor, verb: string): Rejection {
  return new Rejection(
    'forbidden',
    'task.not_assignee',
    `Expected to ${verb} task '${task.id}', but '${actor.id}' does not hold it`,
    { task: task.id, by: task.assignee },
  );
}
