import type { CaseDeps } from '../cases/deps.ts';
import { findCase } from '../cases/read-case.ts';
import { taskToken } from '../cases/rows.ts';
import { visibleVariables } from '../core/index.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { TaskRow } from '../store/ports.ts';

/** What the holder of a task sees: its own variables, then those of its scopes outwards; of a closed task, the case's. */
export async function taskVariables(deps: CaseDeps, task: TaskRow): Promise<JsonObject> {
  const row = await findCase(deps, task.caseId);
  if (!row) return {};
  const token = taskToken(row.state, task.token);
  return visibleVariables(row, token?.scope ?? '0', token?.locals);
}
