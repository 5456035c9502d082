import { entriesOf } from '../entries.ts';
import { defineRule } from './rule.ts';
import { named } from './words.ts';

/** A scope begins at its none start event, or without any where no flow leads to. Message starts may stand beside it. */
export const rule = defineRule('start-event-required', ({ process, nodes, inside, incoming }, report) => {
  if (!process) return;
  const scopes = [{ id: '', element: process.id, zh: '流程', en: 'The process' }].concat(
    nodes
      .filter((node) => (node.type === 'subProcess' || node.type === 'transaction') && !node.triggeredByEvent)
      .map((node) => ({ id: node.id, element: node.id, zh: named(node).zh, en: named(node).en })),
  );
  for (const { id, element, zh, en } of scopes) {
    const starts = inside(id).filter((node) => node.type === 'startEvent');
    const plain = starts.filter((node) => node.events.length === 0);
    if (entriesOf(inside(id), (node) => incoming(node).length > 0).length === 0) {
      report.error(
        element,
        `${zh}没有开始事件，也没有可以直接开始的节点`,
        `${en} has no start event, and nothing else it could start with`,
      );
    }
    for (const extra of plain.slice(1)) {
      report.error(
        extra.id,
        `${zh}只能有一个空开始事件，“${extra.name || extra.id}”是多余的`,
        `${en} may have one none start event; '${extra.id}' is one too many`,
      );
    }
  }
});
