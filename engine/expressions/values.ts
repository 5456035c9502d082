import { FeelDate, FeelDateTime, FeelDuration, FeelTime, isTemporal, temporalPart } from './temporal.ts';
import type { Temporal } from './temporal.ts';

export interface FeelContext {
  readonly [key: string]: Value;
}

export type Value = null | boolean | number | string | readonly Value[] | FeelContext | Temporal | FeelRange;

/** A null end is open. */
export class FeelRange {
  readonly start: Value;
  readonly end: Value;
  readonly startIncluded: boolean;
  readonly endIncluded: boolean;
  constructor(start: Value, end: Value, startIncluded: boolean, endIncluded: boolean) {
    this.start = start;
    this.end = end;
    this.startIncluded = startIncluded;
    this.endIncluded = endIncluded;
  }
}

export type ValueType =
  'null' | 'boolean' | 'number' | 'string' | 'list' | 'context' | 'date' | 'time' | 'date time' | 'duration' | 'range';

export function typeOf(value: Value): ValueType {
  if (value === null) return 'null';
  if (typeof value !== 'object') return typeof value as 'boolean' | 'number' | 'string';
  if (isList(value)) return 'list';
  if (value instanceof FeelDate) return 'date';
  if (value instanceof FeelTime) return 'time';
  if (value instanceof FeelDateTime) return 'date time';
  if (value instanceof FeelDuration) return 'duration';
  if (value instanceof FeelRange) return 'range';
  return 'context';
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isContext(value: Value): value is FeelContext {
  return typeOf(value) === 'context';
}

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** Names that reach behind the data in JavaScript. They are refused in text and do not exist in data. */
export function isForbiddenName(name: string): boolean {
  return FORBIDDEN.has(name);
}

/** FEEL compares names with runs of blanks taken as one. */
export function normalName(name: string): string {
  return name.trim().replace(/\s+/g, ' ');
}

/** An own entry of plain data, never an inherited one; undefined when there is none. */
export function entry(context: FeelContext, name: string): Value | undefined {
  if (isForbiddenName(name)) return undefined;
  if (Object.hasOwn(context, name)) return context[name];
  if (!name.includes(' ')) return undefined;
  const key = Object.keys(context).find((key) => normalName(key) === name);
  return key === undefined ? undefined : context[key];
}

/** `value.name` as FEEL sees it; undefined when there is no such part. */
export function property(value: Value, name: string): Value | undefined {
  if (value instanceof FeelRange) return rangePart(value, name);
  if (isTemporal(value)) return temporalPart(value, name);
  return isContext(value) ? entry(value, name) : undefined;
}

function rangePart(range: FeelRange, name: string): Value | undefined {
  if (name === 'start') return range.start;
  if (name === 'end') return range.end;
  if (name === 'start included') return range.startIncluded;
  if (name === 'end included') return range.endIncluded;
  return undefined;
}

/** A short text for warnings: never the whole of a large value. */
export function show(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (value === null || typeof value !== 'object' || isTemporal(value)) return String(value);
  if (isList(value)) return `[${value.length} items]`;
  return value instanceof FeelRange ? '[range]' : '{…}';
}
