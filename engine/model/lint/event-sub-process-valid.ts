import { defineRule } from './rule.ts';
import { named } from './words.ts';

/** What begins by an event has one start event that says which, and no flow around it (BPMN 2.0.2 §10.3.5). */
export const rule = defineRule('event-sub-process-valid', ({ nodes, inside, incoming, outgoing }, report) => {
  for (const node of nodes) {
    if (!node.triggeredByEvent) continue;
    const { zh, en } = named(node);
    const [start, ...more] = inside(node.id).filter(({ type }) => type === 'startEvent');
    if (!start || more.length > 0) {
      report.error(
        node.id,
        `事件${zh}必须且只能有一个开始事件`,
        `${en} is triggered by an event and needs exactly one start event`,
      );
    } else if (start.events.length === 0) {
      report.error(
        start.id,
        `${named(start).zh}在事件子流程中，必须指定触发事件`,
        `${named(start).en} is in an event sub-process and must say which event triggers it`,
      );
    } else if (!start.interrupting && start.events.some(({ type }) => type === 'error')) {
      report.error(
        start.id,
        `${named(start).zh}捕获错误，必须是中断型（isInterrupting="true"）`,
        `${named(start).en} catches an error and must interrupt (isInterrupting="true")`,
      );
    }
    if (incoming(node.id).length + outgoing(node.id).length > 0) {
      report.error(node.id, `事件${zh}不能有顺序流`, `${en} is triggered by an event and cannot have sequence flows`);
    }
    if (node.loop) {
      report.error(node.id, `事件${zh}不能循环或多实例`, `${en} is triggered by an event and cannot loop`);
    }
  }
});
