import type { ParsedClockTimer, ParsedEvent, ParsedMessage } from '../parsed-model.ts';
import { feelSource, textSource } from '../source.ts';
import { childOf, childrenOf, extensionsOf, firstText, idOf, textOf, typeOf, type Element } from './element.ts';

const TIMERS = [
  ['timeDate', 'date'],
  ['timeDuration', 'duration'],
  ['timeCycle', 'cycle'],
] as const;

/** What an event waits for or does. */
export function readEvents(event: Element): ParsedEvent[] {
  return [...childrenOf(event, 'eventDefinitions'), ...childrenOf(event, 'eventDefinitionRef')].map(readEvent);
}

/** One event definition, wherever it stands. */
export function readEvent(definition: Element): ParsedEvent {
  switch (definition.$type) {
    case 'bpmn:TerminateEventDefinition':
      return { type: 'terminate' };
    case 'bpmn:CancelEventDefinition':
      return { type: 'cancel' };
    case 'bpmn:CompensateEventDefinition': {
      const activity = childOf(definition, 'activityRef');
      const wait = definition.get('waitForCompletion') !== false;
      return { type: 'compensate', wait, ...(activity && { activity: idOf(activity) }) };
    }
    case 'bpmn:MessageEventDefinition': {
      const message = readMessage(definition);
      return message ? { type: 'message', message } : { type: 'message' };
    }
    case 'bpmn:TimerEventDefinition': {
      const clock = readClockTimer(definition);
      return {
        type: 'timer',
        timers: TIMERS.flatMap(([property, kind]) => {
          const expression = childOf(definition, property);
          return expression ? [{ kind, value: textSource(textOf(expression, 'body') ?? '') }] : [];
        }),
        ...(clock && { clock }),
      };
    }
    case 'bpmn:ErrorEventDefinition': {
      const error = childOf(definition, 'errorRef');
      const code = textOf(error, 'errorCode');
      const codeVariable = firstText(definition, 'ov:codeVariable', 'camunda:errorCodeVariable');
      const messageVariable = firstText(definition, 'ov:messageVariable', 'camunda:errorMessageVariable');
      return {
        type: 'error',
        declared: error !== undefined,
        ...(code !== undefined && { code }),
        ...(codeVariable !== undefined && { codeVariable }),
        ...(messageVariable !== undefined && { messageVariable }),
      };
    }
    case 'bpmn:SignalEventDefinition': {
      const signal = childOf(definition, 'signalRef');
      return { type: 'signal', ...(signal && { name: textOf(signal, 'name') ?? '' }) };
    }
    case 'bpmn:EscalationEventDefinition': {
      const escalation = childOf(definition, 'escalationRef');
      const code = textOf(escalation, 'escalationCode');
      const codeVariable = firstText(definition, 'ov:codeVariable', 'camunda:escalationCodeVariable');
      return {
        type: 'escalation',
        declared: escalation !== undefined,
        ...(code !== undefined && { code }),
        ...(codeVariable !== undefined && { codeVariable }),
      };
    }
    case 'bpmn:ConditionalEventDefinition': {
      const condition = childOf(definition, 'condition');
      const language = textOf(condition, 'language');
      return {
        type: 'conditional',
        ...(condition && { condition: feelSource(textOf(condition, 'body') ?? '') }),
        ...(language !== undefined && { language }),
      };
    }
    case 'bpmn:LinkEventDefinition':
      return { type: 'link', name: textOf(definition, 'name') ?? '' };
    default:
      return { type: 'other', name: typeOf(definition) };
  }
}

/** Undefined where none of its attributes is there. */
function readClockTimer(definition: Element): ParsedClockTimer | undefined {
  const value = textOf(definition, 'ov:value');
  const parts = ['unit', 'before', 'after', 'of', 'times'].flatMap((name) => {
    const text = textOf(definition, `ov:${name}`);
    return text === undefined ? [] : [[name, text] as const];
  });
  if (value === undefined && parts.length === 0) return undefined;
  return { ...(value !== undefined && { value: textSource(value) }), ...Object.fromEntries(parts) };
}

/** The message an event, receive task or send task names, and the key that tells one case's message from another's. */
export function readMessage(holder: Element): ParsedMessage | undefined {
  const message = childOf(holder, 'messageRef');
  if (!message) return undefined;
  const key =
    firstText(holder, 'ov:correlationKey') ??
    firstText(message, 'ov:correlationKey') ??
    textOf(extensionsOf(message, 'zeebe:Subscription')[0], 'correlationKey');
  const timeToLive = firstText(holder, 'ov:timeToLive') ?? firstText(message, 'ov:timeToLive');
  return {
    name: textOf(message, 'name') ?? '',
    ...(key !== undefined && { key: feelSource(key) }),
    ...(timeToLive !== undefined && { timeToLive: textSource(timeToLive) }),
  };
}
