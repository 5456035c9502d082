import type { ParsedAssignment, ParsedLimit } from '../parsed-model.ts';
import { textSource } from '../source.ts';
import { childrenOf, extensionsOf, firstText, idOf, textOf, type Element } from './element.ts';

/** The promise limit as written; undefined where none of its attributes is there. */
export function readLimit(element: Element): ParsedLimit | undefined {
  const value = textOf(element, 'ov:promise');
  const unit = textOf(element, 'ov:unit');
  const basis = textOf(element, 'ov:basis');
  if (value === undefined && unit === undefined && basis === undefined) return undefined;
  return {
    ...(value !== undefined && { value }),
    ...(unit !== undefined && { unit }),
    ...(basis !== undefined && { basis }),
  };
}

/** Who may take a user task. The lane speaks only where the task itself is silent. */
export function readAssignment(task: Element, laneDepartment: string | undefined): ParsedAssignment {
  const zeebe = extensionsOf(task, 'zeebe:AssignmentDefinition')[0];
  const assignee = firstText(task, 'ov:assignee', 'camunda:assignee') ?? textOf(zeebe, 'assignee');
  const groups = firstText(task, 'ov:department', 'camunda:candidateGroups') ?? textOf(zeebe, 'candidateGroups');
  const users = firstText(task, 'camunda:candidateUsers') ?? textOf(zeebe, 'candidateUsers');
  const silent = assignee === undefined && groups === undefined && users === undefined;
  const candidateGroups = groups === undefined ? (silent && laneDepartment ? [laneDepartment] : []) : listOf(groups);
  const candidateUsers = users === undefined ? [] : listOf(users);
  const refused = candidateGroups === undefined ? groups : candidateUsers === undefined ? users : undefined;
  return {
    ...(assignee !== undefined && { assignee: textSource(assignee) }),
    candidateGroups: candidateGroups ?? [],
    candidateUsers: candidateUsers ?? [],
    ...(refused !== undefined && { refused }),
  };
}

export function readForm(element: Element): string | undefined {
  const zeebe = extensionsOf(element, 'zeebe:FormDefinition')[0];
  return firstText(element, 'ov:form', 'camunda:formKey', 'camunda:formRef') ?? firstText(zeebe, 'formKey', 'formId');
}

/** Node id -> department of the innermost lane that holds it. */
export function readLanes(container: Element): ReadonlyMap<string, string> {
  const departments = new Map<string, string>();
  const visit = (laneSet: Element | undefined) => {
    for (const lane of childrenOf(laneSet, 'lanes')) {
      const department = firstText(lane, 'ov:department', 'name');
      if (department !== undefined) {
        for (const node of childrenOf(lane, 'flowNodeRef')) departments.set(idOf(node), department);
      }
      visit(lane.get('childLaneSet') as Element | undefined);
    }
  };
  childrenOf(container, 'laneSets').forEach(visit);
  return departments;
}

/** `tax, housing`, or a FEEL list of texts `= ["tax", "housing"]`; undefined for anything that must be computed. */
function listOf(text: string): string[] | undefined {
  if (text.startsWith('=')) {
    try {
      const list: unknown = JSON.parse(text.slice(1));
      const items = Array.isArray(list) ? list : [list];
      return items.every((item): item is string => typeof item === 'string') ? items : undefined;
    } catch {
      return undefined;
    }
  }
  if (/[$#]\{/.test(text)) return undefined;
  return text
    .split(/[,，、]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
