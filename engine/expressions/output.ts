import type { JsonValue } from '../kernel/json.ts';
import { isTemporal } from './temporal.ts';
import { FeelRange, isForbiddenName, isList } from './values.ts';
import type { Value } from './values.ts';
import type { Work } from './work.ts';

/** Largest result: characters of text, an element counting as ten. */
export const MAX_RESULT = 1_000_000;
const MAX_RESULT_DEPTH = 100;

/** Thrown when a result is larger or deeper than a case should carry. */
export class ResultTooLarge extends Error {}

/** Plain JSON from a FEEL value: dates, times and durations become ISO 8601 text; what JSON cannot say becomes null. */
export function toJson(value: Value, work: Work): JsonValue {
  let left = MAX_RESULT;
  const convert = (value: Value, depth: number): JsonValue => {
    left -= typeof value === 'string' ? 10 + value.length : 10;
    if (left < 0 || depth > MAX_RESULT_DEPTH) throw new ResultTooLarge();
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
    if (typeof value === 'number') {
      if (Number.isFinite(value)) return value === 0 ? 0 : value;
      return work.warn('The result is not a finite number');
    }
    if (isTemporal(value)) return value.toString();
    if (value instanceof FeelRange) return work.warn('A range is not a result');
    if (isList(value)) return value.map((element) => convert(element, depth + 1));
    const entries: [string, JsonValue][] = [];
    for (const key of Object.keys(value)) {
      if (isForbiddenName(key)) continue;
      left -= key.length;
      entries.push([key, convert(value[key]!, depth + 1)]);
    }
    return Object.fromEntries(entries);
  };
  return convert(value, 0);
}
