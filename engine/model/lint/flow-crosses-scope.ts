import { defineRule } from './rule.ts';
import { named } from './words.ts';

/** Sequence flows stay inside their process or sub-process (BPMN 2.0.2 §7.5.1). */
export const rule = defineRule('flow-crosses-scope', ({ flows, byId }, report) => {
  for (const flow of flows) {
    for (const [id, zh, en] of [
      [flow.source, '起点', 'source'],
      [flow.target, '终点', 'target'],
    ] as const) {
      if (id === undefined || id === '') continue;
      const node = byId.get(id);
      if (!node) {
        report.error(
          flow.id,
          `${named(flow).zh}的${zh}“${id}”不是本流程的节点`,
          `The ${en} '${id}' of ${named(flow).en} is no node of this process`,
        );
      } else if (node.scope !== flow.scope) {
        report.error(
          flow.id,
          `${named(flow).zh}的${zh}在另一个子流程中，顺序流不能跨越子流程边界`,
          `The ${en} of ${named(flow).en} lies in another scope; sequence flows do not cross a sub-process`,
        );
      }
    }
  }
});
