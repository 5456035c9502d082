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
    .map((mapping) => nested(mappingOf(mapping, 'target', 'source', textSource)));
  const camunda = extensionsOf(activity, 'camunda:InputOutput')
    .flatMap((mapping) => childrenOf(mapping, parameters))
    .map((mapping) => ({ target: textOf(mapping, 'name') ?? '', source: readParameter(mapping) }));
  return [...own, ...zeebe, ...camunda];
}

function mappingOf(mapping: Element, target: string, source: string, read: (text: string) => Source): ParsedMapping {
  const text = textOf(mapping, source);
  return { target: textOf(mapping, target) ?? '', source: text === undefined ? noValue : read(text) };
}

/** `order.total` is the entry of a variable: what else the variable holds stays. */
function nested(mapping: ParsedMapping): ParsedMapping {
  const { target, source } = mapping;
  const path = target.split('.');
  if (path.length < 2 || !path.every((name) => NAME.test(name)) || 'refused' in source) return mapping;
  const value = 'feel' in source ? source.feel : JSON.stringify(source.literal);
  const owners = path.slice(0, -1).reduce<string[]>((known, name) => {
    const around = known.at(-1);
    return [...known, `get or else(${around === undefined ? name : `get value(${around}, "${name}")`}, {})`];
  }, []);
  const feel = owners.reduceRight((inner, owner, at) => `context put(${owner}, "${path[at + 1]}", ${inner})`, value);
  return { target: path[0]!, source: { feel } };
}

const NAME = /^[\p{L}_][\p{L}\p{N}\p{M}_]*$/u;

const noValue: Source = { refused: '', zh: '映射没有给出取值', en: 'the mapping gives no value' };
