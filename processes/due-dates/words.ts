import {
  CHINA_OFFSET_MS,
  formatDay,
  dayOf,
  startOfDay,
  type Article,
  type Terms,
  type WorkCalendar,
} from '../../engine/time/index.ts';

/** A sentence in both languages. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** Where moments are told that come from no calendar in particular. */
export const CHINA = { utcOffsetMs: CHINA_OFFSET_MS };

type Unit = Terms['limit']['unit'];

const HOUR = 3_600_000;
const MINUTE = 60_000;
const WEEKDAYS_ZH = ['日', '一', '二', '三', '四', '五', '六'];
const WEEKDAYS_EN = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS_EN = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2026年3月2日（星期一）`, `Mon 2 Mar 2026`: the local day of an instant. */
export function dayInWords(instant: number, calendar: Pick<WorkCalendar, 'utcOffsetMs'>): Bilingual {
  const day = dayOf(instant, calendar.utcOffsetMs);
  const [year, month, date] = formatDay(day).split('-').map(Number) as [number, number, number];
  const weekday = (((day + 4) % 7) + 7) % 7;
  return {
    zh: `${year}年${month}月${date}日（星期${WEEKDAYS_ZH[weekday]}）`,
    en: `${WEEKDAYS_EN[weekday]} ${date} ${MONTHS_EN[month - 1]} ${year}`,
  };
}

/** The same with the time of day, to the minute. */
export function momentInWords(instant: number, calendar: Pick<WorkCalendar, 'utcOffsetMs'>): Bilingual {
  const day = dayInWords(instant, calendar);
  const clock = instant - startOfDay(dayOf(instant, calendar.utcOffsetMs), calendar.utcOffsetMs);
  const time = `${twoDigits(Math.floor(clock / HOUR))}:${twoDigits(Math.floor((clock % HOUR) / MINUTE))}`;
  return { zh: `${day.zh}${time}`, en: `${day.en}, ${time}` };
}

/** A day or a moment that the calendar may still move, 暂定, where it is so. */
export function provisionally({ zh, en }: Bilingual, isProvisional: unknown): Bilingual {
  if (isProvisional !== true) return { zh, en };
  return { zh: zh.endsWith('）') ? `${zh.slice(0, -1)}，暂定）` : `${zh}（暂定）`, en: `${en} (provisional)` };
}

/** The same with its seconds, where it has any; to the ms where it would else look like the full minute. */
export function exactMomentInWords(instant: number, calendar: Pick<WorkCalendar, 'utcOffsetMs'>): Bilingual {
  const { zh, en } = momentInWords(instant, calendar);
  const within = instant % MINUTE;
  const seconds = Math.floor(within / 1_000);
  const ms = seconds === 0 ? `.${String(within).padStart(3, '0')}` : '';
  const text = within === 0 ? '' : `:${twoDigits(seconds)}${ms}`;
  return { zh: `${zh}${text}`, en: `${en}${text}` };
}

/** A date as the calendar files write it. */
export function dateInWords(date: string): Bilingual {
  const { zh, en } = dayInWords(Date.parse(`${date}T00:00:00Z`), { utcOffsetMs: 0 });
  return { zh: zh.replace(/（.*）/, ''), en: en.slice(4) };
}

/**
 * `10 个工作日`, `2.5 个工作小时`. Parts of a day are told as hours and minutes after the whole ones, `2 个工作日 6 小时 30 分钟`: of
 * office time where the unit is a working day of `usualDay` ms.
 */
export function amountInWords(amount: number, unit: Unit, usualDay: number): Bilingual {
  if (unit !== 'workingHours' && !Number.isInteger(amount)) return partOfDaysInWords(amount, unit, usualDay);
  if (unit === 'workingHours' && !Number.isInteger(amount * 2)) return timeInWords(amount * HOUR, true);
  const one = amount === 1;
  switch (unit) {
    case 'workingDays':
      return { zh: `${amount} 个工作日`, en: `${amount} working ${one ? 'day' : 'days'}` };
    case 'calendarDays':
      return { zh: `${amount} 个自然日`, en: `${amount} calendar ${one ? 'day' : 'days'}` };
    case 'workingHours':
      return { zh: `${amount} 个工作小时`, en: `${amount} working ${one ? 'hour' : 'hours'}` };
  }
}

function partOfDaysInWords(amount: number, unit: Exclude<Unit, 'workingHours'>, usualDay: number): Bilingual {
  const office = unit === 'workingDays';
  const day = office ? usualDay : 24 * HOUR;
  const time = Math.round((amount * day) / MINUTE) * MINUTE;
  const days = Math.floor(time / day);
  if (days === 0) return timeInWords(time, office);
  const whole = amountInWords(days, unit, usualDay);
  const rest = timeInWords(time % day, false);
  return time % day === 0 ? whole : { zh: `${whole.zh} ${rest.zh}`, en: `${whole.en} ${rest.en}` };
}

/** Whether `amountInWords` of it tells nothing: less than half a minute. */
export function isNothing(amount: number, unit: Unit, usualDay: number): boolean {
  if (Number.isInteger(amount)) return amount === 0;
  const perUnit = { workingDays: usualDay, calendarDays: 24 * HOUR, workingHours: HOUR }[unit];
  return Math.round((Math.abs(amount) * perUnit) / MINUTE) === 0;
}

/** `62 小时 30 分钟办公时间`, whole minutes. */
export function timeInWords(ms: number, office: boolean): Bilingual {
  const minutes = Math.round(ms / MINUTE);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const parts = (hour: string, minute: string): string =>
    [hours > 0 || rest === 0 ? `${hours} ${hour}` : '', rest > 0 ? `${rest} ${minute}` : ''].filter(Boolean).join(' ');
  return {
    zh: `${parts('小时', '分钟')}${office ? '办公时间' : ''}`,
    en: `${parts('h', 'min')}${office ? ' of office time' : ''}`,
  };
}

const LAWS_EN = { 行政许可法: 'Administrative Licensing Law', 民法典: 'Civil Code' } as const;

/** The article a step rests on. 参照: it is civil law, and that offices count so too is habit. Empty without an article. */
export function citation(article: Article | undefined): Bilingual {
  if (!article) return { zh: '', en: '' };
  const [number, paragraph, item] = article.number.split('.').map(Number) as [number, ...(number | undefined)[]];
  const within = (part: number | undefined, kind: string): string => (part ? `第${chineseNumber(part)}${kind}` : '');
  const place = `《${article.law}》第${chineseNumber(number)}条${within(paragraph, '款')}${within(item, '项')}`;
  const law = `${LAWS_EN[article.law]}, art. ${number}${paragraph ? `.${paragraph}` : ''}${item ? `(${item})` : ''}`;
  return article.certainty === 'read'
    ? { zh: `（${place}）`, en: ` (${law})` }
    : { zh: `（参照${place}）`, en: ` (by habit, after ${law})` };
}

/** 1 to 999 in Chinese numerals, as articles are cited: 201 is 二百零一. */
export function chineseNumber(value: number): string {
  const digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
  const [hundreds, tens, ones] = [Math.floor(value / 100), Math.floor(value / 10) % 10, value % 10];
  const high = hundreds > 0 ? `${digits[hundreds]}百` : '';
  const middle = tens > 0 ? `${tens === 1 && hundreds === 0 ? '' : digits[tens]}十` : high && ones > 0 ? '零' : '';
  return `${high}${middle}${ones > 0 ? digits[ones] : ''}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
