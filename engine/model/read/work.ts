import type { ParsedScript, ParsedWork } from '../parsed-model.ts';
import { feelSource, textSource } from '../source.ts';
import { extensionsOf, firstText, textOf, type Element } from './element.ts';

/** Service, send and business-rule tasks: an HTTP call or a topic that external workers fetch by. */
export function readWork(task: Element): ParsedWork | undefined {
  const http = extensionsOf(task, 'ov:Http')[0];
  const zeebe = extensionsOf(task, 'zeebe:TaskDefinition')[0];
  const external = textOf(task, 'camunda:type') === 'external' ? textOf(task, 'camunda:topic') : undefined;
  const topic = firstText(task, 'ov:topic') ?? external ?? textOf(zeebe, 'type');
  const retries = textOf(task, 'ov:retries') ?? textOf(zeebe, 'retries');
  const url = textOf(http, 'url');
  const body = textOf(http, 'body');
  const result = textOf(http, 'result');
  if (!http && topic === undefined && retries === undefined) return undefined;
  return {
    ...(topic !== undefined && { topic: textSource(topic) }),
    ...(retries !== undefined && { retries }),
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

/** Script and business-rule tasks: FEEL that the core evaluates itself. */
export function readScript(task: Element): ParsedScript | undefined {
  const zeebe = extensionsOf(task, 'zeebe:Script')[0];
  const own = textOf(task, 'ov:expression') ?? textOf(zeebe, 'expression');
  const result = firstText(task, 'ov:result', 'camunda:resultVariable') ?? textOf(zeebe, 'resultVariable');
  const body = task.$type === 'bpmn:ScriptTask' ? textOf(task, 'script') : undefined;
  const expression = own ?? body;
  if (expression === undefined) return undefined;
  const format = own === undefined ? (textOf(task, 'scriptFormat') ?? '') : textOf(task, 'scriptFormat');
  return {
    ...(format !== undefined && { format }),
    // a script in another language is not worth reading as FEEL: script-format refuses it
    expression: own === undefined && format?.toLowerCase() !== 'feel' ? { literal: '' } : feelSource(expression),
    ...(result !== undefined && { result }),
  };
}
