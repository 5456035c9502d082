import { decideByStep } from '../cases/command.ts';
import type { CaseDeps } from '../cases/deps.ts';
import type { Actor, CommandOptions } from '../engine.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { TaskRow } from '../store/ports.ts';
import { actOnTask } from './act-on-task.ts';
import { refuseComplete } from './task-refusals.ts';

/**
 * Ends a task with what its holder entered; the case runs on. Answers the task as it ended.
 * `task.not_claimed`, `task.not_assignee`, `task.closed`, `task.not_found`
 */
export async function completeTask(
  deps: CaseDeps,
  { taskId, variables }: { taskId: string; variables: JsonObject },
  actor: Actor,
  options?: CommandOptions<TaskRow>,
): Promise<TaskRow> {
  return actOnTask(deps, {
    taskId,
    actor,
    options,
    refuse: refuseComplete,
    decide: ({ row, graph, token }) => {
      const note = [{ type: 'task.completed', node: token.node, token: token.id }];
      return decideByStep(row, graph, { type: 'complete-task', token: token.id, variables }, deps, note);
    },
  });
}
