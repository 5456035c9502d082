import type { ParsedSavePoints } from '../parsed-model.ts';
import { childOf, extensionsOf, textOf, type Element } from './element.ts';

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
