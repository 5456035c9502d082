import { HOURS_PER_DAY } from '../../engine/model/at-least.ts';
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
  const rest = steps.every(({ adds }) => Number.isInteger(adds))
    ? { zh: '', en: '' }
    : {
        zh: `；${HOURS_PER_DAY} 个工作小时折算为 ${day.zh}，不足 ${day.zh}的按 ${day.zh}计`,
        en: `; ${HOURS_PER_DAY} working hours make ${day.en}, and what is left over counts as ${day.en}`,
      };
  return {
    zh: `部门的时限由其各环节的承诺相加，同时办理的取较长者，重新办理不另加：${parts.map(({ zh }) => zh).join('、')}${rest.zh}`,
    en: `The limit of a department is the sum of what its steps promise, of those side by side the longer, of those done again once: ${parts.map(({ en }) => en).join(', ')}${rest.en}`,
  };
}
