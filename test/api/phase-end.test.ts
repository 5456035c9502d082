import { describe, expect, it } from '@jest/globals';
import { endOf, keptOf } from '../../api/routes/cases/phase-end.ts';

describe('the end of an acceptance review that silence ended', () => {
  const phases = { now: 'handling', receivedAt: 1, acceptedAt: 1, acceptedBy: 'silence', supplements: [] } as const;

  it('is that of its limit, and where silence waited for the office, when it no longer did', () => {
    expect(endOf('acceptance', phases, 5)).toBe(5);
    expect(endOf('acceptance', { ...phases, silenceAfter: 7 }, 5)).toBe(7);
  });
});

describe('the limits of an acceptance review', () => {
  const dates = { dueAt: 3, statutoryAt: 5 };
  const phases = { now: 'acceptance', receivedAt: 1, supplements: [] } as const;
  const kept = (change: object, endedAt: number | null) => {
    const { promiseKept, statutoryKept } = keptOf('acceptance', { ...phases, ...change }, dates, endedAt);
    return [promiseKept, statutoryKept];
  };

  it('are kept by the office that spoke by their ends, or while silence waited for it', () => {
    expect(kept({}, null)).toEqual([null, null]);
    expect(kept({}, 3)).toEqual([true, true]);
    expect(kept({}, 4)).toEqual([false, true]);
    expect(kept({ silenceAfter: 7 }, 7)).toEqual([true, true]);
    expect(kept({ silenceAfter: 7 }, 8)).toEqual([false, false]);
    expect(kept({ silenceAfter: 7, promiseMissed: true }, 7)).toEqual([false, true]);
    expect(kept({ silenceAfter: 7, promiseMissed: true }, 3)).toEqual([true, true]);
  });

  it('are kept by the office that asked for supplements in time, however late the case is accepted while the applicant has them to do', () => {
    const asked = (from: number, change: object = {}) =>
      kept({ silenceAfter: 7, supplements: [{ from, to: 20, answered: false }], ...change }, 20);
    expect(asked(2)).toEqual([true, true]);
    expect(asked(7)).toEqual([true, true]);
    expect(asked(8)).toEqual([false, false]);
    expect(asked(4, { silenceAfter: undefined })).toEqual([false, true]);
    expect(asked(7, { promiseMissed: true })).toEqual([false, true]);
    // one that was over before, or was answered, says nothing of the end
    expect(kept({ supplements: [{ from: 2, to: 4, answered: false }] }, 20)).toEqual([false, false]);
    expect(kept({ supplements: [{ from: 2, to: 20, answered: true }] }, 20)).toEqual([false, false]);
    expect(kept({ supplements: [{ from: 2, to: null, answered: false }] }, null)).toEqual([null, null]);
  });

  it('are kept by no silence, and those of the handling know of none', () => {
    expect(kept({ acceptedBy: 'silence', silenceAfter: 7 }, 7)).toEqual([false, false]);
    const accepted = { ...phases, acceptedBy: 'silence', silenceAfter: 7 } as const;
    expect(keptOf('handling', accepted, { dueAt: 5, statutoryAt: null }, 5)).toMatchObject({ promiseKept: true });
    expect(keptOf('handling', accepted, { dueAt: 5, statutoryAt: null }, 6)).toMatchObject({ promiseKept: false });
  });
});
