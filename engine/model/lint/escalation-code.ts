import { defineRule } from './rule.ts';
import { named } from './words.ts';

/** Escalations are matched by code. An event that catches one without a code catches every escalation. */
export const rule = defineRule('escalation-code', ({ nodes }, report) => {
  for (const node of nodes) {
    if (node.type !== 'endEvent' && node.type !== 'intermediateThrowEvent') continue;
    for (const event of node.events) {
      if (event.type !== 'escalation' || event.code !== undefined) continue;
      const { zh, en } = named(node);
      if (event.declared)
        report.error(node.id, `${zh}引用的升级没有 escalationCode`, `The escalation of ${en} has no escalationCode`);
      else report.error(node.id, `${zh}没有指定升级（escalationRef）`, `${en} names no escalation (escalationRef)`);
    }
  }
});
