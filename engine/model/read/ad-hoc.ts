import type { ParsedAdHoc } from '../parsed-model.ts';
import { feelSource } from '../source.ts';
import { childOf, extensionsOf, textOf, type Element } from './element.ts';

export function readAdHoc(element: Element): ParsedAdHoc | undefined {
  if (element.$type !== 'bpmn:AdHocSubProcess') return undefined;
  const completion = textOf(childOf(element, 'completionCondition'), 'body');
  const begin = textOf(extensionsOf(element, 'zeebe:AdHoc')[0], 'activeElementsCollection');
  return {
    sequential: element.get('ordering') === 'Sequential',
    cancelRemaining: element.get('cancelRemainingInstances') !== false,
    ...(completion !== undefined && { completion: feelSource(completion) }),
    ...(begin !== undefined && { begin: feelSource(begin) }),
  };
}
