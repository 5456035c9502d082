import { checkLimit, owners } from './check-limit.ts';
import { leastOf, numberOf, sizeOf, unitOf } from './promise-parts.ts';
import { defineRule } from './rule.ts';

/** A statutory limit is a number of a known unit that says which law states it, and no promise allows itself more. */
export const rule = defineRule('statutory-valid', (context, report) => {
  const words = { zh: '法定时限', en: 'statutory limit', attribute: 'ov:statutory' };
  for (const of of owners(context)) {
    const { id, limit, statutory, zh, en } = of;
    checkLimit(report, of, statutory, words);
    const allowed = numberOf(statutory);
    if (!statutory || allowed === undefined) continue;
    if (!statutory.basis?.trim()) {
      report.warning(
        id,
        `${zh}的法定时限没有写明依据（ov:statutoryBasis）：应写明法律名称和条款`,
        `The statutory limit of ${en} names no basis (ov:statutoryBasis): state the law and its article`,
      );
    }
    if (!limit || numberOf(limit) === undefined) continue;
    const unit = unitOf(statutory);
    if (leastOf(limit, unit) > allowed) {
      report.error(
        id,
        `${zh}的承诺时限 ${sizeOf(limit, 'zh')}超过法定时限 ${sizeOf(statutory, 'zh')}`,
        `The promise of ${en} (${sizeOf(limit, 'en')}) exceeds its statutory limit (${sizeOf(statutory, 'en')})`,
      );
    } else if (id === context.process?.id && unitOf(limit) !== unit) {
      report.warning(
        id,
        `${zh}的承诺时限与法定时限单位不同，办件将不能延期`,
        `The promise and the statutory limit of ${en} are in different units: its cases cannot be extended`,
      );
    }
  }
});
