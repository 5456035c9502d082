import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { canonicalJson } from '../../engine/kernel/json.ts';
import type { JsonObject, JsonValue } from '../../engine/kernel/json.ts';
import { compileSchema } from './compile-schema.ts';
import type { FormDefinition, FormField } from './form.ts';
import { toJsonSchema } from './json-schema.ts';
import { sentence } from './sentences.ts';
import type { FieldProblem } from './sentences.ts';

export interface FieldError {
  /** JSON Pointer into the data */
  readonly pointer: string;
  readonly code: FieldProblem;
  readonly zh: string;
  readonly en: string;
}

export type FormValidation =
  { readonly ok: true; readonly data: JsonObject } | { readonly ok: false; readonly errors: readonly FieldError[] };

/**
 * Checks what a person filled in and tells everything that is wrong, not just the first. Blank answers (null, empty text,
 * empty list) count as not given. Fields the form does not have are refused; answers to read-only fields are left out.
 * The data given back is tidied: text is trimmed, ID numbers and credit codes are in capitals.
 */
export function validateForm(form: FormDefinition, data: unknown): FormValidation {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    const zh = '提交内容应为表单数据';
    return { ok: false, errors: [{ pointer: '', code: 'field.wrong_type', zh, en: 'The data must be an object' }] };
  }
  const answers = tidy(form, data as JsonObject);
  const validate = validatorOf(form);
  if (validate(answers)) return { ok: true, data: answers };
  const errors = new Map<string, FieldError>();
  for (const error of validate.errors ?? []) {
    const field = toFieldError(form, error);
    errors.set(`${field.pointer} ${field.code}`, field);
  }
  return { ok: false, errors: [...errors.values()] };
}

const byForm = new WeakMap<FormDefinition, ValidateFunction>();
const byContent = new Map<string, ValidateFunction>();
const KEPT = 500;

function validatorOf(form: FormDefinition): ValidateFunction {
  const known = byForm.get(form);
  if (known) return known;
  const schema = toJsonSchema(form);
  const content = canonicalJson(schema);
  let validate = byContent.get(content);
  if (!validate) {
    validate = compileSchema(schema);
    if (byContent.size >= KEPT) byContent.delete(byContent.keys().next().value!);
    byContent.set(content, validate);
  }
  byForm.set(form, validate);
  return validate;
}

function tidy(form: FormDefinition, data: JsonObject): JsonObject {
  const fields = new Map(form.fields.map((field) => [field.name, field]));
  const answers: [string, JsonValue][] = [];
  for (const [name, given] of Object.entries(data)) {
    const field = fields.get(name);
    if (field?.readOnly === true) continue;
    const value = field && typeof given === 'string' ? tidyText(field, given) : given;
    const blank = value === null || value === '' || (Array.isArray(value) && value.length === 0);
    if (!field || !blank) answers.push([name, value]);
  }
  return Object.fromEntries(answers);
}

function tidyText(field: FormField, text: string): string {
  const trimmed = text.trim();
  return field.type === 'idNumber' || field.type === 'creditCode' ? trimmed.toUpperCase() : trimmed;
}

const FORMATS: Record<string, FieldProblem> = {
  date: 'field.bad_date',
  'id-number': 'field.bad_id_number',
  'credit-code': 'field.bad_credit_code',
  phone: 'field.bad_phone',
};

function toFieldError(form: FormDefinition, error: ErrorObject): FieldError {
  const params = error.params as Record<string, string | number>;
  const path = error.instancePath.split('/').slice(1);
  if (error.keyword === 'required' && path.length === 0) path.push(pointerPart(String(params.missingProperty)));
  const unknown = error.keyword === 'additionalProperties' && path.length === 0;
  if (unknown) path.push(pointerPart(String(params.additionalProperty)));
  const field = form.fields.find((candidate) => candidate.name === path[0]);
  if (unknown || !field) {
    const name = String(params.additionalProperty).slice(0, 60);
    const stranger: FormField = { name, label: { zh: name, en: name }, type: 'text' };
    return { pointer: `/${path[0]}`, code: 'field.unknown', ...sentence('field.unknown', stranger) };
  }
  const depth = field.type === 'file' ? (field.multiple ? 2 : 1) : path.length;
  const [code, limit] = problemOf(field, error, params, path.length);
  return { pointer: `/${path.slice(0, depth).join('/')}`, code, ...sentence(code, field, limit) };
}

function problemOf(
  field: FormField,
  error: ErrorObject,
  params: Record<string, string | number>,
  depth: number,
): [FieldProblem, (number | string)?] {
  if (error.keyword === 'x-accept') return ['field.file_not_accepted', field.accept];
  if (error.keyword === 'maxItems') return ['field.too_many', params.limit];
  if (
    field.type === 'file' &&
    error.keyword !== 'type' &&
    !(error.keyword === 'required' && depth === 1 && !error.instancePath)
  ) {
    return ['field.bad_file'];
  }
  switch (error.keyword) {
    case 'required':
    case 'minItems':
      return ['field.required'];
    case 'const':
      return ['field.must_be_ticked'];
    case 'minLength':
      return ['field.too_short', params.limit];
    case 'maxLength':
      return field.type === 'idNumber'
        ? ['field.bad_id_number']
        : field.type === 'creditCode'
          ? ['field.bad_credit_code']
          : ['field.too_long', params.limit];
    case 'minimum':
      return ['field.too_small', params.limit];
    case 'maximum':
      return ['field.too_large', params.limit];
    case 'x-decimals':
      return ['field.too_many_decimals', 2];
    case 'x-from':
      return ['field.too_early', field.min];
    case 'x-until':
      return ['field.too_late', field.max];
    case 'format':
      return [FORMATS[String(params.format)]!];
    case 'enum':
      return ['field.bad_option'];
    case 'uniqueItems':
      return ['field.repeated_option'];
    case 'pattern':
      return ['field.bad_pattern'];
    default:
      return ['field.wrong_type'];
  }
}

function pointerPart(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
