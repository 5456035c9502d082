import { CHINA_OFFSET_MS, dayOf, formatDay } from '../../../engine/time/index.ts';
import { readCalendarFiles } from '../../../processes/calendars/index.ts';

/** The division that the demo city counts for. */
const REGION = '210500';
const MADE_UP = { papers: ['made up for tests'] };

export interface HolidayNotice {
  readonly version: string;
}

/**
 * Notices after which the offices of the city are open today and tomorrow round the clock, whatever day it is, so that
 * working time passes while a test runs. First those of the country's years that no notice speaks of yet. `number`: of the
 * versions.
 */
export function openAtAllHours(now: number, number = 1): HolidayNotice[] {
  const today = dayOf(now, CHINA_OFFSET_MS);
  const days = [formatDay(today), formatDay(today + 1)] as const;
  const local = {
    ...MADE_UP,
    region: REGION,
    version: `${REGION}.${number}`,
    effective: days[0],
    title: { zh: '昼夜开放', en: 'Open round the clock' },
    coverage: days,
    work: days,
    officeHours: ['00:00-24:00'],
  };
  return [...yearsUpTo(Number(days[1].slice(0, 4)), days[0], number), local];
}

function yearsUpTo(last: number, effective: string, number: number): HolidayNotice[] {
  const { everyYear = {}, coverage } = readCalendarFiles({ demo: false }).bases.at(-1)!.file;
  const covered = Number(coverage[1].slice(0, 4));
  return Array.from({ length: Math.max(0, last - covered) }, (_, index) => {
    const year = covered + 1 + index;
    const off = Object.keys(everyYear).map((date) => `${year}-${date}`);
    return { version: `cn-${year}.${number}`, effective, years: { [year]: { ...MADE_UP, off, work: [] } } };
  });
}
