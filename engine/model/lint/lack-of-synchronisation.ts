import { soundnessOf } from '../soundness/soundness.ts';
import { defineRule } from './rule.ts';
import { named } from './words.ts';

/** Parallel branches that meet without a join: each of them goes on, and what follows runs more than once. */
export const rule = defineRule('lack-of-synchronisation', (context, report) => {
  for (const { element, cause } of soundnessOf(context).doubled) {
    const { zh, en } = named(context.byId.get(element)!);
    const by = cause === element ? undefined : context.byId.get(cause);
    report.warning(
      element,
      `${by ? `${named(by).zh}分出的` : ''}并行分支在${zh}处没有汇合，之后的环节可能重复执行`,
      `Parallel branches${by ? ` from ${named(by).en}` : ''} meet at ${en} without a join: what follows may run more than once`,
      by ? [by.id] : [],
    );
  }
});
