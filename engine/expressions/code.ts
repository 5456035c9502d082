import type { Scope } from './scope.ts';
import type { Value } from './values.ts';
import type { Work } from './work.ts';

/** How a filter `list[…]` reads this: a position, a condition per element, or neither. */
export type Reading = 'number' | 'boolean' | 'string' | 'any' | 'test' | 'other';

/** A compiled piece of an expression. */
export interface Code {
  readonly run: (scope: Scope, work: Work) => Value;
  readonly reading: Reading;
  /** Loops inside loops; more than one is not bounded by the data alone. */
  readonly loops: number;
  /** Only a deadline bounds it. */
  readonly heavy: boolean;
  /** Syntax nodes, what one evaluation of it pays inside a loop. */
  readonly size: number;
}

/** Code whose cost comes from its parts. */
export function code(reading: Reading, parts: readonly Code[], run: Code['run'], own: Partial<Code> = {}): Code {
  return {
    run,
    reading,
    loops: Math.max(own.loops ?? 0, ...parts.map((part) => part.loops)),
    heavy: own.heavy === true || parts.some((part) => part.heavy),
    size: parts.reduce((sum, part) => sum + part.size, 1),
  };
}

/** FEEL takes everything but false and null for a fulfilled condition. */
export function isFulfilled(value: Value): boolean {
  return value !== false && value !== null;
}
