import { LONGEST_LIMIT } from '../../time/due-date.ts';
import type { ParsedLimit } from '../parsed-model.ts';
import { longestPath } from './longest-path.ts';
import { defineRule } from './rule.ts';
import { named, short } from './words.ts';

const UNITS: Readonly<Record<string, string>> = {
  workingDays: '个工作日',
  calendarDays: '个自然日',
  workingHours: '个工作小时',
};

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

  const whole = process.limit;
  if (whole?.value === undefined) return;
  const { unit = 'workingDays' } = whole;
  const inSameUnit = (limit: ParsedLimit | undefined) =>
    limit?.value !== undefined && (limit.unit ?? 'workingDays') === unit ? Number(limit.value) || 0 : 0;
  const total = Number(whole.value);
  if (Number.isNaN(total)) return;
  const words = UNITS[unit] ?? unit;
  let tooLong = false;
  for (const node of nodes) {
    const part = inSameUnit(node.limit);
    if (part <= total) continue;
    tooLong = true;
    report.warning(
      node.id,
      `${named(node).zh}的承诺时限 ${part} ${words}超过全流程的 ${total} ${words}`,
      `The promise of ${named(node).en} (${part}) exceeds that of the process (${total} ${unit})`,
    );
  }
  const sum = longestPath(context, (node) => inSameUnit(node.limit));
  if (!tooLong && sum > total) {
    report.warning(
      process.id,
      `最长路径上各环节承诺时限合计 ${sum} ${words}，超过全流程的 ${total} ${words}`,
      `The promises along the longest path add up to ${sum}, more than the ${total} ${unit} of the process`,
    );
  }
});
