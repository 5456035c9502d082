import type { Language } from '../language.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

const SENTENCES: Record<Language, Readonly<Record<string, string>>> = { zh, en };
const GENERIC: Record<Language, string> = {
  zh: '请求未被接受（{code}）。',
  en: 'The request was not accepted ({code}).',
};

/**
 * The sentence a person reads for a refusal code. `{name}` and `{by.name}` take values from the details, `{since|time}`
 * shows an instant as local time. A code without a sentence of its own gives a general one that names the code.
 */
export function sentenceOf(code: string, details: Readonly<Record<string, unknown>>, language: Language): string {
  const template = SENTENCES[language][code] ?? GENERIC[language];
  return template.replace(/\{([\w.]+)(\|time)?\}/g, (_, path: string, time?: string) => {
    const value = path
      .split('.')
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], { code, ...details });
    if (typeof value !== 'string' && typeof value !== 'number') return '—';
    return time ? localTime(String(value)) : String(value);
  });
}

/** The sentences of a code in both languages, where it has some that take nothing from details. */
export function plainSentences(code: string): Record<Language, string> | undefined {
  const [inChinese, inEnglish] = [zh[code], en[code]];
  if (inChinese === undefined || inEnglish === undefined || inChinese.includes('{')) return undefined;
  return { zh: inChinese, en: inEnglish };
}

function localTime(instant: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}
