import type { Bilingual } from '../due-dates/index.ts';

const ENGLISH: Readonly<Record<string, string>> = {
  元旦: "New Year's Day",
  春节: 'Spring Festival',
  清明节: 'Qingming Festival',
  劳动节: 'Labour Day',
  端午节: 'Dragon Boat Festival',
  中秋节: 'Mid-Autumn Festival',
  国庆节: 'National Day',
};

/** A holiday in both languages; names that only a region knows stay Chinese. Two holidays in one are `中秋节、国庆节`. */
export function holidayInWords(name: string): Bilingual {
  const names = name.split('、');
  return { zh: name, en: names.map((each) => ENGLISH[each] ?? each).join(' and ') };
}
