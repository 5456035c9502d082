import type { LightCount, TaskQuery, TaskRow } from '../ports.ts';
import { compareText, NO_DUE } from '../order.ts';
import { lightNeedsNow } from '../refusals.ts';
import type { TaskDocument } from './documents.ts';
import type { Filter } from './driver.ts';
import { is, keyOf, textOf, whole } from './keys.ts';
import { forGroup, forPerson, taskOf } from './rows.ts';
import type { Session } from './session.ts';

export async function findTask({ into }: Session, id: string): Promise<TaskRow | undefined> {
  const found = await into.tasks.findOne({ _id: is(id) }, { projection: { body: 1 } });
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
    .find({ caseId: is(caseId) }, { projection: { body: 1 } })
    .sort({ createdAt: 1, _id: 1 })
    .toArray();
  return found.map(taskOf);
}

/** Undefined: nothing can match. */
function filterOf({ groups, user, department, assignee, status, light, now, after }: TaskQuery) {
  const all: Filter<TaskDocument>[] = [
    { unfinished: status === 'unfinished' || status === 'open' || status === 'claimed' },
  ];
  if (status !== 'unfinished') all.push({ status: is(status) });
  if (groups !== undefined) {
    const names = new Set([...groups.map(forGroup), ...(user === undefined ? [] : [forPerson(user)])]);
    if (names.size === 0) return undefined;
    all.push({ for: { $in: [...names] } });
  }
  if (department !== undefined) all.push({ department: department === '' ? { $in: [null, ''] } : is(department) });
  if (assignee !== undefined) all.push({ assignee: is(assignee) });
  if (light !== undefined) all.push(lightFilter(light, now));
  if (after !== undefined) {
    const due = whole(after.dueAt ?? NO_DUE);
    all.push({ due: { $gte: due } });
    all.push({ $or: [{ due: { $gt: due } }, { _id: { $gt: keyOf(after.id) } }] });
  }
  return { $and: all } as Filter<TaskDocument>;
}

function lightFilter(light: NonNullable<TaskQuery['light']>, at: number | undefined): Filter<TaskDocument> {
  if (at === undefined) throw lightNeedsNow();
  const now = whole(at);
  if (light === 'red') return { due: { $lte: now } };
  if (light === 'yellow') return { due: { $gt: now }, yellow: { $lte: now } };
  return { due: { $gt: now }, yellow: { $gt: now } };
}

/** In one walk along one index. */
export async function countLights({ into }: Session, at: number): Promise<LightCount[]> {
  const now = whole(at);
  const red = { $lte: ['$due', now] };
  const yellow = { $and: [{ $gt: ['$due', now] }, { $lte: ['$yellow', now] }] };
  const counted = await into.tasks
    .aggregate<{ _id: string | null; all: number; red: number; yellow: number }>([
      { $match: { unfinished: true } },
      {
        $group: {
          _id: '$department',
          all: { $sum: 1 },
          red: { $sum: { $cond: [red, 1, 0] } },
          yellow: { $sum: { $cond: [yellow, 1, 0] } },
        },
      },
    ])
    .toArray();
  const counts = new Map<string, LightCount>();
  for (const group of counted) {
    const department = group._id === null ? '' : textOf(group._id);
    const count = counts.get(department) ?? { department, green: 0, yellow: 0, red: 0 };
    count.red += group.red;
    count.yellow += group.yellow;
    count.green += group.all - group.red - group.yellow;
    counts.set(department, count);
  }
  return [...counts.values()].sort((a, b) => compareText(a.department, b.department));
}
