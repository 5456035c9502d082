import { lightNeedsNow } from '../refusals.ts';
import type { CaseQuery, CaseRow, OverdueQuery, TaskQuery, TaskRow } from '../ports.ts';
import { lightOf, overdueSince } from '../../time/light.ts';
import { listedDates } from '../listed-dates.ts';
import { byDue, isUnfinished, newestFirst } from '../order.ts';
import type { Tables } from './tables.ts';

export function selectCases(tables: Tables, query: CaseQuery): CaseRow[] {
  const { status, applicant, definitionKey, parent, groups, light, text, after, limit } = query;
  const now = nowOf(query);
  const ids = groups && casesOfGroups(tables, groups);
  return [...tables.cases.values()]
    .filter(
      (row) =>
        (status === undefined || row.status === status) &&
        (applicant === undefined || row.applicant === applicant) &&
        (definitionKey === undefined || row.definitionKey === definitionKey) &&
        (parent === undefined || row.parent?.caseId === parent) &&
        (ids === undefined || ids.has(row.id)) &&
        (light === undefined || (row.status === 'active' && lightOf(row, now) === light)) &&
        (text === undefined || row.number.includes(text) || row.title.includes(text)) &&
        (after === undefined || newestFirst(row, after) > 0),
    )
    .sort(newestFirst)
    .slice(0, limit);
}

export function selectOverdueCases(tables: Tables, { light, now, limit }: OverdueQuery): CaseRow[] {
  return [...tables.cases.values()]
    .filter((row) => row.status === 'active' && lightOf(row, now) === light)
    .sort((a, b) => overdueSince(a, light) - overdueSince(b, light))
    .slice(0, limit);
}

function casesOfGroups(tables: Tables, groups: string[]): Set<string> {
  const ids = new Set<string>();
  for (const task of tables.tasks.values()) if (shareOne(task.groups, groups)) ids.add(task.caseId);
  return ids;
}

export function selectTasks(tables: Tables, query: TaskQuery): TaskRow[] {
  const { groups, user, department, assignee, status, light, after, limit } = query;
  const now = nowOf(query);
  return [...tables.tasks.values()]
    .filter(
      (task) =>
        (status === 'unfinished' ? isUnfinished(task) : task.status === status) &&
        (groups === undefined || shareOne(task.groups, groups) || (user !== undefined && task.users.includes(user))) &&
        (department === undefined || (task.department ?? '') === department) &&
        (assignee === undefined || task.assignee === assignee) &&
        (light === undefined || lightOf(listedDates(task), now) === light) &&
        (after === undefined || byDue(placeOf(task), after) > 0),
    )
    .sort((a, b) => byDue(placeOf(a), placeOf(b)))
    .slice(0, limit);
}

function placeOf(task: TaskRow) {
  return { dueAt: listedDates(task).dueAt, id: task.id };
}

function shareOne(some: string[], others: string[]): boolean {
  return some.some((one) => others.includes(one));
}

function nowOf(query: { light?: string; now?: number }): number {
  if (query.light !== undefined && query.now === undefined) throw lightNeedsNow();
  return query.now ?? 0;
}
