import { defineRule } from './rule.ts';
import { named } from './words.ts';

export const rule = defineRule('dangling-flow', ({ flows }, report) => {
  for (const flow of flows) {
    const { zh, en } = named(flow);
    if (flow.source === undefined) report.error(flow.id, `${zh}的起点不存在`, `${en} begins nowhere`);
    if (flow.target === undefined) report.error(flow.id, `${zh}的终点不存在`, `${en} leads nowhere`);
  }
});
