import type { Source } from '../source.ts';
import { readCandidates, splitNames } from './candidates.ts';
import { childOf, childrenOf, textOf, type Element } from './element.ts';

export interface Resources {
  /** Expression that gives who holds the task from the start. */
  readonly performer?: string;
  readonly groups?: readonly string[] | Source;
  readonly users?: readonly string[] | Source;
}

const PERFORMERS = new Set(['bpmn:HumanPerformer', 'bpmn:Performer']);

/**
 * Who works on a user task in plain BPMN (2.0.2 §10.3.1): `humanPerformer` holds it, `potentialOwner` may claim it. The
 * expression is a name, or names as other engines write them: `user(li), group(tax)`; a name alone is a group. A role
 * that refers to a resource means the group of that name.
 */
export function readResources(task: Element): Resources {
  let performer: string | undefined;
  const groups: string[] = [];
  const users: string[] = [];
  for (const role of childrenOf(task, 'resources')) {
    const text = roleText(role);
    if (text === undefined) continue;
    if (PERFORMERS.has(role.$type)) performer ??= text;
    else if (role.$type === 'bpmn:PotentialOwner') {
      for (const item of text.startsWith('=') ? [text] : splitNames(text)) {
        const [, kind, name] = /^(user|group)\s*\(\s*(.+?)\s*\)$/i.exec(item) ?? [];
        (kind?.toLowerCase() === 'user' ? users : groups).push(name ?? item);
      }
    }
  }
  return {
    ...(performer !== undefined && { performer }),
    ...(groups.length > 0 && { groups: readCandidates(groups.join(',')) }),
    ...(users.length > 0 && { users: readCandidates(users.join(',')) }),
  };
}

/** True where all that the role says is read. */
export function isReadRole(task: Element, role: Element): boolean {
  return (
    task.$type === 'bpmn:UserTask' &&
    (PERFORMERS.has(role.$type) || role.$type === 'bpmn:PotentialOwner') &&
    roleText(role) !== undefined &&
    childrenOf(role, 'resourceParameterBindings').length === 0
  );
}

function roleText(role: Element): string | undefined {
  const expression = childOf(childOf(role, 'resourceAssignmentExpression'), 'expression');
  return textOf(expression, 'body') ?? textOf(childOf(role, 'resourceRef'), 'name');
}
