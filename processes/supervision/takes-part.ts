import { Rejection } from '../../engine/kernel/rejection.ts';
import type { Node } from '../../engine/model/graph.ts';
import type { CaseRow, TaskRow } from '../../engine/store/ports.ts';
import { worksFor, type Directory } from '../directory/index.ts';
import type { SupervisionDeps } from './deps.ts';

/**
 * A department is ordered to act on a case that it leads, or has, had or may yet have a task of. `order.not_involved`
 * (details: department, number)
 */
export async function refuseUninvolved(
  { engine, directory }: SupervisionDeps,
  row: CaseRow,
  department: string,
): Promise<void> {
  if (row.department === department) return;
  const { nodes } = await engine.getGraph(row.definitionId);
  if (Object.values(nodes).some((node) => mayBeFor(node, department))) return;
  // of an older version of the process, or of people
  const tasks = await engine.store.listTasksOfCase(row.id);
  if (tasks.some((task) => isFor(task, department, directory))) return;
  const { name } = directory.getDepartment(department);
  throw new Rejection(
    'invalid',
    'order.not_involved',
    `Expected a department with a part in case '${row.number}', but '${department}' has none`,
    { department: name, number: row.number, case: row.id, field: '/department' },
  );
}

/** Where the model computes who has the task, only the case will tell. */
function mayBeFor({ assignment }: Node, department: string): boolean {
  return assignment?.groups !== undefined || (assignment?.candidateGroups.includes(department) ?? false);
}

function isFor({ groups, users, assignee }: TaskRow, department: string, { findPerson }: Directory): boolean {
  if (groups.includes(department)) return true;
  const people = [...users, ...(assignee === null ? [] : [assignee])].map((id) => findPerson(id));
  return people.some((person) => person !== undefined && worksFor(person, department));
}
