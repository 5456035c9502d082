import type { ParsedInstanceEvent } from '../parsed-model.ts';
import { feelSource } from '../source.ts';
import { childOf, childrenOf, textOf, type Element } from './element.ts';
import { readEvent, readEvents } from './events.ts';

/** `behavior` of a multi-instance activity with the events that go with it (BPMN 2.0.2 table 10.29); All throws none. */
export function readInstanceEvents(loop: Element): readonly ParsedInstanceEvent[] {
  const behavior = loop.get('behavior');
  if (behavior === 'None') return refOf(loop, 'noneBehaviorEventRef', 'each');
  if (behavior === 'One') return refOf(loop, 'oneBehaviorEventRef', 'first');
  if (behavior !== 'Complex') return [];
  return childrenOf(loop, 'complexBehaviorDefinition').map((definition) => {
    const event = childOf(definition, 'event');
    return {
      when: 'condition',
      condition: feelSource(textOf(childOf(definition, 'condition'), 'body') ?? ''),
      events: event ? readEvents(event) : [],
    };
  });
}

function refOf(loop: Element, property: string, when: 'each' | 'first'): ParsedInstanceEvent[] {
  const definition = childOf(loop, property);
  return definition ? [{ when, events: [readEvent(definition)] }] : [];
}
