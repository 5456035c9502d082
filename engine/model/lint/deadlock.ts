import type { ParsedNode } from '../parsed-model.ts';
import { soundnessOf } from '../soundness/soundness.ts';
import { defineRule } from './rule.ts';
import { named } from './words.ts';

/** It has taken all its tokens once, and what comes back to it comes on some of its ways only. */
const JOINED_BEFORE = {
  zh: '因为汇合一次之后，只有部分分支会再次回到它',
  en: 'because once it has joined, only some of its branches come back to it',
};

/** A join that may wait for a token that cannot come: the case is stuck there, or a token is left behind. */
export const rule = defineRule('deadlock', (context, report) => {
  for (const { join, missing, cause, always } of soundnessOf(context).stuck) {
    const node = context.byId.get(join)!;
    const { zh, en } = named(node);
    const by = context.byId.get(cause);
    const reason = by && (by === node ? JOINED_BEFORE : notTakenBy(by));
    const related = [...(by && by !== node ? [by.id] : []), ...missing];
    report.warning(
      join,
      `${zh}${always ? '永远' : '可能'}等不齐它的分支${reason ? `，${reason.zh}` : ''}，办件会停在这里`,
      `${en} ${always ? 'never has' : 'may never have'} a token on each way in${reason ? `, ${reason.en}` : ''}: a case gets stuck there`,
      related,
    );
  }
});

function notTakenBy(element: ParsedNode) {
  const { zh, en } = named(element);
  return { zh: `因为${zh}可能不走通向它的分支`, en: `because ${en} may not take the branch that leads there` };
}
