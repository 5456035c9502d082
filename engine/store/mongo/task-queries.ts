import type { Light } from '../../time/light.ts';
import type { LightCount, LightCounts, TaskQuery, TaskRow } from '../ports.ts';
import { compareText, NO_DUE } from '../order.ts';
import type { TaskDocument } from './documents.ts';
import type { Filter } from './driver.ts';
import { keyOf, textOf, whole } from './keys.ts';
import { countByLight, joinCounts, lightFilter } from './lights.ts';
import { forGroup, forPerson, taskOf } from './rows.ts';
import type { Session } from './session.ts';

export async function findTask({ into }: Session, id: string): Promise<TaskRow | undefined> {
  const found = await into.tasks.findOne({ _id: keyOf(id) }, { projection: { body: 1 } });
  return found ? taskOf(found) : undefined;
}

export async function listTasks({ into }: Session, query: TaskQuery): Promise<TaskRow[]> {
  const filter = filterOf(query);
  if (!filter) return [];
  const found = await into.tasks
    .find(filter, { projection: { body: 1 } })
    .sort({ due: 1, _id: 1 })
    .limit(whole(query.limit))
    .toArray();
  return found.map(taskOf);
}

export async function listTasksOfCase({ into }: Session, caseId: string): Promise<TaskRow[]> {
  const found = await into.tasks
    .find({ caseId: keyOf(caseId) }, { projection: { body: 1 } })
    .sort({ createdAt: 1, _id: 1 })
    .toArray();
  return found.map(taskOf);
}

/** Undefined: nothing can match. */
function filterOf({ groups, user, department, assignee, status, light, now, after }: TaskQuery) {
  const all: Filter<TaskDocument>[] = [
    { unfinished: status === 'unfinished' || status === 'open' || status === 'claimed' },
  ];
  if (status !== 'unfinished') all.push({ status: keyOf(status) });
  if (groups !== undefined) {
    const names = new Set([...groups.map(forGroup), ...(user === undefined ? [] : [forPerson(user)])]);
    if (names.size === 0) return undefined;
    all.push({ for: { $in: [...names] } });
  }
  if (department !== undefined) all.push({ department: department === '' ? { $in: [null, ''] } : keyOf(department) });
  if (assignee !== undefined) all.push({ assignee: keyOf(assignee) });
  if (light !== undefined) all.push({ ...lightFilter(light, now), ...dueOf(light, now!) });
  if (after !== undefined) {
    const due = whole(after.dueAt ?? NO_DUE);
    all.push({ due: { $gte: due } });
    all.push({ $or: [{ due: { $gt: due } }, { _id: { $gt: keyOf(after.id) } }] });
  }
  return { $and: all } as Filter<TaskDocument>;
}

/** Where tasks of a light stand in lists by due date, so that these begin there. */
function dueOf(light: Light, now: number): Filter<TaskDocument> {
  switch (light) {
    case 'deepRed':
      return {};
    case 'red':
      return { due: { $lt: now } };
    case 'yellow':
    case 'green':
      return { due: { $gte: now } };
    case 'grey':
    case 'none':
      return { due: { $gte: NO_DUE } };
  }
}

/** A task of the department named '' counts among those without one. */
export async function countLights({ into }: Session, now: number): Promise<LightCount[]> {
  const counts = new Map<string, LightCounts>();
  for (const [key, lights] of await countByLight(into.tasks, { unfinished: true }, 'department', now)) {
    const department = key === null ? '' : textOf(key);
    const known = counts.get(department);
    counts.set(department, known ? joinCounts(known, lights) : lights);
  }
  return [...counts]
    .map(([department, lights]) => ({ department, ...lights }))
    .sort((a, b) => compareText(a.department, b.department));
}
