import { readRetryCycle } from '../retry-cycle.ts';
import { defineRule } from './rule.ts';
import { named, short } from './words.ts';

/** How often background work is tried is a plain fact of the model. */
export const rule = defineRule('retry-valid', ({ nodes }, report) => {
  for (const node of nodes) {
    const text = node.retryCycle;
    if (text === undefined || readRetryCycle(text)) continue;
    const { zh, en } = named(node);
    report.error(
      node.id,
      `${zh}的重试周期“${short(text)}”无效，应为 R3/PT10M 或 PT1M,PT5M，不能是表达式`,
      `The retry cycle '${short(text)}' of ${en} must be R3/PT10M or PT1M,PT5M, not an expression`,
    );
  }
});
