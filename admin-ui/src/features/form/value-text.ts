import type { FormField, StoredFile } from '../../shared/contract.ts';
import { inLocale } from '../../shared/locale.ts';

export interface ValueWords {
  yes: string;
  no: string;
  empty: string;
}

/** A stored value as a person reads it: option labels instead of codes, yes and no instead of true and false. */
export function valueText(value: unknown, field: FormField | undefined, words: ValueWords): string {
  if (value === null || value === undefined || value === '') return words.empty;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (Array.isArray(value)) return value.map((one) => valueText(one, field, words)).join('、') || words.empty;
  if (typeof value === 'object') return JSON.stringify(value);
  const option = field?.options?.find((one) => one.value === value);
  if (option) return inLocale(option.label);
  if (field?.type === 'money' && typeof value === 'number') {
    return value.toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  }
  return String(value);
}

export function filesIn(value: unknown): StoredFile[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.filter(isStoredFile);
}

function isStoredFile(value: unknown): value is StoredFile {
  return typeof value === 'object' && value !== null && 'id' in value && 'name' in value && 'size' in value;
}
