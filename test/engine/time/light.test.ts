import { describe, expect, it } from '@jest/globals';
import { lightOf, remaining } from '../../../engine/time/index.ts';
import { loadCalendar } from '../../../processes/calendars/load.ts';

const calendar = loadCalendar();
const at = (local: string): number => Date.parse(`${local}+08:00`);

describe('the light of a task', () => {
  const limit = { yellowAt: at('2026-06-03T00:00:00'), dueAt: at('2026-06-05T17:00:00') };

  it.each([
    ['2026-06-02T23:59:59', 'green'],
    ['2026-06-03T00:00:00', 'yellow'],
    ['2026-06-05T17:00:00', 'yellow'],
    ['2026-06-05T17:00:01', 'red'],
  ])('at %s is %s', (now, light) => {
    expect(lightOf(limit, at(now))).toBe(light);
  });

  it.each([
    ['2026-06-05T17:00:00', 'yellow'],
    ['2026-06-05T17:00:01', 'red'],
    ['2026-06-30T17:00:00', 'red'],
    ['2026-06-30T17:00:01', 'deepRed'],
  ])('with a statutory limit at %s is %s', (now, light) => {
    expect(lightOf({ ...limit, statutoryAt: at('2026-06-30T17:00:00') }, at(now))).toBe(light);
  });

  it('warns of a statutory limit without a promise, and knows no red', () => {
    const law = { yellowAt: at('2026-06-03T00:00:00'), dueAt: null, statutoryAt: at('2026-06-05T17:00:00') };
    const lights = ['2026-06-02T00:00:00', '2026-06-05T17:00:00', '2026-06-05T17:00:01'];
    expect(lights.map((now) => lightOf(law, at(now)))).toEqual(['green', 'yellow', 'deepRed']);
  });

  it('is grey while it is held, red though it was held when the promise had passed, and none without a limit', () => {
    const now = at('2030-01-01T00:00:00');
    expect(lightOf({ yellowAt: null, dueAt: null, statutoryAt: null, held: true }, now)).toBe('grey');
    expect(lightOf({ ...limit, statutoryAt: null, held: true }, now)).toBe('red');
    expect(lightOf({ yellowAt: null, dueAt: null, statutoryAt: null }, now)).toBe('none');
    // rows of older stores know no statutory date
    expect(lightOf({ yellowAt: null, dueAt: null }, now)).toBe('none');
  });
});

describe('working days left', () => {
  const dueAt = at('2026-10-09T17:00:00');

  it.each([
    ['2026-09-30T09:00:00', 2, 'the National Day week does not count'],
    ['2026-10-04T09:00:00', 2, 'in the middle of the holiday'],
    ['2026-10-08T09:00:00', 1, 'the day before'],
    ['2026-10-09T16:59:00', 0, 'the last day'],
    ['2026-10-09T17:00:01', -1, 'a second too late'],
    ['2026-10-10T09:00:00', -1, 'on the make-up Saturday'],
    ['2026-10-11T09:00:00', -1, 'on the Sunday after'],
    ['2026-10-12T09:00:00', -2, 'on Monday'],
  ])('at %s: %i (%s)', (now, workingDays) => {
    expect(remaining({ dueAt, now: at(now), calendar })).toEqual({ workingDays, provisional: false });
  });

  it('overdue, do not grow while the clock stands still', () => {
    const held = (to: string | null) => [{ from: at('2026-10-13T14:00:00'), to: to === null ? null : at(to) }] as const;
    const days = (now: string, stoodStill: ReturnType<typeof held>) =>
      remaining({ dueAt, now: at(now), calendar, stoodStill: [...stoodStill] }).workingDays;
    expect([days('2026-10-13T15:00:00', held(null)), days('2026-10-30T15:00:00', held(null))]).toEqual([-2, -2]);
    expect(days('2026-10-20T15:00:00', held('2026-10-16T17:00:00'))).toBe(-4);
  });

  it('are provisional when the due date lies beyond the notices', () => {
    const now = at('2026-12-30T09:00:00');
    expect(remaining({ dueAt: at('2027-01-04T17:00:00'), now, calendar }).provisional).toBe(true);
  });
});
