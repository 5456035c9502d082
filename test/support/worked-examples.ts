import { readFileSync } from 'node:fs';
import {
  HOLD_REASONS,
  workCalendar,
  type CalendarData,
  type Hold,
  type StartRule,
  type Terms,
} from '../../engine/time/index.ts';
import { loadCalendar, loadCalendars } from '../../processes/calendars/index.ts';

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const data = JSON.parse(read('processes/calendars/cn.json')) as CalendarData;
const closesAtNoon = ['2024-02-09', '2025-01-27', '2026-02-13'];
const regions = ['450000', 'demo-county'];
const calendars: Record<string, Terms['calendar']> = {
  '': loadCalendar(),
  'half days': workCalendar({
    ...data,
    years: {
      ...data.years,
      sample: {
        papers: [],
        off: [],
        work: [],
        hours: Object.fromEntries(closesAtNoon.map((d) => [d, ['08:30-12:00']])),
      },
    },
  }),
  ...Object.fromEntries(
    regions.map((region) => [
      region,
      loadCalendars({ demo: true }).get(region, Date.parse('2026-11-20T00:00:00Z')).calendar,
    ]),
  ),
};

export const UNITS: Record<string, Terms['limit']['unit']> = {
  'working days': 'workingDays',
  'calendar days': 'calendarDays',
  'working hours': 'workingHours',
};
export const RULES: readonly string[] = ['nextWorkingDay', 'sameDay', 'minuteExact'] satisfies StartRule[];

export interface Example {
  /** '': the country's; a region; or `half days`, which only the examples know. */
  calendar: string;
  name: string;
  terms: Terms;
  yellow: string;
  due: string;
  provisional: boolean;
}

/** The rows of the table under "The examples" in docs/due-dates.md. */
export function workedExamples(): Example[] {
  const [, table = ''] = read('docs/due-dates.md').split('## The examples');
  return table
    .split('\n')
    .filter((line) => /^\|\s*\d+\s*\|/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, number, why, start, limit, rule, held, extended, calendar, yellow, due]) => ({
      calendar: calendar!,
      name: `${number}: ${why}`,
      terms: {
        start: at(start!),
        limit: limitOf(limit!),
        startRule: known(RULES, rule!) as StartRule,
        holds: held!.split(';').filter(Boolean).map(holdOf),
        extensions: extended ? [{ value: Number(extended) }] : [],
        calendar: calendars[known(Object.keys(calendars), calendar!)]!,
      },
      yellow: yellow!,
      due: due!.replace(' provisional', ''),
      provisional: due!.endsWith(' provisional'),
    }));
}

function limitOf(text: string): Terms['limit'] {
  const [, value, unit] = /^([\d.]+) (.+)$/.exec(text)!;
  return { value: Number(value), unit: UNITS[known(Object.keys(UNITS), unit!)]! };
}

function holdOf(text: string): Hold {
  const [, reason, from, to] = /^(\w+) (.{16}) to (.{4,16})$/.exec(text.trim())!;
  return {
    reason: known(HOLD_REASONS, reason!) as Hold['reason'],
    from: at(from!),
    to: to === 'open' ? null : at(to!),
  };
}

function known(names: readonly string[], name: string): string {
  if (!names.includes(name)) throw new Error(`The table says "${name}", which is none of ${names.join(', ')}`);
  return name;
}

const at = (local: string): number => Date.parse(`${local.replace(' ', 'T')}:00+08:00`);
export const local = (instant: number | null): string =>
  instant === null ? 'none' : new Date(instant + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
