import type { JsonValue } from '../../engine/kernel/json.ts';
import { Rejection } from '../../engine/kernel/rejection.ts';
import { isDate } from './checks.ts';
import { FIELD_TYPES, LONGEST_TEXT, PATTERN_TEXT } from './form.ts';
import type { FieldType, FormDefinition, FormField, Option, Text } from './form.ts';
import { patternProblem } from './pattern.ts';
import { validateForm } from './validate-form.ts';

const MOST_FIELDS = 200;
const MOST_OPTIONS = 500;

type Raw = Record<string, JsonValue>;

/**
 * Reads a form definition that came from outside. Refuses what a page could not draw or the server could not check,
 * naming the place. Rejections: `form.bad_definition` (details: `pointer`).
 */
export function checkForm(json: unknown): FormDefinition {
  const form = object(json, '');
  onlyKeys(form, ['key', 'title', 'fields'], '');
  const key = text(form.key, '/key', 100);
  if (!/^[\w.-]+$/.test(key)) bad('/key', 'letters, digits, dots and hyphens', key);
  const fields = list(form.fields, '/fields', MOST_FIELDS).map((field, at) => checkField(field, `/fields/${at}`));
  const names = new Set<string>();
  fields.forEach(({ name }, at) => {
    if (names.has(name)) bad(`/fields/${at}/name`, 'a name of its own', name);
    names.add(name);
  });
  const checked: FormDefinition = { key, title: label(form.title, '/title'), fields };
  fields.forEach((field, at) => checkDefault(checked, field, `/fields/${at}/default`));
  return checked;
}

/** Which of the optional keys mean something for which type. */
const KEYS: Partial<Record<keyof FormField, readonly FieldType[]>> = {
  min: ['number', 'money', 'date'],
  max: ['number', 'money', 'date'],
  minLength: ['text', 'textarea'],
  maxLength: ['text', 'textarea'],
  pattern: ['text'],
  options: ['select', 'radio', 'checkbox'],
  multiple: ['select', 'file'],
  accept: ['file'],
};
const COMMON = ['name', 'label', 'type', 'required', 'help', 'readOnly', 'default'];

function checkField(json: JsonValue, at: string): FormField {
  const raw = object(json, at);
  onlyKeys(raw, [...COMMON, ...Object.keys(KEYS)], at);
  const type = raw.type as FieldType;
  if (!FIELD_TYPES.includes(type)) bad(`${at}/type`, `one of ${FIELD_TYPES.join(', ')}`, raw.type);
  for (const [key, types] of Object.entries(KEYS)) {
    if (raw[key] !== undefined && !types.includes(type)) bad(`${at}/${key}`, `no ${key} on a ${type} field`, raw[key]);
  }
  const name = text(raw.name, `${at}/name`, 60);
  if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) bad(`${at}/name`, 'letters, digits and underscores', name);
  if (['__proto__', 'constructor', 'prototype'].includes(name)) bad(`${at}/name`, 'a name that is not reserved', name);
  const field = {
    name,
    label: label(raw.label, `${at}/label`),
    type,
    required: flag(raw.required, `${at}/required`),
    readOnly: flag(raw.readOnly, `${at}/readOnly`),
    multiple: flag(raw.multiple, `${at}/multiple`),
    help: raw.help === undefined ? undefined : label(raw.help, `${at}/help`),
    accept: raw.accept === undefined ? undefined : text(raw.accept, `${at}/accept`, 300),
    options: options(raw.options, type, at),
    pattern: pattern(raw.pattern, `${at}/pattern`),
    default: raw.default,
    ...bounds(raw, type, at),
    ...lengths(raw, at),
  };
  return Object.fromEntries(Object.entries(field).filter(([, value]) => value !== undefined)) as unknown as FormField;
}

function bounds(raw: Raw, type: FieldType, at: string): Pick<FormField, 'min' | 'max'> {
  const bound = (key: 'min' | 'max') => {
    const value = raw[key];
    const fits = type === 'date' ? typeof value === 'string' && isDate(value) : typeof value === 'number';
    if (value !== undefined && !fits) bad(`${at}/${key}`, type === 'date' ? 'a date YYYY-MM-DD' : 'a number', value);
    return value as number | string | undefined;
  };
  const [min, max] = [bound('min'), bound('max')];
  if (min !== undefined && max !== undefined && min > max) bad(`${at}/max`, `at least ${min}`, max);
  return { min, max };
}

function lengths(raw: Raw, at: string): Pick<FormField, 'minLength' | 'maxLength'> {
  const most = raw.pattern === undefined ? LONGEST_TEXT : PATTERN_TEXT;
  const length = (key: 'minLength' | 'maxLength') => {
    const value = raw[key];
    const fits = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;
    if (value !== undefined && !fits) bad(`${at}/${key}`, `a whole number up to ${most}`, value);
    return value;
  };
  const [minLength, maxLength] = [length('minLength'), length('maxLength')];
  if (minLength !== undefined && minLength > (maxLength ?? LONGEST_TEXT))
    bad(`${at}/maxLength`, `at least ${minLength}`, maxLength);
  return { minLength, maxLength };
}

function options(json: JsonValue | undefined, type: FieldType, at: string): Option[] | undefined {
  if (json === undefined) {
    if (type === 'select' || type === 'radio') bad(`${at}/options`, 'a list of options', undefined);
    return undefined;
  }
  const seen = new Set<string>();
  const checked = list(json, `${at}/options`, MOST_OPTIONS).map((option, index) => {
    const here = `${at}/options/${index}`;
    const raw = object(option, here);
    onlyKeys(raw, ['value', 'label'], here);
    const value = text(raw.value, `${here}/value`, 200);
    if (seen.has(value)) bad(`${here}/value`, 'a value of its own', value);
    seen.add(value);
    return { value, label: label(raw.label, `${here}/label`) };
  });
  if (checked.length === 0) bad(`${at}/options`, 'at least one option', json);
  return checked;
}

function pattern(json: JsonValue | undefined, at: string): string | undefined {
  if (json === undefined) return undefined;
  const written = text(json, at, 1_000);
  const problem = patternProblem(written);
  if (problem !== null) bad(at, `a safe pattern (${problem})`, written);
  return written;
}

function checkDefault(form: FormDefinition, field: FormField, at: string): void {
  if (field.default === undefined) return;
  const alone: FormDefinition = { ...form, fields: [{ ...field, readOnly: false, required: false }] };
  const validation = validateForm(alone, { [field.name]: field.default });
  if (!validation.ok) bad(at, `an answer the field accepts (${validation.errors[0]!.en})`, field.default);
}

function bad(pointer: string, expected: string, found: unknown): never {
  const shown = JSON.stringify(found)?.slice(0, 60) ?? 'nothing';
  throw new Rejection(
    'invalid',
    'form.bad_definition',
    `Expected ${expected} at ${pointer || '/'}, but found ${shown}`,
    {
      pointer,
      expected,
    },
  );
}

function object(json: unknown, at: string): Raw {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) bad(at, 'an object', json);
  return json as Raw;
}

function list(json: JsonValue | undefined, at: string, most: number): JsonValue[] {
  if (!Array.isArray(json)) bad(at, 'a list', json);
  if (json.length > most) bad(at, `at most ${most} entries`, json.length);
  return json;
}

function text(json: JsonValue | undefined, at: string, most: number): string {
  if (typeof json !== 'string' || json.trim() === '' || json.length > most)
    bad(at, `text of 1 to ${most} characters`, json);
  return json;
}

function flag(json: JsonValue | undefined, at: string): boolean | undefined {
  if (json !== undefined && typeof json !== 'boolean') bad(at, 'true or false', json);
  return json;
}

function label(json: JsonValue | undefined, at: string): Text {
  const raw = object(json, at);
  onlyKeys(raw, ['zh', 'en'], at);
  return { zh: text(raw.zh, `${at}/zh`, 500), en: text(raw.en, `${at}/en`, 500) };
}

function onlyKeys(raw: Raw, known: readonly string[], at: string): void {
  const stranger = Object.keys(raw).find((key) => !known.includes(key));
  if (stranger !== undefined)
    bad(`${at}/${stranger.replaceAll('~', '~0').replaceAll('/', '~1')}`, `one of ${known.join(', ')}`, stranger);
}
