import { LONGEST_LIMIT } from '../../time/due-date.ts';
import type { ParsedLimit } from '../parsed-model.ts';
import { reportPartsBeyondWhole, UNITS } from './promise-parts.ts';
import { defineRule } from './rule.ts';
import { named, short } from './words.ts';

/** A promise is a number of a known unit, and the parts fit into the whole. */
export const rule = defineRule('promise-valid', (context, report) => {
  const { process, nodes } = context;
  if (!process) return;
  const check = (element: string, limit: ParsedLimit | undefined, zh: string, en: string) => {
    if (!limit) return;
    const { value, unit = 'workingDays' } = limit;
    if (value === undefined) {
      report.warning(
        element,
        `${zh}写了时限单位或依据，但没有承诺时限（ov:promise）`,
        `${en} states a unit or a basis, but no promise (ov:promise)`,
      );
    } else if (!/^\d{1,6}(\.\d{1,3})?$/.test(value) || Number(value) > LONGEST_LIMIT) {
      report.error(
        element,
        `${zh}的承诺时限“${short(value)}”应为不小于零的数字`,
        `The promise '${short(value)}' of ${en} must be a number from 0 to ${LONGEST_LIMIT}`,
      );
    } else if (unit !== 'workingHours' && !Number.isInteger(Number(value))) {
      report.error(
        element,
        `${zh}的承诺时限“${value}”按天计算时应为整数`,
        `The promise '${value}' of ${en} must be a whole number of days`,
      );
    }
    if (!Object.hasOwn(UNITS, unit)) {
      report.error(
        element,
        `${zh}的时限单位“${short(unit)}”未知，应为 workingDays、calendarDays 或 workingHours`,
        `The unit '${short(unit)}' of ${en} is unknown; use workingDays, calendarDays or workingHours`,
      );
    }
  };
  check(process.id, process.limit, `流程“${short(process.name)}”`, `process '${short(process.id)}'`);
  for (const node of nodes) check(node.id, node.limit, named(node).zh, named(node).en);

  reportPartsBeyondWhole(context, report);
});
