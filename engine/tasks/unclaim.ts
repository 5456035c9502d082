import type { CaseDeps } from '../cases/deps.ts';
import { taskRow } from '../cases/rows.ts';
import type { Actor, CommandOptions } from '../engine.ts';
import type { TaskRow } from '../store/ports.ts';
import { actOnTask } from './act-on-task.ts';
import { refuseUnclaim } from './task-refusals.ts';
import { withToken } from './with-token.ts';

/** Puts a claimed task back into its candidates' pool. `task.not_assignee`, `task.no_candidates`, `task.closed`, `task.not_found` */
export async function unclaimTask(
  deps: CaseDeps,
  taskId: string,
  actor: Actor,
  options?: CommandOptions<TaskRow>,
): Promise<TaskRow> {
  return actOnTask(deps, {
    taskId,
    actor,
    options,
    refuse: refuseUnclaim,
    decide: ({ row, graph, token }) => {
      const { assignee: _assignee, claimedAt: _claimedAt, ...open } = token;
      return {
        state: withToken(row.state, open),
        events: [{ type: 'task.unclaimed', node: token.node, token: token.id }],
        effects: [],
        tasks: [taskRow(row, graph, open, deps.calendar)],
      };
    },
  });
}
