import { defineRule } from './rule.ts';
import { short } from './words.ts';

export const rule = defineRule('duplicate-id', ({ model }, report) => {
  for (const problem of model.problems) {
    if (problem.type !== 'duplicate-id') continue;
    const id = short(problem.element);
    report.error(
      problem.element,
      `第 ${problem.line} 行的 id“${id}”已被使用`,
      `The id '${id}' in line ${problem.line} is used already`,
    );
  }
});
