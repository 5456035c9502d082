import { describe, expect, it } from '@jest/globals';
import { memoryStore } from '../../../engine/store/memory/index.ts';
import { daysOfYear, keptCalendars, readCalendarFiles, type Calendars } from '../../../processes/calendars/index.ts';
import { calendarsAfter, NOTICE_2027, noticeAfter } from '../../support/notices.ts';
import { at } from '../../support/office.ts';

const TODAY = '2027-11-10';
const title = { zh: '示范市', en: 'Sample city' };
const local = (version: string, effective: string, days: object) => ({
  region: '210500',
  version,
  effective,
  title,
  papers: [`made up for tests: ${version}`],
  ...days,
});
const year = (of: number) => [`${of}-01-01`, `${of}-12-31`];

const byLaw = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'];
const country2028 = {
  version: 'cn-2028.1',
  effective: '2027-11-05',
  years: { 2028: { papers: ['made up for tests: 2028'], off: byLaw.map((day) => `2028-${day}`), work: [] } },
};
const of2027 = local('r27', '2027-01-04', { coverage: year(2027), off: ['2027-11-25', '2027-12-30'] });
const of2028 = local('r28', '2028-01-01', { coverage: year(2028), off: ['2028-01-05'] });

/** Loaded on 10 November 2027, after the country's notices of both years. */
const after = (...notices: unknown[]) => calendarsAfter(TODAY, NOTICE_2027, of2027, country2028, ...notices);
const region = (calendars: Calendars, now: string) => calendars.get('210500', at(now));
const offDays = (calendars: Calendars, now: string) =>
  ['2027-11-25', '2027-12-29', '2027-12-30', '2028-01-05'].filter(
    (day) => !region(calendars, now).calendar.isWorkingDay(day),
  );

describe('the local days of a new year', () => {
  it('may be told in one notice with those of this year, once the country has told its own', () => {
    const both = local('r2728', TODAY, { coverage: ['2027-01-01', '2028-12-31'], off: ['2027-12-30', '2028-01-05'] });
    const calendars = after(both);
    expect(offDays(calendars, '2027-11-09')).toEqual(['2027-11-25', '2027-12-30']);
    expect(offDays(calendars, TODAY)).toEqual(['2027-12-30', '2028-01-05']);
    const { version, coverage } = region(calendars, TODAY).calendar;
    expect([version, coverage]).toEqual(['r2728+cn-2028.1', { from: '2027-01-01', to: '2028-12-31' }]);
  });

  it('are refused while the country has not told its own', () => {
    const line = {
      pointer: '/off/0',
      code: 'calendar.notice_invalid',
      zh: '尚未载入涵盖2028年1月5日的全国放假通知',
      en: 'no notice of the country is loaded that covers 5 Jan 2028',
    };
    expect(() => calendarsAfter(TODAY, NOTICE_2027, of2027, of2028)).toThrow(
      expect.objectContaining({ code: 'calendar.notice_invalid', details: { errors: [line] } }),
    );
  });

  it('leave those of the years before as they were', () => {
    const calendars = after(of2028);
    expect(offDays(calendars, '2027-12-31')).toEqual(['2027-11-25', '2027-12-30']);
    expect(offDays(calendars, '2028-01-01')).toEqual(['2027-11-25', '2027-12-30', '2028-01-05']);
    const kinds = (now: string) => daysOfYear(region(calendars, now), 2027);
    expect(kinds('2028-01-01')).toEqual(kinds('2027-12-31'));
    expect(region(calendars, '2028-01-01').calendar.coverage).toEqual({ from: '2027-01-01', to: '2028-12-31' });
    expect(region(calendars, '2028-01-01').papers).toEqual(
      expect.arrayContaining(['made up for tests: r28', 'made up for tests: r27']),
    );
  });

  it('leave the days, and do not vouch for a year in between of which the region said nothing', () => {
    const guangxi = { ...of2027, region: '450000', version: '450000-2027.1' };
    const { calendar } = calendarsAfter(TODAY, NOTICE_2027, guangxi).get('450000', at(TODAY));
    const works = ['2024-04-11', '2027-12-30', '2027-12-29'].map((day) => calendar.isWorkingDay(day));
    expect(works).toEqual([false, false, true]);
    expect([calendar.covers('2025-06-30'), calendar.covers('2027-06-30')]).toEqual([false, true]);
  });

  it('leave summer hours, half days and the usual hours of the years before', () => {
    const [short, summer] = [['08:30-12:00'], ['08:00-12:00', '15:00-18:00']];
    const season = { from: '2027-06-01', to: '2027-08-31', hours: summer, papers: ['summer'] };
    const hours = { hours: { '2027-11-26': short }, seasons: [season], officeHours: ['09:00-12:00', '13:00-17:00'] };
    const [before, later] = [
      { ...of2027, ...hours, version: 'r27.2', effective: TODAY },
      { ...of2028, coverage: ['2027-07-01', '2028-12-31'], off: ['2027-11-25', '2028-01-05'] },
    ];
    const days = daysOfYear(region(after(before, later), '2028-01-01'), 2027);
    const hoursOn = (date: string) => days.find((day) => day.date === date)?.hours;
    expect(['2027-06-30', '2027-07-01', '2027-11-26'].map(hoursOn)).toEqual([summer, undefined, undefined]);
    const usual = region(after(before, of2028), '2028-01-01').calendar.officeHours;
    expect(usual).toEqual(region(after(before), TODAY).calendar.officeHours);
    const kept = daysOfYear(region(after(before, of2028), '2028-01-01'), 2027);
    expect(kept.filter(({ date }) => ['2027-07-01', '2027-11-26'].includes(date)).map((day) => day.hours)).toEqual([
      summer,
      short,
    ]);
  });
});

describe('while the local days of the new year wait for their day', () => {
  const amended = local('r27.2', '2027-11-15', { coverage: year(2027), off: ['2027-12-29'] });

  it('those of this year may be amended, and stay so when the new ones take effect', () => {
    const calendars = after(of2028, amended);
    expect(offDays(calendars, '2027-11-14')).toEqual(['2027-11-25', '2027-12-30']);
    expect(offDays(calendars, '2027-11-15')).toEqual(['2027-12-29']);
    expect(offDays(calendars, '2028-01-01')).toEqual(['2027-12-29', '2028-01-05']);
    expect(region(calendars, '2028-01-01').calendar.version).toBe('r28+r27.2+cn-2028.1');
  });

  it('are there for every node with the amendment in them', async () => {
    const store = memoryStore();
    const kept = await keptCalendars(store, readCalendarFiles({ demo: false }));
    for (const [minute, notice] of [NOTICE_2027, of2027, country2028, of2028, amended].entries()) {
      const by = { at: at(TODAY) + minute * 60_000, by: 'designer' };
      for (const { collection, id, document } of await kept.keep(kept.draft(notice, by), by))
        await store.putDocument(collection, id, document);
      await kept.refresh();
    }
    const restarted = await keptCalendars(store, readCalendarFiles({ demo: false }));
    for (const node of [kept, restarted])
      expect(offDays(node.current(), '2028-01-01')).toEqual(['2027-12-29', '2028-01-05']);
  });

  it('other usual hours may be told for an earlier day, and go on until those of one that waits take effect', () => {
    const [morning, noon] = [['09:00-12:00'], ['10:00-13:00']];
    const spring = local('r28.2', '2028-03-01', { coverage: year(2028), officeHours: noon });
    const again = local('r28.3', '2028-04-01', { coverage: year(2028), off: ['2028-04-06'] });
    const usual = region(after(), TODAY).data.officeHours;
    const calendars = after(of2028, spring, again, { ...amended, officeHours: morning });
    const days = ['2027-11-14', '2027-11-15', '2028-01-01', '2028-03-01', '2028-04-01'];
    expect(days.map((day) => region(calendars, day).data.officeHours)).toEqual([usual, morning, morning, noon, noon]);
    expect(offDays(calendars, '2028-01-01')).toEqual(['2027-12-29', '2028-01-05']);
  });

  it('those of another region may be told for an earlier day, and stay apart', () => {
    const calendars = after(of2028, { ...amended, region: '210600', version: 'other' });
    const other = calendars.get('210600', at('2028-01-01')).calendar;
    const off = ['2027-11-25', '2027-12-29', '2028-01-05'].filter((day) => !other.isWorkingDay(day));
    expect(off).toEqual(['2027-12-29']);
    expect(offDays(calendars, '2028-01-01')).toEqual(['2027-11-25', '2027-12-30', '2028-01-05']);
  });
});

describe('a half day of a region', () => {
  const { papers, off, work } = NOTICE_2027.years[2027];
  const country = (version: string, days: object) => ({
    version,
    effective: TODAY,
    years: { 2027: { papers, off, work, ...days } },
  });
  const half = (date: string) => local('half', TODAY, { coverage: year(2027), hours: { [date]: ['08:30-12:00'] } });
  const kindAfter = (date: string, ...notices: unknown[]) =>
    daysOfYear(region(calendarsAfter(TODAY, NOTICE_2027, ...notices), TODAY), 2027).find((day) => day.date === date)!
      .kind;

  it('is off where the country makes it a day off, and half again where that is taken back', () => {
    const [day, other] = ['2027-12-31', country('cn-2027.2', { off: [...off, '2027-12-31'] })];
    expect(kindAfter(day, half(day))).toBe('halfDay');
    expect(kindAfter(day, half(day), other)).toBe('holiday');
    expect(kindAfter(day, half(day), other, country('cn-2027.3', {}))).toBe('halfDay');
  });

  it('is a day of rest where the country takes its make-up day back', () => {
    const [day, other] = ['2027-10-09', country('cn-2027.2', { work: work.filter((each) => each !== '2027-10-09') })];
    expect(kindAfter(day, half(day))).toBe('halfDay');
    expect(kindAfter(day, half(day), other)).toBe('weekend');
  });

  it('may be a make-up day that an amendment of the country brought', () => {
    const [day, amended] = ['2027-11-27', country('cn-2027.2', { work: [...work, '2027-11-27'] })];
    expect(kindAfter(day, amended, half(day))).toBe('halfDay');
  });

  it.each(['2027-11-27', '2027-10-01'])('is refused with the place where nobody works: %s', (day) => {
    const line = expect.objectContaining({
      pointer: `/hours/${day}`,
      zh: expect.stringContaining('不是工作日，不应列出办公时间'),
    });
    expect(() => kindAfter(day, half(day))).toThrow(
      expect.objectContaining({
        code: 'calendar.notice_invalid',
        details: expect.objectContaining({ errors: [line] }),
      }),
    );
  });
});

describe('the first local days of a region', () => {
  const usual = { officeHours: ['08:00-12:00', '13:00-17:00'] };
  const summer = local('summer', '2027-12-01', { coverage: year(2027), off: ['2027-12-30'], ...usual });
  const dayOff = (version: string, effective: string, off: string) => {
    const { papers, off: known, work } = NOTICE_2027.years[2027];
    return { version, effective, years: { 2027: { papers, off: [...known, off], work } } };
  };
  const first = (...notices: unknown[]) => calendarsAfter(TODAY, NOTICE_2027, ...notices);
  const versionOn = (calendars: Calendars, now: string) => [
    region(calendars, now).calendar.version,
    calendars.ofDivision('210500', at(now)).calendar.version,
  ];

  it('count from their day on; until then the country does, whose notices take effect meanwhile', () => {
    const calendars = first(summer, dayOff('cn-2027.2', '2027-11-20', '2027-11-29'));
    expect(versionOn(calendars, '2027-11-19')).toEqual(['cn-2027.1', 'cn-2027.1']);
    expect(versionOn(calendars, '2027-11-20')).toEqual(['cn-2027.2', 'cn-2027.2']);
    expect(versionOn(calendars, '2027-12-01')).toEqual(['summer+cn-2027.2', 'summer+cn-2027.2']);
    expect(region(calendars, '2027-12-01').calendar.isWorkingDay('2027-11-29')).toBe(false);
  });

  it('come before those of its province on that day', () => {
    const province = { ...of2027, region: '210000', version: 'province', off: ['2027-12-29'] };
    const calendars = first(province, summer);
    expect(versionOn(calendars, '2027-11-30')[1]).toBe('province+cn-2027.1');
    expect(versionOn(calendars, '2027-12-01')[1]).toBe('summer+cn-2027.1');
  });

  it('may be told for an earlier day than those that wait, usual hours of their own too, and stay in them', () => {
    const hours = ['09:00-12:00', '13:00-17:00'];
    const today = { coverage: year(2027), off: ['2027-11-25'], officeHours: hours };
    const calendars = first(summer, local('today', TODAY, today), dayOff('cn-2027.2', '2027-11-20', '2027-11-29'));
    expect(versionOn(calendars, TODAY)[0]).toBe('today+cn-2027.1');
    expect(versionOn(calendars, '2027-12-01')[0]).toBe('summer+today+cn-2027.2');
    expect(offDays(calendars, '2027-12-01')).toEqual(['2027-11-25']);
    const opens = (now: string) => region(calendars, now).data.officeHours;
    expect([opens(TODAY), opens('2027-12-01')]).toEqual([hours, usual.officeHours]);
  });

  it('of a year whose notice of the country waits, wait for that', () => {
    const country = { ...country2028, effective: '2028-01-01' };
    const days = local('r28.1', TODAY, { coverage: year(2028), off: ['2028-01-05'] });
    const { effective, calendars } = noticeAfter(TODAY, NOTICE_2027, country, days);
    expect(effective).toBe('2028-01-01');
    expect(versionOn(calendars, '2027-12-31')).toEqual(['cn-2027.1', 'cn-2027.1']);
    expect(versionOn(calendars, '2028-01-01')[0]).toBe('r28.1+cn-2028.1');
  });
});

describe('a notice of local days that is wrong', () => {
  it.each<[string, object, string]>([
    ['a day of another year', { off: ['2028-01-05', '2027-12-29'] }, '/off/1'],
    ['hours of a day of another year', { hours: { '2027-12-29': ['08:30-12:00'] } }, '/hours/2027-12-29'],
    ['a coverage backwards', { coverage: ['2028-12-31', '2028-12-01'], off: [] }, '/coverage/1'],
  ])('is refused with the place: %s', (_, change, pointer) => {
    const notice = { ...of2028, ...change };
    const read = () => after(notice);
    const line = expect.objectContaining({ pointer, zh: expect.stringMatching(/应/) });
    expect(read).toThrow(
      expect.objectContaining({
        code: 'calendar.notice_invalid',
        details: expect.objectContaining({ errors: [line] }),
      }),
    );
  });
});
