import { defineRule } from './rule.ts';
import { named } from './words.ts';

/**
 * A branch that stops without an end event runs, but the reader cannot tell whether that was meant. What is chosen in an
 * ad-hoc sub-process stands alone.
 */
export const rule = defineRule('dead-end', ({ nodes, outgoing }, report) => {
  const adHoc = new Set(nodes.filter(({ type }) => type === 'adHocSubProcess').map(({ id }) => id));
  for (const node of nodes) {
    if (
      node.type === 'endEvent' ||
      node.triggeredByEvent ||
      node.isForCompensation ||
      node.handlers ||
      adHoc.has(node.scope) ||
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
