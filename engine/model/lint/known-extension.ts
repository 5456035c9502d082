import { defineRule } from './rule.ts';
import { short } from './words.ts';

/** A misspelt `ov:` name is an error: a limit nobody reads is worse than none. Other vendors' extensions are ignored, and said so. */
export const rule = defineRule('known-extension', ({ model }, report) => {
  for (const problem of model.problems) {
    if (problem.type === 'unknown-element' && problem.prefix !== 'bpmn') {
      const name = `${problem.prefix}:${short(problem.tag)}`;
      if (problem.prefix === 'ov') {
        report.error(
          problem.element,
          `没有扩展元素 ${name}，请检查拼写`,
          `There is no extension element ${name}; check its spelling`,
        );
      } else {
        report.warning(problem.element, `扩展元素 ${name} 不会生效`, `Extension element ${name} has no effect here`);
      }
    } else if (problem.type === 'unknown-attribute') {
      const name = short(problem.name);
      if (name.startsWith('ov:')) {
        report.error(
          problem.element,
          `扩展属性 ${name} 不存在或不能用在此处`,
          `Extension attribute ${name} does not exist or does not belong here`,
        );
      } else {
        report.warning(problem.element, `属性 ${name} 不会生效`, `Attribute ${name} has no effect here`);
      }
    } else if (problem.type === 'ignored-content') {
      report.warning(
        problem.element,
        `内容 ${problem.name} 在此处不会生效`,
        `Content ${problem.name} has no effect at this element`,
      );
    }
  }
});
