export { isCreditCode, isDate, isIdNumber, isPhone } from './checks.ts';
export { checkForm } from './check-form.ts';
export type { FieldType, FileValue, FormDefinition, FormField, Option, Text } from './form.ts';
export { toJsonSchema } from './json-schema.ts';
export type { FieldProblem } from './sentences.ts';
export { validateForm } from './validate-form.ts';
export type { FieldError, FormValidation } from './validate-form.ts';
