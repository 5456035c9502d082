import type { ParsedNode } from '../parsed-model.ts';
import { defineRule } from './rule.ts';
import { isReserved } from './unsafe-id.ts';
import { named, short } from './words.ts';

const NAME = /^[\p{L}_][\p{L}\p{N}\p{M}_]{0,99}$/u;

/** A value is put into one variable by its plain name: no path, no expression, nothing every object has. */
export const rule = defineRule('variable-name', ({ nodes }, report) => {
  for (const node of nodes) {
    for (const name of variablesOf(node)) {
      if (NAME.test(name) && !isReserved(name)) continue;
      report.error(
        node.id,
        `${named(node).zh}的变量名“${short(name)}”无效，只能使用文字、数字和下划线`,
        `'${short(name)}' of ${named(node).en} is no variable name; use letters, digits and underscores`,
      );
    }
  }
});

function variablesOf(node: ParsedNode): string[] {
  const loop = node.loop?.type === 'multiInstance' ? node.loop : undefined;
  const errors = node.events.flatMap((event) => {
    if (event.type === 'error') return [event.codeVariable, event.messageVariable];
    return event.type === 'escalation' ? [event.codeVariable] : [];
  });
  return [
    ...node.inputs.map(({ target }) => target),
    ...node.outputs.map(({ target }) => target),
    ...[
      node.initiator,
      node.script?.result,
      node.work?.http?.result,
      loop?.elementVariable,
      loop?.outputCollection,
      ...errors,
    ].filter((name) => name !== undefined),
  ];
}
