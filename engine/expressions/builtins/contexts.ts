import { isTemporal } from '../temporal.ts';
import { FeelRange, entry, isForbiddenName, isList } from '../values.ts';
import type { FeelContext, Value } from '../values.ts';
import type { Work } from '../work.ts';
import { builtin } from './builtin.ts';
import type { Builtins } from './builtin.ts';

function text(value: Value, work: Work, inner = false): string {
  work.charge(1);
  if (value === null) return 'null';
  if (typeof value === 'string') {
    work.chargeText(value.length);
    return inner ? `"${value.replace(/["\\]/g, '\\$&')}"` : value;
  }
  if (typeof value !== 'object' || isTemporal(value)) return String(value);
  if (value instanceof FeelRange) return '<range>';
  if (isList(value)) return `[${value.map((element) => text(element, work, true)).join(', ')}]`;
  const entries = Object.entries(value).map(
    ([key, part]) => `${/\W/.test(key) ? text(key, work, true) : key}: ${text(part, work, true)}`,
  );
  return `{${entries.join(', ')}}`;
}

function toNumber([from, grouping, decimal]: [string, string?, string?]): number | undefined {
  let plain = grouping ? from.split(grouping).join('') : from;
  if (decimal && decimal !== '.') plain = plain.includes('.') ? '' : plain.split(decimal).join('.');
  return /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(plain) ? Number(plain) : undefined;
}

/** Conversions, negation and contexts: DMN 1.3, 10.3.4.1, 10.3.4.2 and 10.3.4.10. */
export const contexts: Builtins = {
  number: builtin('from: string, grouping separator: string?, decimal separator: string?', toNumber),
  string: builtin('from: any', ([from]: [Value], work) => (from === null ? null : text(from, work))),
  not: builtin('negand: any', ([value]: [Value]) => (typeof value === 'boolean' ? !value : null), { decides: true }),
  'get value': builtin('m: context, key: string', ([context, key]: [FeelContext, string]) => entry(context, key)),
  'get entries': builtin(
    'm: context',
    ([context]: [FeelContext], work) => {
      const keys = Object.keys(context).filter((key) => !isForbiddenName(key));
      work.charge(keys.length);
      return keys.map((key) => ({ key, value: context[key]! }));
    },
    { cost: 'scan' },
  ),
  'context merge': builtin(
    '...contexts: any',
    (given: Value[], work) => {
      const all = given.length === 1 && isList(given[0]!) ? given[0] : given;
      const entries: [string, Value][] = [];
      for (const context of all) {
        if (typeof context !== 'object' || context === null || isList(context)) return undefined;
        if (isTemporal(context) || context instanceof FeelRange) return undefined;
        work.charge(Object.keys(context).length);
        entries.push(...Object.entries(context).filter(([key]) => !isForbiddenName(key)));
      }
      return Object.fromEntries(entries);
    },
    { cost: 'scan' },
  ),
};
