import type { JsonObject } from '../../kernel/json.ts';
import { Rejection } from '../../kernel/rejection.ts';

/** A modification that cannot be: `modification.<code>` with the element (or token) and what was expected instead. */
export function refusal(code: string, about: JsonObject, expected: string, but: string): Rejection {
  return new Rejection('invalid', `modification.${code}`, `Expected ${expected}, but ${but}`, { ...about, expected });
}
