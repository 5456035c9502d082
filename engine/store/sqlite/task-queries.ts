import { LIGHTS } from '../../time/light.ts';
import type { LightCount, LightCounts, TaskQuery, TaskRow } from '../ports.ts';
import { compareText, NO_DUE } from '../order.ts';
import { lightNeedsNow } from '../refusals.ts';
import type { Database, SqlValue } from './driver.ts';
import { caseRange, keyOf, textOf } from './keys.ts';
import { CLOCK, countTasks, placesFor, type LightConditions } from './lights.ts';
import { listOfDepartment, listOfPerson, ROLE } from './task-lists.ts';

/** Lists of departments and groups begin with '#', those of people with '@'. */
const DEPARTMENTS = `name >= '#' AND name < '$'`;

export function findTask(database: Database, id: string): string | undefined {
  return database.get('SELECT row FROM tasks WHERE id = ?', keyOf(id))?.row as string | undefined;
}

export function listTasksOfCase(database: Database, caseId: string): TaskRow[] {
  const no = database.get('SELECT no FROM cases WHERE id = ?', keyOf(caseId))?.no;
  if (no === undefined) return [];
  const { first, last } = caseRange(no as number);
  const rows = database.all('SELECT row FROM tasks WHERE no BETWEEN ? AND ?', first, last);
  const tasks = rows.map((row) => JSON.parse(row.row as string) as TaskRow);
  return tasks.sort((a, b) => a.createdAt - b.createdAt || compareText(a.id, b.id));
}

/** Reads a page from each list that the query joins, merges them, and fetches the rows of the page. */
export function listTasks(database: Database, query: TaskQuery): string[] {
  const finished = query.status === 'completed' || query.status === 'cancelled' ? 1 : 0;
  const { names, role } = listsOf(database, query, finished);
  const conditions = ['l.finished = ?', 'l.name = ?', '(l.due, l.id) > (?, ?)', `l.role & ${role}`];
  const more: SqlValue[] = [];
  if (query.status !== 'unfinished') {
    conditions.push('l.status = ?');
    more.push(query.status);
  }
  if (query.light !== undefined) {
    if (query.now === undefined) throw lightNeedsNow();
    conditions.push(LIGHT[query.light]);
    more.push(...placesFor(LIGHT[query.light], query.now));
  }
  if (query.department !== undefined) {
    conditions.push('(SELECT department FROM tasks t WHERE t.no = l.task_no) IS ?');
    more.push(query.department === '' ? null : keyOf(query.department));
  }
  if (query.groups && query.assignee !== undefined) {
    const marks = query.groups.map(() => '?').join();
    conditions.push(`EXISTS (SELECT 1 FROM task_lists g WHERE g.finished = l.finished AND g.name IN (${marks})
      AND g.due = l.due AND g.id = l.id AND g.role & ${ROLE.group})`);
    more.push(...query.groups.map(listOfDepartment));
  }
  const sql = `SELECT due, id, task_no FROM task_lists l WHERE ${conditions.join(' AND ')} ORDER BY due, id LIMIT ?`;
  const after = query.after ? [query.after.dueAt ?? NO_DUE, keyOf(query.after.id)] : [-NO_DUE, ''];
  const found = new Map<number, { due: number; id: string }>();
  for (const name of names) {
    for (const row of database.all(sql, finished, name, after[0]!, after[1]!, ...more, query.limit)) {
      found.set(row.task_no as number, { due: row.due as number, id: row.id as string });
    }
  }
  const page = [...found].sort(([, a], [, b]) => a.due - b.due || compareText(a.id, b.id)).slice(0, query.limit);
  return page.map(([no]) => database.get('SELECT row FROM tasks WHERE no = ?', no)!.row as string);
}

const LIGHT: LightConditions = {
  deepRed: 'l.statutory < ?',
  red: 'l.due < ? AND l.statutory >= ?',
  yellow: `l.due >= ? AND l.statutory >= ? AND l.clock = ${CLOCK.runs} AND l.yellow <= ?`,
  green: `l.due >= ? AND l.clock = ${CLOCK.runs} AND l.yellow > ?`,
  grey: `l.due = ${NO_DUE} AND l.clock = ${CLOCK.held}`,
  none: `l.due = ${NO_DUE} AND l.clock = ${CLOCK.none}`,
};

function listsOf(database: Database, query: TaskQuery, finished: number): { names: string[]; role: number } {
  if (query.assignee !== undefined) return { names: [listOfPerson(query.assignee)], role: ROLE.assignee };
  if (query.groups) {
    const names = [
      ...query.groups.map(listOfDepartment),
      ...(query.user === undefined ? [] : [listOfPerson(query.user)]),
    ];
    return { names: [...new Set(names)], role: ROLE.group | ROLE.candidate };
  }
  if (query.department !== undefined) {
    const role = query.department === '' ? ROLE.noDepartment : ROLE.department;
    return { names: [listOfDepartment(query.department)], role };
  }
  const names = database.all(ALL_DEPARTMENTS, finished, finished).map((row) => row.name as string);
  return { names, role: ROLE.department | ROLE.noDepartment };
}

/** Hops from name to name in the index instead of reading every entry. */
const ALL_DEPARTMENTS = `WITH RECURSIVE names(name) AS (
  SELECT min(name) FROM task_lists WHERE finished = ? AND ${DEPARTMENTS}
  UNION ALL
  SELECT (SELECT min(l.name) FROM task_lists l WHERE l.finished = ? AND l.name > names.name AND l.name < '$')
  FROM names WHERE names.name IS NOT NULL)
  SELECT name FROM names WHERE name IS NOT NULL`;

/** Departments one by one: each is a few ranges of indexes. */
export function countLights(database: Database, now: number): LightCount[] {
  const lists = database.all(ALL_DEPARTMENTS, 0, 0).map((row) => (row.name as string).slice(1));
  const counts = lists.map((key) => ({ department: textOf(key), ...countOf(database, key, now) }));
  return counts.filter((count) => LIGHTS.some((light) => count[light] > 0));
}

/** A task of the department named '' counts among those without one. */
function countOf(database: Database, key: string, now: number): LightCounts {
  const counts = countTasks(database, key, now);
  if (key !== '') return counts;
  const without = countTasks(database, null, now);
  for (const light of LIGHTS) counts[light] += without[light];
  return counts;
}
