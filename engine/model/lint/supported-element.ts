import type { ParsedEvent, ParsedNode } from '../parsed-model.ts';
import { defineRule } from './rule.ts';
import { named, short, typeWords } from './words.ts';

const NODES = new Set([
  'startEvent',
  'endEvent',
  'intermediateCatchEvent',
  'intermediateThrowEvent',
  'boundaryEvent',
  'task',
  'userTask',
  'manualTask',
  'serviceTask',
  'sendTask',
  'receiveTask',
  'scriptTask',
  'businessRuleTask',
  'exclusiveGateway',
  'parallelGateway',
  'inclusiveGateway',
  'subProcess',
]);

/** Event definitions that run, by the event they may stand in; 'none' is an event without one. */
const EVENTS: Readonly<Record<string, ReadonlySet<string>>> = {
  startEvent: new Set(['none', 'message']),
  endEvent: new Set(['none', 'terminate', 'error']),
  intermediateCatchEvent: new Set(['timer', 'message']),
  intermediateThrowEvent: new Set(['none']),
  boundaryEvent: new Set(['timer', 'message', 'error']),
};

/** Start events of event sub-processes. */
const EVENT_SUB_PROCESS_STARTS = new Set(['message', 'timer', 'error']);

const FEATURES: Readonly<Record<ParsedNode['unsupported'][number], readonly [zh: string, en: string]>> = {
  compensation: ['补偿活动', 'compensation'],
  parallelMultiple: ['并行多重事件', 'a parallel multiple event'],
  instantiate: ['由接收任务启动流程', 'a receive task that starts the process'],
};

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
        `${name.en}: a ${type.en} (${node.type}) cannot run yet`,
      );
      continue;
    }
    for (const feature of node.unsupported) {
      const [zh, en] = FEATURES[feature];
      report.error(node.id, `${name.zh}使用了暂不支持的${zh}`, `${name.en} uses ${en}, which cannot run yet`);
    }
    const within = byId.get(node.scope);
    const allowed =
      node.type === 'startEvent' && within?.triggeredByEvent ? EVENT_SUB_PROCESS_STARTS : EVENTS[node.type];
    const refused = allowed && refusedEvent(node, allowed);
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

function refusedEvent(node: ParsedNode, allowed: ReadonlySet<string>): { zh: string; en: string } | undefined {
  if (node.events.length > 1) return { zh: '多重事件', en: 'a multiple event' };
  const event = node.events[0];
  const kind = event ? kindOf(event) : 'none';
  if (allowed.has(kind)) return undefined;
  if (kind === 'none') return { zh: '空事件，请指定定时或消息', en: 'a none event; make it a timer or a message' };
  const words = typeWords(kind);
  return { zh: `${words.zh}（${kind}）`, en: `a ${words.en} (${kind})` };
}

function kindOf(event: ParsedEvent): string {
  return event.type === 'other' ? event.name : event.type;
}
