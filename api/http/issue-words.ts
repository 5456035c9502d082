import { z } from 'zod';
import type { Language } from './language.ts';

/** What a number may be, in place of signs and the names of types. */
const BOUNDS = {
  zh: { too_small: ['必须大于 {}', '不能小于 {}'], too_big: ['必须小于 {}', '不能大于 {}'] },
  en: {
    too_small: ['Must be more than {}', 'Must be at least {}'],
    too_big: ['Must be less than {}', 'Must be at most {}'],
  },
} as const;

/** In place of "expected tuple, received undefined", "expected int, received number" and "Invalid ISO datetime". */
const PLAIN = {
  zh: { missing: '缺少这一项', whole: '应为整数', moment: '应为时刻，如 2026-12-01T09:00:00+08:00' },
  en: {
    missing: 'This is missing',
    whole: 'Must be a whole number',
    moment: 'Must be a moment such as 2026-12-01T09:00:00+08:00',
  },
} as const;

/** What is wrong with an input, in words of each language. */
export const ISSUE_WORDS: Record<Language, z.core.$ZodErrorMap> = {
  zh: wordsIn('zh', z.locales.zhCN().localeError),
  en: wordsIn('en', z.locales.en().localeError),
};

function wordsIn(language: Language, others: z.core.$ZodErrorMap): z.core.$ZodErrorMap {
  return (issue) => {
    if (issue.code === 'invalid_type' && issue.input == null) return PLAIN[language].missing;
    if (issue.code === 'invalid_type' && issue.expected === 'int') return PLAIN[language].whole;
    if (issue.code === 'invalid_format' && issue.format === 'datetime') return PLAIN[language].moment;
    if (issue.code !== 'too_small' && issue.code !== 'too_big') return others(issue);
    if (issue.origin !== 'number' && issue.origin !== 'int') return others(issue);
    const [open, inclusive] = BOUNDS[language][issue.code];
    const bound = issue.code === 'too_small' ? issue.minimum : issue.maximum;
    return (issue.inclusive ? inclusive : open).replace('{}', String(bound));
  };
}
