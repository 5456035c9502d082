import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addWorkingDays,
  addWorkingTime,
  dayOf,
  dueDate,
  formatDay,
  parseDay,
  workingDaysBetween,
} from '../../../engine/time/index.ts';
import { loadCalendar } from '../../../processes/calendars/load.ts';

const calendar = loadCalendar();
const at = (local: string): number => Date.parse(`${local}+08:00`);
const due = (start: string, value: number, unit: 'workingDays' | 'calendarDays' | 'workingHours') =>
  dueDate({ start: at(start), limit: { value, unit }, calendar });
const local = (instant: number): string => new Date(instant + 8 * 3_600_000).toISOString().slice(0, 16);

describe('a limit in working days', () => {
  it('ends at close of office on the last day, the day of acceptance not counted', () => {
    expect(local(due('2021-03-04T09:12:00', 29, 'workingDays').dueAt)).toBe('2021-04-15T17:00');
    expect(local(due('2021-03-04T23:59:59', 29, 'workingDays').dueAt)).toBe('2021-04-15T17:00');
  });

  it('reads the day of the start in local time, not in UTC', () => {
    expect(local(due('2026-06-01T00:30:00', 1, 'workingDays').dueAt)).toBe('2026-06-02T17:00');
  });

  it('starts to warn when 30 % is left: 8 of 29 working days before the last', () => {
    expect(local(due('2021-03-04T09:00:00', 29, 'workingDays').yellowAt)).toBe('2021-04-02T00:00');
  });

  it('warns at least one working day ahead', () => {
    // 2025-10-09 is the first working day after the National Day week.
    const limit = due('2025-09-30T09:00:00', 2, 'workingDays');
    expect([local(limit.yellowAt), local(limit.dueAt)]).toEqual(['2025-10-09T00:00', '2025-10-10T17:00']);
  });

  it('marks a date beyond the last published notice as provisional', () => {
    const provisional = due('2026-12-01T09:00:00', 29, 'workingDays');
    expect([local(provisional.dueAt), provisional.provisional]).toEqual(['2027-01-12T17:00', true]);
    expect(due('2026-11-23T09:00:00', 20, 'workingDays').provisional).toBe(false);
    expect(due('2019-12-31T09:00:00', 5, 'workingDays').provisional).toBe(true);
    expect(provisional.calendarVersion).toBe(calendar.version);
  });

  it('0: the same day, warning after two office hours; after closing time the next working day', () => {
    const sameDay = due('2026-06-01T09:00:00', 0, 'workingDays');
    expect([local(sameDay.yellowAt), local(sameDay.dueAt)]).toEqual(['2026-06-01T11:00', '2026-06-01T17:00']);
    expect(local(due('2026-06-01T16:30:00', 0, 'workingDays').yellowAt)).toBe('2026-06-01T17:00');
    expect(local(due('2026-06-05T17:00:00', 0, 'workingDays').dueAt)).toBe('2026-06-08T17:00');
    expect(local(due('2026-06-06T10:00:00', 0, 'workingDays').dueAt)).toBe('2026-06-08T17:00');
  });
});

describe('a limit in calendar days', () => {
  it('counts holidays, but does not end on one', () => {
    expect(local(due('2026-06-01T10:00:00', 3, 'calendarDays').dueAt)).toBe('2026-06-04T17:00');
    expect(local(due('2026-09-18T10:00:00', 15, 'calendarDays').dueAt)).toBe('2026-10-08T17:00');
  });

  it('warns when 30 % of the days are left', () => {
    expect(local(due('2026-06-01T10:00:00', 30, 'calendarDays').yellowAt)).toBe('2026-06-22T00:00');
  });
});

describe('a limit in working hours', () => {
  it.each([
    ['within the morning', '2026-06-01T09:00:00', 2, '2026-06-01T11:00'],
    ['over lunch', '2026-06-01T11:15:00', 1, '2026-06-01T13:45'],
    ['up to closing time, not the next opening', '2026-06-01T15:00:00', 2, '2026-06-01T17:00'],
    ['into the next day', '2026-06-01T16:59:00', 1, '2026-06-02T09:29'],
    ['over a weekend', '2026-06-05T16:00:00', 1.5, '2026-06-08T09:00'],
    ['from a Sunday', '2026-06-07T10:00:00', 7, '2026-06-08T17:00'],
    ['before the office opens', '2026-06-01T06:00:00', 1, '2026-06-01T09:30'],
    ['over the National Day week and a make-up Saturday', '2026-09-30T16:00:00', 22, '2026-10-10T17:00'],
  ])('%s', (_, start, hours, expected) => {
    expect(local(due(start, hours, 'workingHours').dueAt)).toBe(expected);
  });

  it('warns when 30 % of the hours, at least one, are left', () => {
    expect(local(due('2026-06-01T08:30:00', 7, 'workingHours').yellowAt)).toBe('2026-06-01T14:54');
    expect(local(due('2026-06-01T08:30:00', 2, 'workingHours').yellowAt)).toBe('2026-06-01T09:30');
  });
});

describe('a limit that is none', () => {
  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 100_001])('is refused: %p working days', (value) => {
    expect(() => due('2026-06-01T09:00:00', value, 'workingDays')).toThrow(
      expect.objectContaining({ code: 'time.bad_limit' }),
    );
  });

  it('is found in a blink even for the longest one allowed', () => {
    expect(formatDay(dayOf(due('2026-06-01T09:00:00', 100_000, 'workingDays').dueAt, calendar.utcOffsetMs))).toMatch(
      /^2416-/,
    );
  });
});

describe('whatever the start and the limit', () => {
  const start = fc.integer({ min: at('2020-01-01T00:00:00'), max: at('2026-11-01T00:00:00') });
  const days = fc.integer({ min: 0, max: 400 });
  const day = fc.integer({ min: parseDay('2019-06-01')!, max: parseDay('2027-06-01')! });

  it('the due date falls on a working day, at close of office, never before the start or the warning', () => {
    fc.assert(
      fc.property(
        start,
        days,
        fc.constantFrom('workingDays' as const, 'calendarDays' as const),
        (from, value, unit) => {
          const { dueAt, yellowAt } = dueDate({ start: from, limit: { value, unit }, calendar });
          expect(calendar.isWorkingDay(formatDay(dayOf(dueAt, calendar.utcOffsetMs)))).toBe(true);
          expect(local(dueAt).slice(11)).toBe('17:00');
          expect(dueAt).toBeGreaterThan(from);
          expect(yellowAt).toBeLessThanOrEqual(dueAt);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('as many working days lie in between as were promised', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 400 }), (from, n) => {
        let counted = 0;
        for (let d = from + 1; d <= addWorkingDays(calendar, from, n); d++)
          if (calendar.isWorkingDay(formatDay(d))) counted++;
        expect(counted).toBe(n);
      }),
      { numRuns: 200 },
    );
  });

  it('adding a and then b is adding a + b', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 300 }), (from, a, b) => {
        expect(addWorkingDays(calendar, addWorkingDays(calendar, from, a), b)).toBe(
          addWorkingDays(calendar, from, a + b),
        );
      }),
    );
  });

  it('a later start or a longer limit never ends earlier', () => {
    fc.assert(
      fc.property(
        start,
        start,
        days,
        days,
        fc.constantFrom('workingDays' as const, 'calendarDays' as const, 'workingHours' as const),
        (s, t, v, w, unit) => {
          const end = (from: number, value: number): number =>
            dueDate({ start: from, limit: { value, unit }, calendar }).dueAt;
          expect(end(Math.max(s, t), v)).toBeGreaterThanOrEqual(end(Math.min(s, t), v));
          // A limit of 0 after hours is the next working day's close, which a limit of 1 may equal but not undercut.
          expect(end(s, Math.max(v, w))).toBeGreaterThanOrEqual(end(s, Math.min(v, w)));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('working time ends inside office hours of a working day and adds up', () => {
    const span = fc.integer({ min: 1, max: 400 * 3_600_000 });
    fc.assert(
      fc.property(start, span, span, (from, a, b) => {
        const once = addWorkingTime(calendar, from, a);
        const clock = (once + calendar.utcOffsetMs) % 86_400_000;
        expect(calendar.isWorkingDay(formatDay(dayOf(once, calendar.utcOffsetMs)))).toBe(true);
        expect(calendar.officeHours.some(({ opensAt, closesAt }) => clock > opensAt && clock <= closesAt)).toBe(true);
        expect(addWorkingTime(calendar, once, b)).toBe(addWorkingTime(calendar, from, a + b));
      }),
      { numRuns: 500 },
    );
  });

  it('counting is the inverse of adding', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 300 }), (from, n) => {
        expect(workingDaysBetween(calendar, from, addWorkingDays(calendar, from, n))).toBe(n);
      }),
    );
  });
});
