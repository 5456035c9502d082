import { HOURS_PER_DAY, WORKING_DAYS_PER_WEEK } from '../../engine/model/at-least.ts';
import type { BranchStep } from '../../engine/model/branches.ts';
import { amountInWords, type Bilingual } from './words.ts';

/** Why the limit of a department is that much, `unit` its own: the step of its ledger that tells what it is the sum of. */
export function stepsInWords(steps: readonly BranchStep[], unit: BranchStep['limit']['unit']): Bilingual {
  const parts = steps.map(({ name, limit, times, adds }): Bilingual => {
    const own = amountInWords(limit.value, limit.unit, 0);
    const notes: Bilingual[] = times === 1 ? [] : [{ zh: `依次 ${times} 次`, en: `${times} times in a row` }];
    if ((limit.unit !== unit || times !== 1) && Number.isInteger(adds)) {
      const counted = amountInWords(adds, unit, 0);
      notes.push({ zh: `计 ${counted.zh}`, en: `counts as ${counted.en}` });
    }
    if (notes.length === 0) return { zh: `“${name}”${own.zh}`, en: `“${name}” ${own.en}` };
    const [zh, en] = [notes.map((note) => note.zh).join('，'), notes.map((note) => note.en).join(', ')];
    return { zh: `“${name}”${own.zh}（${zh}）`, en: `“${name}” ${own.en} (${en})` };
  });
  const day = amountInWords(1, unit, 0);
  const left = steps.every(({ adds }) => Number.isInteger(adds))
    ? []
    : [{ zh: `不足 ${day.zh}的按 ${day.zh}计`, en: `what is left over counts as ${day.en}` }];
  const said = [...conversions(steps, unit), ...left];
  const rest = {
    zh: said.length === 0 ? '' : `；${said.map(({ zh }) => zh).join('，')}`,
    en: said.length === 0 ? '' : `; ${said.map(({ en }) => en).join(', ')}`,
  };
  return {
    zh: `部门的时限由其各环节的承诺相加，同时办理的取较长者，重新办理不另加：${parts.map(({ zh }) => zh).join('、')}${rest.zh}`,
    en: `The limit of a department is the sum of what its steps promise, of those side by side the longer, of those done again once: ${parts.map(({ en }) => en).join(', ')}${rest.en}`,
  };
}

/** How limits of another unit are added. */
function conversions(steps: readonly BranchStep[], unit: BranchStep['limit']['unit']): Bilingual[] {
  const others = new Set(steps.map(({ limit }) => limit.unit).filter((each) => each !== unit));
  const [hours, one] = [amountInWords(HOURS_PER_DAY, 'workingHours', 0), amountInWords(1, 'workingDays', 0)];
  const [week, five] = [amountInWords(7, 'calendarDays', 0), amountInWords(WORKING_DAYS_PER_WEEK, 'workingDays', 0)];
  const ofHours = { zh: `${hours.zh}折算为 ${one.zh}`, en: `${hours.en} make ${one.en}` };
  const ofWeeks =
    unit === 'calendarDays'
      ? { zh: `${five.zh}折算为 ${week.zh}`, en: `${five.en} make ${week.en}` }
      : { zh: `${week.zh}折算为 ${five.zh}`, en: `${week.en} make ${five.en}` };
  const withWeeks = others.has('calendarDays') || (unit === 'calendarDays' && others.size > 0);
  return [...(others.has('workingHours') ? [ofHours] : []), ...(withWeeks ? [ofWeeks] : [])];
}
