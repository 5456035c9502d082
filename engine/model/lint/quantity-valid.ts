import { defineRule } from './rule.ts';
import { wholeNumber } from './whole-number.ts';
import { named, short } from './words.ts';

/** More tokens than this from one activity is a mistake in the model. */
const MAX_QUANTITY = 1_000;

/** How many tokens an activity waits for and sends out (BPMN 2.0.2 table 10.3). */
export const rule = defineRule('quantity-valid', ({ nodes }, report) => {
  for (const node of nodes) {
    for (const property of ['startQuantity', 'completionQuantity'] as const) {
      const written = node[property];
      if (written === undefined) continue;
      const quantity = wholeNumber(written) ?? 0;
      if (quantity >= 1 && quantity <= MAX_QUANTITY) continue;
      report.error(
        node.id,
        `${named(node).zh}的 ${property}“${short(written)}”应为 1 到 ${MAX_QUANTITY} 的整数`,
        `The ${property} '${short(written)}' of ${named(node).en} must be a whole number from 1 to ${MAX_QUANTITY}`,
      );
    }
  }
});
