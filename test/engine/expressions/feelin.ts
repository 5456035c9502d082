import { evaluate as feelin } from '@bpmn-io/feelin';
import { compileExpression } from '../../../engine/expressions/index.ts';
import type { JsonObject, JsonValue } from '../../../engine/kernel/json.ts';

/** What feelin makes of it, with "error" and null taken as the same answer. */
export function feelinValue(text: string, variables: JsonObject): JsonValue {
  try {
    return plain(feelin(text, variables).value);
  } catch {
    return null;
  }
}

/** What our closures make of it; a refusal and an engine failure count as null too. */
export function ourValue(text: string, variables: JsonObject): JsonValue {
  const compiled = compileExpression(text);
  if (!compiled.ok) return null;
  if (!compiled.expression.evaluate) throw new Error(`not compiled to closures: ${text}`);
  const evaluation = compiled.expression.evaluate(variables);
  return evaluation.ok ? evaluation.value : null;
}

function plain(value: unknown): JsonValue {
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : null;
  if (value === undefined || value === null || typeof value === 'function') return null;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object') return value as string | boolean;
  if (Object.getPrototypeOf(value) !== Object.prototype) return null;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}
