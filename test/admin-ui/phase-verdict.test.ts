import { describe, expect, it } from '@jest/globals';
import { standingKey, verdictOf } from '../../admin-ui/src/features/clock/phase-verdict.ts';

describe('the verdict on a phase', () => {
  it.each([
    ['nothing while it goes on', false, null, null, null],
    ['in time', false, true, true, 'inTime'],
    ['in time also by the limit of the law alone', false, null, true, 'inTime'],
    ['late', false, false, true, 'late'],
    ['beyond the law, which is worse than late', false, false, false, 'beyondLaw'],
    ['nothing where it was cut short in time', true, true, true, null],
    ['overdue at the end where it was cut short too late', true, false, true, 'endedLate'],
  ])('is %s', (_, brokenOff, promiseKept, statutoryKept, verdict) => {
    expect(verdictOf({ brokenOff, promiseKept, statutoryKept })).toBe(verdict);
  });
});

describe('the clock that runs', () => {
  const limit = { value: 5, unit: 'workingDays', basis: null, standing: null } as const;
  it.each([
    ['runs', { held: false, promise: limit, statutory: null }, 'clock.running'],
    ['runs also by the limit of the law alone', { held: false, promise: null, statutory: limit }, 'clock.running'],
    ['stands still', { held: true, promise: limit, statutory: null }, 'clock.held'],
    ['has no limit, as the light of the case says', { held: false, promise: null, statutory: null }, 'light.none'],
  ])('%s', (_, clock, key) => {
    expect(standingKey(clock)).toBe(key);
  });
});
