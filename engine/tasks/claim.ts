import type { CaseDeps } from '../cases/deps.ts';
import { taskRow } from '../cases/rows.ts';
import type { Actor, CommandOptions } from '../engine.ts';
import type { TaskRow } from '../store/ports.ts';
import { actOnTask } from './act-on-task.ts';
import { refuseClaim } from './task-refusals.ts';
import { withToken } from './with-token.ts';

/**
 * Moves a task from its candidates' pool to one handler's desk. Of two at once one wins; the other is told who and when:
 * `task.already_claimed` (details.by, details.since). `task.not_candidate`, `task.closed`, `task.not_found`
 */
export async function claimTask(
  deps: CaseDeps,
  taskId: string,
  actor: Actor,
  options?: CommandOptions<TaskRow>,
): Promise<TaskRow> {
  return actOnTask(deps, {
    taskId,
    actor,
    options,
    refuse: refuseClaim,
    decide: ({ row, graph, token }) => {
      const claimed = { ...token, assignee: actor.id, claimedAt: deps.clock.now() };
      return {
        state: withToken(row.state, claimed),
        events: [{ type: 'task.claimed', node: token.node, token: token.id }],
        effects: [],
        tasks: [taskRow(row, graph, claimed, deps.calendar)],
      };
    },
  });
}
