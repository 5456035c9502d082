import { defineRule } from './rule.ts';
import { named } from './words.ts';

/** Errors are matched by code. What catches without errorRef catches every code. */
export const rule = defineRule('error-code', ({ nodes }, report) => {
  for (const node of nodes) {
    for (const event of node.events) {
      if (event.type !== 'error' || event.code !== undefined) continue;
      if (node.type !== 'endEvent' && !event.declared) continue;
      const { zh, en } = named(node);
      if (event.declared) report.error(node.id, `${zh}引用的错误没有 errorCode`, `The error of ${en} has no errorCode`);
      else report.error(node.id, `${zh}没有指定错误（errorRef）`, `${en} names no error (errorRef)`);
    }
  }
});
