import type { JsonValue } from '../kernel/json.ts';
import type { Expression } from './expression.ts';

/** A fixed value where a model may also hold an expression, for example a timer's `PT5M`. */
export function literalExpression(value: JsonValue): Expression {
  return {
    text: JSON.stringify(value),
    names: [],
    evaluate: () => ({ ok: true, value: structuredClone(value), warnings: [] }),
  };
}
