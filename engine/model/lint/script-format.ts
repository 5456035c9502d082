import { defineRule } from './rule.ts';
import { named, short } from './words.ts';

/** Uploaded script code never runs; FEEL cannot reach anything but the case's own data. */
export const rule = defineRule('script-format', ({ nodes }, report) => {
  for (const node of nodes) {
    const format = node.script?.format;
    if (format === undefined || /^(feel|juel)$/i.test(format)) continue;
    const { zh, en } = named(node);
    if (format === '')
      report.error(node.id, `${zh}必须声明 scriptFormat="feel"`, `${en} must state scriptFormat="feel"`);
    else
      report.error(
        node.id,
        `${zh}的脚本语言“${short(format)}”不支持，只支持 feel；请改写为 FEEL，或改为服务任务由工作程序完成`,
        `${en} is written in '${short(format)}'; only feel runs; write it in FEEL, or let a worker do it (a service task with a topic)`,
      );
  }
});
