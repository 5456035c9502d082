import { createHash } from 'node:crypto';
import { canonicalJson } from '../kernel/json.ts';
import type { JsonObject, JsonValue } from '../kernel/json.ts';
import { NOW } from './clock.ts';
import type { Expression } from './expression.ts';
import { entry } from './values.ts';

/** The variables an expression reads, and no others. */
export function neededVariables(expression: Expression, variables: JsonObject): JsonObject {
  const needed: [string, JsonValue][] = [];
  for (const name of expression.readsClock ? [...expression.names, NOW] : expression.names) {
    const value = entry(variables, name);
    if (value !== undefined) needed.push([name, value as JsonValue]);
  }
  return Object.fromEntries(needed);
}

/** Under which a result is kept: the same text over the same data it reads gives the same key. SHA-256, hexadecimal. */
export function resultKey(expression: Expression, variables: JsonObject): string {
  const data = canonicalJson([expression.text, neededVariables(expression, variables)]);
  return createHash('sha256').update(data).digest('hex');
}
