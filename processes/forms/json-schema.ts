import type { JsonObject, JsonValue } from '../../engine/kernel/json.ts';
import { DEFAULT_LENGTH, MOST_FILES, PATTERN_TEXT } from './form.ts';
import type { FormDefinition, FormField } from './form.ts';

const PHONE_LENGTH = 30;
const LARGEST_MONEY = 1e13;

/**
 * A form as JSON Schema 2020-12. `x-ui` holds what a page needs to draw it. Beside the standard: the formats `id-number`,
 * `credit-code`, `phone`, and the keywords `x-decimals`, `x-from`, `x-until` (dates) and `x-accept` (files).
 */
export function toJsonSchema(form: FormDefinition): JsonObject {
  const answered = form.fields.filter((field) => field.readOnly !== true);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: form.title.zh,
    type: 'object',
    properties: Object.fromEntries(form.fields.map((field) => [field.name, fieldSchema(field)])),
    required: answered.filter((field) => field.required === true).map((field) => field.name),
    additionalProperties: false,
    'x-ui': { key: form.key, title: { ...form.title }, order: form.fields.map((field) => field.name) },
  };
}

function fieldSchema(field: FormField): JsonObject {
  return without({
    title: field.label.zh,
    description: field.help?.zh,
    readOnly: field.readOnly === true ? true : undefined,
    default: field.default,
    'x-ui': without({
      type: field.type,
      label: { ...field.label },
      help: field.help && { ...field.help },
      multiple: field.multiple,
      accept: field.accept,
      options: field.options?.map((option) => ({ value: option.value, label: { ...option.label } })),
    }),
    ...valueSchema(field),
  });
}

function valueSchema(field: FormField): Record<string, JsonValue | undefined> {
  switch (field.type) {
    case 'text':
    case 'textarea':
      return textSchema(field, DEFAULT_LENGTH[field.type]);
    case 'number':
      return { type: 'number', minimum: field.min, maximum: field.max };
    case 'money':
      return {
        type: 'number',
        minimum: field.min ?? -LARGEST_MONEY,
        maximum: field.max ?? LARGEST_MONEY,
        'x-decimals': 2,
      };
    case 'date':
      return { type: 'string', format: 'date', 'x-from': field.min, 'x-until': field.max };
    case 'select':
    case 'radio':
      return field.multiple ? choices(field) : choice(field);
    case 'checkbox':
      if (field.options) return choices(field);
      return field.required ? { type: 'boolean', const: true } : { type: 'boolean' };
    case 'idNumber':
      return { type: 'string', maxLength: 18, format: 'id-number' };
    case 'creditCode':
      return { type: 'string', maxLength: 18, format: 'credit-code' };
    case 'phone':
      return { type: 'string', maxLength: PHONE_LENGTH, format: 'phone' };
    case 'file':
      return field.multiple
        ? { type: 'array', items: fileSchema(field), maxItems: MOST_FILES, minItems: field.required ? 1 : undefined }
        : fileSchema(field);
  }
}

function textSchema(field: FormField, defaultLength: number): Record<string, JsonValue | undefined> {
  const maxLength = field.maxLength ?? defaultLength;
  return {
    type: 'string',
    minLength: field.minLength ?? (field.required ? 1 : undefined),
    maxLength: field.pattern === undefined ? maxLength : Math.min(maxLength, PATTERN_TEXT),
    pattern: field.pattern === undefined ? undefined : `^(?:${field.pattern})$`,
  };
}

function choice(field: FormField): Record<string, JsonValue | undefined> {
  return { type: 'string', enum: field.options!.map((option) => option.value) };
}

function choices(field: FormField): Record<string, JsonValue | undefined> {
  return {
    type: 'array',
    items: without(choice(field)),
    uniqueItems: true,
    maxItems: field.options!.length,
    minItems: field.required ? 1 : undefined,
  };
}

function fileSchema(field: FormField): JsonObject {
  return without({
    type: 'object',
    properties: {
      id: { type: 'string', minLength: 1, maxLength: 100 },
      name: { type: 'string', minLength: 1, maxLength: 255 },
      size: { type: 'integer', minimum: 0 },
      type: { type: 'string', maxLength: 127 },
    },
    required: ['id', 'name', 'size', 'type'],
    additionalProperties: false,
    'x-accept': field.accept,
  });
}

function without(schema: Record<string, JsonValue | undefined>): JsonObject {
  return Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined)) as JsonObject;
}
