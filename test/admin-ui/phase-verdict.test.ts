import { describe, expect, it } from '@jest/globals';
import { verdictOf } from '../../admin-ui/src/features/clock/phase-verdict.ts';

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
