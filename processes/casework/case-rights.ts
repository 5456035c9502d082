import type { CaseRow, TaskRow } from '../../engine/store/ports.ts';
import { Rejection } from '../../engine/kernel/rejection.ts';
import { may, worksFor, type Person } from '../directory/index.ts';
import { supervisionOf } from '../supervision/annex.ts';

/** Who may see and do what with one case. The API's `can` reads the same functions that refuse. */

/**
 * Applicants see their own cases; handlers and heads those their departments have or had a task of, or were asked about by
 * supervision, heads also those their department leads; supervisors, designers and the head of the government all.
 */
export function maySeeCase(
  person: Person,
  row: Pick<CaseRow, 'applicant' | 'department' | 'annex'>,
  tasks: readonly Pick<TaskRow, 'groups' | 'users' | 'assignee'>[],
): boolean {
  switch (person.role) {
    case 'supervisor':
    case 'governmentHead':
    case 'designer':
      return true;
    case 'applicant':
      return row.applicant === person.id;
    case 'handler':
    case 'head':
      return (
        (person.role === 'head' && row.department !== null && worksFor(person, row.department)) ||
        tasks.some((task) => mayWorkOn(person, task)) ||
        (supervisionOf(row).concerned ?? []).some((department) => worksFor(person, department))
      );
    case 'integrator':
      return false;
  }
}

/** The task is, or was, for a department of the person, or held by them. */
export function mayWorkOn(person: Person, task: Pick<TaskRow, 'groups' | 'users' | 'assignee'>): boolean {
  return (
    task.assignee === person.id ||
    task.users.includes(person.id) ||
    task.groups.some((group) => worksFor(person, group))
  );
}

/** The refusal a person gets for what is not theirs to see: the same as for what does not exist. */
export function caseNotFound(id: string): Rejection {
  return new Rejection('not-found', 'case.not_found', `Expected case '${id}', but there is none to see`, { case: id });
}

/**
 * An applicant may withdraw the own application (撤件), whole: not a case that it called; supervisors and designers may
 * cancel any case.
 */
export function refuseCancel(
  person: Person,
  row: Pick<CaseRow, 'id' | 'status' | 'applicant' | 'parent'>,
): Rejection | undefined {
  const may = person.role === 'supervisor' || person.role === 'designer' || row.applicant === person.id;
  if (!may)
    return new Rejection('forbidden', 'case.not_yours', `Expected to cancel case '${row.id}', but it is not theirs`, {
      case: row.id,
    });
  if (row.parent && person.role === 'applicant')
    return new Rejection(
      'forbidden',
      'case.called_by_another',
      `Expected to cancel case '${row.id}', but another case waits for it: withdraw that one`,
      { case: row.id },
    );
  if (row.status !== 'active')
    return new Rejection('conflict', 'case.closed', `Expected an active case, but '${row.id}' is ${row.status}`, {
      case: row.id,
      status: row.status,
    });
  return undefined;
}

/** Supervisors and designers may move a running case by hand or take it to another version. */
export function refuseRepair(person: Person, row: Pick<CaseRow, 'id' | 'status'>): Rejection | undefined {
  if (!may(person, 'cases.repair')) {
    return new Rejection('forbidden', 'case.not_yours_to_repair', `Expected someone who may repair '${row.id}'`, {
      case: row.id,
    });
  }
  if (row.status !== 'active') {
    return new Rejection('conflict', 'case.closed', `Expected an active case, but '${row.id}' is ${row.status}`, {
      case: row.id,
      status: row.status,
    });
  }
  return undefined;
}
