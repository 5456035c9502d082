import { takeableFlows } from '../soundness/takeable-flows.ts';
import { defineRule } from './rule.ts';
import { named } from './words.ts';

/** A flow whose turn never comes, whatever the data say. */
export const rule = defineRule('dead-flow', ({ nodes, outgoing }, report) => {
  for (const node of nodes) {
    for (const { flow, because } of takeableFlows(node, outgoing(node.id)).never) {
      const [dead, earlier] = [named(flow), because && named(because)];
      report.warning(
        flow.id,
        `${dead.zh}永远不会被选中${earlier ? `：${earlier.zh}总是先成立` : '：条件恒为假'}`,
        `${dead.en} is never taken: ${earlier ? `${earlier.en} always comes first` : 'its condition is always false'}`,
        because ? [node.id, because.id] : [node.id],
      );
    }
  }
});
