import { describe, expect, it } from '@jest/globals';
import { clockOf } from '../../../api/routes/present.ts';
import {
  acceptBySilence,
  deadlineOf,
  phaseSpan,
  standingAt,
  type Phases,
  type Terms,
} from '../../../engine/time/index.ts';
import { loadCalendars } from '../../../processes/calendars/index.ts';
import { ledgerInWords, officeTimeInWords, standingInWords } from '../../../processes/due-dates/index.ts';
import { chineseNumber } from '../../../processes/due-dates/words.ts';
import { workedExamples } from '../../support/worked-examples.ts';

const at = (local: string): number => Date.parse(`${local.replace(' ', 'T')}:00+08:00`);
const { calendar } = loadCalendars({ demo: true }).get('cn', at('2026-03-02 09:00'));
const DAY = 7 * 3_600_000;
const told = (terms: Omit<Terms, 'calendar'>) =>
  ledgerInWords(deadlineOf({ ...terms, calendar }).ledger, calendar).map(({ zh }) => zh);

describe('a ledger in words', () => {
  it('tells same-day work', () => {
    expect(told({ start: at('2026-06-05 17:00'), limit: { value: 0, unit: 'workingDays' } })).toEqual([
      '2026年6月5日（星期五）17:00起算，当日办结；已下班的，下一个工作日办结',
      '即办：当日办结',
      '2026年6月6日（星期六）至2026年6月8日（星期一）：数满 1 个工作日，其间 2 天休息日不算',
      '2026年6月8日（星期一）17:00到期，以当天下班时间为准（参照《民法典》第二百零三条第二款）',
      '2026年6月8日（星期一）10:30起亮黄灯：办公时间已过 2 小时',
    ]);
  });

  it('tells why a review that the applicant supplemented starts with the answer, and what silence made of it', () => {
    const phases: Phases = {
      now: 'acceptance',
      receivedAt: at('2026-03-02 09:00'),
      supplements: [{ from: at('2026-03-04 10:00'), to: at('2026-03-09 16:00'), answered: true }],
    };
    const still = { holds: [], extensions: [] };
    const review = { ...phaseSpan('acceptance', phases, still)!, limit: { value: 5, unit: 'workingDays' as const } };
    const anew =
      '原自2026年3月2日（星期一）09:00起算；2026年3月4日（星期三）10:00告知补正，补正期间不计，收到补正材料后重新起算（《行政许可法》第三十二条）';
    expect(told(review).slice(0, 2)).toEqual([
      '2026年3月9日（星期一）16:00起算，当天不算，从第二天数起（参照《民法典》第二百零一条第一款）',
      anew,
    ]);
    const handling = phaseSpan('handling', acceptBySilence(phases), still)!;
    expect(told({ ...handling, limit: review.limit }).slice(1, 3)).toEqual([
      anew,
      expect.stringContaining('自收到申请材料之日起视为受理'),
    ]);
    const [, english] = ledgerInWords(deadlineOf({ ...review, calendar }).ledger, calendar);
    expect(english!.en).toContain('It had counted from Mon 2 Mar 2026, 09:00; on Wed 4 Mar 2026, 10:00, the applicant');
  });

  it('tells working hours that are held without an end', () => {
    const held = { reason: 'local' as const, basis: '省规定第三条', from: at('2026-03-03 08:59'), to: null };
    expect(told({ start: at('2026-03-02 10:00'), limit: { value: 6, unit: 'workingHours' }, holds: [held] })).toEqual([
      '2026年3月2日（星期一）10:00起算，从这一刻数起（参照《民法典》第二百零一条第二款）',
      '时限 6 个工作小时',
      '2026年3月2日（星期一）10:00至2026年3月3日（星期二）08:59：数满 5 小时 59 分钟办公时间',
      '2026年3月3日（星期二）08:59起因其他有依据的事由暂停计时（依据：省规定第三条），尚未恢复',
      '计时仍在暂停，恢复之后才有到期时间',
      '2026年3月2日（星期一）15:42起亮黄灯：剩余三成，且不少于 1 个工作小时',
    ]);
  });

  it('tells the seconds of a hold that ends within the minute of the opening, and takes that day', () => {
    const held = (to: number) => ({
      ...{ start: at('2026-03-02 09:00'), limit: { value: 10, unit: 'workingDays' as const } },
      holds: [{ reason: 'test' as const, from: at('2026-03-04 14:00'), to }],
    });
    const [opening, moment] = [at('2026-03-06 08:30'), at('2026-03-06 08:30') + 19_000];
    expect(told(held(opening)).find((line) => line.includes('检测'))).toBe(
      '2026年3月4日（星期三）14:00至2026年3月6日（星期五）08:30因检测暂停计时，扣除 2 个工作日（涉及的当天整天不算）（《行政许可法》第四十五条）',
    );
    expect(told(held(moment)).find((line) => line.includes('检测'))).toBe(
      '2026年3月4日（星期三）14:00至2026年3月6日（星期五）08:30:19因检测暂停计时，扣除 3 个工作日（涉及的当天整天不算）（《行政许可法》第四十五条）',
    );
  });

  it('tells the ms of a moment that is not quite the full minute', () => {
    const from = at('2026-03-04 08:30') + 3;
    const held = { reason: 'test' as const, from, to: at('2026-03-05 08:30') };
    const lines = told({ start: at('2026-03-02 09:00'), limit: { value: 5, unit: 'workingDays' }, holds: [held] });
    expect(lines.join()).toContain('2026年3月4日（星期三）08:30:00.003至2026年3月5日（星期四）08:30因检测暂停计时');
  });

  it('tells the seconds of hours, so that what was counted is what lies between the moments', () => {
    const start = at('2026-11-23 08:30') + 9_500;
    expect(told({ start, limit: { value: 2, unit: 'workingHours' } }).slice(0, 4)).toEqual([
      '2026年11月23日（星期一）08:30:09起算，从这一刻数起（参照《民法典》第二百零一条第二款）',
      '时限 2 个工作小时',
      '2026年11月23日（星期一）08:30:09至2026年11月23日（星期一）10:30:09：数满 2 个工作小时',
      '2026年11月23日（星期一）10:30:09到期',
    ]);
  });

  it('calls a local reason by its name', () => {
    const local = { zh: '极端天气', en: 'extreme weather' };
    const held = { reason: 'local' as const, local, basis: '省规定第三条', from: at('2026-03-03 09:00'), to: null };
    const terms: Terms = { start: at('2026-03-02 10:00'), limit: { value: 6, unit: 'workingDays' }, calendar };
    const lines = ledgerInWords(deadlineOf({ ...terms, holds: [held] }).ledger, calendar);
    expect(lines[2]).toEqual({
      zh: '2026年3月3日（星期二）09:00起因极端天气暂停计时（依据：省规定第三条），尚未恢复',
      en: 'From Tue 3 Mar 2026, 09:00: held for extreme weather (basis: 省规定第三条); it has not ended',
    });
  });

  it('says by which article or on which basis it was extended, and who approved', () => {
    const extended = (extension: object) =>
      ledgerInWords(
        deadlineOf({
          start: at('2026-03-02 10:00'),
          limit: { value: 20, unit: 'workingDays' },
          extensions: [{ value: 10, ...extension }],
          calendar,
        }).ledger,
        calendar,
      )[2];
    expect(extended({})).toEqual({
      zh: '延长 10 个工作日（《行政许可法》第四十二条）',
      en: 'Extended by 10 working days (Administrative Licensing Law, art. 42)',
    });
    expect(extended({ approvedBy: '何局长' })).toEqual({
      zh: '延长 10 个工作日（《行政许可法》第四十二条），何局长批准',
      en: 'Extended by 10 working days (Administrative Licensing Law, art. 42); approved by 何局长',
    });
    expect(extended({ basis: '省条例第九条', approvedBy: '何局长' })!.zh).toBe(
      '延长 10 个工作日，依据：省条例第九条，何局长批准',
    );
    expect(extended({ value: 15 })!.zh).toMatch(/第四十二条/);
    expect(extended({ value: 16 })!.zh).toBe('延长 16 个工作日');
  });

  it('cites the article that allows an extension once: it allows one', () => {
    const twice = {
      start: at('2026-03-02 10:00'),
      limit: { value: 20, unit: 'workingDays' as const },
      extensions: [{ value: 10 }, { value: 5 }],
    };
    expect(told(twice).filter((line) => line.startsWith('延长'))).toEqual([
      '延长 10 个工作日（《行政许可法》第四十二条）',
      '延长 5 个工作日',
    ]);
  });

  it('tells a last day that is a day of rest, and one that is exact', () => {
    expect(told({ start: at('2026-09-18 10:00'), limit: { value: 15, unit: 'calendarDays' } })).toContain(
      '最后一天2026年10月3日（星期六）是休息日，顺延至2026年10月8日（星期四）（参照《民法典》第二百零三条第一款）',
    );
    const exact = told({
      start: at('2026-06-03 10:15'),
      limit: { value: 5, unit: 'calendarDays' },
      startRule: 'minuteExact',
    });
    expect(exact).toContain('顺延至2026年6月8日（星期一）下班时（参照《民法典》第二百零三条第一款）');
  });

  it('tells parts of a working day as office time', () => {
    const held = { reason: 'test' as const, from: at('2026-03-03 09:00'), to: at('2026-03-03 11:30') };
    const sentences = told({
      start: at('2026-03-02 10:00'),
      limit: { value: 3, unit: 'workingDays' },
      startRule: 'minuteExact',
      holds: [held],
    });
    expect(sentences[0]).toContain('1 个工作日按 7 个工作小时计');
    expect(sentences[3]).toContain('扣除 2 小时 30 分钟办公时间（《行政许可法》第四十五条）');
  });

  it('says why a hold changes nothing', () => {
    const ten = { start: at('2026-03-02 09:00'), limit: { value: 10, unit: 'workingDays' as const } };
    const of = (from: string, to: string) => ({ reason: 'tender' as const, from: at(from), to: at(to) });
    const holds = [
      of('2026-02-02 09:00', '2026-02-03 09:00'),
      of('2026-03-07 09:00', '2026-03-08 09:00'),
      of('2026-04-07 09:00', '2026-04-08 09:00'),
    ];
    expect(told({ ...ten, holds }).filter((sentence) => sentence.includes('不影响期限')).length).toBe(3);
    const twice = told({
      ...ten,
      holds: [of('2026-03-05 09:00', '2026-03-07 09:00'), of('2026-03-05 10:00', '2026-03-05 11:00')],
    });
    expect(twice.filter((sentence) => sentence.includes('不重复扣除')).length).toBe(1);
  });

  it('has a whole sentence in both languages for every step of every worked example', () => {
    for (const { name, terms } of workedExamples()) {
      for (const { zh, en } of ledgerInWords(deadlineOf(terms).ledger, terms.calendar)) {
        expect([name, zh]).toEqual([
          name,
          expect.stringMatching(/^[^a-z]*[\u4e00-\u9fff][^a-z]*(cn-2026\.2)?[^a-z]*$/),
        ]);
        expect([name, en]).toEqual([name, expect.not.stringMatching(/[\u4e00-\u9fff]|undefined|NaN/)]);
      }
    }
  });
});

describe('what is left, in words', () => {
  const ten: Terms = { start: at('2026-03-02 09:00'), limit: { value: 10, unit: 'workingDays' }, calendar };
  const saidAt = (now: string, terms = ten) => standingInWords(standingAt(terms, at(now)), DAY);

  it.each([
    ['2026-03-06 10:00', '剩余 6 个工作日', '6 working days left'],
    ['2026-03-13 10:00', '剩余 1 个工作日', '1 working day left'],
    ['2026-03-16 10:00', '今日到期', 'due today'],
    ['2026-03-16 17:01', '超期 1 个工作日', '1 working day overdue'],
  ])('%s: %s', (now, zh, en) => {
    expect(saidAt(now)).toEqual({ zh, en });
  });

  it('is told to the minute for exact clocks, and as office time', () => {
    const exact: Terms = { ...ten, limit: { value: 6, unit: 'workingHours' } };
    expect(saidAt('2026-03-02 10:18', exact).zh).toBe('剩余 4 小时 42 分钟办公时间');
    expect(saidAt('2026-03-03 09:01', exact).zh).toBe('超期 1 小时 1 分钟办公时间');
    expect(officeTimeInWords(standingAt(ten, at('2026-03-13 16:30')))).toEqual({
      zh: '7 小时 30 分钟办公时间',
      en: '7 h 30 min of office time',
    });
  });
});

describe('overdue while the office is closed', () => {
  const start = at('2026-03-02 08:30');
  const hours: Terms = { start, limit: { value: 7, unit: 'workingHours' }, calendar };
  const exactDays: Terms = { start, limit: { value: 1, unit: 'workingDays' }, startRule: 'minuteExact', calendar };
  const just = { zh: '刚刚超期', en: 'just overdue' };

  it.each([
    ['hours, the same evening', hours, '2026-03-02 20:00'],
    ['hours, on Saturday', { ...hours, start: at('2026-03-06 08:30') }, '2026-03-07 12:00'],
    ['exact working days', exactDays, '2026-03-02 20:00'],
  ])('is never said to be left or due today: %s', (_, terms, now) => {
    const standing = standingAt(terms, at(now));
    expect(standing).toMatchObject({ light: 'red', passed: true });
    expect(standingInWords(standing, DAY)).toEqual(just);
  });

  it('is told in minutes as soon as there is one', () => {
    const told = (ms: number) => standingInWords(standingAt(hours, at('2026-03-03 08:30') + ms), DAY);
    expect(told(20_000)).toEqual(just);
    expect(told(60_000).zh).toBe('超期 1 分钟办公时间');
  });

  it('is told so in lists too', () => {
    const row = { dueAt: at('2026-03-02 17:00'), yellowAt: null, dateNotes: { unit: 'workingHours' as const } };
    const { light, remaining } = clockOf({ calendar }, row, { open: true }, at('2026-03-02 20:00'));
    expect([light, remaining?.text]).toEqual(['red', just]);
  });
});

describe('an article', () => {
  it.each([
    [1, '一'],
    [10, '十'],
    [15, '十五'],
    [20, '二十'],
    [45, '四十五'],
    [101, '一百零一'],
    [110, '一百一十'],
    [203, '二百零三'],
    [300, '三百'],
  ])('%i is cited as 第%s条', (value, words) => {
    expect(chineseNumber(value)).toBe(words);
  });
});
