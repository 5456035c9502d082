import { checkLimit, owners } from './check-limit.ts';
import { reportPartsBeyondWhole } from './promise-parts.ts';
import { defineRule, type LintContext, type Report } from './rule.ts';
import { short } from './words.ts';

/** A promise is a number of a known unit, and the parts fit into the whole. */
export const rule = defineRule('promise-valid', (context, report) => {
  const words = { zh: '承诺时限', en: 'promise', attribute: 'ov:promise' };
  for (const of of owners(context)) checkLimit(report, of, of.limit, words);
  reportPartsBeyondWhole(context, report);
  reportStrangers(context, report);
});

/** An element was renamed or taken out, and the item still limits it. */
function reportStrangers({ process }: LintContext, report: Report): void {
  for (const id of process?.strangers ?? [])
    report.warning(
      process!.id,
      `事项为环节“${short(id)}”规定了时限，但流程中没有这个环节，不会生效`,
      `The item limits '${short(id)}', which the process does not have: it has no effect`,
    );
}
