import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dueDate, inHand, usedTime, type Hold, type Span, type StartRule } from '../../../engine/time/index.ts';
import { loadCalendar } from '../../../processes/calendars/index.ts';

const calendar = loadCalendar();
const UNITS = ['workingDays', 'calendarDays', 'workingHours'] as const;
const HOUR = 3_600_000;
const at = (local: string): number => Date.parse(`${local.replace(' ', 'T')}:00+08:00`);
const span = (from: string, to: string | null): Span => ({ from: at(from), to: to === null ? null : at(to) });
const hold = (from: string, to: string | null): Hold => ({ reason: 'test', ...span(from, to) });
/** 2026-03-02 is a Monday. */
interface Asked {
  holds?: Hold[];
  unit?: (typeof UNITS)[number];
  startRule?: StartRule;
  now?: string;
}
const used = (spans: Span[], { holds = [], unit = 'workingDays', startRule, now = '2026-03-20 12:00' }: Asked = {}) =>
  usedTime(spans, { limit: { value: 1, unit }, startRule }, { calendar, holds, now: at(now) });
/** When 5 working days are used up. */
const dueOf = (spans: Span[], value = 5) =>
  dueDate(inHand(spans, { limit: { value, unit: 'workingDays' }, calendar })).dueAt;

describe('the time that somebody used', () => {
  it.each([
    ['nothing', [], 0],
    ['one day for the next day', [span('2026-03-02 09:00', '2026-03-03 10:00')], 1],
    ['no day where it came and went on one', [span('2026-03-02 09:00', '2026-03-02 16:00')], 0],
    ['no day of rest', [span('2026-03-06 09:00', '2026-03-09 10:00')], 1],
    [
      'what overlaps once',
      [span('2026-03-02 09:00', '2026-03-05 10:00'), span('2026-03-03 09:00', '2026-03-06 10:00')],
      4,
    ],
    [
      'a day once on which it went and came back',
      [span('2026-03-02 09:00', '2026-03-04 10:00'), span('2026-03-04 14:00', '2026-03-05 10:00')],
      3,
    ],
    [
      'not the days in between',
      [span('2026-03-02 09:00', '2026-03-03 10:00'), span('2026-03-10 09:00', '2026-03-12 10:00')],
      3,
    ],
    ['up to now where it goes on', [span('2026-03-16 09:00', null)], 4],
    ['nothing before it begins', [span('2026-03-23 09:00', null)], 0],
  ])('is %s', (_, spans, days) => {
    expect(used(spans).value).toBe(days);
  });

  it('leaves out what is held, and says how much that was', () => {
    const spans = [span('2026-03-02 09:00', '2026-03-10 10:00')];
    const held = used(spans, {
      holds: [hold('2026-03-04 10:00', '2026-03-06 09:00'), hold('2026-03-05 09:00', '2026-03-06 12:00')],
    });
    expect(held).toMatchObject({ value: 3, held: 3 });
  });

  it('stands still while it is held without an end', () => {
    const open = [span('2026-03-02 09:00', null)];
    const holds = [hold('2026-03-04 08:00', null)];
    expect(used(open, { holds }).value).toBe(1);
    expect(used(open, { holds, now: '2026-06-30 12:00' }).value).toBe(1);
  });

  it('is exact in hours', () => {
    const spans = [span('2026-03-02 16:00', '2026-03-03 09:30')];
    expect(used(spans, { unit: 'workingHours' })).toMatchObject({ value: 2, officeTime: 2 * HOUR });
  });

  it('begins where the start rule says, each time anew', () => {
    const spans = [span('2026-03-02 09:00', '2026-03-03 10:00'), span('2026-03-09 10:00', '2026-03-10 10:00')];
    expect(used(spans, { startRule: 'nextWorkingDay' }).value).toBe(2);
    expect(used(spans, { startRule: 'sameDay' }).value).toBe(4);
    // a working day has seven hours of office time
    expect(used(spans, { startRule: 'minuteExact' }).value).toBeCloseTo((8 + 7) / 7, 9);
  });

  it('ends a limit over several times in hand, and where it went away before, when it would have ended', () => {
    const spans = [span('2026-03-02 09:00', '2026-03-04 10:00'), span('2026-03-10 09:00', null)];
    // Tuesday and Wednesday; then three more from the 11th on
    expect(dueOf(spans)).toBe(at('2026-03-13 17:00'));
    expect(dueOf([spans[0]!])).toBe(at('2026-03-09 17:00'));
    expect(dueOf([span('2026-03-02 09:00', null)], 0)).toBe(at('2026-03-02 17:00'));
  });

  const instant = fc.integer({ min: at('2024-01-02 00:00'), max: at('2026-10-30 00:00') });
  const length = fc.integer({ min: 1, max: 40 * 24 * 60 }).map((minutes) => minutes * 60_000);
  const spans = fc.array(
    fc
      .tuple(instant, length, fc.boolean())
      .map(([from, long, open]): Span => ({ from, to: open ? null : from + long })),
    { maxLength: 6 },
  );
  const holds = fc.array(
    fc.tuple(instant, length).map(([from, long]): Hold => ({ reason: 'hearing', from, to: from + long })),
    { maxLength: 4 },
  );
  const unit = fc.constantFrom(...UNITS);

  it('is never negative, never more than the time since the first began, and all parts are no less than the whole', () => {
    fc.assert(
      fc.property(spans, spans, holds, unit, instant, (mine, yours, held, counted, now) => {
        const of = (some: Span[]) =>
          usedTime(some, { limit: { value: 1, unit: counted } }, { calendar, holds: held, now });
        const [a, b, both] = [of(mine), of(yours), of([...mine, ...yours])];
        const first = Math.min(now, ...[...mine, ...yours].map(({ from }) => from));
        const whole = of([{ from: first, to: now }]);
        for (const { value, officeTime, held: out } of [a, b, both]) {
          expect(Math.min(value, officeTime, out)).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(whole.value + 1e-9);
          expect(officeTime).toBeLessThanOrEqual(whole.officeTime);
        }
        expect(both.value).toBeLessThanOrEqual(a.value + b.value + 1e-9);
        expect(both.value).toBeGreaterThanOrEqual(Math.max(a.value, b.value) - 1e-9);
      }),
      { numRuns: 500 },
    );
  });

  it('gets nothing added by a hold: what is used and held together stays the same', () => {
    fc.assert(
      fc.property(spans, holds, holds, unit, instant, (mine, some, more, counted, now) => {
        const of = (all: Hold[]) =>
          usedTime(mine, { limit: { value: 1, unit: counted } }, { calendar, holds: all, now });
        const [before, after] = [of(some), of([...some, ...more])];
        expect(after.value).toBeLessThanOrEqual(before.value + 1e-9);
        expect(after.officeTime).toBeLessThanOrEqual(before.officeTime);
        expect(after.value + after.held).toBeCloseTo(before.value + before.held, 6);
      }),
      { numRuns: 500 },
    );
  });

  it('is as much as the limit when that ends, and not a day or an hour less', () => {
    const exact = fc.constantFrom('workingDays' as const, 'workingHours' as const);
    const rule = fc.constantFrom<StartRule | undefined>(undefined, 'nextWorkingDay', 'sameDay');
    fc.assert(
      fc.property(
        spans,
        instant,
        fc.integer({ min: 1, max: 60 }),
        holds,
        exact,
        rule,
        (some, last, value, held, unit, startRule) => {
          const mine = [...some.map(({ from, to }) => ({ from, to: to ?? from + 1 })), { from: last, to: null }];
          const terms = { limit: { value, unit }, calendar, holds: held, ...(startRule && { startRule }) };
          const { dueAt } = dueDate(inHand(mine, terms));
          const at = (now: number) =>
            usedTime(mine, { limit: { value, unit }, startRule }, { calendar, holds: held, now }).value;
          expect(at(dueAt!)).toBeCloseTo(value, 6);
          expect(at(dueAt! - (unit === 'workingHours' ? 3_600_000 : 86_400_000))).toBeLessThan(value);
        },
      ),
      { numRuns: 300 },
    );
  });
});
