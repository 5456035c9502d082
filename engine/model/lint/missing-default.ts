import { conditionText } from '../soundness/takeable-flows.ts';
import { constantOf } from '../soundness/condition.ts';
import { defineRule } from './rule.ts';
import { named } from './words.ts';

/**
 * Where every way has a condition, a case may find none true and stop with an incident: after gateways that choose, and
 * after any other element whose flows all have conditions.
 */
export const rule = defineRule('missing-default', ({ nodes, outgoing }, report) => {
  for (const node of nodes) {
    if (node.type === 'parallelGateway' || node.type === 'eventBasedGateway') continue;
    const flows = outgoing(node.id);
    const gateway = node.type.endsWith('Gateway');
    if (flows.length < (gateway ? 2 : 1)) continue;
    const { zh, en } = named(node);
    const open = flows.filter((flow) => !flow.condition && flow.id !== node.default);
    const certain = flows.some((flow) => constantOf(conditionText(flow) ?? '') === true);
    if (node.default === undefined && open.length === 0 && !certain) {
      report.warning(
        node.id,
        `${zh}没有默认流，条件都不成立时办件会停在这里`,
        `${en} has no default flow: a case stops here when no condition is true`,
      );
    }
    if (node.type === 'exclusiveGateway') {
      for (const flow of open) {
        report.warning(
          flow.id,
          `${zh}之后的${named(flow).zh}没有条件，也不是默认流，总会被选中`,
          `${named(flow).en} after ${en} has no condition and is not the default: it is always taken`,
        );
      }
    }
  }
});
