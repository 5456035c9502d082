import type { ParsedLoop } from '../parsed-model.ts';
import { feelSource } from '../source.ts';
import { variableOf } from './data.ts';
import { readInstanceEvents } from './instance-events.ts';
import { childOf, extensionsOf, firstText, textOf, writtenText, type Element } from './element.ts';

export function readLoop(activity: Element): ParsedLoop | undefined {
  const loop = childOf(activity, 'loopCharacteristics');
  if (!loop) return undefined;
  if (loop.$type !== 'bpmn:MultiInstanceLoopCharacteristics') return readStandardLoop(loop);
  const zeebe = extensionsOf(loop, 'zeebe:LoopCharacteristics')[0];
  const item = (property: string) => {
    const found = childOf(loop, property);
    return found && variableOf(found);
  };
  const cardinality = textOf(childOf(loop, 'loopCardinality'), 'body');
  const completion = textOf(childOf(loop, 'completionCondition'), 'body');
  const collection =
    firstText(loop, 'ov:collection', 'camunda:collection') ??
    textOf(zeebe, 'inputCollection') ??
    item('loopDataInputRef');
  const elementVariable =
    firstText(loop, 'ov:elementVariable', 'camunda:elementVariable') ??
    textOf(zeebe, 'inputElement') ??
    item('inputDataItem');
  const outputCollection =
    textOf(loop, 'ov:outputCollection') ?? textOf(zeebe, 'outputCollection') ?? item('loopDataOutputRef');
  const outputElement = textOf(loop, 'ov:outputElement') ?? textOf(zeebe, 'outputElement') ?? item('outputDataItem');
  const throws = readInstanceEvents(loop);
  return {
    type: 'multiInstance',
    sequential: loop.get('isSequential') === true,
    ...(cardinality !== undefined && { cardinality: feelSource(cardinality) }),
    ...(collection !== undefined && { collection: feelSource(collection) }),
    ...(elementVariable !== undefined && { elementVariable }),
    ...(completion !== undefined && { completion: feelSource(completion) }),
    ...(outputCollection !== undefined && { outputCollection }),
    ...(outputElement !== undefined && { outputElement: feelSource(outputElement) }),
    ...(throws.length > 0 && { throws }),
  };
}

function readStandardLoop(loop: Element): ParsedLoop {
  const condition = textOf(childOf(loop, 'loopCondition'), 'body');
  const maximum = writtenText(loop, 'loopMaximum');
  return {
    type: 'standard',
    testBefore: loop.get('testBefore') === true,
    ...(condition !== undefined && { condition: feelSource(condition) }),
    ...(maximum !== undefined && { maximum }),
  };
}
