import { afterAll, describe, expect, it } from '@jest/globals';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deadlineOf, parseDay, type Terms } from '../../../engine/time/index.ts';
import { loadCalendar, loadCalendars } from '../../../processes/calendars/index.ts';
import { dataFolder } from '../../../processes/data-folder.ts';
import { at } from '../../support/office.ts';

const calendars = loadCalendars({ demo: true });
const now = at('2026-11-20');
const country = calendars.get('cn', now).calendar;
const guangxi = calendars.get('450000', now).calendar;
const county = calendars.get('demo-county', now).calendar;
const local = (instant: number | null) =>
  instant === null ? 'none' : new Date(instant + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
const due = (calendar: typeof country, start: string, value: number, unit: Terms['limit']['unit'] = 'workingDays') =>
  local(deadlineOf({ start: Date.parse(`${start}:00+08:00`), limit: { value, unit }, calendar }).dueAt);

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** A folder with the calendars of the house, changed. */
function folderWith(files: Record<string, unknown>): string {
  const folder = mkdtempSync(join(tmpdir(), 'onevisit-calendars-'));
  folders.push(folder);
  mkdirSync(join(folder, 'overlays'));
  cpSync(join(dataFolder('processes/calendars'), 'cn.json'), join(folder, 'cn.json'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(content));
  return folder;
}
const file = (name: string) =>
  JSON.parse(readFileSync(join(dataFolder('processes/calendars'), name), 'utf8')) as Record<string, unknown>;

describe('the calendar of a region', () => {
  it('has its own days off', () => {
    expect(guangxi.isWorkingDay('2024-04-11') || guangxi.isWorkingDay('2024-04-12')).toBe(false);
    expect(country.isWorkingDay('2024-04-11') && country.isWorkingDay('2024-04-12')).toBe(true);
    expect([due(country, '2024-04-10T09:00', 3), due(guangxi, '2024-04-10T09:00', 3)]).toEqual([
      '2024-04-15 17:00',
      '2024-04-17 17:00',
    ]);
  });

  it('keeps every other day of the country', () => {
    for (let day = parseDay('2024-01-01')!; day <= parseDay('2024-12-31')!; day++) {
      const differs = country.rank(day) - country.rank(day - 1) !== guangxi.rank(day) - guangxi.rank(day - 1);
      expect([day, differs]).toEqual([day, day === parseDay('2024-04-11') || day === parseDay('2024-04-12')]);
    }
  });

  it('is provisional outside the years whose local notice is loaded', () => {
    const { provisional, ledger } = deadlineOf({
      start: at('2026-03-02'),
      limit: { value: 5, unit: 'workingDays' },
      calendar: guangxi,
    });
    expect(provisional).toBe(true);
    expect(ledger.at(-1)).toMatchObject({
      kind: 'provisional',
      coverage: { from: '2024-01-01', to: '2024-12-31' },
      calendarVersion: '450000-2024.1+cn-2026.2',
    });
  });

  it('still counts the holidays of the country in those years', () => {
    expect(due(guangxi, '2026-09-30T09:00', 1)).toBe('2026-10-08 17:00');
    expect(due(guangxi, '2026-10-09T09:00', 1)).toBe('2026-10-10 17:00');
  });

  it('has local make-up days, half days and summer hours', () => {
    expect(due(county, '2026-05-15T09:00', 1)).toBe('2026-05-16 17:00');
    expect(due(county, '2026-05-16T09:00', 1)).toBe('2026-05-19 17:00');
    expect(due(country, '2026-02-12T16:00', 5, 'workingHours')).toBe('2026-02-13 14:00');
    expect(due(county, '2026-02-12T16:00', 5, 'workingHours')).toBe('2026-02-14 09:00');
    expect(due(county, '2026-07-06T11:30', 1, 'workingHours')).toBe('2026-07-06 15:00');
    expect(due(county, '2026-07-06T11:30', 1)).toBe('2026-07-07 18:00');
    expect(due(county, '2026-09-01T11:30', 1)).toBe('2026-09-02 17:00');
  });

  it('may be off where the whole country makes up a day', () => {
    const overlay = { ...file('overlays/450000-2024.json'), off: ['2024-04-07'] };
    const folder = folderWith({ 'overlays/x.json': overlay });
    const { calendar } = loadCalendars({ folder, demo: false }).get('450000', now);
    expect([country.isWorkingDay('2024-04-07'), calendar.isWorkingDay('2024-04-07')]).toEqual([true, false]);
  });

  it('is found from any place in it', () => {
    const regionOf = (code: string) => calendars.ofDivision(code, now).region;
    expect(['450103', '450000', '210500', '210521'].map(regionOf)).toEqual(['450000', '450000', 'cn', 'cn']);
  });

  it('is not offered in production where it is made up', () => {
    expect(loadCalendars({ demo: false }).all.map(({ region }) => region)).toEqual(['cn', '450000']);
    expect(() => loadCalendars({ demo: false }).get('demo-county', now)).toThrow(
      expect.objectContaining({
        code: 'calendar.unknown',
        details: expect.objectContaining({ region: 'demo-county' }),
      }),
    );
  });
});

describe('versions of a calendar', () => {
  const base = file('cn.json') as { years: Record<string, unknown> };
  const { 2026: _, ...until2025 } = base.years;
  const older = {
    ...base,
    version: 'cn-2025.1',
    effective: '2024-11-12',
    coverage: ['2020-01-01', '2025-12-31'],
    years: until2025,
  };
  const both = loadCalendars({ folder: folderWith({ 'cn-2025.json': older }), demo: false });

  it('take effect on their day', () => {
    expect(both.get('cn', at('2025-11-03')).calendar.version).toBe('cn-2025.1');
    expect(both.get('cn', at('2025-11-04')).calendar.version).toBe('cn-2026.2');
    expect(both.get('cn', at('2020-01-02')).calendar.version).toBe('cn-2025.1');
  });

  it('stay there by name, so that an older date can be counted again', () => {
    const given = { start: at('2025-12-29'), limit: { value: 3, unit: 'workingDays' as const } };
    const dateBy = (version: string) => deadlineOf({ ...given, calendar: both.get('cn', now, version).calendar });
    expect([local(dateBy('cn-2025.1').dueAt), dateBy('cn-2025.1').provisional]).toEqual(['2026-01-02 17:00', true]);
    expect([local(dateBy('cn-2026.2').dueAt), dateBy('cn-2026.2').provisional]).toEqual(['2026-01-04 17:00', false]);
    expect(() => dateBy('cn-1999.1')).toThrow(
      expect.objectContaining({
        code: 'calendar.unknown',
        details: expect.objectContaining({ field: '/calendar/version' }),
      }),
    );
  });
});

describe('a calendar file that is wrong', () => {
  const overlay = file('overlays/demo-county.json');

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['a misspelt field', { of: ['2026-05-18'] }, /of/],
    ['no source', { papers: [] }, /papers/],
    ['a date there never was', { off: ['2026-02-30'] }, /off\/0/],
    ['a day off that is worked', { off: ['2026-05-16'] }, /2026-05-16/],
    ['half a holiday', { hours: { '2026-10-01': ['08:30-12:00'] } }, /2026-10-01/],
    ['half a local day off', { hours: { '2026-05-18': ['08:30-12:00'] } }, /2026-05-18/],
    ['a day outside its coverage', { off: ['2027-05-18'] }, /off\/0: expected a day within the coverage/],
    [
      'a day that no notice covers',
      { coverage: ['2026-01-01', '2027-12-31'], off: ['2027-05-18'], hours: {} },
      /2027-05-18/,
    ],
    [
      'a year that no notice covers',
      { coverage: ['2031-01-01', '2031-12-31'], off: [], work: [], hours: {}, seasons: [] },
      /no day/,
    ],
    [
      'seasons that overlap',
      { seasons: [season('2026-06-01', '2026-07-01'), season('2026-07-01', '2026-08-01')] },
      /07-01/,
    ],
    ['a season backwards', { seasons: [season('2026-06-02', '2026-06-01')] }, /before it begins/],
    ['a season beyond its coverage', { seasons: [season('2026-12-01', '2027-01-31')] }, /seasons\/0\/to/],
    [
      'a coverage backwards',
      { coverage: ['2026-12-31', '2025-01-01'] },
      /coverage\/1: expected a day not before the first/,
    ],
    ['no effective date', { effective: undefined }, /effective/],
  ])('is refused: %s', (_, change, reason) => {
    const folder = folderWith({ 'overlays/x.json': { ...overlay, ...change } });
    expect(() => loadCalendars({ folder, demo: true })).toThrow(
      expect.objectContaining({ code: 'calendar.invalid', message: expect.stringMatching(reason) }),
    );
  });

  it('is refused when the same version is there twice', () => {
    expect(() => loadCalendars({ folder: folderWith({ 'cn-2.json': file('cn.json') }), demo: true })).toThrow(
      expect.objectContaining({ code: 'calendar.invalid' }),
    );
  });

  it('is not the one the cases use', () => {
    expect(loadCalendar().version).toBe(country.version);
  });
});

function season(from: string, to: string) {
  return { from, to, hours: ['09:00-12:00'], papers: ['x'] };
}
