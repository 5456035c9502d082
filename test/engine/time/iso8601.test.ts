import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseCycle, parseDuration, parseTimerDate } from '../../../engine/time/index.ts';

const at = (iso: string): number => Date.parse(iso);
const local = (instant: number | undefined): string => new Date(instant! + 8 * 3_600_000).toISOString().slice(0, 19);
const later = (from: string, duration: string): string => local(parseDuration(duration)!.addTo(at(from)));

describe('a timer date', () => {
  it.each([
    ['2026-01-01T09:30:00+08:00', '2026-01-01T01:30:00.000Z'],
    ['2026-01-01T09:30:00Z', '2026-01-01T09:30:00.000Z'],
    ['2026-01-01T09:30:00.125-05:30', '2026-01-01T15:00:00.125Z'],
    ['2026-01-01T09:30', '2026-01-01T01:30:00.000Z'],
    ['2026-01-01', '2025-12-31T16:00:00.000Z'],
    ['2024-02-29T24:00:00', '2024-02-29T16:00:00.000Z'],
  ])('%s is %s', (text, utc) => {
    expect(new Date(parseTimerDate(text)!).toISOString()).toBe(utc);
  });

  it.each([
    '2026-02-29',
    '2026-00-10',
    '2026-01-01T25:00:00Z',
    '2026-01-01T24:00:01Z',
    '2026-01-01T09:60',
    '2026-1-1',
    'P1D',
    '',
    '明天',
    '2026-01-01T09:30:00+99:00',
  ])('%p is none', (text) => {
    expect(parseTimerDate(text)).toBeUndefined();
  });
});

describe('a duration', () => {
  it.each([
    ['P30D', '2026-01-15T10:00:00+08:00', '2026-02-14T10:00:00'],
    ['P400D', '2026-01-15T10:00:00+08:00', '2027-02-19T10:00:00'],
    ['P2W', '2026-01-15T10:00:00+08:00', '2026-01-29T10:00:00'],
    ['PT1H30M', '2026-01-15T23:00:00+08:00', '2026-01-16T00:30:00'],
    ['P1M', '2026-01-31T10:00:00+08:00', '2026-02-28T10:00:00'],
    ['P1Y', '2024-02-29T10:00:00+08:00', '2025-02-28T10:00:00'],
    ['P1Y2M3DT4H5M6S', '2026-01-01T00:00:00+08:00', '2027-03-04T04:05:06'],
    // 00:30 on 1 March in China is still February in UTC: the local month counts.
    ['P1M', '2026-03-01T00:30:00+08:00', '2026-04-01T00:30:00'],
  ])('%s after %s is %s', (duration, from, expected) => {
    expect(later(from, duration)).toBe(expected);
  });

  it('P30D and P400D are exact to the millisecond', () => {
    expect(parseDuration('P30D')!.addTo(0)).toBe(2_592_000_000);
    expect(parseDuration('P400D')!.addTo(0)).toBe(34_560_000_000);
  });

  it('reads fractions of the last part', () => {
    expect(parseDuration('PT0.25S')!.addTo(0)).toBe(250);
    expect(parseDuration('PT1,5H')!.addTo(0)).toBe(5_400_000);
  });

  it.each([
    '',
    'P',
    'PT',
    'P1',
    '1D',
    'P-1D',
    '-P1D',
    'P1DT',
    'PT1D',
    'P1H',
    'P1.5Y',
    'P1.5DT1H',
    'P1S',
    'P1D ago',
    'P9999999Y',
    'P999999999999D',
    '一天',
  ])('%p is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it('never crashes or hangs on any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[PRT0-9DWHMSY./:+-]{0,40}$/)), (text) => {
        const ends = parseDuration(text)?.addTo(at('2026-01-01T00:00:00Z'));
        expect(ends === undefined || Number.isFinite(ends)).toBe(true);
        parseTimerDate(text);
        parseCycle(text);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a cycle', () => {
  it('repeats a number of times, or without end', () => {
    expect(parseCycle('R3/PT1H')).toMatchObject({ times: 3, every: { text: 'PT1H' } });
    expect(parseCycle('R/P1D')).toMatchObject({ times: null, every: { text: 'P1D' } });
    expect(parseCycle('R3/PT1H')!.start).toBeUndefined();
  });

  it('may have a first moment', () => {
    const cycle = parseCycle('R3/2026-01-01T00:00:00+08:00/PT1H')!;
    expect([local(cycle.start), cycle.times, cycle.every.text]).toEqual(['2026-01-01T00:00:00', 3, 'PT1H']);
  });

  it.each([
    'R0/PT1H',
    'R-1/PT1H',
    'R3',
    'R3/',
    'PT1H',
    'R/PT0S',
    'R/PT0.5S',
    'R3/never/PT1H',
    'R3/PT1H/PT1H',
    '0 0 * * *',
  ])('%p is none', (text) => {
    expect(parseCycle(text)).toBeUndefined();
  });
});
