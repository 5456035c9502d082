import type { PlannedElement as Planned, Remark } from '../../../engine/index.ts';
import { sentenceOf } from '../../http/sentences/index.ts';

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

const UNITS = {
  zh: { workingDays: '个工作日', calendarDays: '个自然日', workingHours: '个工作小时' },
  en: { workingDays: 'working days', calendarDays: 'calendar days', workingHours: 'working hours' },
};

/** A limit by its unit's name; a dash for nothing. */
function wordsOf(text: string | undefined, language: 'zh' | 'en'): string {
  if (!text) return '—';
  return text.replace(
    /(workingDays|calendarDays|workingHours)$/,
    (unit) => UNITS[language][unit as keyof typeof UNITS.zh],
  );
}
