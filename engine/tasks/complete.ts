import { decideByStep } from '../cases/command.ts';
import type { CaseDeps } from '../cases/deps.ts';
import type { Actor, CommandOptions, CompleteTask } from '../engine.ts';
import type { TaskRow } from '../store/ports.ts';
import { actOnTask } from './act-on-task.ts';
import { refuseComplete } from './task-refusals.ts';

/**
 * Ends a task with what its holder entered; the case runs on. Answers the task as it ended.
 * `task.not_claimed`, `task.not_assignee`, `task.closed`, `task.not_found`
 */
export async function completeTask(
  deps: CaseDeps,
  { taskId, variables, documents = [] }: CompleteTask,
  actor: Actor,
  options?: CommandOptions<TaskRow>,
): Promise<TaskRow> {
  return actOnTask(deps, {
    taskId,
    actor,
    options,
    refuse: refuseComplete,
    decide: async ({ row, graph, token }) => {
      const note = [{ type: 'task.completed', node: token.node, token: token.id }];
      const command = { type: 'complete-task' as const, token: token.id, variables };
      return { ...(await decideByStep(row, graph, command, deps, note)), documents: [...documents] };
    },
  });
}
