import { defineRule } from './rule.ts';
import { named, short } from './words.ts';

/** A message is found by its name; two start events with one name would start two cases. */
export const rule = defineRule('message-named', ({ nodes }, report) => {
  const starts = new Set<string>();
  for (const node of nodes) {
    const event = node.events.find(({ type }) => type === 'message');
    if (event?.type !== 'message' && node.type !== 'receiveTask' && !(node.type === 'sendTask' && node.message))
      continue;
    const message = event?.type === 'message' ? event.message : node.message;
    // what a worker sends need not have a name here
    if (node.work?.topic ?? node.work?.http) continue;
    const { zh, en } = named(node);
    if (!message) report.error(node.id, `${zh}没有指定消息（messageRef）`, `${en} names no message (messageRef)`);
    else if (message.name === '') report.error(node.id, `${zh}的消息没有名称`, `The message of ${en} has no name`);
    else if (node.type === 'startEvent' && node.scope === '') {
      if (starts.has(message.name)) {
        report.error(
          node.id,
          `消息“${short(message.name)}”已经是另一个开始事件的消息`,
          `Message '${short(message.name)}' belongs to another start event already`,
        );
      }
      starts.add(message.name);
    }
  }
});
