import { LONGEST_LIMIT } from '../../time/due-date.ts';
import type { ParsedLimit } from '../parsed-model.ts';
import { isNumber, UNITS } from './promise-parts.ts';
import type { LintContext, Report } from './rule.ts';
import { named, short } from './words.ts';

/** How a limit is called, and the attributes that state it. */
export interface LimitWords {
  readonly zh: string;
  readonly en: string;
  readonly attribute: string;
}

/** Whatever may have limits: the process and its elements, with what to call them. */
export function owners({ process, nodes }: LintContext) {
  if (!process) return [];
  const whole = { ...process, zh: `流程“${short(process.name)}”`, en: `process '${short(process.id)}'` };
  return [whole, ...nodes.map((node) => ({ ...node, ...named(node) }))];
}

/** A limit is a number of a known unit, whole for days. */
export function checkLimit(
  report: Report,
  of: { readonly id: string; readonly zh: string; readonly en: string },
  limit: ParsedLimit | undefined,
  words: LimitWords,
): void {
  if (!limit) return;
  const { value, unit = 'workingDays' } = limit;
  if (value === undefined) {
    report.warning(
      of.id,
      `${of.zh}写了时限单位或依据，但没有${words.zh}（${words.attribute}）`,
      `${of.en} states a unit or a basis, but no ${words.en} (${words.attribute})`,
    );
  } else if (!isNumber(value) || Number(value) > LONGEST_LIMIT) {
    report.error(
      of.id,
      `${of.zh}的${words.zh}“${short(value)}”应为不小于零的数字`,
      `The ${words.en} '${short(value)}' of ${of.en} must be a number from 0 to ${LONGEST_LIMIT}`,
    );
  } else if (unit !== 'workingHours' && !Number.isInteger(Number(value))) {
    report.error(
      of.id,
      `${of.zh}的${words.zh}“${value}”按天计算时应为整数`,
      `The ${words.en} '${value}' of ${of.en} must be a whole number of days`,
    );
  }
  if (!Object.hasOwn(UNITS, unit)) {
    report.error(
      of.id,
      `${of.zh}的时限单位“${short(unit)}”未知，应为 workingDays、calendarDays 或 workingHours`,
      `The unit '${short(unit)}' of ${of.en} is unknown; use workingDays, calendarDays or workingHours`,
    );
  }
}
