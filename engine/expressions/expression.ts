import type { JsonObject, JsonValue } from '../kernel/json.ts';

/** A null in FEEL carries its reason, so that an incident can say why a gateway could not decide. */
export type Evaluation =
  | { readonly ok: true; readonly value: JsonValue; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly reason: string };

/** A FEEL expression that was parsed and checked at upload. */
export interface Expression {
  readonly text: string;
  /** Variable names it reads at the top level. */
  readonly names: readonly string[];
  /** It calls `now()` or `today()`: whoever evaluates it puts the instant into the variables (`withClock`). */
  readonly readsClock?: true;
  /**
   * Present where the cost is bounded by the text and the data (no nested iteration): evaluates at once, never throws.
   * Absent: the expression needs the worker with a deadline (`evaluateBounded`).
   */
  readonly evaluate?: (variables: JsonObject) => Evaluation;
}
