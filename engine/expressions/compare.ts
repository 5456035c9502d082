import { FeelDate, FeelDateTime, FeelDuration, FeelTime } from './temporal.ts';
import { FeelRange, isContext, isList, show, typeOf } from './values.ts';
import type { Value } from './values.ts';
import type { Work } from './work.ts';

/** FEEL equality: a list of one equals its element; null where the types differ and neither is null. */
export function equals(left: Value, right: Value, work: Work): boolean | null {
  work.charge(1);
  if ((left === null) !== (right === null)) return false;
  const a = single(left);
  const b = single(right);
  if (typeOf(a) !== typeOf(b)) return null;
  if (isList(a) && isList(b)) {
    return a.length === b.length && a.every((element, at) => equals(element, b[at]!, work) === true);
  }
  if (isContext(a) && isContext(b)) {
    const keys = Object.keys(a);
    if (keys.length !== Object.keys(b).length) return false;
    return keys.every((key) => Object.hasOwn(b, key) && equals(a[key]!, b[key]!, work) === true);
  }
  if (a instanceof FeelRange && b instanceof FeelRange) {
    return (
      a.startIncluded === b.startIncluded &&
      a.endIncluded === b.endIncluded &&
      equals(a.start, b.start, work) === true &&
      equals(a.end, b.end, work) === true
    );
  }
  if (a instanceof FeelDuration && b instanceof FeelDuration) return a.months === b.months && a.ms === b.ms;
  if (typeof a === 'string') work.chargeText(a.length);
  return isOrdered(a) && isOrdered(b) ? order(a, b) === 0 : a === b;
}

/** A list of none or one stands for its element when compared. */
function single(value: Value): Value {
  return isList(value) && value.length < 2 ? (value[0] ?? null) : value;
}

/** The same value by kind and content, without the list-of-one rule. */
export function same(a: Value, b: Value, work: Work): boolean {
  return typeOf(a) === typeOf(b) && equals(a, b, work) === true;
}

type Ordered = number | string | FeelDate | FeelTime | FeelDateTime | FeelDuration;

function isOrdered(value: Value): value is Ordered {
  return ['number', 'string', 'date', 'time', 'date time', 'duration'].includes(typeOf(value));
}

/** Negative, zero, positive; null when the two have no order. */
function order(a: Ordered, b: Ordered): number | null {
  if (a instanceof FeelDuration && b instanceof FeelDuration) {
    if (a.ms === b.ms) return a.months - b.months;
    return a.months === b.months ? a.ms - b.ms : null;
  }
  const left = rank(a);
  const right = rank(b);
  return left < right ? -1 : left > right ? 1 : left === right ? 0 : null;
}

function rank(value: Ordered): number | string {
  if (value instanceof FeelDate) return value.day;
  if (value instanceof FeelTime || value instanceof FeelDateTime) return value.instant;
  return value as number | string;
}

export type Comparator = '<' | '<=' | '>' | '>=' | '=' | '!=';

/** Three-valued: null, with a warning, where the two cannot be compared. */
export function compare(operator: Comparator, a: Value, b: Value, work: Work): boolean | null {
  if (operator === '=') return equals(a, b, work);
  if (operator === '!=') return equals(a, b, work) !== true;
  work.charge(1);
  const by = typeOf(a) === typeOf(b) && isOrdered(a) && isOrdered(b) ? order(a, b) : null;
  if (by === null) return work.warn(`Can't compare ${show(a)} with ${show(b)}`);
  if (operator === '<') return by < 0;
  if (operator === '<=') return by <= 0;
  return operator === '>' ? by > 0 : by >= 0;
}

/** Whether the range holds the value; the ends may be written in either order. Null where they cannot be compared. */
export function includes(range: FeelRange, value: Value, work: Work): boolean | null {
  const { start, end, startIncluded, endIncluded } = range;
  if (value === null || (start === null && end === null)) return null;
  if (start !== null && end !== null && compare('>', start, end, work) === true) {
    return includes(new FeelRange(end, start, endIncluded, startIncluded), value, work);
  }
  const after = start === null ? true : compare(startIncluded ? '>=' : '>', value, start, work);
  const before = end === null ? true : compare(endIncluded ? '<=' : '<', value, end, work);
  return after === null || before === null ? null : after && before;
}
