import { defineRule } from './rule.ts';
import { named } from './words.ts';

/** Where every way has a condition, a case may find none true and stop with an incident. */
export const rule = defineRule('exclusive-default', ({ nodes, outgoing }, report) => {
  for (const node of nodes) {
    if (node.type !== 'exclusiveGateway' && node.type !== 'inclusiveGateway') continue;
    const flows = outgoing(node.id);
    if (flows.length < 2) continue;
    const { zh, en } = named(node);
    const open = flows.filter((flow) => !flow.condition && flow.id !== node.default);
    if (node.default === undefined && open.length === 0) {
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
