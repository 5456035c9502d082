import { defineRule } from './rule.ts';
import { named, typeWords } from './words.ts';

/** Without an id no flow, task or history entry can speak of an element. */
export const rule = defineRule('missing-id', ({ nodes, flows }, report) => {
  for (const node of nodes) {
    if (node.id !== '') continue;
    const words = node.name === '' ? typeWords(node.type) : named(node);
    report.error(node.scope, `${words.zh}没有 id`, `A ${words.en} has no id`);
  }
  for (const flow of flows) {
    if (flow.id === '') report.error(flow.source ?? flow.scope, '顺序流没有 id', 'A sequence flow has no id');
  }
});
