import { describe, expect, it } from '@jest/globals';
import { barsOf } from '../../admin-ui/src/features/branches/bar.ts';
import type { CaseBranches } from '../../admin-ui/src/shared/contract.ts';

const days = (value: number) => ({ value, unit: 'workingDays' as const, text: { zh: '', en: '' } });

describe('the bar of work on the spot', () => {
  it.each([
    [1, 50],
    [2, 100],
  ])('that used %i days stands against its one day', (used, length) => {
    const { whole } = barsOf({
      ...{ used: days(used), held: days(0), limit: days(0) },
      items: [{ used: days(2), held: days(0), limit: days(2) }],
    } as CaseBranches);
    expect(whole).toMatchObject({ used: length, limit: 50 });
  });
});
