import { isList, show, typeOf } from '../values.ts';
import type { Value } from '../values.ts';
import type { Work } from '../work.ts';

/** undefined stands for an optional argument that was not given. */
export type Argument = Value | undefined;

export interface Parameter {
  readonly name: string;
  readonly type: 'any' | 'number' | 'string' | 'boolean' | 'list' | 'context';
  readonly optional: boolean;
  readonly rest: boolean;
}

export interface Builtin {
  readonly parameters: readonly Parameter[];
  /** Arguments as written; checks and converts them. */
  readonly call: (args: Argument[], work: Work) => Value;
  /** True where the answer is yes or no, so that it can be the condition of a filter. */
  readonly decides: boolean;
  /** How the cost grows: with the text given, with a list once, or in a way only a deadline can bound. */
  readonly cost: 'light' | 'scan' | 'heavy';
}

export interface Traits {
  readonly decides?: boolean;
  readonly cost?: Builtin['cost'];
}

export type Builtins = Record<string, Builtin>;

/**
 * A built-in with parameters like `'string: string, start position: number, length: number?'`. As FEEL has it, a list of
 * one is taken for its element and an element for a list of one; anything else that does not fit gives null.
 */
export function builtin<A extends readonly unknown[]>(
  signature: string,
  run: (args: A, work: Work) => Value | undefined,
  traits: Traits = {},
): Builtin {
  const parameters = signature === '' ? [] : signature.split(', ').map(readParameter);
  const body = run as unknown as (args: Argument[], work: Work) => Value | undefined;
  return {
    parameters,
    decides: traits.decides ?? false,
    cost: traits.cost ?? 'light',
    call: (args, work) => {
      const fitted: Argument[] = [];
      const count = Math.max(args.length, parameters.length);
      for (let at = 0; at < count; at++) {
        const parameter = parameters[Math.min(at, parameters.length - 1)]!;
        if (parameter.rest && at >= args.length) break;
        const argument = fit(args[at], parameter);
        if (argument === MISFIT) return work.warn(`${show(args[at] ?? null)} does not fit '${parameter.name}'`);
        if (typeof argument === 'string') work.chargeText(argument.length);
        fitted.push(argument);
      }
      const result = body(fitted, work);
      return result ?? (result === undefined ? work.warn('A built-in function has no answer for its arguments') : null);
    },
  };
}

/** A built-in over one list, given as a list or as the arguments themselves: `sum([1, 2])`, `sum(1, 2)`. */
export function listBuiltin(
  type: 'number' | 'any',
  run: (list: never, work: Work) => Value,
  traits: Traits = {},
): Builtin {
  const body = run as (list: readonly Value[], work: Work) => Value;
  return {
    parameters: [{ name: 'list', type: 'any', optional: false, rest: true }],
    decides: traits.decides ?? false,
    cost: traits.cost ?? 'scan',
    call: (args, work) => {
      const given = args.length === 1 && args[0] !== undefined && isList(args[0]) ? args[0] : (args as Value[]);
      work.charge(given.length);
      const odd = type === 'any' ? undefined : given.find((element) => typeOf(element) !== type);
      return odd === undefined ? body(given, work) : work.warn(`${show(odd)} is not a ${type}`);
    },
  };
}

function readParameter(text: string): Parameter {
  const [name, type] = text.split(': ') as [string, string];
  return {
    name: name.replace('...', ''),
    type: type.replace('?', '') as Parameter['type'],
    optional: type.endsWith('?'),
    rest: name.startsWith('...'),
  };
}

const MISFIT = Symbol('misfit');

function fit(argument: Argument, { type, optional }: Parameter): Argument | typeof MISFIT {
  if (argument === undefined) return optional ? undefined : MISFIT;
  if (type === 'any') return argument;
  if (type === 'list') return argument === null ? MISFIT : isList(argument) ? argument : [argument];
  const value = isList(argument) && argument.length === 1 ? argument[0]! : argument;
  // an optional number that is missing in the data must not silently become the default
  if (value === null) return optional && type !== 'number' ? undefined : MISFIT;
  return typeOf(value) === type ? value : MISFIT;
}
