import type { CaseDeps } from '../cases/deps.ts';
import { parseTaskId, taskRow, taskToken } from '../cases/rows.ts';
import type { CaseRow, TaskRow } from '../store/ports.ts';

/**
 * A task as this node knows it: out of the case that it wrote or read last, so that a command which follows asks the store
 * no second time. It may be old by a step of another node: good for saying what a command is about, never for refusing it.
 */
export async function knownTask(deps: CaseDeps, taskId: string): Promise<TaskRow | undefined> {
  const at = parseTaskId(taskId);
  if (!at) return undefined;
  const row = deps.recent.get(at.caseId) ?? (await read(deps, at.caseId));
  const token = row && taskToken(row.state, at.token);
  if (!token) return deps.store.findTask(taskId);
  return taskRow(row, await deps.graphOf(row.definitionId), token, deps.calendar);
}

async function read(deps: CaseDeps, caseId: string): Promise<CaseRow | undefined> {
  const row = await deps.store.findCase(caseId);
  if (row) deps.recent.set(row);
  return row;
}
