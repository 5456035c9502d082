import type { TaskRow } from '../ports.ts';
import { listedDates } from '../listed-dates.ts';
import { isUnfinished, NO_DUE } from '../order.ts';
import { edgesOf } from '../../time/light.ts';
import type { Database } from './driver.ts';
import { keyOf } from './keys.ts';
import { CLOCK } from './lights.ts';

/** Why a task stands in a list: bits, because its department is usually one of its groups and then needs one entry. */
export const ROLE = { group: 1, department: 2, assignee: 4, noDepartment: 8, candidate: 16 } as const;

export const listOfDepartment = (name: string): string => `#${keyOf(name)}`;
export const listOfPerson = (name: string): string => `@${keyOf(name)}`;

interface Entry {
  role: number;
  status: string;
  yellow: number;
  clock: number;
  statutory: number;
}

interface Place {
  finished: number;
  due: number;
  entries: Map<string, Entry>;
}

function placeOf(task: TaskRow): Place {
  const roles = new Map<string, number>();
  const add = (name: string, role: number) => roles.set(name, (roles.get(name) ?? 0) | role);
  for (const group of task.groups) add(listOfDepartment(group), ROLE.group);
  for (const user of task.users) add(listOfPerson(user), ROLE.candidate);
  if (task.department === null) add(listOfDepartment(''), ROLE.noDepartment);
  else add(listOfDepartment(task.department), ROLE.department);
  if (task.assignee !== null) add(listOfPerson(task.assignee), ROLE.assignee);
  const entries = new Map<string, Entry>();
  const dates = listedDates(task);
  const { clock, yellow, statutory } = edgesOf(dates);
  const entry = { status: task.status, yellow, clock: CLOCK[clock], statutory };
  for (const [name, role] of roles) entries.set(name, { role, ...entry });
  return { finished: isUnfinished(task) ? 0 : 1, due: dates.dueAt ?? NO_DUE, entries };
}

const INSERT = `INSERT INTO task_lists(finished, name, due, id, role, status, yellow, clock, statutory, task_no)
  VALUES (?,?,?,?,?,?,?,?,?,?)`;
const DELETE = `DELETE FROM task_lists WHERE finished = ? AND name = ? AND due = ? AND id = ?`;
const UPDATE = `UPDATE task_lists SET role = ?, status = ?, yellow = ?, clock = ?, statutory = ?
  WHERE finished = ? AND name = ? AND due = ? AND id = ?`;

/** Moves the task in the lists of its groups, department and assignee, touching only the entries that change. */
export function listTask(database: Database, no: number, before: TaskRow | undefined, task: TaskRow): void {
  const id = keyOf(task.id);
  const old = before && placeOf(before);
  const now = placeOf(task);
  const stays = old !== undefined && old.finished === now.finished && old.due === now.due;
  if (old) {
    for (const name of old.entries.keys()) {
      if (!stays || !now.entries.has(name)) database.run(DELETE, old.finished, name, old.due, id);
    }
  }
  for (const [name, entry] of now.entries) {
    const known = stays ? old.entries.get(name) : undefined;
    const { role, status, yellow, clock, statutory } = entry;
    const values = [role, status, yellow, clock, statutory];
    if (!known) database.run(INSERT, now.finished, name, now.due, id, ...values, no);
    else if (!isSame(known, entry)) database.run(UPDATE, ...values, now.finished, name, now.due, id);
  }
}

function isSame(a: Entry, b: Entry): boolean {
  return (Object.keys(a) as (keyof Entry)[]).every((key) => a[key] === b[key]);
}
