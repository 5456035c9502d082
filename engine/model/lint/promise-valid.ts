import { checkLimit, owners } from './check-limit.ts';
import { reportPartsBeyondWhole } from './promise-parts.ts';
import { defineRule } from './rule.ts';

/** A promise is a number of a known unit, and the parts fit into the whole. */
export const rule = defineRule('promise-valid', (context, report) => {
  const words = { zh: '承诺时限', en: 'promise', attribute: 'ov:promise' };
  for (const of of owners(context)) checkLimit(report, of, of.limit, words);
  reportPartsBeyondWhole(context, report);
});
