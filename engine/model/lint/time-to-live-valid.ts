import { expiryOf } from '../../time/time-to-live.ts';
import { defineRule } from './rule.ts';
import { named, short } from './words.ts';

/** How long a message is kept is known at upload, not when the first one is to be sent. */
export const rule = defineRule('time-to-live-valid', ({ nodes }, report) => {
  for (const node of nodes) {
    const sent = node.events.map((event) => (event.type === 'message' ? event.message : undefined));
    for (const message of [node.message, ...sent]) {
      const source = message?.timeToLive;
      if (!source || !('literal' in source) || expiryOf(source.literal, 0) !== undefined) continue;
      const { zh, en } = named(node);
      report.error(
        node.id,
        `${zh}的消息有效期“${short(source.literal)}”应为大于零、不超过十年的 ISO 8601 时长，例如 P5D`,
        `The time to live '${short(source.literal)}' of ${en} must be an ISO 8601 duration above zero, ten years at most, for example P5D`,
      );
    }
  }
});
