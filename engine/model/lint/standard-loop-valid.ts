import { defineRule } from './rule.ts';
import { wholeNumber } from './whole-number.ts';
import { named, short } from './words.ts';

/** A loop has something that ends it. */
export const rule = defineRule('standard-loop-valid', ({ nodes }, report) => {
  for (const node of nodes) {
    if (node.loop?.type !== 'standard') continue;
    const { zh, en } = named(node);
    const { condition, maximum } = node.loop;
    if (!condition && maximum === undefined) {
      report.error(
        node.id,
        `${zh}循环执行，必须指定循环条件（loopCondition）或次数上限（loopMaximum）`,
        `${en} loops and needs a loopCondition or a loopMaximum`,
      );
    }
    if (maximum !== undefined && (wholeNumber(maximum) ?? 0) < 1) {
      report.error(
        node.id,
        `${zh}的循环次数上限“${short(maximum)}”应为正整数`,
        `The loopMaximum '${short(maximum)}' of ${en} must be a whole number from 1`,
      );
    }
  }
});
