import type { CaseDeps } from '../cases/deps.ts';
import { findCase } from '../cases/read-case.ts';
import { parseTaskId, taskRow, taskToken } from '../cases/rows.ts';
import type { CaseRow, TaskRow } from '../store/ports.ts';

/**
 * A task as this node knows it: out of the case that it wrote or read last, so that a command which follows asks the store
 * no second time. It may be old by a step of another node: good for saying what a command is about, never for refusing it.
 */
export async function knownTask(deps: CaseDeps, taskId: string): Promise<TaskRow | undefined> {
  const at = parseTaskId(taskId);
  const known = at && deps.recent.get(at.caseId);
  return known ? taskIn(deps, known, taskId) : currentTask(deps, taskId);
}

/** The same as the store has it now, by its case. */
export async function currentTask(deps: CaseDeps, taskId: string): Promise<TaskRow | undefined> {
  const at = parseTaskId(taskId);
  return at && taskIn(deps, await findCase(deps, at.caseId), taskId);
}

/** A closed task is no longer in its case. */
async function taskIn(deps: CaseDeps, row: CaseRow | undefined, taskId: string): Promise<TaskRow | undefined> {
  const token = row && taskToken(row.state, parseTaskId(taskId)!.token);
  if (!token) return deps.store.findTask(taskId);
  return taskRow(row, await deps.graphOf(row.definitionId), token, deps.calendar);
}
