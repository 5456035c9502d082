import { workCalendar } from '../../engine/time/index.ts';
import { readCalendarFiles, readNotice, type Notice } from '../../processes/calendars/index.ts';
import { at } from './office.ts';

/**
 * A made-up notice of 2027: the days that the law fixes, with the usual bridges and make-up days. The real one is not
 * published.
 */
export const NOTICE_2027 = {
  version: 'cn-2027.1',
  effective: '2026-11-05',
  years: {
    2027: {
      papers: ['made up for tests: notice of 2027'],
      off: [
        ...days('2027-01-01', 4),
        ...days('2027-02-05', 8),
        ...days('2027-04-03', 3),
        ...days('2027-05-01', 5),
        ...days('2027-06-09', 1),
        ...days('2027-09-15', 1),
        ...days('2027-10-01', 7),
      ],
      work: ['2027-01-30', '2027-02-20', '2027-04-25', '2027-05-08', '2027-09-26', '2027-10-09'],
      names: { '2027-01-01': '元旦', '2027-02-06': '春节' },
    },
  },
};

/** The same year amended: an office day more off on the Tuesday after New Year, worked on the Saturday after. */
export const AMENDED_2027 = {
  version: 'cn-2027.2',
  effective: '2026-11-20',
  years: {
    2027: {
      ...NOTICE_2027.years[2027],
      papers: ['made up for tests: amendment of 2027'],
      off: [...NOTICE_2027.years[2027].off, '2027-01-05'],
      work: [...NOTICE_2027.years[2027].work, '2027-01-16'],
    },
  },
};

/** March 2026 with more days off, which nobody knew of before. */
export const withDaysOff = (...off: string[]) =>
  workCalendar({
    version: 'cn-2026.9',
    utcOffset: '+08:00',
    coverage: ['2026-01-01', '2026-12-31'],
    officeHours: ['08:30-12:00', '13:30-17:00'],
    years: { 2026: { papers: [], off, work: [] } },
  });

/** Tuesday the 10th and Wednesday the 11th. */
export const MORE_DAYS_OFF = withDaysOff('2026-03-10', '2026-03-11');

/** Working days, roughly, from a day (ISO) into March 2027, the first year without a notice; whenever before that this runs. */
export function workingDaysIntoMarch2027(today: string): number {
  return Math.max(5, Math.ceil(((Date.parse('2027-03-10') - Date.parse(today)) / 86_400_000) * (5 / 7)));
}

/** The calendars once these notices have been loaded, one after the other. */
export function countryAfter(...notices: unknown[]): Notice['calendars'] {
  return calendarsAfter('2026-11-05', ...notices);
}

/** The calendars once these notices have been loaded on a day, one after the other. */
export function calendarsAfter(day: string, ...notices: unknown[]): Notice['calendars'] {
  return noticeAfter(day, ...notices).calendars;
}

/** The last of these notices, once all have been loaded on a day, one after the other. */
export function noticeAfter(day: string, ...notices: unknown[]): Notice {
  let files = readCalendarFiles({ demo: false });
  let last: Notice | undefined;
  for (const [minute, notice] of notices.entries()) {
    last = readNotice(notice, files, { at: at(day) + minute * 60_000, by: 'designer' });
    files = last.files;
  }
  return last!;
}

function days(first: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    new Date(Date.parse(first) + index * 86_400_000).toISOString().slice(0, 10),
  );
}
