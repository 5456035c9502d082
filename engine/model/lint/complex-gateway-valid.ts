import { defineRule } from './rule.ts';
import { named } from './words.ts';

/** A complex gateway that joins says when the tokens that have arrived are enough. */
export const rule = defineRule('complex-gateway-valid', ({ nodes, incoming }, report) => {
  for (const node of nodes) {
    if (node.type !== 'complexGateway' || node.activation || incoming(node.id).length < 2) continue;
    report.error(
      node.id,
      `${named(node).zh}有多个流入，必须指定激活条件（activationCondition），例如“activationCount >= 2”`,
      `${named(node).en} joins several flows and needs an activationCondition, for example 'activationCount >= 2'`,
    );
  }
});
