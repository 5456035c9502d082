import { defineRule } from './rule.ts';

/** What is written and left empty would count as not stated: a limit nobody reads is worse than none. */
export const rule = defineRule('blank-attribute', ({ model }, report) => {
  for (const problem of model.problems) {
    if (problem.type !== 'blank-attribute') continue;
    report.error(
      problem.element,
      `扩展属性 ${problem.name} 没有内容，请填写或删去`,
      `Extension attribute ${problem.name} is blank; fill it in or take it out`,
    );
  }
});
