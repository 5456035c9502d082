import type { z } from 'zod';

interface Words {
  readonly missing: string;
  /** What is said where nothing better is known. */
  readonly other: string;
  readonly empty: string;
  /** By what was expected. */
  readonly types: Readonly<Record<string, string>>;
  readonly formats: Readonly<Record<string, string>>;
  /** More than, at least, less than, at most a number. */
  readonly number: Readonly<Record<'more' | 'least' | 'less' | 'most', string>>;
  readonly size: Readonly<Record<'least' | 'most' | 'exact', string>>;
  readonly amount: (count: string, of: string) => string;
  readonly oneOf: (choices: readonly string[]) => string;
  readonly unknown: (fields: readonly string[]) => string;
}

const ZH: Words = {
  missing: '缺少这一项',
  other: '格式不正确',
  empty: '不能为空',
  types: {
    string: '应为文本',
    number: '应为数字',
    int: '应为整数',
    boolean: '应为 true 或 false',
    array: '应为列表',
    object: '应为 JSON 对象',
    record: '应为 JSON 对象',
  },
  formats: { datetime: '应为时刻，如 2026-12-01T09:00:00+08:00', date: '应为日期，如 2026-12-01' },
  number: { more: '必须大于 {}', least: '不能小于 {}', less: '必须小于 {}', most: '不能大于 {}' },
  size: { least: '至少 {}', most: '最多 {}', exact: '应为 {}' },
  amount: (count, of) => `${count} ${of === 'array' ? '项' : '个字符'}`,
  oneOf: (choices) => `应为${choices.length > 1 ? '以下之一：' : ' '}${choices.join('、')}`,
  unknown: (fields) => `没有这些项：${fields.join('、')}`,
};

const EN: Words = {
  missing: 'This is missing',
  other: 'Not in the expected form',
  empty: 'Must not be empty',
  types: {
    string: 'Must be text',
    number: 'Must be a number',
    int: 'Must be a whole number',
    boolean: 'Must be true or false',
    array: 'Must be a list',
    object: 'Must be a JSON object',
    record: 'Must be a JSON object',
  },
  formats: {
    datetime: 'Must be a moment such as 2026-12-01T09:00:00+08:00',
    date: 'Must be a day such as 2026-12-01',
  },
  number: {
    more: 'Must be more than {}',
    least: 'Must be at least {}',
    less: 'Must be less than {}',
    most: 'Must be at most {}',
  },
  size: { least: 'Must have at least {}', most: 'Must have at most {}', exact: 'Must have exactly {}' },
  amount: (count, of) => `${count} ${of === 'array' ? 'item' : 'character'}${count === '1' ? '' : 's'}`,
  oneOf: (choices) => `Must be ${choices.length > 1 ? 'one of: ' : ''}${choices.join(', ')}`,
  unknown: (fields) => `Unknown here: ${fields.join(', ')}`,
};

/** What is wrong with an input, in words of each language instead of those of its schema. */
export const ISSUE_WORDS: Readonly<Record<'zh' | 'en', (issue: z.core.$ZodRawIssue) => string>> = {
  zh: (issue) => inWords(issue, ZH),
  en: (issue) => inWords(issue, EN),
};

function inWords(issue: z.core.$ZodRawIssue, words: Words): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input == null ? words.missing : (words.types[issue.expected] ?? words.other);
    case 'invalid_format':
      return words.formats[issue.format] ?? words.other;
    case 'invalid_value':
      return words.oneOf(issue.values.map(String));
    case 'unrecognized_keys':
      return words.unknown(issue.keys);
    case 'too_small':
    case 'too_big':
      return boundInWords(issue, words);
    default:
      return words.other;
  }
}

function boundInWords(
  issue: z.core.$ZodRawIssue<z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig>,
  { number, size, amount, empty, other }: Words,
): string {
  const { origin, inclusive, exact } = issue;
  const isSmall = issue.code === 'too_small';
  const bound = String(isSmall ? issue.minimum : issue.maximum);
  switch (origin) {
    case 'number':
    case 'int':
      return number[isSmall ? (inclusive ? 'least' : 'more') : inclusive ? 'most' : 'less'].replace('{}', bound);
    case 'string':
    case 'array':
      if (origin === 'string' && isSmall && bound === '1') return empty;
      return size[exact ? 'exact' : isSmall ? 'least' : 'most'].replace('{}', amount(bound, origin));
    default:
      return other;
  }
}
