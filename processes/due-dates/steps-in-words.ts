import type { BranchStep } from '../../engine/model/branches.ts';
import { amountInWords, type Bilingual } from './words.ts';

/** Why the limit of a department is that much, `unit` its own: the step of its ledger that tells what it is the sum of. */
export function stepsInWords(steps: readonly BranchStep[], unit: BranchStep['limit']['unit']): Bilingual {
  const parts = steps.map(({ name, limit, adds }): Bilingual => {
    const own = amountInWords(limit.value, limit.unit, 0);
    if (limit.unit === unit) return { zh: `“${name}”${own.zh}`, en: `“${name}” ${own.en}` };
    const counted = amountInWords(adds, unit, 0);
    return { zh: `“${name}”${own.zh}（计 ${counted.zh}）`, en: `“${name}” ${own.en} (counts as ${counted.en})` };
  });
  return {
    zh: `部门的时限由其各环节的承诺相加，同时办理的取较长者，重新办理不另加：${parts.map(({ zh }) => zh).join('、')}`,
    en: `The limit of a department is the sum of what its steps promise, of those side by side the longer, of those done again once: ${parts.map(({ en }) => en).join(', ')}`,
  };
}
