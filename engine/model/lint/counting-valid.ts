import { LONGEST_LIMIT } from '../../time/due-date.ts';
import { PHASE_LAW } from '../../time/phase-law.ts';
import { parseWarning, START_RULES } from '../limits.ts';
import { owners } from './check-limit.ts';
import { numberOf, unitOf } from './promise-parts.ts';
import { PHASE_WORDS } from './phases.ts';
import { defineRule, type LintContext } from './rule.ts';
import { short } from './words.ts';

/** How a limit is counted: from where (`ov:startRule`), and when it begins to warn (`ov:yellow`). */
export const rule = defineRule('counting-valid', (context, report) => {
  for (const { id, limit, statutory, startRule, warning, zh, en } of [...owners(context), ...phases(context)]) {
    if (startRule !== undefined && !(START_RULES as readonly string[]).includes(startRule)) {
      report.error(
        id,
        `${zh}的起算规则“${short(startRule)}”未知，应为 nextWorkingDay、sameDay 或 minuteExact`,
        `The start rule '${short(startRule)}' of ${en} is unknown; use nextWorkingDay, sameDay or minuteExact`,
      );
    }
    const first = limit ?? statutory;
    const yellow = warning === undefined ? undefined : parseWarning(warning);
    if (warning !== undefined && yellow === undefined) {
      report.error(
        id,
        `${zh}的黄灯条件“${short(warning)}”应为百分比（如 30%）、数量（如 2）或 none`,
        `The warning '${short(warning)}' of ${en} must be a share (30%), a number of units (2) or none`,
      );
    } else if (typeof yellow === 'object' && 'units' in yellow && yellow.units > LONGEST_LIMIT) {
      report.error(
        id,
        `${zh}的黄灯条件“${short(warning!)}”不能超过 ${LONGEST_LIMIT}`,
        `The warning '${short(warning!)}' of ${en} must not be above ${LONGEST_LIMIT}`,
      );
    } else if (typeof yellow === 'object' && 'units' in yellow && isPartOfDay(yellow.units, first && unitOf(first))) {
      report.error(
        id,
        `${zh}的黄灯条件“${short(warning!)}”按天计算时应为整数`,
        `The warning '${short(warning!)}' of ${en} must be a whole number of days`,
      );
    } else if (typeof yellow === 'object' && Number(first?.value) === 0) {
      report.warning(
        id,
        `${zh}为即办，受理两个工作小时后亮黄灯；ov:yellow 只能写 none（不亮黄灯）`,
        `${en} is done on the same day and warns after two office hours; ov:yellow can only be none there`,
      );
    }
    if (typeof yellow === 'object' && 'units' in yellow && isIdle(yellow.units, numberOf(first))) {
      report.warning(
        id,
        `${zh}的黄灯条件“${short(warning!)}”使黄灯不会亮，或从一开始就亮；不需要黄灯请写 none`,
        `The warning '${short(warning!)}' of ${en} never shows, or from the beginning on; write none for no warning`,
      );
    }
    if (!first && (startRule !== undefined || warning !== undefined)) {
      report.warning(
        id,
        `${zh}写了起算规则或黄灯条件，但模型没有时限；只有事项给出时限时才有用`,
        `${en} says how a limit is counted, but the model states none: it matters only where the item does`,
      );
    }
  }
});

/** The acceptance review and the delivery: the law limits them where the process does not. */
function phases({ process }: LintContext) {
  if (!process) return [];
  return (['acceptance', 'delivery'] as const).map((phase) => ({
    id: process.id,
    limit: { value: String(PHASE_LAW[phase].value) },
    ...process[phase],
    ...PHASE_WORDS[phase],
  }));
}

/** Nothing left, or more than there ever is. */
function isIdle(units: number, limit: number | undefined): boolean {
  return units <= LONGEST_LIMIT && limit !== 0 && (units === 0 || (limit !== undefined && units > limit));
}

function isPartOfDay(units: number, unit: string | undefined): boolean {
  return unit !== 'workingHours' && unit !== undefined && !Number.isInteger(units);
}
