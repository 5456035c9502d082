import { defineRule } from './rule.ts';
import { named } from './words.ts';

/** Errors are matched by code. What catches without a code catches every code. */
export const rule = defineRule('error-code', ({ nodes }, report) => {
  for (const node of nodes) {
    for (const event of node.events) {
      if (event.type !== 'error' || event.code !== undefined) continue;
      const { zh, en } = named(node);
      if (node.type !== 'endEvent') {
        if (event.declared)
          report.warning(
            node.id,
            `${zh}引用的错误没有 errorCode，会捕获所有错误`,
            `The error of ${en} has no errorCode: it catches every error`,
          );
      } else if (event.declared)
        report.error(node.id, `${zh}引用的错误没有 errorCode`, `The error of ${en} has no errorCode`);
      else report.error(node.id, `${zh}没有指定错误（errorRef）`, `${en} names no error (errorRef)`);
    }
  }
});
