import type { ParsedSavePoints } from '../parsed-model.ts';
import { childOf, childrenOf, extensionsOf, textOf, type Element } from './element.ts';

/** asyncBefore and asyncAfter (`async` is the old name of the first); on the loop characteristics they are each instance's. */
export function readSavePoints(element: Element): ParsedSavePoints | undefined {
  const loop = childOf(element, 'loopCharacteristics');
  const before = says(element, 'asyncBefore') || says(element, 'async');
  const after = says(element, 'asyncAfter');
  const eachBefore = says(loop, 'asyncBefore');
  const eachAfter = says(loop, 'asyncAfter');
  if (!before && !after && !eachBefore && !eachAfter) return undefined;
  return {
    ...(before && { before }),
    ...(after && { after }),
    ...(eachBefore && { eachBefore }),
    ...(eachAfter && { eachAfter }),
  };
}

const NAMES = new Set(['camunda:async', 'camunda:asyncBefore', 'camunda:asyncAfter']);
/** Their token is gone when they have ended. */
const FINAL = ['bpmn:TerminateEventDefinition', 'bpmn:ErrorEventDefinition', 'bpmn:CancelEventDefinition'];

/** True for a save point where no step can end: what it says would be passed over without a word. */
export function isIdleSavePoint(name: string, element: Element | undefined): boolean {
  if (!NAMES.has(name)) return false;
  const { $type = '', $parent } = element ?? {};
  const value = textOf(element, name);
  if (value !== 'true') return value !== 'false';
  const has = (...types: string[]) =>
    childrenOf(element, 'eventDefinitions').some((each) => types.includes(each.$type));
  if (/LoopCharacteristics$|Task$|Activity$|SubProcess$|Transaction$/.test($type)) return false;
  if ($type === 'bpmn:BoundaryEvent') return has('bpmn:CompensateEventDefinition');
  if ($type === 'bpmn:EndEvent') return name === 'camunda:asyncAfter' && has(...FINAL);
  // with these a case begins: nothing was done before
  if ($type === 'bpmn:EventBasedGateway') return element?.get('instantiate') === true;
  if ($type === 'bpmn:StartEvent' && element?.get('parallelMultiple') === true)
    return name !== 'camunda:asyncAfter' && $parent?.$type === 'bpmn:Process';
  return !/(?:Event|Gateway)$/.test($type);
}

/** How often and with which pauses the element's background work is tried: the body of `camunda:failedJobRetryTimeCycle`. */
export function readRetryText(element: Element): string | undefined {
  const own = textOf(extensionsOf(element, 'camunda:FailedJobRetryTimeCycle')[0], 'body');
  return (
    own ?? textOf(extensionsOf(childOf(element, 'loopCharacteristics'), 'camunda:FailedJobRetryTimeCycle')[0], 'body')
  );
}

function says(element: Element | undefined, name: string): true | undefined {
  return textOf(element, `camunda:${name}`) === 'true' ? true : undefined;
}
