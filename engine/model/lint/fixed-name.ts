import type { ParsedNode } from '../parsed-model.ts';
import { textSource } from '../source.ts';
import { defineRule, type LintContext } from './rule.ts';
import { named, short } from './words.ts';

/**
 * What begins a case is known before there is one, so its name cannot be computed from its data; codes of errors and
 * escalations are matched as they are written.
 */
export const rule = defineRule('fixed-name', (context, report) => {
  for (const node of context.nodes) {
    for (const text of fixedTexts(context, node)) {
      if ('literal' in textSource(text)) continue;
      report.error(
        node.id,
        `${named(node).zh}的名称或代码“${short(text)}”必须是固定文字，不能是表达式`,
        `The name or code '${short(text)}' of ${named(node).en} must be a fixed text, not an expression`,
      );
    }
  }
});

function fixedTexts({ byId, incoming }: LintContext, node: ParsedNode): string[] {
  const begins =
    node.scope === '' &&
    (node.type === 'startEvent' ||
      node.instantiate ||
      incoming(node.id).some(({ source }) => source !== undefined && byId.get(source)?.instantiate));
  const texts = node.events.map((event) => {
    if (event.type === 'error' || event.type === 'escalation') return event.code;
    if (event.type === 'message') return begins ? event.message?.name : undefined;
    return event.type === 'signal' && begins ? event.name : undefined;
  });
  return [...texts, begins ? node.message?.name : undefined].filter((text) => text !== undefined);
}
