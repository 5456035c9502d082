import { soundnessOf } from '../soundness/soundness.ts';
import { defineRule } from './rule.ts';
import { named } from './words.ts';

/** A join that may wait for a token that cannot come: the case is stuck there, or a token is left behind. */
export const rule = defineRule('deadlock', (context, report) => {
  for (const { join, missing, cause, always } of soundnessOf(context).stuck) {
    const node = context.byId.get(join)!;
    const { zh, en } = named(node);
    const by = context.byId.get(cause);
    const reason = by && {
      zh: `因为${named(by).zh}可能不走通向它的分支`,
      en: `because ${named(by).en} may not take the branch that leads there`,
    };
    const related = [...(by ? [by.id] : []), ...missing];
    report.warning(
      join,
      `${zh}${always ? '永远' : '可能'}等不齐它的分支${reason ? `，${reason.zh}` : ''}，办件会停在这里`,
      `${en} ${always ? 'never has' : 'may never have'} a token on each way in${reason ? `, ${reason.en}` : ''}: a case gets stuck there`,
      related,
    );
  }
});
