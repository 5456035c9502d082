import { same } from '../compare.ts';
import { isList } from '../values.ts';
import type { Value } from '../values.ts';
import type { Work } from '../work.ts';
import { builtin, listBuiltin } from './builtin.ts';
import type { Builtins } from './builtin.ts';

type List = readonly Value[];

const total = (list: readonly number[]): number | null => (list.length === 0 ? null : list.reduce((a, b) => a + b, 0));

function median(list: readonly number[]): number | null {
  if (list.length === 0) return null;
  const sorted = list.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function deviation(list: readonly number[]): number | null {
  if (list.length < 2) return null;
  const mean = total(list)! / list.length;
  return Math.sqrt(list.reduce((sum, n) => sum + (n - mean) ** 2, 0) / (list.length - 1));
}

function mode(list: readonly number[]): readonly number[] {
  const times = new Map<number, number>();
  for (const n of list) times.set(n, (times.get(n) ?? 0) + 1);
  const most = [...times.values()].reduce((a, b) => Math.max(a, b), 0);
  return [...times.keys()].filter((n) => times.get(n) === most).sort((a, b) => a - b);
}

/** True, false, or null when a value that is neither decides. */
function three(list: List, decisive: boolean): boolean | null {
  if (list.includes(decisive)) return decisive;
  return list.every((element) => typeof element === 'boolean') ? !decisive : null;
}

function distinct(list: List, work: Work): List {
  const result: Value[] = [];
  for (const element of list) if (!result.some((known) => same(known, element, work))) result.push(element);
  return result;
}

function flatten(list: List, work: Work): List {
  work.charge(list.length);
  return list.flatMap((element) => (isList(element) ? flatten(element, work) : [element]));
}

function concatenate(lists: List, work: Work): List {
  return lists.flatMap((list) => {
    const part = isList(list) ? list : [list];
    work.charge(part.length);
    return part;
  });
}

const scan = { cost: 'scan' } as const;

/** DMN 1.3, 10.3.4.4. Positions count from 1, from the end when negative. */
export const lists: Builtins = {
  'list contains': builtin(
    'list: list, element: any',
    ([list, element]: [List, Value], work) => list.some((candidate) => same(candidate, element, work)),
    { cost: 'scan', decides: true },
  ),
  count: builtin('list: list', ([list]: [List]) => list.length),
  min: listBuiltin('number', (list: number[]) => (list.length === 0 ? null : list.reduce((a, b) => Math.min(a, b)))),
  max: listBuiltin('number', (list: number[]) => (list.length === 0 ? null : list.reduce((a, b) => Math.max(a, b)))),
  sum: listBuiltin('number', total),
  mean: listBuiltin('number', (list: number[]) => (list.length === 0 ? null : total(list)! / list.length)),
  product: listBuiltin('number', (list: number[]) => (list.length === 0 ? null : list.reduce((a, b) => a * b, 1))),
  median: listBuiltin('number', median),
  mode: listBuiltin('number', mode),
  stddev: listBuiltin('number', deviation),
  all: listBuiltin('any', (list: List) => three(list, false), { decides: true }),
  any: listBuiltin('any', (list: List) => three(list, true), { decides: true }),
  sublist: builtin(
    'list: list, start: number, length: number?',
    ([list, start, length]: [List, number, number?], work) => {
      if (start === 0) return undefined;
      const from = start < 0 ? list.length + start : start - 1;
      const part = length === undefined ? list.slice(from) : list.slice(from, from + length);
      work.charge(part.length);
      return part;
    },
    scan,
  ),
  append: builtin(
    'list: list, ...item: any',
    ([list, ...items]: [List, ...List], work) => concatenate([list, items], work),
    scan,
  ),
  concatenate: builtin('...list: any', (lists: List, work) => concatenate(lists, work), scan),
  'insert before': builtin(
    'list: list, position: number, newItem: any',
    ([list, position, item]: [List, number, Value], work) => {
      work.charge(list.length);
      return position < 1 || position > list.length + 1 ? undefined : list.toSpliced(position - 1, 0, item);
    },
    scan,
  ),
  remove: builtin(
    'list: list, position: number',
    ([list, position]: [List, number], work) => {
      work.charge(list.length);
      return position < 1 || position > list.length ? undefined : list.toSpliced(position - 1, 1);
    },
    scan,
  ),
  reverse: builtin(
    'list: list',
    ([list]: [List], work) => {
      work.charge(list.length);
      return list.toReversed();
    },
    scan,
  ),
  'index of': builtin(
    'list: list, match: any',
    ([list, match]: [List, Value], work) => list.flatMap((element, at) => (same(element, match, work) ? [at + 1] : [])),
    scan,
  ),
  flatten: builtin('list: list', ([list]: [List], work) => flatten(list, work), scan),
  union: builtin('...list: list', (all: List, work) => distinct(concatenate(all, work), work), { cost: 'heavy' }),
  'distinct values': builtin('list: list', ([list]: [List], work) => distinct(list, work), { cost: 'heavy' }),
};
