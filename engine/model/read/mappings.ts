import type { ParsedMapping } from '../parsed-model.ts';
import { feelSource, textSource, type Source } from '../source.ts';
import { readParameter } from './parameter.ts';
import { childrenOf, extensionsOf, textOf, type Element } from './element.ts';

/** Values moved into (`input`) or out of (`output`) an activity. */
export function readMappings(activity: Element, direction: 'input' | 'output'): ParsedMapping[] {
  const own = extensionsOf(activity, direction === 'input' ? 'ov:Input' : 'ov:Output').map((mapping) =>
    mappingOf(mapping, 'target', 'source', feelSource),
  );
  const parameters = `${direction}Parameters`;
  const zeebe = extensionsOf(activity, 'zeebe:IoMapping')
    .flatMap((mapping) => childrenOf(mapping, parameters))
    .map((mapping) => mappingOf(mapping, 'target', 'source', textSource));
  const camunda = extensionsOf(activity, 'camunda:InputOutput')
    .flatMap((mapping) => childrenOf(mapping, parameters))
    .map((mapping) => ({ target: textOf(mapping, 'name') ?? '', source: readParameter(mapping) }));
  return [...own, ...zeebe, ...camunda];
}

function mappingOf(mapping: Element, target: string, source: string, read: (text: string) => Source): ParsedMapping {
  const text = textOf(mapping, source);
  return { target: textOf(mapping, target) ?? '', source: text === undefined ? noValue : read(text) };
}

const noValue: Source = { refused: '', zh: '映射没有给出取值', en: 'the mapping gives no value' };
