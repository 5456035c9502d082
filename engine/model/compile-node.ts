import type { Expression } from '../expressions/expression.ts';
import type {
  AdHoc,
  CallWork,
  EventName,
  JobWork,
  Mapping,
  Milestone,
  MultiInstance,
  Node,
  Overdue,
  RecordAccess,
  StandardLoop,
  Trigger,
} from './graph.ts';
import type {
  ParsedAdHoc,
  ParsedCall,
  ParsedEvent,
  ParsedMapping,
  ParsedMessage,
  ParsedNode,
  ParsedOverdue,
  ParsedRecord,
  ParsedSavePoints,
} from './parsed-model.ts';
import { compileLimits } from './limits.ts';
import { readRetryCycle } from './retry-cycle.ts';
import { textSource, type Source } from './source.ts';
import { compileAssignment } from './compile-assignment.ts';
import { compileClockTimer } from './compile-clock-timer.ts';

/** Gives the expression of a source that lint found valid. */
export type Compiled = (source: Source) => Expression;

const DEFAULT_RETRIES = 3;
const THROWS = new Set(['intermediateThrowEvent', 'endEvent']);
const JOBS = new Set(['serviceTask', 'sendTask', 'businessRuleTask', 'scriptTask']);

type NodeParts = Omit<Node, 'id' | 'kind' | 'name' | 'scope' | 'incoming' | 'outgoing' | 'boundary'>;

/** What a node does; where it stands in the graph is not decided here. */
export function compileNode(node: ParsedNode, expression: Compiled): NodeParts {
  const triggers = triggersOf(node, expression);
  const multi = node.loop?.type === 'multiInstance' ? compileLoop(node.loop, node.savePoints, expression) : undefined;
  const loop = node.loop?.type === 'standard' ? compileStandardLoop(node.loop, node.savePoints, expression) : undefined;
  const { script, assignment } = node;
  const job = hasJob(node) ? compileJob(node, expression) : undefined;
  const retry = readRetryCycle(node.retryCycle ?? '');
  const call = node.call && compileCall(node.call, expression);
  return {
    ...(node.default !== undefined && { defaultFlow: node.default }),
    ...(triggers.length === 1 && { trigger: triggers[0]! }),
    ...(triggers.length > 1 && { triggers: Object.freeze(triggers) }),
    ...(triggers.length > 1 && node.parallelMultiple && { parallelMultiple: true as const }),
    ...(node.instantiate && { instantiate: node.parallel ? ('parallel' as const) : ('exclusive' as const) }),
    ...(node.type === 'boundaryEvent' && { attachedTo: node.attachedTo!, interrupting: node.interrupting }),
    ...(node.type === 'startEvent' && !node.interrupting && { interrupting: false }),
    ...(node.triggeredByEvent && { triggeredByEvent: true as const }),
    ...(node.activation && { activation: expression(node.activation) }),
    ...(node.adHoc && { adHoc: compileAdHoc(node.adHoc, expression) }),
    ...(multi && { multi }),
    ...(loop && { loop }),
    ...quantities(node),
    ...(node.savePoints?.before && { saveBefore: true as const }),
    ...(node.savePoints?.after && { saveAfter: true as const }),
    ...(retry && { retry: Object.freeze(retry) }),
    ...(node.data && { reads: records(node.data.reads, expression), writes: records(node.data.writes, expression) }),
    inputs: mappings(node.inputs, expression),
    outputs: mappings(node.outputs, expression),
    ...(script && {
      script: Object.freeze({
        expression: expression(script.expression),
        ...(script.result !== undefined && { result: script.result }),
      }),
    }),
    ...(job && { job }),
    ...(call && { call }),
    ...(assignment && { assignment: compileAssignment(assignment, expression) }),
    ...compileLimits(node),
    ...(node.overdue && { overdue: Object.freeze(compileOverdue(node.overdue, expression)) }),
    ...(node.form !== undefined && { form: node.form }),
    ...(node.initiator !== undefined && { initiator: node.initiator }),
    ...(node.milestone !== undefined && { milestone: node.milestone as Milestone }),
    ...(node.supplement === 'true' && { supplement: true as const }),
  };
}

function triggersOf(node: ParsedNode, expression: Compiled): Trigger[] {
  if (node.type === 'receiveTask') return [messageTrigger(node.message!, expression)];
  return compileTriggers(node.events, expression, node.type === 'boundaryEvent');
}

function compileTriggers(events: readonly ParsedEvent[], expression: Compiled, atBoundary = false): Trigger[] {
  return events.flatMap((event) => {
    const trigger = compileTrigger(event, expression, atBoundary);
    return trigger ? [Object.freeze(trigger)] : [];
  });
}

/** Undefined for a message that a worker sends without naming it here. */
function compileTrigger(event: ParsedEvent, expression: Compiled, atBoundary: boolean): Trigger | undefined {
  switch (event.type) {
    case 'terminate':
      return { type: 'terminate' };
    case 'cancel':
      return { type: 'cancel' };
    case 'compensate': {
      const { activity, wait } = event;
      return { type: 'compensate', wait, ...(activity !== undefined && { activity }) };
    }
    case 'error': {
      const { code, codeVariable, messageVariable } = event;
      return {
        type: 'error',
        ...(code !== undefined && { code }),
        ...(codeVariable !== undefined && { codeVariable }),
        ...(messageVariable !== undefined && { messageVariable }),
      };
    }
    case 'timer': {
      if (event.clock)
        return { type: 'timer', kind: 'clock', ...compileClockTimer(event.clock, atBoundary, expression) };
      const { kind, value } = event.timers[0]!;
      return { type: 'timer', kind, value: expression(value) };
    }
    case 'message':
      return event.message && messageTrigger(event.message, expression);
    case 'signal':
      return { type: 'signal', ...eventName(event.name!, expression) };
    case 'escalation': {
      const { code, codeVariable } = event;
      return {
        type: 'escalation',
        ...(code !== undefined && { code }),
        ...(codeVariable !== undefined && { codeVariable }),
      };
    }
    case 'conditional':
      return { type: 'conditional', condition: expression(event.condition!) };
    case 'link':
      return { type: 'link', name: event.name };
    case 'other':
      throw new Error(`Expected a linted model, but it holds a ${event.name}`);
  }
}

function messageTrigger({ name, key }: ParsedMessage, expression: Compiled): Trigger {
  return Object.freeze({ type: 'message', ...eventName(name, expression), ...(key && { key: expression(key) }) });
}

function eventName(name: string, expression: Compiled): EventName {
  const source = textSource(name);
  return { name, ...(!('literal' in source) && { nameExpression: expression(source) }) };
}

function compileLoop(
  loop: ParsedNode['loop'] & { type: 'multiInstance' },
  savePoints: ParsedSavePoints | undefined,
  expression: Compiled,
): MultiInstance {
  const { sequential, cardinality, collection, elementVariable, completion, outputCollection, outputElement } = loop;
  const throws = loop.throws?.map(({ when, condition, events }) =>
    Object.freeze({
      when,
      ...(condition && { condition: expression(condition) }),
      triggers: Object.freeze(compileTriggers(events, expression)),
    }),
  );
  return Object.freeze({
    sequential,
    ...(cardinality && { cardinality: expression(cardinality) }),
    ...(collection && { collection: expression(collection) }),
    ...(elementVariable !== undefined && { elementVariable }),
    ...(completion && { completion: expression(completion) }),
    ...(outputCollection !== undefined && { outputCollection }),
    ...(outputElement && { outputElement: expression(outputElement) }),
    ...(throws && { throws: Object.freeze(throws) }),
    ...eachSaved(savePoints),
  });
}

function eachSaved(savePoints: ParsedSavePoints | undefined): Pick<MultiInstance, 'saveBefore' | 'saveAfter'> {
  return {
    ...(savePoints?.eachBefore && { saveBefore: true as const }),
    ...(savePoints?.eachAfter && { saveAfter: true as const }),
  };
}

function compileAdHoc({ sequential, cancelRemaining, completion, begin }: ParsedAdHoc, expression: Compiled): AdHoc {
  return Object.freeze({
    sequential,
    cancelRemaining,
    ...(completion && { completion: expression(completion) }),
    ...(begin && { begin: expression(begin) }),
  });
}

function compileStandardLoop(
  loop: ParsedNode['loop'] & { type: 'standard' },
  savePoints: ParsedSavePoints | undefined,
  expression: Compiled,
): StandardLoop {
  const { testBefore, condition, maximum } = loop;
  return Object.freeze({
    testBefore,
    ...(condition && { condition: expression(condition) }),
    ...(maximum !== undefined && { maximum: wholePart(maximum)! }),
    ...eachSaved(savePoints),
  });
}

/** What a model that was published before lint refused parts of a whole has always run with. */
function wholePart(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number.parseInt(text, 10);
}

function quantities({
  startQuantity,
  completionQuantity,
}: ParsedNode): Pick<Node, 'startQuantity' | 'completionQuantity'> {
  const [start, completion] = [wholePart(startQuantity), wholePart(completionQuantity)];
  return {
    ...(start !== undefined && start !== 1 && { startQuantity: start }),
    ...(completion !== undefined && completion !== 1 && { completionQuantity: completion }),
  };
}

/** HTTP before topic before message: the first says most about who does the work. */
function compileJob(node: ParsedNode, expression: Compiled): JobWork {
  const terms = retriesOf(node, expression);
  const headers = node.work?.headers && { headers: Object.freeze({ ...node.work.headers }) };
  const http = node.work?.http;
  if (http) {
    return Object.freeze({
      topic: 'http',
      ...terms,
      http: Object.freeze({
        method: http.method,
        url: expression(http.url!),
        ...(http.body && { body: expression(http.body) }),
        ...(http.result !== undefined && { result: http.result }),
      }),
    });
  }
  const topic = node.work?.topic;
  if (topic) {
    const named = 'literal' in topic ? { topic: topic.literal } : { topic: '', topicExpression: expression(topic) };
    return Object.freeze({ ...named, ...terms, ...headers });
  }
  const messages = messagesOf(node).map(({ name, key, timeToLive }) =>
    Object.freeze({
      ...eventName(name, expression),
      ...(key && { key: expression(key) }),
      ...(timeToLive && { timeToLive: expression(timeToLive) }),
    }),
  );
  return Object.freeze({
    topic: 'message',
    ...terms,
    message: messages[0]!,
    ...(messages.length > 1 && { messages: Object.freeze(messages) }),
  });
}

/** What the element states, else what its retry cycle does. */
function retriesOf(node: ParsedNode, expression: Compiled): Pick<JobWork, 'retries' | 'retriesExpression'> {
  const stated = node.work?.retries;
  if (stated && !('literal' in stated)) return { retries: DEFAULT_RETRIES, retriesExpression: expression(stated) };
  return {
    retries: stated ? Number(stated.literal) : (readRetryCycle(node.retryCycle ?? '')?.tries ?? DEFAULT_RETRIES),
  };
}

function hasJob(node: ParsedNode): boolean {
  if (JOBS.has(node.type)) return !node.script;
  return THROWS.has(node.type) && node.events.some(({ type }) => type === 'message');
}

function messagesOf(node: ParsedNode): ParsedMessage[] {
  if (node.message) return [node.message];
  return node.events.flatMap((event) => (event.type === 'message' && event.message ? [event.message] : []));
}

function compileCall(call: ParsedCall, expression: Compiled): CallWork {
  const { definition, version, businessKey, passes, returnsAll } = call;
  return Object.freeze({
    definition: expression(definition!),
    ...(version && { version: expression(version) }),
    ...(businessKey && { businessKey: businessKey === 'caller' ? businessKey : expression(businessKey) }),
    passes,
    returnsAll,
    inputs: mappings(call.inputs, expression),
    outputs: mappings(call.outputs, expression),
    localOutputs: mappings(call.localOutputs, expression),
  });
}

function records(list: readonly ParsedRecord[], expression: Compiled): readonly RecordAccess[] {
  return Object.freeze(
    list.map(({ store, variable, key, value }) =>
      Object.freeze({ store, variable, key: expression(key!), value: expression(value) }),
    ),
  );
}

function mappings(list: readonly ParsedMapping[], expression: Compiled): readonly Mapping[] {
  return Object.freeze(list.map(({ target, source }) => Object.freeze({ target, source: expression(source) })));
}

function compileOverdue({ does, basis, result }: ParsedOverdue, expression: Compiled): Overdue {
  if (does === 'deemedConsent') return { does, basis: basis!, result: expression(result!) };
  return { does: does as 'remind' | 'escalate' };
}
