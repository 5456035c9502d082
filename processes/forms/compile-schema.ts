import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import type { JsonObject } from '../../engine/kernel/json.ts';
import { PATTERN_TEXT } from './form.ts';
import { hasDecimals, isAccepted, isCreditCode, isDate, isIdNumber, isPhone } from './checks.ts';

/** All faults are told, so a text that is too long would still meet the pattern: it is left to `maxLength` alone. */
const regExp = Object.assign(
  (pattern: string, flags: string) => {
    const expression = new RegExp(pattern, flags);
    return {
      test: (text: string) => text.length > 2 * PATTERN_TEXT || expression.test(text),
      // ajv takes expressions of equal text for one
      toString: () => String(expression),
    };
  },
  { code: 'new RegExp' },
);

/** Schemas are our own (json-schema.ts): to compile the schema of all schemas, for each of them, took a third of every start. */
const trusted = { meta: false, validateSchema: false };

/** A validator for one form's schema. Each gets its own instance, so that a form no longer used can be forgotten. */
export function compileSchema(schema: JsonObject): ValidateFunction {
  const ajv = new Ajv2020({
    strict: true,
    ...trusted,
    allErrors: true,
    messages: false,
    ownProperties: true,
    code: { regExp },
  });
  ajv.addVocabulary(['x-ui']);
  ajv.addFormat('date', isDate);
  ajv.addFormat('id-number', isIdNumber);
  ajv.addFormat('credit-code', isCreditCode);
  ajv.addFormat('phone', isPhone);
  ajv.addKeyword({
    keyword: 'x-decimals',
    type: 'number',
    schemaType: 'number',
    validate: (most: number, value: number) => hasDecimals(value, most),
  });
  ajv.addKeyword({
    keyword: 'x-from',
    type: 'string',
    schemaType: 'string',
    validate: (first: string, value: string) => !isDate(value) || value >= first,
  });
  ajv.addKeyword({
    keyword: 'x-until',
    type: 'string',
    schemaType: 'string',
    validate: (last: string, value: string) => !isDate(value) || value <= last,
  });
  ajv.addKeyword({
    keyword: 'x-accept',
    type: 'object',
    schemaType: 'string',
    validate: (accept: string, file: { name?: unknown; type?: unknown }) =>
      typeof file.name !== 'string' ||
      typeof file.type !== 'string' ||
      isAccepted(accept, { name: file.name, type: file.type }),
  });
  return ajv.compile(schema);
}
