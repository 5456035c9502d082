import {
  FeelDate,
  FeelDateTime,
  FeelDuration,
  FeelTime,
  makeDate,
  makeDateTime,
  makeTime,
  parseDate,
  parseDateTime,
  parseDuration,
  parseTime,
  temporalPart,
} from '../temporal.ts';
import type { Value } from '../values.ts';
import { builtin } from './builtin.ts';
import type { Argument, Builtins } from './builtin.ts';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

function toDate(from: Argument): FeelDate | undefined {
  if (typeof from === 'string') return (from.includes('T') ? parseDateTime(from)?.date : parseDate(from)) ?? undefined;
  return from instanceof FeelDate ? from : from instanceof FeelDateTime ? from.date : undefined;
}

function toTime(from: Argument): FeelTime | undefined {
  if (typeof from === 'string') return parseTime(from) ?? undefined;
  return from instanceof FeelTime ? from : from instanceof FeelDateTime ? from.time : undefined;
}

function onDate(read: (date: FeelDate) => Value) {
  return builtin('date: any', ([from]: [Value]) => {
    const date = typeof from === 'string' ? undefined : toDate(from);
    return date && read(date);
  });
}

const part = (date: FeelDate, name: string) => temporalPart(date, name) as number;
const firstOfJanuary = (year: number) => makeDate(year, 1, 1)!.day;

function weekOfYear(date: FeelDate): number {
  // ISO 8601: a week belongs to the year of its Thursday
  const thursday = new FeelDate(date.day + 4 - part(date, 'weekday'));
  return Math.floor((thursday.day - firstOfJanuary(part(thursday, 'year'))) / 7) + 1;
}

function wholeMonths(from: FeelDate, to: FeelDate): number {
  const months = (part(to, 'year') - part(from, 'year')) * 12 + part(to, 'month') - part(from, 'month');
  const dayBefore = part(to, 'day') < part(from, 'day');
  const dayAfter = part(to, 'day') > part(from, 'day');
  if (months > 0 && dayBefore) return months - 1;
  return months < 0 && dayAfter ? months + 1 : months;
}

/** `@"…"`: a duration, a time, a date and time or a date, by its look. */
export function atLiteral(text: string): Value {
  if (/^-?P/.test(text)) return parseDuration(text);
  if (/^\d{1,2}:/.test(text)) return parseTime(text);
  return text.includes('T') ? parseDateTime(text) : parseDate(text);
}

/** DMN 1.3, 10.3.4.1 and 10.3.4.8. `now()` and `today()` are not here: a case learns the time from its own clock. */
export const dates: Builtins = {
  date: builtin(
    'year: any?, month: number?, day: number?, from: any?',
    ([year, month, day, from]: [Argument, number?, number?, Argument?]) => {
      if (typeof year !== 'number') return toDate(from ?? year);
      return month === undefined || day === undefined ? undefined : (makeDate(year, month, day) ?? undefined);
    },
  ),
  time: builtin(
    'hour: any?, minute: number?, second: number?, offset: any?, from: any?',
    ([hour, minute, second, offset, from]: [Argument, number?, number?, Argument?, Argument?]) => {
      if (typeof hour !== 'number') return toTime(from ?? hour);
      if (minute === undefined || second === undefined) return undefined;
      const east = offset instanceof FeelDuration ? offset.ms / 60_000 : null;
      return makeTime(hour, minute, second, east) ?? undefined;
    },
  ),
  'date and time': builtin(
    'date: any?, time: any?, from: any?',
    ([date, time, from]: [Argument, Argument, Argument]) => {
      if (time instanceof FeelTime) {
        const day = toDate(date);
        return day && makeDateTime(day, time);
      }
      const text = from ?? date;
      if (text instanceof FeelDateTime) return text;
      return typeof text === 'string' ? (parseDateTime(text) ?? undefined) : undefined;
    },
  ),
  duration: builtin('from: string', ([text]: [string]) => parseDuration(text) ?? undefined),
  'years and months duration': builtin('from: any, to: any', ([from, to]: [Value, Value]) => {
    const start = toDate(from);
    const end = toDate(to);
    return start && end && new FeelDuration(wholeMonths(start, end), 0);
  }),
  'day of year': onDate((date) => date.day - firstOfJanuary(part(date, 'year')) + 1),
  'day of week': onDate((date) => WEEKDAYS[part(date, 'weekday') - 1]!),
  'month of year': onDate((date) => MONTHS[part(date, 'month') - 1]!),
  'week of year': onDate(weekOfYear),
};
