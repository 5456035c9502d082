import { defineRule } from './rule.ts';
import { named, short } from './words.ts';

/** A conditional event has a condition in FEEL; expression-valid judges the text. */
export const rule = defineRule('conditional-event-valid', ({ nodes }, report) => {
  for (const node of nodes) {
    for (const event of node.events) {
      if (event.type !== 'conditional') continue;
      const { zh, en } = named(node);
      if (!event.condition) report.error(node.id, `${zh}没有条件（condition）`, `${en} has no condition`);
      else if (event.language !== undefined && !/feel/i.test(event.language))
        report.error(
          node.id,
          `${zh}的条件语言“${short(event.language)}”不支持，只支持 FEEL`,
          `The condition of ${en} is in '${short(event.language)}'; only FEEL runs`,
        );
    }
  }
});
