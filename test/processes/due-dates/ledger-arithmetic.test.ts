import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deadlineOf, type CalendarData, type Hold, type Terms } from '../../../engine/time/index.ts';
import { loadCalendar } from '../../../processes/calendars/index.ts';
import { ledgerInWords } from '../../../processes/due-dates/index.ts';

const calendar = loadCalendar();
const { years } = JSON.parse(
  readFileSync(new URL('../../../processes/calendars/cn.json', import.meta.url), 'utf8'),
) as CalendarData;
const off = new Set(Object.values(years).flatMap((year) => year.off));
const madeUp = new Set(Object.values(years).flatMap((year) => year.work));

const MINUTE = 60_000;
const DAY = 86_400_000;
const OFFSET = 8 * 3_600_000;
const OFFICE = [
  [8.5, 12],
  [13.5, 17],
].map((hours) => hours.map((hour) => hour * 3_600_000) as [number, number]);

/** A local day as 00:00 UTC of its date, so that it can be stepped and printed. */
const dayOf = (instant: number): number => Math.floor((instant + OFFSET) / DAY) * DAY;
const works = (day: number): boolean => {
  const date = new Date(day).toISOString().slice(0, 10);
  return madeUp.has(date) || (!off.has(date) && ![0, 6].includes(new Date(day).getUTCDay()));
};
const daysOf = (from: number, to: number): number[] =>
  Array.from({ length: (to - from) / DAY + 1 }, (_, index) => from + index * DAY);
const touches = ({ from, to }: Pick<Hold, 'from' | 'to'>, day: number): boolean =>
  OFFICE.some(([opens, closes]) => from < day - OFFSET + closes && to! > day - OFFSET + opens);

/** The day that a sentence names, in either language. */
function dayNamed(text: string): number {
  const [, year, month, date] = /^(\d+)年(\d+)月(\d+)日/.exec(text) ?? [];
  return year ? Date.UTC(Number(year), Number(month) - 1, Number(date)) : Date.parse(`${text.slice(4)} UTC`);
}

const COUNTED = {
  zh: /^(.+?（星期.）)(?:至(.+?（星期.）))?：数满 (\d+) 个工作日(?:，其间 (\d+) 天休息日不算)?$/,
  en: /^(.+?)(?: to (.+?))?: (\d+) working days? counted(?:; (\d+) days? of rest not counted)?$/,
};
const HELD = {
  zh: /暂停计时.*扣除 (\d+) 个工作日（涉及的当天整天不算）(，开始计算之前的部分不在其内)?(，与另一段暂停重叠的部分不重复扣除)?/,
  en: /held for .*; (\d+) working days? not counted \(each day touched is not counted at all\)(; what lies before the count began is not among it)?(; what another hold covers is not counted twice)?/,
};

const start = fc
  .integer({ min: Date.UTC(2020, 0, 2) / MINUTE, max: Date.UTC(2026, 5, 1) / MINUTE })
  .map((minutes) => minutes * MINUTE - OFFSET);
const terms = start.chain((at) =>
  fc.record({
    start: fc.constant(at),
    limit: fc.record({ value: fc.integer({ min: 0, max: 60 }), unit: fc.constant('workingDays' as const) }),
    startRule: fc.constantFrom('nextWorkingDay' as const, 'sameDay' as const),
    extensions: fc.array(fc.record({ value: fc.integer({ min: 1, max: 15 }) }), { maxLength: 1 }),
    holds: fc.array(
      fc
        .tuple(fc.integer({ min: -9 * 1440, max: 40 * 1440 }), fc.integer({ min: 1, max: 12 * 1440 }))
        .map(([from, length]) => ({
          reason: 'test' as const,
          from: at + from * MINUTE,
          to: at + (from + length) * MINUTE,
        })),
      { maxLength: 3 },
    ),
    calendar: fc.constant(calendar),
  }),
);
const runs = { numRuns: 600 };

const counted = (given: Omit<Terms, 'calendar'>) => {
  const { ledger } = deadlineOf({ ...given, calendar });
  const words = ledgerInWords(ledger, calendar);
  return words.filter((_, index) => ledger[index]!.kind === 'counted');
};
const days = (value: number) => ({ value, unit: 'workingDays' as const });
const at = (local: string): number => Date.parse(`${local.replace(' ', 'T')}:00+08:00`);

describe('the numbers of a ledger', () => {
  it.each([
    ['2024-05-17 10:00', 1, undefined, '2024年5月18日（星期六）至2024年5月20日（星期一）：数满 1 个工作日，其间 2 天'],
    ['2025-09-26 10:00', 5, undefined, '2025年9月27日（星期六）至2025年10月10日（星期五）：数满 5 个工作日，其间 9 天'],
    ['2025-10-04 10:00', 2, 'sameDay', '2025年10月4日（星期六）至2025年10月10日（星期五）：数满 2 个工作日，其间 5 天'],
  ] as const)('count from %s: %s days', (from, value, startRule, sentence) => {
    const [line] = counted({ start: at(from), limit: days(value), ...(startRule && { startRule }) });
    expect(line!.zh).toBe(`${sentence}休息日不算`);
  });

  it('say of a hold what of its span they leave out', () => {
    const hold = { reason: 'test' as const, from: at('2026-03-02 09:00'), to: at('2026-03-05 09:00') };
    const other = { ...hold, from: at('2026-03-04 09:00'), to: at('2026-03-06 09:00') };
    const { ledger } = deadlineOf({ start: at('2026-03-02 10:00'), limit: days(5), holds: [hold, other], calendar });
    const words = ledgerInWords(ledger, calendar).filter((_, index) => ledger[index]!.kind === 'held');
    expect(words.map(({ zh }) => zh.slice(zh.indexOf('扣除')))).toEqual([
      '扣除 3 个工作日（涉及的当天整天不算），开始计算之前的部分不在其内（《行政许可法》第四十五条）',
      '扣除 1 个工作日（涉及的当天整天不算），与另一段暂停重叠的部分不重复扣除（《行政许可法》第四十五条）',
    ]);
    expect(words[1]!.en).toContain('; what another hold covers is not counted twice (');
  });

  it('are those that who counts the stated days one by one comes to, in both languages', () => {
    let seen = 0;
    fc.assert(
      fc.property(terms, (given) => {
        for (const { zh, en } of counted(given)) {
          for (const [pattern, sentence] of [
            [COUNTED.zh, zh],
            [COUNTED.en, en],
          ] as const) {
            const [, first, last = first, amount, rest = '0'] = pattern.exec(sentence) ?? [];
            const span = daysOf(dayNamed(first!), dayNamed(last!));
            const working = span.filter(works).length;
            expect([sentence, Number(amount), Number(rest)]).toEqual([sentence, working, span.length - working]);
            expect(span.filter((day) => works(day) && given.holds.some((hold) => isHeld(hold, day, given)))).toEqual(
              [],
            );
            seen++;
          }
        }
      }),
      runs,
    );
    expect(seen).toBeGreaterThan(1_000);
  });

  it('of holds are the working days that each touches, but for what its line says it leaves out', () => {
    let seen = 0;
    fc.assert(
      fc.property(terms, (given) => {
        const { ledger } = deadlineOf(given);
        const words = ledgerInWords(ledger, calendar);
        const holds = [...given.holds].sort((a, b) => a.from - b.from);
        const lines = ledger.flatMap((line, index) => (line.kind === 'held' ? [words[index]!] : []));
        for (const [index, { zh, en }] of lines.entries()) {
          const hold = holds[index]!;
          for (const match of [HELD.zh.exec(zh), HELD.en.exec(en)]) {
            if (!match) continue;
            const [, amount, early, twice] = match;
            const touched = daysOf(dayOf(hold.from), dayOf(hold.to))
              .filter((day) => works(day) && touches(hold, day))
              .filter((day) => !early || day >= firstDay(given))
              .filter((day) => !twice || !holds.slice(0, index).some((other) => isHeld(other, day, given)));
            expect([zh, Number(amount)]).toEqual([zh, touched.length]);
            seen++;
          }
        }
      }),
      runs,
    );
    expect(seen).toBeGreaterThan(500);
  });
});

/** The first day that may count. */
function firstDay({ start, startRule, limit, extensions }: Terms): number {
  const today = dayOf(start);
  const immediate = limit.value === 0 && extensions?.length === 0;
  const open = start < today - OFFSET + OFFICE[1]![1];
  return (startRule === 'sameDay' || immediate) && open ? today : today + DAY;
}

/** Held from the start on: what was held before it does not matter. */
function isHeld({ from, to }: Hold, day: number, { start }: Terms): boolean {
  const since = Math.max(from, start);
  return to! > since && touches({ from: since, to }, day);
}
