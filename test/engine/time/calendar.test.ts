import { describe, expect, it } from '@jest/globals';
import { addWorkingDays, formatDay, parseDay, workCalendar, type CalendarData } from '../../../engine/time/index.ts';
import { loadCalendar } from '../../../processes/calendars/load.ts';

const calendar = loadCalendar();

// Counted from the State Council notices for 2020 to 2026.
const workingDays: Record<number, [number, number[]]> = {
  2020: [249, [17, 20, 22, 22, 19, 21, 23, 21, 23, 17, 21, 23]],
  2021: [250, [20, 17, 23, 22, 19, 21, 22, 22, 22, 17, 22, 23]],
  2022: [249, [21, 16, 23, 21, 20, 21, 21, 23, 21, 18, 22, 22]],
  2023: [249, [18, 20, 23, 20, 21, 21, 21, 23, 20, 19, 22, 21]],
  2024: [251, [22, 18, 21, 22, 21, 19, 23, 22, 21, 19, 21, 22]],
  2025: [248, [19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23]],
  2026: [248, [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]],
};

const off: Record<number, string> = {
  2020: '01-01 01-24 01-25 01-26 01-27 01-28 01-29 01-30 01-31 02-01 02-02 04-04 04-05 04-06 05-01 05-02 05-03 05-04 05-05 06-25 06-26 06-27 10-01 10-02 10-03 10-04 10-05 10-06 10-07 10-08',
  2021: '01-01 01-02 01-03 02-11 02-12 02-13 02-14 02-15 02-16 02-17 04-03 04-04 04-05 05-01 05-02 05-03 05-04 05-05 06-12 06-13 06-14 09-19 09-20 09-21 10-01 10-02 10-03 10-04 10-05 10-06 10-07',
  2022: '01-01 01-02 01-03 01-31 02-01 02-02 02-03 02-04 02-05 02-06 04-03 04-04 04-05 04-30 05-01 05-02 05-03 05-04 06-03 06-04 06-05 09-10 09-11 09-12 10-01 10-02 10-03 10-04 10-05 10-06 10-07 12-31',
  2023: '01-01 01-02 01-21 01-22 01-23 01-24 01-25 01-26 01-27 04-05 04-29 04-30 05-01 05-02 05-03 06-22 06-23 06-24 09-29 09-30 10-01 10-02 10-03 10-04 10-05 10-06',
  2024: '01-01 02-10 02-11 02-12 02-13 02-14 02-15 02-16 02-17 04-04 04-05 04-06 05-01 05-02 05-03 05-04 05-05 06-10 09-15 09-16 09-17 10-01 10-02 10-03 10-04 10-05 10-06 10-07',
  2025: '01-01 01-28 01-29 01-30 01-31 02-01 02-02 02-03 02-04 04-04 04-05 04-06 05-01 05-02 05-03 05-04 05-05 05-31 06-01 06-02 10-01 10-02 10-03 10-04 10-05 10-06 10-07 10-08',
  2026: '01-01 01-02 01-03 02-15 02-16 02-17 02-18 02-19 02-20 02-21 02-22 02-23 04-04 04-05 04-06 05-01 05-02 05-03 05-04 05-05 06-19 06-20 06-21 09-25 09-26 09-27 10-01 10-02 10-03 10-04 10-05 10-06 10-07',
};

const work: Record<number, string> = {
  2020: '01-19 04-26 05-09 06-28 09-27 10-10',
  2021: '02-07 02-20 04-25 05-08 09-18 09-26 10-09',
  2022: '01-29 01-30 04-02 04-24 05-07 10-08 10-09',
  2023: '01-28 01-29 04-23 05-06 06-25 10-07 10-08',
  2024: '02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12',
  2025: '01-26 02-08 04-27 09-28 10-11',
  2026: '01-04 02-14 02-28 05-09 09-20 10-10',
};

function* datesOf(year: number): Generator<string> {
  for (let day = parseDay(`${year}-01-01`)!; day <= parseDay(`${year}-12-31`)!; day++) yield formatDay(day);
}

describe('the working calendar of mainland China', () => {
  it.each(Object.keys(workingDays).map(Number))('has the working days of %i, month by month', (year) => {
    const perMonth = new Array<number>(12).fill(0);
    for (const date of datesOf(year)) if (calendar.isWorkingDay(date)) perMonth[Number(date.slice(5, 7)) - 1]! += 1;
    expect([perMonth.reduce((a, b) => a + b), perMonth]).toEqual(workingDays[year]);
  });

  it.each(Object.keys(workingDays).map(Number))('answers every single day of %i as the notice does', (year) => {
    const offDays = new Set(off[year]!.split(' '));
    const workDays = new Set(work[year]!.split(' '));
    for (const date of datesOf(year)) {
      const monthDay = date.slice(5);
      const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
      const expected = workDays.has(monthDay) || (!offDays.has(monthDay) && weekday !== 0 && weekday !== 6);
      expect([date, calendar.isWorkingDay(date)]).toEqual([date, expected]);
    }
  });

  it('knows where its knowledge ends', () => {
    expect(calendar.coverage).toEqual({ from: '2020-01-01', to: '2026-12-31' });
    expect(calendar.covers('2020-01-01') && calendar.covers('2026-12-31')).toBe(true);
    expect(calendar.covers('2019-12-31') || calendar.covers('2027-01-01')).toBe(false);
    // Spring Festival 2027 is a holiday for certain, but no notice says so: the weekday answers, and covers() warns.
    expect(calendar.isWorkingDay('2027-02-08')).toBe(true);
  });

  it.each(['2027-01-01', '2028-05-02', '2031-10-03', '2431-10-03'])(
    'has %s off, which the law fixes by its date, though no notice speaks of it yet',
    (date) => {
      const day = parseDay(date)!;
      expect([calendar.isWorkingDay(date), calendar.isWorkingDay(formatDay(day - 7))]).toEqual([false, true]);
      expect(calendar.covers(date)).toBe(false);
    },
  );

  it('does not say so of the years before its first notice: other days were fixed then', () => {
    expect(calendar.isWorkingDay('2019-10-01')).toBe(true);
  });

  it.each(['2026-02-29', '2026-13-01', '2026-1-1', 'tomorrow', ''])('refuses %p as a date', (date) => {
    expect(() => calendar.isWorkingDay(date)).toThrow(expect.objectContaining({ code: 'time.bad_date' }));
  });
});

describe('adding working days, the first day not counted', () => {
  it.each([
    ['2021-01-25', 20, '2021-02-25'],
    ['2021-02-05', 20, '2021-03-10'],
    ['2021-02-05', 45, '2021-04-15'],
    ['2020-12-30', 5, '2021-01-07'],
    ['2021-09-17', 8, '2021-09-29'],
    ['2020-01-22', 5, '2020-02-06'],
    ['2026-09-18', 10, '2026-10-09'],
    ['2026-02-13', 3, '2026-02-25'],
    ['2025-09-30', 1, '2025-10-09'],
    ['2021-03-04', 29, '2021-04-15'],
    ['2021-03-04', 59, '2021-05-28'],
    ['2026-11-23', 20, '2026-12-21'],
    ['2026-12-01', 29, '2027-01-12'],
  ])('%s + %i is %s', (from, n, to) => {
    expect(formatDay(addWorkingDays(calendar, parseDay(from)!, n))).toBe(to);
  });
});

describe('a calendar file that contradicts itself', () => {
  const sound: CalendarData = {
    version: 't',
    utcOffset: '+08:00',
    coverage: ['2026-01-01', '2026-12-31'],
    officeHours: ['09:00-17:00'],
    years: {},
  };

  it.each<[string, Partial<CalendarData>]>([
    ['a date that no year has', { everyYear: { '02-30': '?' } }],
    ['a day outside the coverage', { years: { 2027: { papers: [], off: ['2027-01-01'], work: [] } } }],
    ['no date', { years: { 2026: { papers: [], off: ['2026-02-30'], work: [] } } }],
    ['coverage that ends before it begins', { coverage: ['2026-12-31', '2026-01-01'] }],
    ['no office hours', { officeHours: [] }],
    ['office hours that overlap', { officeHours: ['08:00-12:00', '11:00-17:00'] }],
    ['office hours backwards', { officeHours: ['17:00-09:00'] }],
    ['hours beyond midnight', { officeHours: ['09:00-24:30'] }],
    ['an unreadable offset', { utcOffset: 'Asia/Shanghai' }],
  ])('is refused: %s', (_, change) => {
    expect(() => workCalendar(sound)).not.toThrow();
    expect(() => workCalendar({ ...sound, ...change })).toThrow(expect.objectContaining({ code: 'calendar.invalid' }));
  });
});
