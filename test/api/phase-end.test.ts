import { describe, expect, it } from '@jest/globals';
import { endOf } from '../../api/routes/cases/phase-end.ts';

describe('the end of an acceptance review that silence ended', () => {
  const phases = { now: 'handling', receivedAt: 1, acceptedAt: 1, acceptedBy: 'silence', supplements: [] } as const;

  it('is that of its limit, and where silence waited for the office, when it no longer did', () => {
    expect(endOf('acceptance', phases, 5)).toBe(5);
    expect(endOf('acceptance', { ...phases, silenceAfter: 7 }, 5)).toBe(7);
  });
});
