import { soundnessOf } from '../soundness/soundness.ts';
import { defineRule } from './rule.ts';
import { named } from './words.ts';

/** Lines lead to the element, yet no case can ever come there. What no line leads to is told by `unreachable`. */
export const rule = defineRule('dead-code', (context, report) => {
  for (const { first, rest } of soundnessOf(context).deadCode) {
    const { zh, en } = named(context.byId.get(first)!);
    const more = rest.length > 0;
    report.warning(
      first,
      `${zh}${more ? `及其后的 ${rest.length} 个环节` : ''}永远不会执行：没有办件能走到这里`,
      `${en}${more ? ` and ${rest.length} more after it` : ''} can never run: no case gets there`,
      rest,
    );
  }
});
