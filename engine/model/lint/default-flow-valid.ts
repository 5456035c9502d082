import { defineRule } from './rule.ts';
import { named } from './words.ts';

const MAY_HAVE = /^(exclusive|inclusive|complex)Gateway$|[tT]ask$|ubProcess$|^transaction$|^callActivity$/;

export const rule = defineRule('default-flow-valid', ({ nodes, outgoing }, report) => {
  for (const node of nodes) {
    if (node.default === undefined) continue;
    const { zh, en } = named(node);
    const flow = outgoing(node.id).find(({ id }) => id === node.default);
    if (!flow) {
      report.error(
        node.id,
        `${zh}的默认流“${node.default}”不是它流出的顺序流`,
        `The default flow '${node.default}' of ${en} does not leave it`,
      );
    } else if (!MAY_HAVE.test(node.type)) {
      report.error(node.id, `${zh}不能有默认流`, `${en} cannot have a default flow`);
    } else if (flow.condition) {
      report.warning(
        flow.id,
        `默认流${named(flow).zh}的条件不会生效`,
        `The condition of default flow ${named(flow).en} has no effect`,
      );
    }
  }
});
