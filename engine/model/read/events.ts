import type { ParsedEvent, ParsedMessage } from '../parsed-model.ts';
import { feelSource, textSource } from '../source.ts';
import { childOf, childrenOf, extensionsOf, firstText, textOf, typeOf, type Element } from './element.ts';

const TIMERS = [
  ['timeDate', 'date'],
  ['timeDuration', 'duration'],
  ['timeCycle', 'cycle'],
] as const;

/** What an event waits for or does. */
export function readEvents(event: Element): ParsedEvent[] {
  return [...childrenOf(event, 'eventDefinitions'), ...childrenOf(event, 'eventDefinitionRef')].map(readEvent);
}

function readEvent(definition: Element): ParsedEvent {
  switch (definition.$type) {
    case 'bpmn:TerminateEventDefinition':
      return { type: 'terminate' };
    case 'bpmn:MessageEventDefinition': {
      const message = readMessage(definition);
      return message ? { type: 'message', message } : { type: 'message' };
    }
    case 'bpmn:TimerEventDefinition':
      return {
        type: 'timer',
        timers: TIMERS.flatMap(([property, kind]) => {
          const expression = childOf(definition, property);
          return expression ? [{ kind, value: textSource(textOf(expression, 'body') ?? '') }] : [];
        }),
      };
    case 'bpmn:ErrorEventDefinition': {
      const error = childOf(definition, 'errorRef');
      const code = textOf(error, 'errorCode');
      const codeVariable = firstText(definition, 'ov:codeVariable', 'camunda:errorCodeVariable');
      return {
        type: 'error',
        declared: error !== undefined,
        ...(code !== undefined && { code }),
        ...(codeVariable !== undefined && { codeVariable }),
      };
    }
    default:
      return { type: 'other', name: typeOf(definition) };
  }
}

/** The message an event, receive task or send task names, and the key that tells one case's message from another's. */
export function readMessage(holder: Element): ParsedMessage | undefined {
  const message = childOf(holder, 'messageRef');
  if (!message) return undefined;
  const key =
    firstText(holder, 'ov:correlationKey') ??
    firstText(message, 'ov:correlationKey') ??
    textOf(extensionsOf(message, 'zeebe:Subscription')[0], 'correlationKey');
  return { name: textOf(message, 'name') ?? '', ...(key !== undefined && { key: feelSource(key) }) };
}
