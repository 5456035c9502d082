import { FeelRange, isForbiddenName, isList } from '../values.ts';
import type { FeelContext, Value } from '../values.ts';
import { builtin } from './builtin.ts';
import type { Builtins } from './builtin.ts';

/** Beyond DMN: what expressions in files of Camunda 8 call as well. */
export const extras: Builtins = {
  'get or else': builtin('value: any, default: any', ([value, otherwise]: [Value, Value]) => value ?? otherwise),
  'is empty': builtin(
    'list: any',
    ([value]: [Value]) => (typeof value === 'string' || (value !== null && isList(value)) ? value.length === 0 : null),
    { decides: true },
  ),
  'is blank': builtin('string: string', ([text]: [string]) => text.trim() === '', { decides: true }),
  trim: builtin('string: string', ([text]: [string]) => text.trim()),
  'context put': builtin(
    'context: context, key: string, value: any',
    ([context, key, value]: [FeelContext, string, Value], work) => {
      if (isForbiddenName(key) || context instanceof FeelRange) return undefined;
      work.charge(Object.keys(context).length);
      const entries = Object.entries(context).filter(([name]) => !isForbiddenName(name));
      return Object.fromEntries([...entries, [key, value]]);
    },
    { cost: 'scan' },
  ),
};
