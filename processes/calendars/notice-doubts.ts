import { parseDay, weekdayOf } from '../../engine/time/index.ts';
import { dateInWords } from '../due-dates/index.ts';
import { daysBeyond, hoursOfRest, type CalendarFiles } from './build.ts';
import { holidayInWords } from './holiday-words.ts';
import type { NoticeLine } from './notice-lines.ts';
import type { BaseFile, OverlayFile, YearsFile } from './schema.ts';

type Year = YearsFile['years'][string];

/**
 * What can be read but cannot be meant, in the days of one year. `everyYear`: the days that the law fixes; a notice without them
 * was cut off or is of another year.
 */
export function doubtsAboutYear(
  year: number,
  { off, work, hours = {} }: Year,
  everyYear: Readonly<Record<string, string>>,
): NoticeLine[] {
  const at = (field: string): string => `/years/${year}/${field}`;
  const lines: NoticeLine[] = [];
  const doubt = (pointer: string, zh: string, en: string): void =>
    void lines.push({ pointer, code: 'calendar.notice_invalid', zh, en });

  for (const field of ['off', 'work'] as const) {
    const days = field === 'off' ? off : work;
    days.forEach((date, index) => {
      const { zh, en } = dateInWords(date);
      const pointer = at(`${field}/${index}`);
      if (days.indexOf(date) !== index) doubt(pointer, `${zh}重复`, `${en} is there twice`);
      // the holiday of New Year may begin on the last days of the year before
      if (!date.startsWith(`${year}-`) && !date.startsWith(`${year - 1}-12-`))
        doubt(pointer, `${zh}不在 ${year} 年`, `${en} is not a day of ${year}`);
      if (field === 'work' && off.includes(date))
        doubt(pointer, `${zh}既列为放假日又列为补班日`, `${en} is both a day off and a make-up day`);
      else if (field === 'work' && !isWeekend(date))
        doubt(
          pointer,
          `${zh}不是星期六或星期日，补班日应为周末`,
          `${en} is no Saturday or Sunday, as a make-up day is`,
        );
    });
  }
  for (const [date, name] of Object.entries(everyYear)) {
    const { zh, en } = holidayInWords(name);
    if (!off.includes(`${year}-${date}`))
      doubt(
        at('off'),
        `缺少${zh}（${year}-${date}），法律规定当日放假`,
        `${en} (${year}-${date}) is missing; by law it is off`,
      );
  }
  for (const [date, texts] of Object.entries(hours))
    texts.forEach((text, index) => {
      if (!/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-4]):[0-5]\d$/.test(text))
        doubt(
          at(`hours/${date}/${index}`),
          `“${text}”应为 08:30-12:00 的形式`,
          `“${text}” is not of the form 08:30-12:00`,
        );
    });
  return lines;
}

/**
 * A whole calendar that would take something from `before`: a day that was covered, a year that was stated, the zone in which
 * the country's days begin.
 */
export function doubtsAboutWhole({ coverage, utcOffset, years }: BaseFile, before: BaseFile): NoticeLine[] {
  const doubt = (pointer: string, zh: string, en: string): NoticeLine => ({
    pointer,
    code: 'calendar.notice_invalid',
    zh,
    en,
  });
  const [from, to] = before.coverage;
  const missing = Object.keys(before.years).filter((year) => !years[year]);
  return [
    ...(coverage[0] > from ? [doubt('/coverage/0', `不得晚于 ${from}`, `not after ${from}`)] : []),
    ...(coverage[1] < to ? [doubt('/coverage/1', `不得早于 ${to}`, `not before ${to}`)] : []),
    ...missing.map((year) => doubt('/years', `缺少 ${year} 年`, `${year} is missing`)),
    ...(utcOffset === before.utcOffset
      ? []
      : [doubt('/utcOffset', `应为 ${before.utcOffset}`, `expected ${before.utcOffset}`)]),
  ];
}

/** Local days of a year of which the country has said nothing yet, and local hours of days of rest. */
export function doubtsAboutLocalDays(overlay: OverlayFile, bases: CalendarFiles['bases']): NoticeLine[] {
  const beyond = daysBeyond(overlay, bases).map(({ date, path }) => {
    const { zh, en } = dateInWords(date);
    return {
      pointer: `/${path.join('/')}`,
      code: 'calendar.notice_invalid',
      zh: `尚未载入涵盖${zh}的全国放假通知`,
      en: `no notice of the country is loaded that covers ${en}`,
    };
  });
  if (beyond.length > 0) return beyond;
  return hoursOfRest(overlay, bases).map((date) => {
    const { zh, en } = dateInWords(date);
    return {
      pointer: `/hours/${date}`,
      code: 'calendar.notice_invalid',
      zh: `${zh}不是工作日，不应列出办公时间`,
      en: `${en} is no working day and has no office hours`,
    };
  });
}

function isWeekend(date: string): boolean {
  return [0, 6].includes(weekdayOf(parseDay(date)!));
}
