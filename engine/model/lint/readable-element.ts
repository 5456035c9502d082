import { defineRule } from './rule.ts';
import { short } from './words.ts';

/** Content that the parser could not place would otherwise be lost without a word. */
export const rule = defineRule('readable-element', ({ model }, report) => {
  for (const problem of model.problems) {
    if (problem.type !== 'unreadable') continue;
    report.error(
      problem.element,
      `第 ${problem.line} 行的内容无法识别（${short(problem.text)}）`,
      `The content in line ${problem.line} cannot be read: ${short(problem.text)}`,
    );
  }
});
