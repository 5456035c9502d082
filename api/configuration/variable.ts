import type { z } from 'zod';

/** One variable of the environment: what it takes, and what people are told about it. */
export interface Variable<Schema extends z.ZodType = z.ZodType> {
  /** Takes the text of the variable, or undefined where it is not set. */
  readonly schema: Schema;
  /** Completes the sentence "expected …". */
  readonly expected: string;
  /** What holds where it is not set, as docs/configuration.md shows it. */
  readonly unset: string;
  /** What it is for: one line of docs/configuration.md. */
  readonly says: string;
  /** Its value is never repeated, neither in an error nor in a log. */
  readonly secret?: true;
}

/** Keeps the schema's type. */
export function variable<Schema extends z.ZodType>(declared: Variable<Schema>): Variable<Schema> {
  return declared;
}
