import { defineRule, type LintContext, type Report } from './rule.ts';
import { named } from './words.ts';

/** Where a case waits without an open task of its own. */
const WAITS: readonly string[] = ['callActivity', 'receiveTask', 'intermediateCatchEvent', 'eventBasedGateway'];

/** A task that belongs to nobody appears in no inbox; a limited case that belongs to nobody is hurried by nobody. */
export const rule = defineRule('department', (context, report) => {
  reportUnled(context, report);
  for (const node of context.nodes) {
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

function reportUnled({ process, nodes }: LintContext, report: Report): void {
  if (!process || process.department !== undefined || !(process.limit ?? process.statutory)) return;
  const waits = nodes.filter(({ type }) => WAITS.includes(type));
  if (!waits[0]) return;
  const { zh, en } = named(waits[0]);
  report.warning(
    process.id,
    `流程有时限但没有牵头部门（ov:department）：停在${zh}等处等待期间超期时，只能由被调用流程的部门或最近办理的部门负责`,
    `The process has a limit but no lead department (ov:department): while it waits, for example at ${en}, only the department of what it calls, or the one that worked last, answers for an overdue case`,
    waits.map(({ id }) => id),
  );
}
