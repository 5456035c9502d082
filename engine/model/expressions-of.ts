import type { ParsedNode } from './parsed-model.ts';
import { textSource, type Source } from './source.ts';

/** An expression of an element, with the words for its place. */
export interface PlacedSource {
  readonly zh: string;
  readonly en: string;
  readonly source: Source;
}

/** Every expression an element carries. */
export function nodeSources(node: ParsedNode): PlacedSource[] {
  const found: PlacedSource[] = [];
  const add = (zh: string, en: string, source: Source | undefined) => {
    if (source) found.push({ zh, en, source });
  };
  for (const { target, source } of node.inputs) add(`输入映射“${target}”`, `input mapping '${target}'`, source);
  for (const { target, source } of node.outputs) add(`输出映射“${target}”`, `output mapping '${target}'`, source);
  for (const { store, key, value } of [...(node.data?.reads ?? []), ...(node.data?.writes ?? [])]) {
    add(`数据存储“${store}”的键`, `key in data store '${store}'`, key);
    add(`写入数据存储“${store}”的内容`, `record for data store '${store}'`, value);
  }
  add('表达式', 'expression', node.script?.expression);
  add('主题', 'topic', node.work?.topic);
  add('重试次数', 'number of tries', node.work?.retries);
  add('请求地址', 'URL', node.work?.http?.url);
  add('请求内容', 'request body', node.work?.http?.body);
  if (node.call) {
    const { definition, version, businessKey, inputs, outputs, localOutputs } = node.call;
    add('被调用的流程', 'called process', definition);
    add('被调用流程的版本', 'version of the called process', version);
    add('业务编号', 'business key', businessKey === 'caller' ? undefined : businessKey);
    for (const { target, source } of inputs) add(`传入变量“${target}”`, `input '${target}' of the call`, source);
    for (const { target, source } of [...outputs, ...localOutputs])
      add(`传回变量“${target}”`, `output '${target}' of the call`, source);
  }
  add('消息名称', 'message name', computed(node.message?.name));
  add('消息关联键', 'correlation key', node.message?.key);
  add('消息有效期', 'time to live', node.message?.timeToLive);
  add('办理人', 'assignee', node.assignment?.assignee);
  add('候选部门', 'candidate groups', node.assignment?.groups);
  add('候选人', 'candidate users', node.assignment?.users);
  add('到期时间', 'due date', node.assignment?.dueDate);
  add('跟进时间', 'follow-up date', node.assignment?.followUpDate);
  add('优先级', 'priority', node.assignment?.priority);
  add('视为同意的结果', 'result of a deemed consent', node.overdue?.result);
  for (const event of node.events) {
    if (event.type === 'message') add('消息关联键', 'correlation key', event.message?.key);
    if (event.type === 'message') add('消息有效期', 'time to live', event.message?.timeToLive);
    if (event.type === 'message') add('消息名称', 'message name', computed(event.message?.name));
    if (event.type === 'signal') add('信号名称', 'signal name', computed(event.name));
    if (event.type === 'conditional') add('条件', 'condition', event.condition);
    if (event.type === 'timer') {
      for (const { value } of event.timers) add('时间', 'timer', value);
      if (event.clock?.value) add('时间', 'timer', event.clock.value);
    }
  }
  add('完成条件', 'completion condition', node.adHoc?.completion);
  add('起始活动', 'activeElementsCollection', node.adHoc?.begin);
  add('激活条件', 'activation condition', node.activation);
  if (node.loop?.type === 'standard') add('循环条件', 'loop condition', node.loop.condition);
  if (node.loop?.type === 'multiInstance') {
    const { cardinality, collection, completion, outputElement } = node.loop;
    add('多实例的数量', 'loop cardinality', cardinality);
    add('多实例的集合', 'collection', collection);
    add('多实例的完成条件', 'completion condition', completion);
    add('多实例的输出', 'output element', outputElement);
    for (const { condition, events } of node.loop.throws ?? []) {
      add('多实例的事件条件', 'condition of an instance event', condition);
      for (const event of events) if (event.type === 'signal') add('信号名称', 'signal name', computed(event.name));
    }
  }
  return found;
}

/** Undefined for a fixed text. */
function computed(text: string | undefined): Source | undefined {
  const source = text === undefined ? undefined : textSource(text);
  return source && 'literal' in source ? undefined : source;
}
