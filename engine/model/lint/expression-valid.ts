import { nodeSources } from '../expressions-of.ts';
import { defineRule } from './rule.ts';
import { refusalOf } from './source-check.ts';
import { named } from './words.ts';

/** Every expression of an element is FEEL that may run; conditions of flows are condition-valid's. */
export const rule = defineRule('expression-valid', (context, report) => {
  for (const node of context.nodes) {
    for (const { zh, en, source } of nodeSources(node)) {
      const refusal = refusalOf(source, context);
      if (refusal)
        report.error(
          node.id,
          `${named(node).zh}的${zh}无效：${refusal.zh}`,
          `The ${en} of ${named(node).en} is not valid: ${refusal.en}`,
        );
    }
    if (node.form !== undefined && /^=|[$#]\{/.test(node.form)) {
      report.error(
        node.id,
        `${named(node).zh}的表单必须是固定的表单标识，不能是表达式`,
        `The form of ${named(node).en} must be a fixed key, not an expression`,
      );
    }
  }
});
