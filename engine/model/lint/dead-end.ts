import { defineRule } from './rule.ts';
import { named } from './words.ts';

/** A branch that stops without an end event runs, but the reader cannot tell whether that was meant. */
export const rule = defineRule('dead-end', ({ nodes, outgoing }, report) => {
  for (const node of nodes) {
    if (
      node.type === 'endEvent' ||
      node.triggeredByEvent ||
      node.isForCompensation ||
      node.handlers ||
      outgoing(node.id).length > 0
    )
      continue;
    report.warning(
      node.id,
      `${named(node).zh}没有后续，分支在此隐式结束`,
      `${named(node).en} leads nowhere: the branch ends here`,
    );
  }
});
