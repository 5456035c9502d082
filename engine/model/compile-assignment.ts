import type { Expression } from '../expressions/expression.ts';
import type { Compiled } from './compile-node.ts';
import type { Assignment } from './graph.ts';
import type { ParsedAssignment } from './parsed-model.ts';

const COMPUTED = ['assignee', 'groups', 'users', 'dueDate', 'followUpDate', 'priority'] as const;

/** Who works on a user task, and when: fixed names, and what is computed when the task opens. */
export function compileAssignment(assignment: ParsedAssignment, expression: Compiled): Assignment {
  const computed: { [name in (typeof COMPUTED)[number]]?: Expression } = {};
  for (const name of COMPUTED) {
    const source = assignment[name];
    if (source) computed[name] = expression(source);
  }
  return Object.freeze({
    candidateGroups: Object.freeze([...assignment.candidateGroups]),
    candidateUsers: Object.freeze([...assignment.candidateUsers]),
    ...computed,
  });
}
