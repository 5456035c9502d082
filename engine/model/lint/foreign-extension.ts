import { treatmentOf } from '../read/foreign.ts';
import { defineRule, type LintContext } from './rule.ts';
import { short } from './words.ts';

/** What another engine would do and this one does not is said with the way out: refused where work would be left undone. */
export const rule = defineRule('foreign-extension', (context, report) => {
  for (const problem of context.model.problems) {
    if (problem.type !== 'foreign') continue;
    const { treatment, isWork, zh = '', en = '' } = treatmentOf(problem.name)!;
    const name = short(problem.name);
    if (treatment === 'refused' && !(isWork && hasOwnWork(context, problem.element)))
      report.error(problem.element, `${name} 不能运行：${zh}`, `${name} cannot run here: ${en}`);
    else report.warning(problem.element, `${name} 不会生效：${zh}`, `${name} has no effect here: ${en}`);
  }
});

function hasOwnWork({ model }: LintContext, id: string): boolean {
  const node = model.executables.flatMap(({ nodes }) => nodes).find((candidate) => candidate.id === id);
  return Boolean(node?.script ?? node?.work?.topic ?? node?.work?.http);
}
