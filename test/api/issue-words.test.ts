import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ISSUE_WORDS } from '../../api/http/issue-words.ts';

describe('a number that is wrong', () => {
  const days = z.int().min(1).max(60);

  it.each([
    [1.5, ['应为整数'], ['Must be a whole number']],
    [null, ['缺少这一项'], ['This is missing']],
    [undefined, ['缺少这一项'], ['This is missing']],
    [0, ['不能小于 1'], ['Must be at least 1']],
    [1e300, ['不能大于 9007199254740991', '不能大于 60'], ['Must be at most 9007199254740991', 'Must be at most 60']],
  ])('is told without the names of types: %j', (given, zh, en) => {
    const told = (['zh', 'en'] as const).map((language) =>
      days.safeParse(given, { error: ISSUE_WORDS[language] }).error?.issues.map(({ message }) => message),
    );
    expect(told).toEqual([zh, en]);
  });
});
