import { defineRule } from './rule.ts';
import { named } from './words.ts';

/** A case begins at one place. Message starts may stand beside it; a sub-process has exactly one none start event. */
export const rule = defineRule('start-event-required', ({ process, nodes, inside }, report) => {
  if (!process) return;
  const scopes = [{ id: '', element: process.id, zh: '流程', en: 'The process' }].concat(
    nodes
      .filter((node) => node.type === 'subProcess' && !node.triggeredByEvent)
      .map((node) => ({ id: node.id, element: node.id, zh: named(node).zh, en: named(node).en })),
  );
  for (const { id, element, zh, en } of scopes) {
    const starts = inside(id).filter((node) => node.type === 'startEvent');
    const plain = starts.filter((node) => node.events.length === 0);
    if (starts.length === 0) report.error(element, `${zh}没有开始事件`, `${en} has no start event`);
    for (const extra of plain.slice(1)) {
      report.error(
        extra.id,
        `${zh}只能有一个空开始事件，“${extra.name || extra.id}”是多余的`,
        `${en} may have one none start event; '${extra.id}' is one too many`,
      );
    }
  }
});
