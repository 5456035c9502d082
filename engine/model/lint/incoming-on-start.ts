import { defineRule } from './rule.ts';
import { named } from './words.ts';

export const rule = defineRule('incoming-on-start', ({ nodes, incoming }, report) => {
  for (const node of nodes) {
    if ((node.type !== 'startEvent' && !node.instantiate) || incoming(node.id).length === 0) continue;
    report.error(
      node.id,
      `${named(node).zh}不能有流入的顺序流`,
      `${named(node).en} cannot have incoming sequence flows`,
    );
  }
});
