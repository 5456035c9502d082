import type { ParsedNode } from '../parsed-model.ts';
import { defineRule } from './rule.ts';
import { named, short } from './words.ts';

const NEEDS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  serviceTask: ['主题（ov:topic）或 HTTP 请求（ov:http）', 'a topic (ov:topic) or an HTTP call (ov:http)'],
  sendTask: ['消息（messageRef）、主题或 HTTP 请求', 'a message (messageRef), a topic or an HTTP call'],
  businessRuleTask: [
    '表达式（ov:expression）、主题或 HTTP 请求',
    'an expression (ov:expression), a topic or an HTTP call',
  ],
  scriptTask: ['FEEL 脚本', 'a FEEL script'],
};

/** Events that send or await a message: message-named asks for it. */
const MESSAGE = ['', ''] as const;

/** A task that a machine does must say how. */
export const rule = defineRule('job-work', ({ model, nodes }, report) => {
  // foreign-extension says what is wrong with these, and what to write instead
  const told = new Set(model.problems.map((problem) => (problem.type === 'foreign' ? problem.element : '')));
  for (const node of nodes) {
    const needs = node.events.some(({ type }) => type === 'message') ? MESSAGE : NEEDS[node.type];
    if (!needs) continue;
    const { zh, en } = named(node);
    if (needs !== MESSAGE && !hasWork(node) && !told.has(node.id))
      report.error(
        node.id,
        `${zh}没有说明做什么，需要${needs[0]}`,
        `${en} does not say what to do; it needs ${needs[1]}`,
      );
    const { topic, retries, http } = node.work ?? {};
    if (topic && http)
      report.error(node.id, `${zh}的主题和 HTTP 请求只能指定一种`, `${en} may have a topic or an HTTP call, not both`);
    if (retries && 'literal' in retries && !/^(?:[1-9]|[1-9]\d|100)$/.test(retries.literal)) {
      report.error(
        node.id,
        `${zh}的重试次数“${short(retries.literal)}”应为 1 到 100 的整数`,
        `The retries '${short(retries.literal)}' of ${en} must be a whole number from 1 to 100`,
      );
    }
  }
});

function hasWork(node: ParsedNode): boolean {
  if (node.script || node.work?.topic || node.work?.http) return true;
  return node.type === 'sendTask' && node.message !== undefined;
}
