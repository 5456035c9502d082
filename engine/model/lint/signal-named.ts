import { defineRule } from './rule.ts';
import { named } from './words.ts';

/** A signal is found by its name, in this case and in all others. */
export const rule = defineRule('signal-named', ({ nodes }, report) => {
  for (const node of nodes) {
    for (const event of node.events) {
      if (event.type !== 'signal') continue;
      const { zh, en } = named(node);
      if (event.name === undefined)
        report.error(node.id, `${zh}没有指定信号（signalRef）`, `${en} names no signal (signalRef)`);
      else if (event.name === '') report.error(node.id, `${zh}的信号没有名称`, `The signal of ${en} has no name`);
    }
  }
});
