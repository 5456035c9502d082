import type { ParsedScript, ParsedWork } from '../parsed-model.ts';
import { feelSource, textSource, type Source } from '../source.ts';
import { childrenOf, extensionsOf, firstText, textOf, type Element } from './element.ts';

/** Service, send, business-rule and script tasks: an HTTP call or a topic that external workers fetch by. */
export function readWork(task: Element): ParsedWork | undefined {
  const http = extensionsOf(task, 'ov:Http')[0];
  const zeebe = extensionsOf(task, 'zeebe:TaskDefinition')[0];
  const type = textOf(task, 'camunda:type');
  const external = type === 'external' || type === 'external-worker' ? textOf(task, 'camunda:topic') : undefined;
  const topic = firstText(task, 'ov:topic') ?? external ?? textOf(zeebe, 'type');
  const retries = textOf(task, 'ov:retries') ?? textOf(zeebe, 'retries');
  const headers = readHeaders(task);
  const url = textOf(http, 'url');
  const body = textOf(http, 'body');
  const result = textOf(http, 'result');
  if (!http && topic === undefined && retries === undefined) return undefined;
  return {
    ...(topic !== undefined && { topic: textSource(topic) }),
    ...(retries !== undefined && { retries: constant(textSource(retries)) }),
    ...(headers && { headers }),
    ...(http && {
      http: {
        method: (textOf(http, 'method') ?? 'GET').toUpperCase(),
        ...(url !== undefined && { url: textSource(url) }),
        ...(body !== undefined && { body: textSource(body) }),
        ...(result !== undefined && { result }),
      },
    }),
  };
}

/** `=3` is 3. */
function constant(source: Source): Source {
  return 'feel' in source && /^\d+$/.test(source.feel) ? { literal: source.feel } : source;
}

/** `zeebe:taskHeaders` and `camunda:properties`: fixed texts for the worker. */
function readHeaders(task: Element): Readonly<Record<string, string>> | undefined {
  const pairs = [
    ...extensionsOf(task, 'camunda:Properties')
      .flatMap((properties) => childrenOf(properties, 'values'))
      .map((property) => [textOf(property, 'name'), textOf(property, 'value')] as const),
    ...extensionsOf(task, 'zeebe:TaskHeaders')
      .flatMap((headers) => childrenOf(headers, 'values'))
      .map((header) => [textOf(header, 'key'), textOf(header, 'value')] as const),
  ].filter((pair) => pair[0] !== undefined && pair[0] !== '__proto__');
  return pairs.length > 0 ? Object.fromEntries(pairs.map(([name, value]) => [name!, value ?? ''])) : undefined;
}

/** Throw events: their message may be a worker's to send. Camunda 7 says so on the definition, others on the event. */
export function readThrowWork(event: Element): ParsedWork | undefined {
  const definition = childrenOf(event, 'eventDefinitions').find(({ $type }) => $type === 'bpmn:MessageEventDefinition');
  return definition && (readWork(event) ?? readWork(definition));
}

/** FEEL that the core evaluates itself: scripts, rules, and what a simple `camunda:expression` means. */
export function readScript(task: Element): ParsedScript | undefined {
  const zeebe = extensionsOf(task, 'zeebe:Script')[0];
  const own = textOf(task, 'ov:expression') ?? textOf(zeebe, 'expression') ?? readExpression(task);
  const result = firstText(task, 'ov:result', 'camunda:resultVariable') ?? textOf(zeebe, 'resultVariable');
  const body = task.$type === 'bpmn:ScriptTask' ? textOf(task, 'script') : undefined;
  const expression = own ?? body;
  if (expression === undefined) return undefined;
  const format = own === undefined ? (textOf(task, 'scriptFormat') ?? '') : textOf(task, 'scriptFormat');
  return {
    ...(format !== undefined && { format }),
    // a script in another language is not worth reading as FEEL: script-format refuses it
    expression: own === undefined && !isFeel(format) ? { literal: '' } : feelSource(expression),
    ...(result !== undefined && { result }),
  };
}

function readExpression(task: Element): string | undefined {
  return task.$type === 'bpmn:ScriptTask' ? undefined : textOf(task, 'camunda:expression');
}

/** JUEL is translated. */
function isFeel(format: string | undefined): boolean {
  return format?.toLowerCase() === 'feel' || format?.toLowerCase() === 'juel';
}
