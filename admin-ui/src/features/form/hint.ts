import type { FormField } from '../../shared/contract.ts';
import { isCreditCode, isIdNumber } from './check-digits.ts';

export interface Hint {
  /** Message key under `form.hint`. */
  key: string;
  values?: Record<string, number>;
}

/** What looks wrong with a value, said before it is sent. A hint never stops anybody: the server decides. */
export function hintFor(field: FormField, value: unknown): Hint | undefined {
  if (isEmpty(field, value)) return field.required ? { key: 'required' } : undefined;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  switch (field.type) {
    case 'text':
    case 'textarea':
      return hintForLength(field, text);
    case 'number':
      return hintForNumber(field, text);
    case 'money':
      return /^-?\d+(\.\d{1,2})?$/.test(text.replaceAll(',', '')) ? hintForNumber(field, text) : { key: 'money' };
    case 'idNumber':
      return isIdNumber(text) ? undefined : { key: 'idNumber' };
    case 'creditCode':
      return isCreditCode(text) ? undefined : { key: 'creditCode' };
    case 'phone':
      return /^1[3-9]\d{9}$/.test(text) ? undefined : { key: 'phone' };
    default:
      return undefined;
  }
}

function isEmpty(field: FormField, value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (field.type === 'checkbox') return value !== true;
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '');
}

function hintForLength({ minLength, maxLength }: FormField, text: string): Hint | undefined {
  const length = [...text].length;
  if (minLength !== undefined && length < minLength) return { key: 'minLength', values: { count: minLength } };
  if (maxLength !== undefined && length > maxLength) return { key: 'maxLength', values: { count: maxLength } };
  return undefined;
}

function hintForNumber({ min, max }: FormField, text: string): Hint | undefined {
  const number = Number(text.replaceAll(',', ''));
  if (!Number.isFinite(number)) return { key: 'number' };
  if (typeof min === 'number' && number < min) return { key: 'min', values: { min } };
  if (typeof max === 'number' && number > max) return { key: 'max', values: { max } };
  return undefined;
}
