import type { ParsedNode } from '../parsed-model.ts';
import { defineRule } from './rule.ts';
import { named, short } from './words.ts';

/** Messages, signals and codes are found by their text: one that would have to be computed first is found by nobody. */
export const rule = defineRule('fixed-name', ({ nodes }, report) => {
  for (const node of nodes) {
    const { zh, en } = named(node);
    for (const [text, wordZh, wordEn] of namesOf(node)) {
      if (!/^\s*=|[$#]\{/.test(text)) continue;
      report.error(
        node.id,
        `${zh}的${wordZh}“${short(text)}”必须是固定文字；消息可用关联键（correlationKey）区分办件`,
        `The ${wordEn} '${short(text)}' of ${en} must be a fixed text; a correlation key tells the cases of a message apart`,
      );
    }
  }
});

function namesOf(node: ParsedNode): [text: string, zh: string, en: string][] {
  const found: [string, string, string][] = [];
  if (node.message) found.push([node.message.name, '消息名称', 'message name']);
  for (const event of node.events) {
    if (event.type === 'message' && event.message) found.push([event.message.name, '消息名称', 'message name']);
    if (event.type === 'signal') found.push([event.name ?? '', '信号名称', 'signal name']);
    if (event.type === 'error') found.push([event.code ?? '', '错误代码', 'error code']);
    if (event.type === 'escalation') found.push([event.code ?? '', '升级代码', 'escalation code']);
  }
  return found;
}
