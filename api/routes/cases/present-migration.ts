import type { PlannedElement as Planned, Remark } from '../../../engine/index.ts';
import { amountInWords } from '../../../processes/due-dates/index.ts';
import { sentenceOf } from '../../http/sentences/index.ts';
import type { Limit } from '../vocabulary.ts';

/** A plan's element in words; `tokens` of the case that is looked at. */
export function presentPlanned({ undone: _undone, problems, notes, ...planned }: Planned, tokens: number) {
  return { ...planned, tokens, problems: problems.map(presentRemark), notes: notes.map(presentRemark) };
}

function presentRemark(remark: Remark) {
  const inWords = (language: 'zh' | 'en') => {
    const details = { ...remark, was: wordsOf(remark.was, language), is: wordsOf(remark.is, language) };
    return sentenceOf(`migration.${remark.code}`, details, language);
  };
  return { code: remark.code, text: { zh: inWords('zh'), en: inWords('en') } };
}

/** A limit in words, anything else as it is; a dash for nothing. */
function wordsOf(text: string | undefined, language: 'zh' | 'en'): string {
  if (!text) return '—';
  const [, value, unit] = /^(.+) (workingDays|calendarDays|workingHours)$/.exec(text) ?? [];
  return unit ? amountInWords(Number(value), unit as Limit['unit'], 0)[language] : text;
}
