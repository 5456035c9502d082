import type { ParsedFlow, ParsedNode } from '../parsed-model.ts';

const TYPES: ReadonlyMap<string, readonly [zh: string, en: string]> = new Map([
  ['startEvent', ['开始事件', 'start event']],
  ['endEvent', ['结束事件', 'end event']],
  ['intermediateCatchEvent', ['中间捕获事件', 'intermediate catch event']],
  ['intermediateThrowEvent', ['中间抛出事件', 'intermediate throw event']],
  ['boundaryEvent', ['边界事件', 'boundary event']],
  ['task', ['任务', 'task']],
  ['userTask', ['用户任务', 'user task']],
  ['manualTask', ['手工任务', 'manual task']],
  ['serviceTask', ['服务任务', 'service task']],
  ['sendTask', ['发送任务', 'send task']],
  ['receiveTask', ['接收任务', 'receive task']],
  ['scriptTask', ['脚本任务', 'script task']],
  ['businessRuleTask', ['业务规则任务', 'business rule task']],
  ['exclusiveGateway', ['排他网关', 'exclusive gateway']],
  ['parallelGateway', ['并行网关', 'parallel gateway']],
  ['inclusiveGateway', ['包容网关', 'inclusive gateway']],
  ['subProcess', ['子流程', 'sub-process']],
  ['callActivity', ['调用活动', 'call activity']],
  ['transaction', ['事务子流程', 'transaction']],
  ['adHocSubProcess', ['自组织子流程', 'ad-hoc sub-process']],
  ['complexGateway', ['复杂网关', 'complex gateway']],
  ['eventBasedGateway', ['事件网关', 'event-based gateway']],
  ['compensate', ['补偿事件', 'compensation event']],
  ['cancel', ['取消事件', 'cancel event']],
  ['signal', ['信号事件', 'signal event']],
  ['escalation', ['升级事件', 'escalation event']],
  ['conditional', ['条件事件', 'conditional event']],
  ['link', ['链接事件', 'link event']],
  ['timer', ['定时事件', 'timer event']],
  ['message', ['消息事件', 'message event']],
  ['error', ['错误事件', 'error event']],
  ['terminate', ['终止事件', 'terminate event']],
]);

/** An element type in words; the BPMN name itself where we have none. */
export function typeWords(type: string): { zh: string; en: string } {
  const words = TYPES.get(type);
  return words ? { zh: words[0], en: words[1] } : { zh: `元素 ${type}`, en: `element ${type}` };
}

/** How a sentence names an element: by its drawn name for Chinese readers, by id in English. */
export function named(element: ParsedNode | ParsedFlow): { zh: string; en: string } {
  const type = 'type' in element ? typeWords(element.type) : { zh: '顺序流', en: 'sequence flow' };
  const name = element.name === '' ? element.id : element.name;
  return { zh: `${type.zh}“${short(name)}”`, en: `${type.en} '${short(element.id || element.name)}'` };
}

/** Uploaded text inside a sentence: one line, not longer than a sentence bears. */
export function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= 60 ? line : `${line.slice(0, 60)}…`;
}

/** `an escalation event`, `a timer event` */
export function withArticle(words: string): string {
  return `${/^[aeiou]/i.test(words) ? 'an' : 'a'} ${words}`;
}
