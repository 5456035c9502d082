import type { Standing } from '../../engine/time/index.ts';
import { amountInWords, isNothing, timeInWords, type Bilingual } from './words.ts';

/**
 * What is left, in the unit of the limit: `剩余 8 个工作日`, `今日到期`, `超期 2 个工作日`, with 计时暂停 where it is held; 刚刚超期 where
 * the office has been closed since the due date. Parts of working days are told in hours of days that are `usualDay` (ms) long.
 */
export function standingInWords(
  { left: { value, unit }, held, passed }: Pick<Standing, 'left' | 'held' | 'passed'>,
  usualDay: number,
): Bilingual {
  const amount = amountInWords(Math.abs(value), unit, usualDay);
  const days = unit !== 'workingHours' && Number.isInteger(value);
  const text = passed
    ? isNothing(value, unit, usualDay)
      ? { zh: '刚刚超期', en: 'just overdue' }
      : { zh: `超期 ${amount.zh}`, en: `${amount.en} overdue` }
    : value === 0 && days
      ? { zh: '今日到期', en: 'due today' }
      : { zh: `剩余 ${amount.zh}`, en: `${amount.en} left` };
  return held ? { zh: `计时暂停，${text.zh}`, en: `held, ${text.en}` } : text;
}

/** How it stood when it ended while it was held: nothing goes on any more. */
export function standingAtEndInWords(standing: Pick<Standing, 'left' | 'passed'>, usualDay: number): Bilingual {
  const { zh, en } = standingInWords({ ...standing, held: false }, usualDay);
  return { zh: `结束时计时仍在暂停，${zh}`, en: `still held when it ended, ${en}` };
}

/** Office time until the due date, `62 小时 30 分钟办公时间`; null without a due date. */
export function officeTimeInWords({ officeTime }: Pick<Standing, 'officeTime'>): Bilingual | null {
  return officeTime === null ? null : timeInWords(Math.abs(officeTime), true);
}
