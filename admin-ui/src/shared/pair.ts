import { i18n } from './i18n/index.ts';

/** `标签：值`, with the colon of the language. */
export function pair(label: string, value: string): string {
  return i18n.global.t('pair', { label, value });
}

/** `标签（值）`. */
export function withNote(label: string, note: string | number): string {
  return i18n.global.t('noted', { label, note });
}
