import { defineRule } from './rule.ts';
import { named } from './words.ts';

export const rule = defineRule('outgoing-on-end', ({ nodes, outgoing }, report) => {
  for (const node of nodes) {
    if (node.type !== 'endEvent' || outgoing(node.id).length === 0) continue;
    report.error(
      node.id,
      `${named(node).zh}不能有流出的顺序流`,
      `${named(node).en} cannot have outgoing sequence flows`,
    );
  }
});
