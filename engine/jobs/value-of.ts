import { evaluateBounded, withClock } from '../expressions/index.ts';
import type { Expression } from '../expressions/expression.ts';
import type { JsonObject, JsonValue } from '../kernel/json.ts';
import { Rejection } from '../kernel/rejection.ts';

/** The same as text: a text as it stands, anything else as JSON. */
export async function textOf(expression: Expression, variables: JsonObject, now: number): Promise<string> {
  const value = await valueOf(expression, variables, now);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The value of an expression outside a step; `now` (ms) is what `now()` answers. `expression.failed` */
export async function valueOf(expression: Expression, given: JsonObject, now: number): Promise<JsonValue> {
  const variables = withClock(expression, given, now);
  const result = expression.evaluate?.(variables) ?? (await evaluateBounded(expression, variables));
  if (result.ok) return result.value;
  throw new Rejection(
    'invalid',
    'expression.failed',
    `Expected '${expression.text}' to have a value, but ${result.reason}`,
  );
}
