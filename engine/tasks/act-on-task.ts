import { act } from '../cases/act.ts';
import type { Decision } from '../cases/build-commit.ts';
import type { CaseDeps } from '../cases/deps.ts';
import { parseTaskId, taskToken } from '../cases/rows.ts';
import type { Token } from '../core/index.ts';
import type { Actor, CommandOptions } from '../engine.ts';
import { isRejection, Rejection } from '../kernel/rejection.ts';
import type { ProcessGraph } from '../model/graph.ts';
import type { CaseRow, TaskRow } from '../store/ports.ts';
import { tokenAsTask } from './task-refusals.ts';

export interface TaskCommand {
  readonly taskId: string;
  readonly actor: Actor;
  readonly options: CommandOptions<TaskRow> | undefined;
  /** Why the actor may not; of task-refusals.ts. */
  refuse(task: ReturnType<typeof tokenAsTask>, actor: Actor): Rejection | undefined;
  decide(found: { row: CaseRow; graph: ProcessGraph; token: Token }): Decision | Promise<Decision>;
}

/** A command on one unfinished task. `task.not_found`, `task.closed` (details.by, details.at), and what `refuse` says. */
export async function actOnTask(deps: CaseDeps, command: TaskCommand): Promise<TaskRow> {
  const { taskId, actor, options } = command;
  const at = parseTaskId(taskId);
  if (!at) throw taskNotFound(taskId);
  try {
    return await act(deps, {
      caseId: at.caseId,
      actor,
      decide: async (row, graph) => {
        const token = taskToken(row.state, at.token);
        if (!token) throw await closedOrUnknown(deps, taskId);
        const refusal = command.refuse(tokenAsTask(taskId, token, graph.nodes[token.node]!), actor);
        if (refusal) throw refusal;
        return command.decide({ row, graph, token });
      },
      result: (commit) => commit.tasks.find((task) => task.id === taskId)!,
      ...(options && { options }),
    });
  } catch (refusal) {
    throw isRejection(refusal, 'case.not_found') ? taskNotFound(taskId) : refusal;
  }
}

export function taskNotFound(taskId: string): Rejection {
  return new Rejection('not-found', 'task.not_found', `Expected task '${taskId}', but there is none`, { task: taskId });
}

async function closedOrUnknown({ store }: CaseDeps, taskId: string): Promise<Rejection> {
  const task = await store.findTask(taskId);
  if (!task) return taskNotFound(taskId);
  return new Rejection('conflict', 'task.closed', `Expected task '${taskId}' to be open, but it is ${task.status}`, {
    task: taskId,
    status: task.status,
    by: task.assignee,
    at: task.endedAt,
  });
}
