import type { z } from 'zod';
import { listedDates } from '../../../engine/store/listed-dates.ts';
import type { TaskQuery as StoreQuery } from '../../../engine/store/ports.ts';
import { isStaff, worksFor, type Person } from '../../../processes/directory/index.ts';
import type { House } from '../../house.ts';
import { HttpProblem } from '../../http/http-problem.ts';
import { readPage } from '../page.ts';
import { presentOfCase, presentTask } from './present.ts';
import type { TaskList, TaskQuery } from './schema.ts';

type Query = z.output<typeof TaskQuery>;

/** Most urgent first. */
const BY_DUE = { dueAt: 'number?', id: 'string' } as const;
/** What a badge shows; beyond it says "more". */
const COUNTED = 100;
/** As a department: tasks without one. */
const NONE = '-';

/** One page of an inbox, with the sizes of the queues. */
export async function listTasks(house: House, query: Query, viewer: Person): Promise<z.input<typeof TaskList>> {
  const now = house.engine.now();
  const [{ rows, next }, mine, department, done] = await Promise.all([
    readPage(query, BY_DUE, async (after, limit) => {
      const asked = { ...queueOf(query, viewer), light: query.light, now, after, limit };
      const tasks = await house.store.listTasks(asked);
      return tasks.map((task) => ({ task, id: task.id, dueAt: listedDates(task).dueAt }));
    }),
    house.store.listTasks({ assignee: viewer.id, status: 'claimed', limit: COUNTED }),
    viewer.role === 'applicant'
      ? []
      : house.store.listTasks({ ...departmentsOf(viewer), status: 'open', limit: COUNTED }),
    house.store.listTasks({ assignee: viewer.id, status: 'completed', limit: COUNTED }),
  ]);
  return {
    items: rows.map(({ task }) => ({
      ...presentTask(house, task, viewer, now),
      ofCase: presentOfCase(house, task, now),
    })),
    next,
    counts: { mine: mine.length, department: department.length, done: done.length },
  };
}

/** Handlers look into their own departments, supervisors and designers into any; applicants see what they hold. */
function queueOf(
  { queue, department }: Query,
  viewer: Person,
): Pick<StoreQuery, 'groups' | 'user' | 'department' | 'assignee' | 'status'> {
  if (queue === 'mine') return { assignee: viewer.id, status: 'claimed', department };
  if (queue === 'done') return { assignee: viewer.id, status: 'completed', department };
  if (viewer.role === 'applicant') return { assignee: viewer.id, status: 'open' };
  if (!isStaff(viewer)) return { department: department === NONE ? '' : department, status: 'unfinished' };
  if (department !== undefined && !worksFor(viewer, department))
    throw new HttpProblem(403, 'request.forbidden', { details: { department } });
  return { ...(department === undefined ? departmentsOf(viewer) : { groups: [department] }), status: 'open' };
}

function departmentsOf(viewer: Person): Pick<StoreQuery, 'groups' | 'user'> {
  return isStaff(viewer) ? { groups: [...viewer.departments], user: viewer.id } : {};
}
