import type { ProcessGraph } from '../model/graph.ts';
import type { CaseRow, TaskRow } from '../store/ports.ts';

/** The versions in which tasks of a case ended that it has left since, by id of their definition. */
export async function versionsLeft(
  { definitionId }: Pick<CaseRow, 'definitionId'>,
  tasks: readonly Pick<TaskRow, 'definitionId'>[],
  graphOf: (definitionId: string) => Promise<ProcessGraph>,
): Promise<ReadonlyMap<string, ProcessGraph>> {
  const ids = new Set(tasks.map((task) => task.definitionId));
  ids.delete(definitionId);
  return new Map(await Promise.all([...ids].map(async (id) => [id, await graphOf(id)] as const)));
}
