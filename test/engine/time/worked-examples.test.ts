import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import {
  deadlineOf,
  dueDate,
  HOLD_REASONS,
  workCalendar,
  type CalendarData,
  type Hold,
  type StartRule,
  type Terms,
} from '../../../engine/time/index.ts';
import { loadCalendar } from '../../../processes/calendars/load.ts';

const read = (file: string) => readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
const data = JSON.parse(read('processes/calendars/cn.json')) as CalendarData;
const closesAtNoon = ['2024-02-09', '2025-01-27', '2026-02-13'];
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
};

const UNITS: Record<string, Terms['limit']['unit']> = {
  'working days': 'workingDays',
  'calendar days': 'calendarDays',
  'working hours': 'workingHours',
};
const RULES: readonly string[] = ['nextWorkingDay', 'sameDay', 'minuteExact'] satisfies StartRule[];

interface Example {
  name: string;
  terms: Terms;
  yellow: string;
  due: string;
  provisional: boolean;
}

/** The rows of the table under "The examples". */
function examples(): Example[] {
  const [, table = ''] = read('docs/due-dates.md').split('## The examples');
  return table
    .split('\n')
    .filter((line) => /^\|\s*\d+\s*\|/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, number, why, start, limit, rule, held, extended, calendar, yellow, due]) => ({
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
const local = (instant: number | null): string =>
  instant === null ? 'none' : new Date(instant + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

const all = examples();

describe('the worked examples of docs/due-dates.md', () => {
  it('are many, over every year, unit and start rule', () => {
    expect(all.length).toBeGreaterThanOrEqual(60);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    for (const year of ['2020', '2021', '2022', '2023', '2024', '2025', '2026'])
      expect(all.some(({ due }) => due.startsWith(year))).toBe(true);
    for (const unit of Object.values(UNITS))
      for (const rule of RULES.filter((each) => unit !== 'workingHours' || each !== 'sameDay'))
        expect(all.some(({ terms }) => terms.limit.unit === unit && terms.startRule === rule)).toBe(true);
  });

  it.each(all.map((example) => [example.name, example] as const))('%s', (_, { terms, yellow, due, provisional }) => {
    const deadline = deadlineOf(terms);
    expect({ yellow: local(deadline.yellowAt), due: local(deadline.dueAt) }).toEqual({ yellow, due });
    if (deadline.dueAt !== null) expect(deadline.provisional).toBe(provisional);
  });

  it('are the dates of cases where nothing is held or extended and the usual rule holds', () => {
    const usual = all.filter(
      ({ terms }) =>
        terms.holds!.length + terms.extensions!.length === 0 &&
        terms.startRule === (terms.limit.unit === 'workingHours' ? 'minuteExact' : 'nextWorkingDay'),
    );
    expect(usual.length).toBeGreaterThan(30);
    for (const { terms, due, yellow } of usual) {
      const { dueAt, yellowAt } = dueDate(terms);
      expect([local(dueAt), local(yellowAt)]).toEqual([due, yellow]);
    }
  });
});
