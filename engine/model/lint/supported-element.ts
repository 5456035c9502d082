import { NODE_KINDS } from '../node-kinds.ts';
import { defineRule } from './rule.ts';
import { refusedEvent } from './supported-events.ts';
import { named, short, typeWords, withArticle } from './words.ts';

const NODES: ReadonlySet<string> = new Set(NODE_KINDS);

/** What the core cannot run is refused by name, never passed through. */
export const rule = defineRule('supported-element', ({ model, nodes, byId }, report) => {
  for (const problem of model.problems) {
    if (problem.type === 'unknown-element' && problem.prefix === 'bpmn') {
      const tag = short(problem.tag);
      report.error(
        problem.element,
        `第 ${problem.line} 行的元素 ${tag} 不是 BPMN 2.0 元素`,
        `Element ${tag} in line ${problem.line} is not part of BPMN 2.0`,
      );
    }
  }
  for (const node of nodes) {
    const name = named(node);
    if (!NODES.has(node.type)) {
      const type = typeWords(node.type);
      report.error(
        node.id,
        `${name.zh}暂不支持：${type.zh}（${node.type}）`,
        `${name.en}: ${withArticle(type.en)} (${node.type}) cannot run yet`,
      );
      continue;
    }
    const within = byId.get(node.scope);
    const refused = refusedEvent(node, within);
    if (refused) {
      report.error(node.id, `${name.zh}暂不支持${refused.zh}`, `${name.en} cannot be ${refused.en}`);
    } else if (node.type === 'startEvent' && node.events.length > 0 && within && !within.triggeredByEvent) {
      report.error(
        node.id,
        `${name.zh}位于子流程内，只能是空开始事件`,
        `${name.en} is inside a sub-process and must be a none start event`,
      );
    }
  }
});
