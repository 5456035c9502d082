import { defineRule } from './rule.ts';
import { named, short } from './words.ts';

const BINDINGS = new Set(['latest', 'deployment', 'version']);

/** A call activity names the process it calls, and a version by its number. */
export const rule = defineRule('call-valid', ({ nodes }, report) => {
  for (const node of nodes) {
    if (!node.call) continue;
    const { definition, binding, version } = node.call;
    const { zh, en } = named(node);
    if (!definition) {
      report.error(
        node.id,
        `${zh}没有指定被调用的流程（calledElement）`,
        `${en} does not name the process it calls (calledElement)`,
      );
    }
    if (!BINDINGS.has(binding)) {
      report.error(
        node.id,
        `${zh}的版本绑定“${short(binding)}”不支持，可用 latest、deployment 或 version`,
        `The binding '${short(binding)}' of ${en} is not supported; use latest, deployment or version`,
      );
    } else if (binding === 'version' && !version) {
      report.error(node.id, `${zh}按版本绑定，但没有给出版本号`, `${en} is bound to a version but gives no version`);
    }
    if (version && 'literal' in version && !/^[1-9]\d{0,8}$/.test(version.literal)) {
      report.error(
        node.id,
        `${zh}的版本“${short(version.literal)}”应为正整数`,
        `The version '${short(version.literal)}' of ${en} must be a positive whole number`,
      );
    }
  }
});
