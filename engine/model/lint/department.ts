import { defineRule } from './rule.ts';
import { named } from './words.ts';

/** A task that belongs to nobody appears in no inbox. */
export const rule = defineRule('department', ({ nodes }, report) => {
  for (const node of nodes) {
    const { assignment } = node;
    if (!assignment || assignment.assignee || assignment.groups || assignment.users) continue;
    if (assignment.candidateGroups.length > 0 || assignment.candidateUsers.length > 0) continue;
    report.warning(
      node.id,
      `${named(node).zh}没有部门、候选人或办理人，不会出现在任何人的待办中`,
      `${named(node).en} has no department, candidate or assignee: nobody will see it`,
    );
  }
});
