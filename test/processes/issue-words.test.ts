import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ISSUE_WORDS } from '../../processes/issue-words.ts';

const told = (schema: z.ZodType, given: unknown) =>
  (['zh', 'en'] as const).map((language) =>
    schema.safeParse(given, { error: ISSUE_WORDS[language] }).error?.issues.map(({ message }) => message),
  );

describe('what is wrong with an input is told in plain words', () => {
  const days = z.int().min(1).max(60);

  it.each([
    [1.5, ['应为整数'], ['Must be a whole number']],
    ['x', ['应为数字'], ['Must be a number']],
    [null, ['缺少这一项'], ['This is missing']],
    [undefined, ['缺少这一项'], ['This is missing']],
    [0, ['不能小于 1'], ['Must be at least 1']],
    [1e300, ['不能大于 9007199254740991', '不能大于 60'], ['Must be at most 9007199254740991', 'Must be at most 60']],
  ])('of a number: %j', (given, zh, en) => {
    expect(told(days, given)).toEqual([zh, en]);
  });

  it.each([
    ['an empty list', z.array(z.string()).min(1), [], '至少 1 项', 'Must have at least 1 item'],
    ['a long list', z.array(z.string()).max(2), ['a', 'b', 'c'], '最多 2 项', 'Must have at most 2 items'],
    ['a list of another length', z.array(z.string()).length(2), ['a'], '应为 2 项', 'Must have exactly 2 items'],
    ['no list', z.array(z.string()), {}, '应为列表', 'Must be a list'],
    ['a list for an object', z.object({}), [], '应为 JSON 对象', 'Must be a JSON object'],
    ['text for a record', z.record(z.string(), z.string()), 'x', '应为 JSON 对象', 'Must be a JSON object'],
    ['a number for text', z.string(), 3, '应为文本', 'Must be text'],
    ['text for a truth', z.boolean(), 'yes', '应为 true 或 false', 'Must be true or false'],
    ['no text', z.string().trim().min(1), ' ', '不能为空', 'Must not be empty'],
    ['a short text', z.string().min(3), 'ab', '至少 3 个字符', 'Must have at least 3 characters'],
    ['a long text', z.string().max(1), 'ab', '最多 1 个字符', 'Must have at most 1 character'],
    ['another choice', z.enum(['a', 'b']), 'c', '应为以下之一：a、b', 'Must be one of: a, b'],
    ['the wrong constant', z.literal('a'), 'c', '应为 a', 'Must be a'],
    ['unknown fields', z.strictObject({}), { a: 1, b: 2 }, '没有这些项：a、b', 'Unknown here: a, b'],
    ['no day', z.iso.date(), 'x', '应为日期，如 2026-12-01', 'Must be a day such as 2026-12-01'],
    ['what fits no form', z.string().regex(/^a/), 'b', '格式不正确', 'Not in the expected form'],
    ['what fits none of several', z.union([z.string(), z.number()]), [], '格式不正确', 'Not in the expected form'],
  ])('of %s', (_, schema, given, zh, en) => {
    expect(told(schema, given)).toEqual([[zh], [en]]);
  });
});
