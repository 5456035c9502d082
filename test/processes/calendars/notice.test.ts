import { describe, expect, it } from '@jest/globals';
import { isRejection } from '../../../engine/index.ts';
import { memoryStore } from '../../../engine/store/memory/index.ts';
import {
  daysOfYear,
  keptCalendars,
  readCalendarFiles,
  readNotice,
  type Calendars,
} from '../../../processes/calendars/index.ts';
import { AMENDED_2027, countryAfter, NOTICE_2027 } from '../../support/notices.ts';
import { at } from '../../support/office.ts';

const files = readCalendarFiles({ demo: false });
const loaded = { at: at('2026-11-05'), by: 'designer' };
const year = NOTICE_2027.years[2027];
/** The whole calendar that is shipped. */
const country2026 = files.bases[0]!.file;

/** Pointer and English sentence of each mistake. */
function mistakes(notice: unknown): string[] {
  try {
    readNotice(notice, files, loaded);
  } catch (error) {
    if (!isRejection(error)) throw error;
    const lines = (error.details.errors ?? []) as { pointer: string; zh: string; en: string }[];
    expect(lines.every(({ zh }) => /[\u4e00-\u9fff]/.test(zh))).toBe(true);
    return [error.code, ...lines.map(({ pointer, en }) => `${pointer} ${en}`)];
  }
  return [];
}
const with2027 = (change: object) => ({ ...NOTICE_2027, years: { 2027: { ...year, ...change } } });

describe('the notice of a new year', () => {
  const after = countryAfter(NOTICE_2027);
  const country = after.get('cn', at('2026-11-05')).calendar;

  it('takes effect on its day, and makes the year certain', () => {
    expect(after.get('cn', at('2026-11-04')).calendar.version).toBe('cn-2026.2');
    expect(country.version).toBe('cn-2027.1');
    expect([country.covers('2027-06-30'), country.covers('2028-01-01')]).toEqual([true, false]);
    expect([country.isWorkingDay('2027-02-08'), country.isWorkingDay('2027-02-20')]).toEqual([false, true]);
  });

  it('leaves every day of the years before as it was', () => {
    const before = after.get('cn', at('2026-11-04'));
    for (const each of [2020, 2023, 2026]) {
      const kinds = (of: typeof before) => daysOfYear(of, each).map(({ date, kind }) => `${date} ${kind}`);
      expect(kinds(after.get('cn', at('2026-11-05')))).toEqual(kinds(before));
    }
  });

  it('is amended by a later one', () => {
    const amended = countryAfter(NOTICE_2027, AMENDED_2027);
    const isOff = (now: string) => !amended.get('cn', at(now)).calendar.isWorkingDay('2027-01-05');
    expect([isOff('2026-11-19'), isOff('2026-11-20')]).toEqual([false, true]);
  });

  it('lies under the calendars of the regions too', () => {
    const guangxi = after.get('450000', at('2026-11-05')).calendar;
    expect(guangxi.version).toBe('450000-2024.1+cn-2027.1');
    expect(guangxi.isWorkingDay('2027-02-08')).toBe(false);
  });
});

describe('a notice that is wrong is refused with the place and what was expected', () => {
  it.each<[string, unknown, string[]]>([
    ['no object', 'notice', ['calendar.notice_invalid', ' expected a JSON object']],
    [
      'a date there never was',
      with2027({ off: [...year.off, '2027-02-30'] }),
      ['calendar.notice_invalid', `/years/2027/off/${year.off.length} “2027-02-30”: expected a date YYYY-MM-DD`],
    ],
    [
      'a day in the place of a list',
      with2027({ off: '2027-01-01' }),
      ['calendar.notice_invalid', '/years/2027/off “2027-01-01”: Must be a list'],
    ],
    [
      'a year that is none',
      { ...NOTICE_2027, years: { next: year } },
      ['calendar.notice_invalid', '/years/next “next”: expected a year such as 2027'],
    ],
    [
      'a name of no day',
      with2027({ names: { 'New Year': '元旦' } }),
      ['calendar.notice_invalid', '/years/2027/names/New Year “New Year”: expected a date YYYY-MM-DD'],
    ],
    ['no list', with2027({ off: undefined }), ['calendar.notice_invalid', '/years/2027/off This is missing']],
    [
      'a day of another year',
      with2027({ off: [...year.off, '2026-02-10'] }),
      ['calendar.notice_invalid', `/years/2027/off/${year.off.length} 10 Feb 2026 is not a day of 2027`],
    ],
    [
      'a make-up day in the week',
      with2027({ work: ['2027-02-03'] }),
      ['calendar.notice_invalid', '/years/2027/work/0 3 Feb 2027 is no Saturday or Sunday, as a make-up day is'],
    ],
    [
      'a day off that is worked',
      with2027({ work: ['2027-01-02'] }),
      ['calendar.notice_invalid', '/years/2027/work/0 2 Jan 2027 is both a day off and a make-up day'],
    ],
    [
      'a day twice',
      with2027({ off: [...year.off, '2027-01-01'] }),
      ['calendar.notice_invalid', `/years/2027/off/${year.off.length} 1 Jan 2027 is there twice`],
    ],
    [
      'cut off in the middle',
      with2027({ off: year.off.slice(0, 20), work: [] }),
      [
        'calendar.notice_invalid',
        '/years/2027/off National Day (2027-10-01) is missing; by law it is off',
        '/years/2027/off National Day (2027-10-02) is missing; by law it is off',
        '/years/2027/off National Day (2027-10-03) is missing; by law it is off',
      ],
    ],
    [
      'half a day that is off',
      with2027({ hours: { '2027-02-08': ['08:30-12:00'] } }),
      ['calendar.notice_invalid', ' 2027-02-08 has office hours, but is no working day of the coverage'],
    ],
    [
      'hours nobody can read',
      with2027({ hours: { '2027-02-04': ['morning'] } }),
      ['calendar.notice_invalid', '/years/2027/hours/2027-02-04/0 “morning” is not of the form 08:30-12:00'],
    ],
    [
      'a year left out',
      { ...NOTICE_2027, years: { 2028: NOTICE_2027.years[2027] } },
      ['calendar.notice_invalid', '/years/2028/off/0 1 Jan 2027 is not a day of 2028'],
    ],
    [
      'older than what is in force',
      { ...NOTICE_2027, effective: '2025-11-03' },
      ['calendar.not_newer', '/effective not before 2025-11-04'],
    ],
    [
      'for a day more than a year ahead: a slip',
      { ...NOTICE_2027, effective: '2072-01-01' },
      ['calendar.too_far_ahead', '/effective not after 2027-11-06'],
    ],
    [
      'a whole calendar that takes away what was known',
      {
        ...country2026,
        version: 'cn-2027.1',
        effective: '2026-11-05',
        coverage: ['2026-01-01', '2026-10-31'],
        utcOffset: '+09:00',
        years: { 2026: country2026.years['2026'] },
      },
      [
        'calendar.notice_invalid',
        '/coverage/0 not after 2020-01-01',
        '/coverage/1 not before 2026-12-31',
        ...[2020, 2021, 2022, 2023, 2024, 2025].map((each) => `/years ${each} is missing`),
        '/utcOffset expected +08:00',
      ],
    ],
    ['a version that is there', { ...NOTICE_2027, version: 'cn-2026.2' }, ['calendar.version_exists']],
  ])('%s', (_, notice, expected) => {
    expect(mistakes(notice).slice(0, expected.length)).toEqual(expected);
    expect(mistakes(notice).length).toBeGreaterThanOrEqual(expected.length);
  });

  it('names the year that is missing in between', () => {
    const days = (each: number) => ({
      ...year,
      off: year.off.map((date) => date.replace('2027', String(each))),
      work: [],
    });
    expect(mistakes({ ...NOTICE_2027, years: { 2028: days(2028) } })).toEqual(['calendar.year_gap']);
    expect(mistakes({ ...NOTICE_2027, years: { 2027: year, 2028: days(2028) } })).toEqual([]);
  });
});

describe('while the notice of the new year waits for its day', () => {
  const waiting = { ...NOTICE_2027, effective: '2027-01-01' };
  /** In the middle of November the country is told that the 20th is off, and Sunday the 22nd worked. */
  const emergency = {
    version: 'cn-2026.3',
    effective: '2026-11-16',
    years: {
      2026: {
        ...country2026.years['2026']!,
        off: [...country2026.years['2026']!.off, '2026-11-20'],
        work: [...country2026.years['2026']!.work, '2026-11-22'],
      },
    },
  };
  const worked = (calendars: Calendars, now: string) =>
    ['2026-11-20', '2026-11-22', '2027-02-08'].map((day) => calendars.get('cn', at(now)).calendar.isWorkingDay(day));

  it('an amendment takes effect before it, and stays in it', () => {
    const calendars = countryAfter(waiting, emergency);
    expect(worked(calendars, '2026-11-15')).toEqual([true, false, true]);
    expect(worked(calendars, '2026-11-16')).toEqual([false, true, true]);
    expect(worked(calendars, '2027-01-01')).toEqual([false, true, false]);
    expect(calendars.get('cn', at('2027-01-01')).calendar.version).toBe('cn-2027.1+cn-2026.3');
    expect(calendars.get('cn', at('2027-01-01')).papers).toContain('made up for tests: notice of 2027');
  });

  it('a second amendment stays in it beside the first, and its years come before those that wait', () => {
    const calendars = countryAfter(waiting, emergency, { ...AMENDED_2027, effective: '2026-11-17' });
    const country = (now: string) => calendars.get('cn', at(now)).calendar;
    expect(country('2026-11-17').isWorkingDay('2027-01-05')).toBe(false);
    expect(worked(calendars, '2027-01-01')).toEqual([false, true, false]);
    expect(country('2027-01-01').isWorkingDay('2027-01-05')).toBe(false);
    expect(country('2027-01-01').version).toBe('cn-2027.1+cn-2026.3+cn-2027.2');
  });

  it('is there for every node with the amendment in it', async () => {
    const store = memoryStore();
    const [one, other] = [await keptCalendars(store, files), await keptCalendars(store, files)];
    for (const [minute, notice] of [waiting, emergency].entries()) {
      const by = { ...loaded, at: loaded.at + minute * 60_000 };
      for (const { collection, id, document } of await one.keep(one.draft(notice, by), by))
        await store.putDocument(collection, id, document);
      await one.refresh();
    }
    await other.refresh();
    for (const node of [one, other]) expect(worked(node.current(), '2027-01-01')).toEqual([false, true, false]);
  });

  it('a whole calendar, which would be undone by it, is refused for an earlier day', () => {
    const { files: both } = readNotice(waiting, files, loaded);
    const whole = { ...country2026, version: 'cn-2026.3', effective: '2026-11-16' };
    expect(() => readNotice(whole, both, loaded)).toThrow(
      expect.objectContaining({
        code: 'calendar.not_newer',
        details: expect.objectContaining({ expected: '2027-01-01' }),
      }),
    );
  });
});

describe('notices that were loaded', () => {
  it('know the days that the law fixes also where they were loaded before those were stated', () => {
    const notice = readNotice(NOTICE_2027, files, loaded);
    const { everyYear, ...before } = notice.files.bases.at(-1)!.file;
    expect(everyYear).toBeDefined();
    const old = { ...notice.files, bases: [...notice.files.bases.slice(0, -1), { file: before, loaded }] };
    const amendment = (off: string[]) => ({
      ...AMENDED_2027,
      years: { 2027: { ...AMENDED_2027.years[2027], off, work: [] } },
    });
    expect(() => readNotice(amendment(year.off.slice(0, 20)), old, loaded)).toThrow(
      expect.objectContaining({ code: 'calendar.notice_invalid' }),
    );
    const { calendars } = readNotice(amendment(year.off), old, loaded);
    const offIn2028 = (day: string) => !calendars.get('cn', at(day)).calendar.isWorkingDay('2028-10-02');
    expect([offIn2028('2026-11-06'), offIn2028('2026-11-21')]).toEqual([true, true]);
  });

  it('are there for every node that looks, and after a restart', async () => {
    const store = memoryStore();
    const [one, other] = [await keptCalendars(store, files), await keptCalendars(store, files)];
    const notice = one.draft(NOTICE_2027, loaded);
    expect(one.inForce('210500', at('2026-11-06')).calendar.version).toBe('cn-2026.2');
    for (const { collection, id, document } of await one.keep(notice, loaded))
      await store.putDocument(collection, id, document);
    await Promise.all([one.refresh(), other.refresh()]);
    const restarted = await keptCalendars(store, files);
    for (const node of [one, other, restarted]) {
      expect(node.inForce('210500', at('2026-11-06')).calendar.version).toBe('cn-2027.1');
      expect(node.inForce('210500', at('2026-11-04')).calendar.version).toBe('cn-2026.2');
      expect(node.current().get('cn', at('2026-11-06'))).toMatchObject({ loaded });
    }
  });

  it('never change: of two with one name the first stays', async () => {
    const store = memoryStore();
    const kept = await keptCalendars(store, files);
    const [first, second] = [kept.draft(NOTICE_2027, loaded), kept.draft(with2027({ work: [] }), loaded)];
    const documents = await kept.keep(first, loaded);
    await expect(kept.keep(second, loaded)).rejects.toMatchObject({ code: 'calendar.version_under_way' });
    for (const { collection, id, document } of documents) await store.putDocument(collection, id, document);
    await expect(kept.keep(second, loaded)).rejects.toMatchObject({ code: 'calendar.version_exists' });
  });

  it('may be loaded again half a minute after a write that did not land, each time by one', async () => {
    const store = memoryStore();
    const kept = await keptCalendars(store, files);
    const notice = kept.draft(NOTICE_2027, loaded);
    const later = (seconds: number) => ({ ...loaded, at: loaded.at + seconds * 1_000 });
    const codesAt = async (seconds: number) => {
      const tries = await Promise.allSettled([1, 2].map(() => kept.keep(notice, later(seconds))));
      return tries.map((each) => (each.status === 'rejected' ? (each.reason as { code: string }).code : 'loads'));
    };
    const underWay = 'calendar.version_under_way';
    expect(await codesAt(0)).toEqual(['loads', underWay]);
    expect(await codesAt(29)).toEqual([underWay, underWay]);
    expect(await codesAt(30)).toEqual(['loads', underWay]);
    expect(await codesAt(59)).toEqual([underWay, underWay]);
    expect(await codesAt(60)).toEqual(['loads', underWay]);
  });

  it('stay what they were where the product ships one of that name later', async () => {
    const store = memoryStore();
    const kept = await keptCalendars(store, files);
    for (const { collection, id, document } of await kept.keep(kept.draft(NOTICE_2027, loaded), loaded))
      await store.putDocument(collection, id, document);
    const shipped = readNotice(with2027({ work: [] }), files, loaded).files;
    const upgraded = await keptCalendars(store, { ...shipped, bases: shipped.bases.map(({ file }) => ({ file })) });
    expect(upgraded.inForce('210500', at('2026-11-06')).calendar.isWorkingDay('2027-02-20')).toBe(true);
  });
});

describe('a year, day by day', () => {
  const kindOn = (date: string) =>
    daysOfYear(countryAfter(NOTICE_2027).get('cn', at('2026-11-06')), Number(date.slice(0, 4))).find(
      (day) => day.date === date,
    );

  it.each([
    ['2026-02-16', { kind: 'holiday', name: '春节', covered: true }],
    ['2026-02-15', { kind: 'holiday', name: '春节', covered: true }],
    ['2026-02-14', { kind: 'makeUp', name: '春节', covered: true }],
    ['2026-03-02', { kind: 'working', covered: true }],
    ['2026-03-07', { kind: 'weekend', covered: true }],
    ['2027-02-06', { kind: 'holiday', name: '春节', covered: true }],
    ['2028-03-06', { kind: 'working', covered: false }],
    ['2028-10-01', { kind: 'holiday', name: '国庆节', covered: false }],
  ])('%s', (date, expected) => {
    expect(kindOn(date)).toEqual({ date, ...expected });
  });

  it('has half days, with their hours', () => {
    const county = readCalendarFiles({ demo: true });
    const { calendars } = readNotice(NOTICE_2027, county, loaded);
    const days = daysOfYear(calendars.get('demo-county', at('2026-11-01')), 2026);
    expect(days.find(({ date }) => date === '2026-02-13')).toMatchObject({ kind: 'halfDay', hours: ['08:30-12:00'] });
    expect(days.find(({ date }) => date === '2026-07-06')).toMatchObject({
      kind: 'working',
      hours: ['08:30-12:00', '14:30-18:00'],
    });
    expect(days).toHaveLength(365);
  });
});
