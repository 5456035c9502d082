import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { besideDueDate, deadlineOf, type Hold, type Terms } from '../../../engine/time/index.ts';
import { loadCalendar } from '../../../processes/calendars/index.ts';

const calendar = loadCalendar();
const at = (local: string): number => Date.parse(`${local.replace(' ', 'T')}:00+08:00`);
const local = (instant: number | null) =>
  instant === null ? null : new Date(instant + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
const hold = (from: string, to: string | null): Hold => ({ reason: 'test', from: at(from), to: to && at(to) }) as Hold;
/** Due on Friday, 9 October 2026 at 17:00: National Day lies in between. */
const tenDays: Terms = { start: at('2026-09-18 10:00'), limit: { value: 10, unit: 'workingDays' }, calendar };

const UNITS = ['workingDays', 'calendarDays', 'workingHours'] as const;

describe('a moment beside a due date', () => {
  it.each([
    [-1, 'workingDays', [], '2026-10-08 17:00'],
    [-2, 'workingDays', [], '2026-09-30 17:00'],
    [-10, 'workingDays', [], '2026-09-18 17:00'],
    [-11, 'workingDays', [], '2026-09-18 10:00'],
    [0, 'workingDays', [], '2026-10-09 17:00'],
    // Saturday the 10th makes up for the holiday
    [1, 'workingDays', [], '2026-10-10 17:00'],
    [2, 'workingDays', [], '2026-10-12 17:00'],
    [-3, 'calendarDays', [], '2026-10-06 17:00'],
    [3, 'calendarDays', [], '2026-10-12 17:00'],
    [-7, 'workingHours', [], '2026-10-08 17:00'],
    [-8, 'workingHours', [], '2026-10-08 16:00'],
    [1, 'workingHours', [], '2026-10-10 09:30'],
    // held on the 28th and 29th of September: due on Monday the 12th
    [-2, 'workingDays', [hold('2026-09-28 09:00', '2026-09-29 12:00')], '2026-10-09 17:00'],
    [-4, 'workingDays', [hold('2026-10-08 09:00', '2026-10-09 12:00')], '2026-09-28 17:00'],
    [1, 'workingDays', [hold('2026-10-10 09:00', '2026-10-12 10:00')], '2026-10-13 17:00'],
    [-1, 'workingDays', [hold('2026-09-28 09:00', null)], null],
  ] as const)('%d %s, %j, is %s', (value, unit, holds, expected) => {
    expect(local(besideDueDate({ ...tenDays, holds }, { value, unit }))).toBe(expected);
  });

  const terms = fc.integer({ min: at('2024-01-02 00:00'), max: at('2026-06-30 00:00') }).chain((start) =>
    fc.record({
      start: fc.constant(start),
      limit: fc.record({ value: fc.integer({ min: 1, max: 40 }), unit: fc.constantFrom(...UNITS) }),
      calendar: fc.constant(calendar),
      holds: fc.array(
        fc
          .tuple(fc.integer({ min: -2_000, max: 60_000 }), fc.integer({ min: 1, max: 20_000 }))
          .map(([from, length]): Hold => {
            const begins = start + from * 60_000;
            return { reason: 'test', from: begins, to: begins + length * 60_000 };
          }),
        { maxLength: 3 },
      ),
    }),
  );
  const amount = fc.integer({ min: 0, max: 30 });

  it('is never on the wrong side, never before the start, and further away for more', () => {
    fc.assert(
      fc.property(terms, amount, amount, fc.constantFrom(...UNITS), (given, value, more, unit) => {
        const dueAt = deadlineOf(given).dueAt!;
        const [before, after] = [-value, value].map((each) => besideDueDate(given, { value: each, unit })!);
        expect(before).toBeLessThanOrEqual(dueAt);
        expect(before).toBeGreaterThanOrEqual(given.start);
        expect(after).toBeGreaterThanOrEqual(dueAt);
        expect(besideDueDate(given, { value: -value - more, unit })).toBeLessThanOrEqual(before!);
        expect(besideDueDate(given, { value: value + more, unit })).toBeGreaterThanOrEqual(after!);
      }),
      { numRuns: 500 },
    );
  });

  it('is as if the limit were so much shorter or longer, in whole days that are not moved', () => {
    fc.assert(
      fc.property(terms, amount, fc.boolean(), (given, n, later) => {
        const { value } = given.limit;
        fc.pre(later || n < value);
        const days = { ...given, limit: { value, unit: 'workingDays' as const } };
        const other = { ...days, limit: { ...days.limit, value: later ? value + n : value - n } };
        expect(besideDueDate(days, { value: later ? n : -n, unit: 'workingDays' })).toBe(deadlineOf(other).dueAt);
      }),
      { numRuns: 500 },
    );
  });
});
