import type { Builtin, Builtins } from './builtin.ts';
import { contexts } from './contexts.ts';
import { dates } from './dates.ts';
import { extras } from './extras.ts';
import { lists } from './lists.ts';
import { numbers } from './numbers.ts';
import { patterns } from './patterns.ts';
import { texts } from './texts.ts';

const all: Builtins = { ...contexts, ...dates, ...extras, ...lists, ...numbers, ...patterns, ...texts };

/** The allow-list of functions: what is not here is refused at upload. */
export function findBuiltin(name: string): Builtin | undefined {
  return Object.hasOwn(all, name) ? all[name] : undefined;
}
