import type { Remark } from '../../../engine/index.ts';
import type { Phase } from '../../../engine/time/index.ts';
import { PHASE_NAMES } from '../../../processes/casework/index.ts';
import { amountInWords } from '../../../processes/due-dates/index.ts';
import { sentenceOf } from '../../http/sentences/index.ts';
import type { Limit } from '../vocabulary.ts';

/** What is to be said before a case is changed by hand, in words; `of` begins the codes of the sentences. */
export function presentRemark(of: 'migration' | 'modification') {
  return (remark: Remark) => {
    const inWords = (language: 'zh' | 'en') => {
      const details = { ...remark, was: wordsOf(remark.was, language), is: wordsOf(remark.is, language) };
      return sentenceOf(`${of}.${remark.code}`, details, language);
    };
    return { code: remark.code, text: { zh: inWords('zh'), en: inWords('en') } };
  };
}

/** A limit or a phase in words, anything else as it is; a dash for nothing. */
function wordsOf(text: string | undefined, language: 'zh' | 'en'): string {
  if (!text) return '—';
  if (Object.hasOwn(PHASE_NAMES, text)) return PHASE_NAMES[text as Phase][language];
  const [, value, unit] = /^(.+) (workingDays|calendarDays|workingHours)$/.exec(text) ?? [];
  return unit ? amountInWords(Number(value), unit as Limit['unit'], 0)[language] : text;
}
