import type { ParsedAssignment } from '../parsed-model.ts';
import { textSource, type Source } from '../source.ts';
import { readCandidates } from './candidates.ts';
import { extensionsOf, firstText, textOf, type Element } from './element.ts';
import { readResources } from './resources.ts';

/** Who may take a user task, and when it shall be done. The lane speaks only where the task itself is silent. */
export function readAssignment(task: Element, laneDepartment: string | undefined): ParsedAssignment {
  const zeebe = extensionsOf(task, 'zeebe:AssignmentDefinition')[0];
  const schedule = extensionsOf(task, 'zeebe:TaskSchedule')[0];
  const resources = readResources(task);
  const assignee =
    firstText(task, 'ov:assignee', 'camunda:assignee') ?? textOf(zeebe, 'assignee') ?? resources.performer;
  const groups = firstText(task, 'ov:department', 'camunda:candidateGroups') ?? textOf(zeebe, 'candidateGroups');
  const users = textOf(task, 'camunda:candidateUsers') ?? textOf(zeebe, 'candidateUsers');
  const named = {
    groups: groups === undefined ? resources.groups : readCandidates(groups),
    users: users === undefined ? resources.users : readCandidates(users),
  };
  const silent = assignee === undefined && !named.groups && !named.users;
  const [candidateGroups, computedGroups] = fixedOr(named.groups);
  const [candidateUsers, computedUsers] = fixedOr(named.users);
  return {
    ...(assignee !== undefined && { assignee: textSource(assignee) }),
    candidateGroups: silent && laneDepartment !== undefined ? [laneDepartment] : candidateGroups,
    candidateUsers,
    ...(computedGroups && { groups: computedGroups }),
    ...(computedUsers && { users: computedUsers }),
    ...source('dueDate', textOf(task, 'camunda:dueDate') ?? textOf(schedule, 'dueDate')),
    ...source('followUpDate', textOf(task, 'camunda:followUpDate') ?? textOf(schedule, 'followUpDate')),
    ...source(
      'priority',
      textOf(task, 'camunda:priority') ?? textOf(extensionsOf(task, 'zeebe:PriorityDefinition')[0], 'priority'),
    ),
  };
}

function fixedOr(candidates: readonly string[] | Source | undefined): [readonly string[], Source | undefined] {
  return Array.isArray(candidates) ? [candidates, undefined] : [[], candidates as Source | undefined];
}

function source<Name extends string>(name: Name, text: string | undefined): { readonly [key in Name]?: Source } {
  return (text === undefined ? {} : { [name]: textSource(text) }) as { readonly [key in Name]?: Source };
}
