import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  deadlineOf,
  dueDate,
  HOLD_REASONS,
  remainingIn,
  standingAt,
  type Hold,
  type StartRule,
  type Terms,
} from '../../../engine/time/index.ts';
import { loadCalendar, loadCalendars } from '../../../processes/calendars/index.ts';

const calendar = loadCalendar();
/** With local holidays, half days and summer hours. */
const county = loadCalendars({ demo: true }).get('demo-county', Date.parse('2026-11-20T00:00:00Z')).calendar;
const at = (local: string): number => Date.parse(`${local.replace(' ', 'T')}:00+08:00`);
const hold = (from: string, to: string | null, reason: Hold['reason'] = 'test'): Hold => ({
  reason,
  from: at(from),
  to: to === null ? null : at(to),
});
const tenDays: Terms = { start: at('2026-03-02 09:00'), limit: { value: 10, unit: 'workingDays' }, calendar };
const MINUTE = 60_000;

describe('why this date', () => {
  it('tells each step with its article, hold and calendar', () => {
    const { ledger, dueAt } = deadlineOf({
      start: at('2026-02-10 10:00'),
      limit: { value: 8, unit: 'workingDays', basis: '行政许可法第四十二条' },
      extensions: [{ value: 2, basis: '局长批准' }],
      holds: [hold('2026-02-26 09:00', '2026-03-02 12:00'), hold('2026-02-27 09:00', '2026-03-03 12:00', 'hearing')],
      calendar,
    });
    expect(dueAt).toBe(at('2026-03-09 17:00'));
    expect(new Set(ledger.map((line) => line.calendarVersion))).toEqual(new Set([calendar.version]));
    expect(ledger.map(({ kind, at: moment, amount }) => [kind, moment, amount])).toEqual([
      ['start', at('2026-02-10 10:00'), undefined],
      ['limit', null, 8],
      ['extension', null, 2],
      ['counted', at('2026-02-11 00:00'), 6],
      ['held', at('2026-02-26 09:00'), 4],
      ['held', at('2026-02-27 09:00'), 1],
      ['counted', at('2026-03-04 00:00'), 4],
      ['due', at('2026-03-09 17:00'), undefined],
      ['warning', at('2026-03-04 00:00'), undefined],
    ]);
  });

  it('adds up: what was counted is the limit with its extensions', () => {
    fc.assert(
      fc.property(terms(), (given) => {
        const { ledger, dueAt } = deadlineOf(given);
        const sum = (kind: string) =>
          ledger.filter((line) => line.kind === kind).reduce((total, { amount }) => total + (amount ?? 0), 0);
        const promised = sum('limit') + sum('extension');
        if (dueAt !== null && promised > 0) expect(sum('counted')).toBeCloseTo(promised, 6);
        else expect(sum('counted')).toBeLessThanOrEqual(Math.max(1, promised) + 1e-6);
      }),
      { numRuns: 300 },
    );
  });

  it('says what a hold that changes nothing is for', () => {
    const noteOf = (...holds: Hold[]) =>
      deadlineOf({ ...tenDays, holds })
        .ledger.filter(({ kind }) => kind === 'held')
        .map(({ note }) => note);
    expect(noteOf(hold('2026-02-02 09:00', '2026-02-03 09:00'))).toEqual(['beforeStart']);
    expect(noteOf(hold('2026-03-07 09:00', '2026-03-08 09:00'))).toEqual(['noTime']);
    expect(noteOf(hold('2026-04-07 09:00', null))).toEqual(['afterEnd']);
    expect(
      noteOf(hold('2026-03-04 09:00', '2026-03-06 09:00'), hold('2026-03-05 09:00', '2026-03-05 10:00', 'auction')),
    ).toEqual([undefined, 'overlapping']);
  });
});

describe('the light', () => {
  const statutory = { value: 12, unit: 'workingDays' } as const;
  it.each([
    ['2026-03-03 10:00', [], 'green'],
    ['2026-03-11 00:00', [], 'yellow'],
    ['2026-03-16 17:00', [], 'yellow'],
    ['2026-03-16 17:01', [], 'red'],
    ['2026-03-18 17:01', [], 'deepRed'],
    ['2026-03-05 10:00', [hold('2026-03-05 09:00', null)], 'grey'],
    ['2026-03-05 08:59', [hold('2026-03-05 09:00', null)], 'green'],
    ['2026-03-16 17:01', [hold('2026-03-05 09:00', null)], 'grey'],
    ['2026-03-06 09:00', [hold('2026-03-05 09:00', '2026-03-06 09:00')], 'green'],
    ['2026-03-17 10:00', [hold('2026-03-17 09:00', '2026-03-30 00:00')], 'red'],
    ['2026-03-19 10:00', [hold('2026-03-17 09:00', null)], 'red'],
  ] as const)('at %s with %j is %s', (now, holds, light) => {
    expect(standingAt({ ...tenDays, holds }, at(now), statutory).light).toBe(light);
  });

  it('is deep red only where a statutory limit is given', () => {
    expect(standingAt(tenDays, at('2027-01-04 09:00')).light).toBe('red');
  });

  it('cannot count an extension for two units', () => {
    const extended = { ...tenDays, extensions: [{ value: 2 }] };
    expect(() => standingAt(extended, tenDays.start, { value: 30, unit: 'calendarDays' })).toThrow(
      expect.objectContaining({ code: 'time.extension_of_other_unit' }),
    );
  });
});

describe('what is left', () => {
  it('stands still while held, in days and to the minute', () => {
    const days = { ...tenDays, holds: [hold('2026-03-05 09:00', null)] };
    expect(standingAt(days, at('2026-03-04 12:00')).left).toEqual({ value: 8, unit: 'workingDays' });
    expect(standingAt(days, at('2026-03-30 12:00')).left.value).toBe(8);
    expect(standingAt(days, at('2026-03-30 12:00')).officeTime).toBeNull();
    const hours: Terms = {
      ...tenDays,
      limit: { value: 7, unit: 'workingHours' },
      holds: [hold('2026-03-02 10:00', '2026-03-04 09:30')],
    };
    for (const now of ['2026-03-02 10:00', '2026-03-03 12:00', '2026-03-04 09:30'])
      expect(standingAt(hours, at(now)).left.value).toBe(6);
    expect(standingAt(hours, at('2026-03-02 10:00')).officeTime).toBe(6 * 60 * MINUTE);
    expect(standingAt(hours, at('2026-03-05 09:30')).left.value).toBe(-1);
  });

  it('does not grow while held when the limit has passed, and goes on from there', () => {
    const held = { ...tenDays, holds: [hold('2026-03-19 14:00', null)] };
    for (const now of ['2026-03-19 15:00', '2026-03-25 12:00', '2026-04-30 12:00'])
      expect(standingAt(held, at(now))).toMatchObject({ light: 'red', held: true, left: { value: -2 } });
    const resumed = { ...tenDays, holds: [hold('2026-03-19 14:00', '2026-03-24 17:00')] };
    expect(standingAt(resumed, at('2026-03-26 12:00')).left.value).toBe(-4);
    const hours: Terms = { ...tenDays, limit: { value: 2, unit: 'workingHours' } };
    const late = { ...hours, holds: [hold('2026-03-02 14:30', null)] };
    for (const now of ['2026-03-02 15:00', '2026-03-09 15:00'])
      expect(standingAt(late, at(now)).left.value).toBe(standingAt(hours, at('2026-03-02 14:30')).left.value);
  });

  it('is as many hours as the days that are left: a day of which a part was held gives none', () => {
    const held = { ...tenDays, holds: [hold('2026-03-05 09:00', '2026-03-05 10:00')] };
    const { left, officeTime } = standingAt(held, at('2026-03-05 10:30'));
    expect([left.value, officeTime]).toEqual([8, 8 * 7 * 60 * MINUTE]);
  });

  it('is what the rows of cases say where nothing is held', () => {
    fc.assert(
      fc.property(
        instant,
        fc.constantFrom('workingDays' as const, 'calendarDays' as const, 'workingHours' as const),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 90 * 24 * 60 }),
        (start, unit, n, later) => {
          const given = { start, limit: { value: n, unit }, calendar };
          const now = start + later * MINUTE;
          const { dueAt } = dueDate(given);
          expect(standingAt(given, now).left.value).toBeCloseTo(remainingIn(unit, { dueAt, now, calendar }), 9);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('terms that are none', () => {
  it.each([
    ['time.bad_hold', { holds: [hold('2026-03-05 09:00', '2026-03-05 09:00')] }],
    ['time.hold_without_basis', { holds: [hold('2026-03-05 09:00', null, 'local')] }],
    ['time.bad_extension', { extensions: [{ value: 0 }] }],
    ['time.bad_extension', { extensions: [{ value: 1.5 }] }],
    ['time.bad_limit', { limit: { value: 99_999, unit: 'workingDays' as const }, extensions: [{ value: 2 }] }],
    ['time.bad_instant', { start: Number.NaN }],
    ['time.bad_instant', { holds: [{ reason: 'test' as const, from: 0, to: 9e15 }] }],
  ])('are refused with %s', (code, wrong) => {
    expect(() => deadlineOf({ ...tenDays, ...wrong })).toThrow(expect.objectContaining({ code }));
  });
});

const instant = fc
  .integer({ min: at('2020-01-02 00:00') / MINUTE, max: at('2026-03-01 00:00') / MINUTE })
  .map((m) => m * MINUTE);

function holdsAfter(start: number): fc.Arbitrary<Hold[]> {
  const one = fc
    .tuple(
      fc.constantFrom(...HOLD_REASONS),
      fc.integer({ min: -5 * 1440, max: 60 * 1440 }),
      fc.integer({ min: 1, max: 20 * 1440 }),
    )
    .map(([reason, from, length]) => ({
      reason,
      basis: '依据',
      from: start + from * MINUTE,
      to: start + (from + length) * MINUTE,
    }));
  return fc.array(one, { maxLength: 4 });
}

function terms(): fc.Arbitrary<Terms & { holds: Hold[] }> {
  return instant.chain((start) =>
    fc.record({
      start: fc.constant(start),
      limit: fc.record({
        value: fc.integer({ min: 0, max: 80 }),
        unit: fc.constantFrom('workingDays' as const, 'calendarDays' as const, 'workingHours' as const),
      }),
      startRule: fc.constantFrom<StartRule | undefined>('nextWorkingDay', 'sameDay', 'minuteExact', undefined),
      extensions: fc.array(
        fc.integer({ min: 1, max: 15 }).map((value) => ({ value })),
        { maxLength: 2 },
      ),
      holds: holdsAfter(start),
      calendar: fc.constantFrom(calendar, county),
    }),
  );
}

const FAR = Number.MAX_SAFE_INTEGER;
const dueOf = (given: Terms): number => deadlineOf(given).dueAt ?? FAR;
const runs = { numRuns: 400 };

describe('no days by the minute', () => {
  const none: Terms = { ...tenDays, limit: { value: 0, unit: 'workingDays' }, startRule: 'minuteExact' };
  const one: Terms = { ...none, limit: { value: 1, unit: 'workingDays' } };

  it('end on the day itself', () => {
    expect(deadlineOf({ ...none, start: at('2026-06-01 14:20') }).dueAt).toBe(at('2026-06-01 17:00'));
  });

  it('end no later than one day, also where days are held in part', () => {
    const held = { start: at('2026-06-01 14:20'), holds: [hold('2026-06-01 14:30', '2026-06-03 14:39')] };
    const { dueAt, yellowAt, ledger } = deadlineOf({ ...none, ...held });
    expect([dueAt, deadlineOf({ ...one, ...held }).dueAt]).toEqual([at('2026-06-04 14:29'), at('2026-06-04 14:29')]);
    // two office hours from the start, without what was held
    expect(yellowAt).toBe(at('2026-06-03 16:29'));
    expect(ledger.filter(({ kind }) => kind === 'counted').map(({ amount }) => amount)).toEqual([1 / 42, 41 / 42]);
    expect(standingAt({ ...none, ...held }, at('2026-06-04 14:30')).light).toBe('red');
  });
});

describe('whatever the terms', () => {
  it('a longer limit never ends earlier', () => {
    fc.assert(
      fc.property(terms(), fc.integer({ min: 0, max: 40 }), (given, more) => {
        const longer = { ...given, limit: { ...given.limit, value: given.limit.value + more } };
        expect(dueOf(longer)).toBeGreaterThanOrEqual(dueOf(given));
      }),
      runs,
    );
  });

  it('who begins later never ends earlier, where nothing is held', () => {
    fc.assert(
      fc.property(terms(), fc.integer({ min: 0, max: 20 * 1440 }), (given, later) => {
        const first = { ...given, holds: [] };
        expect(dueOf({ ...first, start: given.start + later * MINUTE })).toBeGreaterThanOrEqual(dueOf(first));
      }),
      runs,
    );
  });

  it('an extension is a longer limit, and two are their sum', () => {
    fc.assert(
      fc.property(terms(), (given) => {
        const extended = given.extensions!.reduce((sum, { value }) => sum + value, given.limit.value);
        expect(dueOf(given)).toBe(dueOf({ ...given, extensions: [], limit: { ...given.limit, value: extended } }));
      }),
      runs,
    );
  });

  it('a limit of a + b ends b after a', () => {
    const some = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(
        instant,
        some,
        some,
        fc.constantFrom('workingDays' as const, 'workingHours' as const),
        (start, a, b, unit) => {
          const first = dueOf({ start, limit: { value: a, unit }, calendar });
          expect(dueOf({ start: first, limit: { value: b, unit }, calendar })).toBe(
            dueOf({ start, limit: { value: a + b, unit }, calendar }),
          );
        },
      ),
      runs,
    );
  });

  it('never ends before the start, nor earlier for being held, nor while it is held', () => {
    fc.assert(
      fc.property(terms(), (given) => {
        const due = dueOf(given);
        expect(due).toBeGreaterThanOrEqual(given.start);
        expect(due).toBeGreaterThanOrEqual(dueOf({ ...given, holds: [] }));
        if (given.startRule === 'minuteExact' || given.limit.unit === 'workingHours') return;
        for (const { from, to } of given.holds) expect(from < due && due < to!).toBe(false);
      }),
      runs,
    );
  });

  it('a further hold never brings it forward, and the order in which holds are told is nothing', () => {
    fc.assert(
      fc.property(terms(), (given) => {
        const { holds } = given;
        expect(dueOf(given)).toBeGreaterThanOrEqual(dueOf({ ...given, holds: holds.slice(1) }));
        expect(dueOf({ ...given, holds: [...holds].reverse() })).toBe(dueOf(given));
        expect(dueOf({ ...given, holds: [...holds, ...holds] })).toBe(dueOf(given));
      }),
      runs,
    );
  });

  it('held and resumed, the working days of the hold are given back', () => {
    fc.assert(
      fc.property(
        instant,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 20 }),
        (start, value, first, length) => {
          const given: Terms = { start, limit: { value, unit: 'workingDays' }, calendar };
          const midnight = (days: number) => dayStart(start) + days * 1440 * MINUTE;
          const [from, to] = [midnight(first), midnight(first + length)];
          if (from >= dueOf(given)) return;
          const heldDays = workingDaysIn(from, to);
          const due = dueOf({ ...given, holds: [{ reason: 'test', from, to }] });
          expect(due).toBe(dueOf({ ...given, limit: { value: value + heldDays, unit: 'workingDays' } }));
        },
      ),
      runs,
    );
  });

  it('held and resumed, an exact clock has the same time left', () => {
    fc.assert(
      fc.property(
        instant,
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 9000 }),
        fc.integer({ min: 1, max: 9000 }),
        (start, value, after, length) => {
          const from = start + after * MINUTE;
          const to = from + length * MINUTE;
          const plain: Terms = { start, limit: { value, unit: 'workingHours' }, calendar };
          if (from >= dueOf(plain)) return;
          const held = { ...plain, holds: [{ reason: 'test' as const, from, to }] };
          expect(standingAt(held, to).left.value).toBe(standingAt(plain, from).left.value);
          expect(deadlineOf({ ...plain, holds: [{ reason: 'test', from, to: null }] }).dueAt).toBeNull();
        },
      ),
      runs,
    );
  });

  it('computed again it is the same, and the case is told the same date', () => {
    const again = loadCalendar();
    fc.assert(
      fc.property(terms(), (given) => {
        const usual = { ...given, calendar };
        expect(deadlineOf({ ...usual, calendar: again })).toEqual(deadlineOf(usual));
        const { start, limit } = given;
        const { ledger, ...date } = deadlineOf({ start, limit, calendar });
        expect(dueDate({ start, limit, calendar })).toEqual(date);
        expect(ledger.at(-1)).toBeDefined();
      }),
      { numRuns: 100 },
    );
  });
});

function dayStart(moment: number): number {
  return Math.floor((moment + calendar.utcOffsetMs) / 86_400_000) * 86_400_000 - calendar.utcOffsetMs;
}

function workingDaysIn(from: number, to: number): number {
  let days = 0;
  for (let moment = from; moment < to; moment += 86_400_000)
    if (calendar.isWorkingDay(new Date(moment + calendar.utcOffsetMs).toISOString().slice(0, 10))) days++;
  return days;
}
