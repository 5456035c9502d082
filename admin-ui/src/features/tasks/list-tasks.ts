import type { Light, TaskPage } from '../../shared/contract.ts';
import { call } from '../../shared/http.ts';
import type { PageRequest } from '../../shared/loaded.ts';

export type TaskQueue = 'mine' | 'department' | 'done';

export interface TaskFilter {
  queue: TaskQueue;
  light?: Light;
  department?: string;
}

/** As a department: none, as of the tasks that applicants have to do. */
export const NO_DEPARTMENT = '-';

/** Sorted by the server: least time left first, tasks without a limit last. */
export const listTasks = async (filter: TaskFilter, page: PageRequest): Promise<TaskPage> =>
  (await call('listTasks', { query: { ...filter, ...page } })) as TaskPage;
