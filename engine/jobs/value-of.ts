import { evaluateBounded } from '../expressions/index.ts';
import type { Expression } from '../expressions/expression.ts';
import type { JsonObject, JsonValue } from '../kernel/json.ts';
import { Rejection } from '../kernel/rejection.ts';

/** The value of an expression outside a step. `expression.failed` */
export async function valueOf(expression: Expression, variables: JsonObject): Promise<JsonValue> {
  const result = expression.evaluate?.(variables) ?? (await evaluateBounded(expression, variables));
  if (result.ok) return result.value;
  throw new Rejection(
    'invalid',
    'expression.failed',
    `Expected '${expression.text}' to have a value, but ${result.reason}`,
  );
}
