import type { ParsedMessage, ParsedNode } from '../parsed-model.ts';
import { defineRule, type LintContext } from './rule.ts';
import { named, short } from './words.ts';

/** A message is found by its name; two ways to begin a case by one name would begin two cases. */
export const rule = defineRule('message-named', (context, report) => {
  const starts = new Set<string>();
  for (const node of context.nodes) {
    // what a worker sends need not have a name here
    const messages = messagesOf(node).filter((message) => message ?? !(node.work?.topic ?? node.work?.http));
    const { zh, en } = named(node);
    for (const message of messages) {
      if (!message) report.error(node.id, `${zh}没有指定消息（messageRef）`, `${en} names no message (messageRef)`);
      else if (message.name === '') report.error(node.id, `${zh}的消息没有名称`, `The message of ${en} has no name`);
      else if (beginsCase(context, node)) {
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
  }
});

function messagesOf(node: ParsedNode): (ParsedMessage | undefined)[] {
  const events = node.events.flatMap((event) => (event.type === 'message' ? [event.message] : []));
  const isMessenger = node.type === 'receiveTask' || (node.type === 'sendTask' && node.message);
  return isMessenger ? [node.message, ...events] : events;
}

function beginsCase({ byId, incoming }: LintContext, node: ParsedNode): boolean {
  if (node.scope !== '') return false;
  if (node.type === 'startEvent' || node.instantiate) return true;
  return incoming(node.id).some(({ source }) => {
    const before = byId.get(source ?? '');
    return before?.type === 'eventBasedGateway' && before.instantiate;
  });
}
