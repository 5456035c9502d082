import { defineRule } from './rule.ts';
import { named } from './words.ts';

export const rule = defineRule('gateway-shape', ({ nodes, incoming, outgoing }, report) => {
  for (const node of nodes) {
    if (!node.type.endsWith('Gateway')) continue;
    const { zh, en } = named(node);
    const [into, out] = [incoming(node.id).length, outgoing(node.id).length];
    if (into <= 1 && out === 1) {
      report.warning(node.id, `${zh}只有一进一出，是多余的`, `${en} has one way in and one way out and does nothing`);
    } else if (into > 1 && out > 1 && node.type !== 'complexGateway') {
      report.warning(
        node.id,
        `${zh}既合并又分支，建议拆成两个网关`,
        `${en} both joins and splits; two gateways are easier to read`,
      );
    }
  }
});
