import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { presentDueDate } from '../../api/routes/due-dates/present.ts';
import { clockOf } from '../../api/routes/present.ts';
import { dueDatesOf } from '../../engine/index.ts';
import { elapsedAt, usedTime, type Hold, type Terms } from '../../engine/time/index.ts';
import { loadCalendars } from '../../processes/calendars/index.ts';

const calendars = loadCalendars({ demo: false });
const inForce = calendars.get('cn', Date.parse('2026-11-20T00:00:00Z'));
const { calendar } = inForce;
const MINUTE = 60_000;
const local = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);

const minutes = (days: number) => fc.integer({ min: 0, max: days * 24 * 60 }).map((many) => many * MINUTE);
const begun = minutes(360).map((ms) => local('2026-01-05 00:00') + ms);
/** Any terms, with holds that have ended, and a moment after that. */
const look = fc
  .record({
    start: begun,
    value: fc.integer({ min: 0, max: 12 }),
    unit: fc.constantFrom('workingDays' as const, 'calendarDays' as const, 'workingHours' as const),
    startRule: fc.constantFrom(undefined, 'nextWorkingDay' as const, 'sameDay' as const, 'minuteExact' as const),
    extended: fc.nat(3),
    holds: fc.array(
      fc.tuple(
        minutes(20),
        minutes(6).map((ms) => ms + MINUTE),
      ),
      { maxLength: 3 },
    ),
    later: minutes(30),
  })
  .map(({ start, value, unit, startRule, extended, holds: apart, later }) => {
    let from = start;
    const holds = apart.map(([before, long]): Hold => {
      const hold = { reason: 'test' as const, from: from + before, to: from + before + long };
      from = hold.to;
      return hold;
    });
    const terms: Terms = {
      start,
      limit: { value, unit },
      calendar,
      holds,
      ...(startRule && { startRule }),
      ...(extended > 0 && { extensions: [{ value: extended }] }),
    };
    return { terms, now: from + later };
  });

describe('however a limit is counted', () => {
  it('lists tell the light and the time left that the ledger tells', () => {
    fc.assert(
      fc.property(look, ({ terms, now }) => {
        const listed = clockOf({ calendar }, dueDatesOf({ promise: terms }), { open: true }, now);
        const { standing } = presentDueDate(terms, { calendar: inForce, at: now });
        expect(listed).toMatchObject({ light: standing.light, remaining: { text: standing.text } });
      }),
      { numRuns: 1_000 },
    );
  });

  it('the whole bar of a case tells the time used that its header tells', () => {
    fc.assert(
      fc.property(look, ({ terms, now }) => {
        const { start, limit, startRule, holds = [], extensions = [] } = terms;
        const value = extensions.reduce((sum, each) => sum + each.value, limit.value);
        const counted = { limit: { ...limit, value }, startRule };
        const whole = usedTime([{ from: start, to: null }], counted, { calendar, holds, now });
        expect(whole.value).toBeCloseTo(elapsedAt(terms, now), 9);
      }),
      { numRuns: 1_000 },
    );
  });
});
