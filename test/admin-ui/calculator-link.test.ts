import { describe, expect, it } from '@jest/globals';
import { parseQuery, stringifyQuery, type LocationQueryRaw } from 'vue-router';
import { queryOf, queryOfReason, questionOf } from '../../admin-ui/src/features/due-date/question-address.ts';
import {
  bodyOf,
  chosenCalendar,
  emptyQuestion,
  missingIn,
  type Question,
} from '../../admin-ui/src/features/due-date/question.ts';
import type { DueDateReason } from '../../api/contract/client.ts';

/** Whoever opens the address. */
const read = (query: LocationQueryRaw) => questionOf(parseQuery(stringifyQuery(query)));
const opened = (query: LocationQueryRaw): Question => read(query).question;

const EVERY_INPUT: Question = {
  start: '2026-03-02 09:00',
  bySilence: true,
  limit: 12.5,
  unit: 'workingHours',
  basis: '《本市规定》第三条',
  rule: 'nextWorkingDay',
  warning: 'share',
  left: 40,
  statutory: 20,
  statutoryUnit: 'calendarDays',
  holds: [
    {
      reason: 'local',
      zh: '现场核验',
      en: 'Check on site',
      basis: '〔2026〕1~2号，100%25',
      from: '2026-03-05 09:00',
      to: '',
    },
    { reason: 'test', zh: '', en: '', basis: '', from: '2026-03-09 09:00', to: '2026-03-10 09:00' },
  ],
  extensions: [
    { value: 3, basis: '', approvedBy: '谭局长' },
    { value: 1, basis: '《行政许可法》第四十二条', approvedBy: '' },
  ],
  region: 'cn',
  version: 'cn-2026.2',
  at: '2026-03-06 10:00',
};

/** As a case tells it. */
const REASON = {
  calendar: { region: 'cn', version: 'cn-2026.2' },
  standing: { at: '2026-03-06T10:00:00+08:00' },
  countedFrom: {
    start: '2026-03-02T09:00:00+08:00',
    acceptedBy: 'silence',
    limit: { value: 10, unit: 'workingDays', basis: '《本市规定》第三条' },
    startRule: 'sameDay',
    yellow: '2',
    statutory: { value: 30, unit: 'calendarDays' },
    holds: [
      {
        reason: 'local',
        local: { zh: '现场核验', en: 'Check on site' },
        basis: '《本市规定》第九条',
        from: '2026-03-05T09:00:00+08:00',
        to: null,
      },
    ],
    extensions: [{ value: 5, approvedBy: '谭局长' }],
  },
} as unknown as DueDateReason;

describe('the address of the calculator', () => {
  it('carries every input', () => {
    expect(read(queryOf(EVERY_INPUT))).toEqual({ question: EVERY_INPUT, misread: false });
    for (const warning of ['usual', 'none'] as const) {
      const question = { ...EVERY_INPUT, warning, left: undefined };
      expect(opened(queryOf(question))).toEqual(question);
    }
    expect(opened(queryOf(emptyQuestion()))).toEqual(emptyQuestion());
  });

  it('asks for what a case was counted from, at the moment it was looked at', () => {
    const { countedFrom, calendar, standing } = REASON;
    expect(bodyOf(opened(queryOfReason(REASON)))).toEqual({ ...countedFrom, calendar, at: standing.at });
  });

  it('keeps the moments of a case to the ms: one after the opening, and a hold takes the day', () => {
    const { countedFrom, calendar, standing } = REASON;
    const hold = {
      reason: 'test' as const,
      from: '2026-03-05T09:00:00.001+08:00',
      to: '2026-03-06T08:30:19.250+08:00',
    };
    const held = { ...countedFrom!, start: '2026-03-02T09:00:07.000+08:00', holds: [hold] };
    const question = opened(queryOfReason({ ...REASON, countedFrom: held }));
    expect(question.holds).toMatchObject([{ from: '2026-03-05 09:00:00.001', to: '2026-03-06 08:30:19.250' }]);
    expect(bodyOf(question)).toEqual({ ...held, calendar, at: standing.at });
  });

  it('leaves out what is said wrongly, and says that it did', () => {
    const wrong = { start: 'today', limit: 'ten', yellow: '-5%', hold: 'lunch~now', extend: 'x' };
    const { question, misread } = read(wrong);
    const missing = ['start', 'limit/value', 'holds/0/reason', 'holds/0/from', 'extensions/0/value'];
    expect({ missing: missingIn(question), misread }).toEqual({ missing, misread: true });
  });

  it.each([
    ['another reason', { hold: 'siteVisit~2026-03-05T09:00~2026-03-10T09:00' }, ['holds/0/reason']],
    ['another unit', { unit: 'weeks' }, ['limit/value']],
    ['another unit by law', { statutory: '20', statutoryUnit: 'weeks' }, []],
    ['a statutory limit that is no number', { statutory: 'twenty' }, []],
    ['another start rule', { rule: 'nextMonday' }, []],
    ['no share', { yellow: '-5%' }, []],
    ['another acceptance', { accepted: 'nobody' }, []],
    ['no end of a hold', { hold: 'test~2026-03-05T09:00~soon' }, []],
    ['no moment to look at', { at: 'tomorrow' }, []],
  ])('puts nothing else in the place of %s', (_what, wrong, missing) => {
    const { question, misread } = read({ start: '2026-03-02T09:00', limit: '10', ...wrong });
    expect({ missing: missingIn(question), misread }).toEqual({ missing, misread: true });
    expect(question).toMatchObject({ unit: 'workingDays', statutory: undefined, rule: '', warning: 'usual' });
  });
});

describe('a question to the calculator', () => {
  it('needs the name of a local reason in both languages or in none', () => {
    const [local] = EVERY_INPUT.holds;
    const named = (zh: string, en: string) => missingIn({ ...EVERY_INPUT, holds: [{ ...local!, zh, en }] });
    expect(named('现场核验', ' ')).toEqual(['holds/0/local/en']);
    expect(named('', 'Check on site')).toEqual(['holds/0/local/zh']);
    expect(named('', '')).toEqual([]);
  });

  it('says no name of a reason of the law', () => {
    const [local] = EVERY_INPUT.holds;
    const { holds } = bodyOf({ ...EVERY_INPUT, holds: [{ ...local!, reason: 'test' }] });
    expect(holds).toEqual([expect.not.objectContaining({ local: expect.anything() })]);
  });

  it('needs what is left when it turns yellow, where the light goes by that', () => {
    expect(missingIn({ ...EVERY_INPUT, left: undefined })).toEqual(['yellow']);
    expect(missingIn({ ...EVERY_INPUT, warning: 'none', left: undefined })).toEqual([]);
  });

  it('that names a region alone is about the version in force there, not one that waits for its day', () => {
    const version = (region: string, name: string, inForce: boolean) => ({ region, version: name, inForce });
    const calendars = [
      version('210500', 'benxi-1', false),
      version('cn', 'cn-2027.1', false),
      version('cn', 'cn-2026.2', true),
      version('cn', 'cn-2026.1', false),
    ];
    const chosen = (region: string, named = '') => chosenCalendar({ region, version: named }, calendars);
    expect(chosen('cn')).toBe('cn cn-2026.2');
    expect(chosen('cn', 'cn-2026.1')).toBe('cn cn-2026.1');
    expect(chosen('210500')).toBeUndefined();
    expect(chosen('')).toBe('');
  });
});
