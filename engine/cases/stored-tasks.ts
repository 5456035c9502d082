import type { Token } from '../core/index.ts';
import type { ProcessGraph } from '../model/graph.ts';
import type { CaseRow, TaskRow } from '../store/ports.ts';
import type { WorkCalendar } from '../time/index.ts';
import type { CaseDeps } from './deps.ts';
import { taskId } from './rows.ts';

/** Tasks under way that have a limit, by id, as they stand in the store: what they were counted with, only their rows know. */
export type StoredTasks = ReadonlyMap<string, TaskRow>;

/** Tasks of a case in which something under way has a limit, as they stand in the store; else none. */
export async function tasksOf(store: CaseDeps['store'], row: CaseRow, graph: ProcessGraph): Promise<TaskRow[]> {
  return limitedTokens(row, graph).length === 0 ? [] : store.listTasksOfCase(row.id);
}

/** Of the tasks of a case, those under way that have a limit. */
export function limitedTasks(tasks: readonly TaskRow[], row: CaseRow, graph: ProcessGraph): StoredTasks {
  const ids = new Set(limitedTokens(row, graph).map(({ id }) => taskId(row.id, id)));
  return new Map(tasks.filter(({ id }) => ids.has(id)).map((task) => [task.id, task]));
}

/** Whether another calendar than this may have counted the tasks of a case. */
export function isCountedOtherwise({ calendarVersion }: CaseRow, { version }: WorkCalendar): boolean {
  return calendarVersion !== version;
}

/** The limited tasks of a case, where another calendar than the one in force may have counted them; undefined where that has. */
export async function countedOtherwise(
  { store, calendar }: Pick<CaseDeps, 'store' | 'calendar'>,
  row: CaseRow,
  graph: ProcessGraph,
): Promise<StoredTasks | undefined> {
  if (!isCountedOtherwise(row, calendar)) return undefined;
  return limitedTasks(await tasksOf(store, row, graph), row, graph);
}

function limitedTokens({ state }: CaseRow, { nodes }: ProcessGraph): Token[] {
  return Object.values(state.tokens).filter(
    ({ node, wait }) => wait === 'task' && (nodes[node]?.limit ?? nodes[node]?.statutory),
  );
}
