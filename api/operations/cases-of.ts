import type { CaseRow, TaskRow } from '../../engine/index.ts';
import type { Store } from '../../engine/store/ports.ts';

/** The cases of some tasks by their ids, each read once. */
export async function casesOf(
  store: Pick<Store, 'findCase'>,
  tasks: readonly Pick<TaskRow, 'caseId'>[],
): Promise<Map<string, CaseRow>> {
  const ids = [...new Set(tasks.map(({ caseId }) => caseId))];
  const rows = await Promise.all(ids.map((id) => store.findCase(id)));
  return new Map(rows.flatMap((row) => (row ? [[row.id, row] as const] : [])));
}
