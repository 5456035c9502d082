import type { z } from 'zod';
import { Rejection } from '../../engine/kernel/rejection.ts';
import { ISSUE_WORDS } from '../issue-words.ts';

/** One mistake in a notice: where it is, and what was expected there. */
export interface NoticeLine {
  /** JSON Pointer into the notice. */
  readonly pointer: string;
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

const MOST_LINES = 50;

/** What our own checks say, in Chinese. */
const OURS: Readonly<Record<string, string>> = {
  'expected a date YYYY-MM-DD': '应为 YYYY-MM-DD 形式、确实存在的日期',
  'expected small letters, digits and hyphens': '应为小写字母、数字和连字符',
  'expected a day not before the first': '不应早于第一天',
  'expected a day within the coverage': '应在 coverage 的起止日期之内',
  'expected at least one year': '至少应有一个年份',
  'expected a year such as 2027': '应为年份，如 2027',
};

export function noticeInvalid(lines: readonly NoticeLine[]): Rejection {
  const [first] = lines;
  const wrong = lines.length === 1 ? '1 thing is' : `${lines.length} things are`;
  return new Rejection(
    'invalid',
    'calendar.notice_invalid',
    `Expected a notice, but ${wrong} wrong, first at '${first?.pointer}': ${first?.en}`,
    { errors: lines.slice(0, MOST_LINES).map((line) => ({ ...line })) },
  );
}

/** What the schema found, with the value that stands there where it is short. */
export function schemaLines(issues: readonly z.core.$ZodIssue[], content: unknown): NoticeLine[] {
  return issues.map((found) => {
    const { path } = found;
    const isKey = found.code === 'invalid_key';
    const issue = (isKey && found.issues[0]) || found;
    const { message } = issue;
    const value = isKey
      ? path.at(-1)
      : path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], content);
    const shown = typeof value === 'string' || typeof value === 'number' ? `${String(value).slice(0, 60)}` : '';
    const ours = OURS[message];
    const raw = { ...issue, input: value } as z.core.$ZodRawIssue;
    const zh = ours ?? ISSUE_WORDS.zh(raw);
    const en = ours === undefined ? ISSUE_WORDS.en(raw) : message;
    return {
      pointer: path.length === 0 ? '' : `/${path.map(String).join('/')}`,
      code: 'calendar.notice_invalid',
      zh: shown ? `“${shown}”：${zh}` : zh,
      en: shown ? `“${shown}”: ${en}` : en,
    };
  });
}
