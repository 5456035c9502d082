import { defineRule } from './rule.ts';
import { short } from './words.ts';

const MAX_NAME = 200;

export const rule = defineRule('name-length', ({ process, nodes, flows }, report) => {
  for (const { id, name } of [...(process ? [process] : []), ...nodes, ...flows]) {
    // counted as people count: 𠮷 is one character
    if (name.length <= MAX_NAME || [...name].length <= MAX_NAME) continue;
    report.error(
      id,
      `名称“${short(name)}”超过 ${MAX_NAME} 个字`,
      `The name '${short(name)}' is longer than ${MAX_NAME} characters`,
    );
  }
});
