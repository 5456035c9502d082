import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { en } from '../../api/http/sentences/en.ts';
import { zh } from '../../api/http/sentences/zh.ts';
import { local, workedExamples } from '../support/worked-examples.ts';
import { callerOf, closeCities, openCity, type City } from './support/city.ts';

let city: City;
beforeAll(async () => {
  city = await openCity();
});
afterAll(closeCities);

const tenDays = { start: '2026-03-02T09:00:00+08:00', limit: { value: 10, unit: 'workingDays' } };
const hold = { reason: 'test', from: '2026-03-05T09:00:00+08:00', to: '2026-03-10T09:00:00+08:00' };
const ask = (question: object, headers = {}) => city.as('handler-wang').post('/due-dates', question, headers);

describe('a due date, counted without a case', () => {
  it('comes with light, remaining time and every step to it', async () => {
    const { status, body } = await ask({
      ...tenDays,
      holds: [hold],
      extensions: [{ value: 2, basis: '局长批准' }],
      statutory: { value: 20, unit: 'workingDays' },
      at: '2026-03-06T10:00:00+08:00',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      dueAt: '2026-03-24T17:00:00.000+08:00',
      dueText: { zh: '2026年3月24日（星期二）17:00', en: 'Tue 24 Mar 2026, 17:00' },
      provisional: false,
      statutory: { dueAt: '2026-04-08T17:00:00.000+08:00', provisional: false },
      standing: {
        light: 'grey',
        held: true,
        left: { value: 10, unit: 'workingDays' },
        text: { zh: '计时暂停，剩余 10 个工作日', en: 'held, 10 working days left' },
      },
      calendar: { region: 'cn', version: 'cn-2026.2', coverage: { from: '2020-01-01', to: '2026-12-31' } },
    });
    expect(body.ledger.map(({ text }: { text: { zh: string } }) => text.zh)).toEqual([
      '2026年3月2日（星期一）09:00起算，当天不算，从第二天数起（参照《民法典》第二百零一条第一款）',
      '时限 10 个工作日；节假日和休息日不算，调休上班日要算（《行政许可法》第八十二条）',
      '延长 2 个工作日，依据：局长批准',
      '2026年3月3日（星期二）至2026年3月4日（星期三）：数满 2 个工作日',
      '2026年3月5日（星期四）09:00至2026年3月10日（星期二）09:00因检测暂停计时，扣除 4 个工作日（涉及的当天整天不算）（《行政许可法》第四十五条）',
      '2026年3月11日（星期三）至2026年3月24日（星期二）：数满 10 个工作日，其间 4 天休息日不算',
      '2026年3月24日（星期二）17:00到期，以当天下班时间为准（参照《民法典》第二百零三条第二款）',
      '2026年3月19日（星期四）00:00起亮黄灯：剩余三成，且不少于 1 个工作日',
    ]);
    for (const line of body.ledger) {
      expect(line.calendarVersion).toBe('cn-2026.2');
      expect(line.text.en).toMatch(/^[^\u4e00-\u9fff]+(basis: 局长批准)?$/);
    }
  });

  it.each(workedExamples().filter(({ calendar }) => calendar !== 'half days'))(
    'is the worked example: $name',
    async ({ terms, calendar, due, yellow, provisional }) => {
      const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
      const { start, limit, startRule, extensions, holds = [] } = terms;
      const { body } = await ask({
        start: iso(start),
        limit,
        startRule,
        extensions,
        calendar: calendar ? { region: calendar } : {},
        holds: holds.map(({ reason, from, to }) => ({ reason, from: iso(from), to: iso(to) })),
      });
      const shown = (at: string | null) => local(at === null ? null : Date.parse(at));
      expect([shown(body.dueAt), shown(body.yellowAt)]).toEqual([due, yellow]);
      if (body.dueAt !== null) expect(body.provisional).toBe(provisional);
    },
  );

  it.each([
    [undefined, '2026-03-11T00:00', '剩余三成', 'green'],
    ['50%', '2026-03-09T00:00', '剩余 50%', 'yellow'],
    ['1', '2026-03-13T00:00', '剩余 1 个工作日', 'green'],
    ['none', null, null, 'green'],
  ])('warns as is asked: %s', async (yellow, from, why, light) => {
    const { body } = await ask({ ...tenDays, yellow, at: '2026-03-10T10:00:00+08:00' });
    expect(body.yellowAt).toBe(from && `${from}:00.000+08:00`);
    expect(body.standing.light).toBe(light);
    const line = body.ledger.find(({ kind }: { kind: string }) => kind === 'warning');
    if (why) expect(line.text.zh).toContain(why);
    else expect(line).toBeUndefined();
  });

  it('is counted at the moment of the question where none is named', async () => {
    city.clock.set(Date.parse('2026-03-17T08:00:00+08:00'));
    const { body } = await ask(tenDays);
    expect(body.standing).toMatchObject({
      at: '2026-03-17T08:00:00.000+08:00',
      light: 'red',
      text: { zh: '超期 1 个工作日' },
    });
  });

  it('says where the calendar ends', async () => {
    const { body } = await ask({ ...tenDays, start: '2026-12-20T09:00:00+08:00' });
    expect(body.provisional).toBe(true);
    expect(body.ledger.at(-1)).toMatchObject({
      kind: 'provisional',
      text: { zh: expect.stringContaining('2026年12月31日') },
    });
  });

  it('follows the calendar of a region, and one of its versions', async () => {
    const overMarch3 = { start: '2024-04-10T09:00:00+08:00', limit: { value: 3, unit: 'workingDays' } };
    const dueIn = async (calendar: object) =>
      ((await ask({ ...overMarch3, calendar })).body as { dueAt: string }).dueAt;
    expect(await dueIn({})).toBe('2024-04-15T17:00:00.000+08:00');
    expect(await dueIn({ region: '450000' })).toBe('2024-04-17T17:00:00.000+08:00');
    expect(await dueIn({ region: '450000', version: '450000-2024.1+cn-2026.2' })).toBe('2024-04-17T17:00:00.000+08:00');
  });

  it('needs no account, but strangers may not ask without end', async () => {
    const strangers = await openCity();
    const answers = await Promise.all(Array.from({ length: 121 }, () => strangers.nobody.post('/due-dates', tenDays)));
    const [refused, ...others] = answers.filter(({ status }) => status !== 200);
    expect([others.length, refused!.status, refused!.body.code]).toEqual([0, 429, 'request.too_many']);
    expect(refused!.headers.get('retry-after')).toMatch(/^\d+$/);
    expect((await strangers.as('applicant-chen').post('/due-dates', tenDays)).status).toBe(200);
    const system = callerOf(strangers.address, { authorization: `Bearer ${strangers.integratorToken}` });
    expect((await system.post('/due-dates', tenDays)).status).toBe(200);
  }, 30_000);
});

describe('a question that cannot be answered', () => {
  it.each([
    ['a part of a day', { limit: { value: 1.5, unit: 'workingDays' } }, '按天计算时应为整数', 'whole'],
    ['an extension by a part of a day', { extensions: [{ value: 1.5 }] }, '按天计算时应为整数', 'whole'],
    ['a yellow of nothing we know', { yellow: 'x' }, '黄灯条件应为', 'a share'],
  ])('says in both languages what is right: %s', async (_, change, zh, en) => {
    const details = await Promise.all(
      ['zh', 'en'].map(async (language) => {
        const { body } = await ask({ ...tenDays, ...change }, { 'Accept-Language': language });
        return body.errors[0].detail as string;
      }),
    );
    expect(details).toEqual([expect.stringContaining(zh), expect.stringContaining(en)]);
  });

  it.each<[string, object, string, string]>([
    ['no start', { start: undefined }, 'request.invalid', '/body/start'],
    ['a start without an offset', { start: '2026-03-02T09:00:00' }, 'request.invalid', '/body/start'],
    ['a start long ago', { start: '1066-10-14T09:00:00Z' }, 'time.bad_instant', '/body/start'],
    ['a moment in no calendar', { at: '9999-12-31T23:59:59-12:00' }, 'time.bad_instant', '/body/at'],
    ['half a day', { limit: { value: 1.5, unit: 'workingDays' } }, 'time.bad_limit', '/body/limit/value'],
    ['a negative limit', { limit: { value: -1, unit: 'workingDays' } }, 'request.invalid', '/body/limit/value'],
    [
      'a limit beyond all bounds',
      { limit: { value: 1e9, unit: 'workingDays' } },
      'request.invalid',
      '/body/limit/value',
    ],
    ['an unknown unit', { limit: { value: 1, unit: 'moons' } }, 'request.invalid', '/body/limit/unit'],
    ['a yellow of nothing we know', { yellow: 'soon' }, 'request.invalid', '/body/yellow'],
    ['a yellow with half a day left', { yellow: '1.5' }, 'time.bad_warning', '/body/yellow'],
    ['an unknown rule', { startRule: 'someday' }, 'request.invalid', '/body/startRule'],
    ['a hold that ends before it begins', { holds: [{ ...hold, to: hold.from }] }, 'time.bad_hold', '/body/holds/0/to'],
    [
      'a hold of a reason the law lacks',
      { holds: [{ ...hold, reason: 'lunch' }] },
      'request.invalid',
      '/body/holds/0/reason',
    ],
    [
      'a local hold without a basis',
      { holds: [hold, { ...hold, reason: 'local' }] },
      'time.hold_without_basis',
      '/body/holds/1/basis',
    ],
    [
      'more holds than are counted',
      { holds: Array.from({ length: 51 }, () => hold) },
      'request.invalid',
      '/body/holds',
    ],
    ['an extension by nothing', { extensions: [{ value: 0 }] }, 'request.invalid', '/body/extensions/0/value'],
    ['an extension by half a day', { extensions: [{ value: 0.5 }] }, 'time.bad_extension', '/body/extensions/0/value'],
    ['extensions beyond the longest limit', { extensions: [{ value: 99_999 }] }, 'time.bad_limit', '/body/limit/value'],
    [
      'half a statutory day',
      { statutory: { value: 1.5, unit: 'workingDays' } },
      'time.bad_limit',
      '/body/statutory/value',
    ],
    [
      'an extension of two units',
      { extensions: [{ value: 1 }], statutory: { value: 30, unit: 'calendarDays' } },
      'time.extension_of_other_unit',
      '/body/statutory/unit',
    ],
    ['a region without a calendar', { calendar: { region: 'atlantis' } }, 'calendar.unknown', '/body/calendar/region'],
    ['a version there never was', { calendar: { version: 'cn-1.1' } }, 'calendar.unknown', '/body/calendar/version'],
    ['a misspelt field', { hold: [hold] }, 'request.invalid', '/body'],
  ])('is refused with its field: %s', async (_, wrong, code, pointer) => {
    const question = { ...tenDays, ...wrong };
    for (const [language, sentences] of [
      ['zh-CN', zh],
      ['en', en],
    ] as const) {
      const { status, body } = await ask(question, { 'accept-language': language });
      expect([status, body.code, body.title]).toEqual([422, code, sentences[code]]);
      expect(body.errors).toContainEqual({ pointer, detail: expect.stringMatching(/\S/), code: expect.any(String) });
    }
  });

  it.each([
    [{ limit: { value: -1, unit: 'workingDays' } }, '不能小于 0', 'Must be at least 0'],
    [{ limit: { value: 100_001, unit: 'workingDays' } }, '不能大于 100000', 'Must be at most 100000'],
    [{ extensions: [{ value: 0 }] }, '必须大于 0', 'Must be more than 0'],
  ])('is told what a number may be: %j', async (wrong, ...words) => {
    const told = ['zh-CN', 'en'].map(
      async (language) =>
        (await ask({ ...tenDays, ...wrong }, { 'accept-language': language })).body.errors[0].detail as string,
    );
    expect(await Promise.all(told)).toEqual(words);
  });

  it('is told in plain words what is missing, and how a moment is written', async () => {
    const told = async (question: object, language: string) =>
      (await ask(question, { 'accept-language': language })).body.errors[0].detail as string;
    const { start: _, ...without } = tenDays;
    expect(await told(without, 'zh-CN')).toBe('缺少这一项');
    expect(await told({ ...tenDays, start: 'soon' }, 'zh-CN')).toBe('应为时刻，如 2026-12-01T09:00:00+08:00');
    expect(await told({ ...tenDays, start: 'soon' }, 'en')).toBe('Must be a moment such as 2026-12-01T09:00:00+08:00');
  });

  it('is refused shortly, however much is wrong with it, and when it is too long', async () => {
    const { status, body } = await ask({ ...tenDays, holds: Array.from({ length: 20_000 }, () => 1) });
    expect([status, body.errors.length]).toEqual([422, 1]);
    const long = await ask({ ...tenDays, holds: Array.from({ length: 80_000 }, () => 1) });
    expect([long.status, long.body.code]).toEqual([413, 'request.too_large']);
  });

  it('may be as long as is allowed, and is answered', async () => {
    const from = (hour: number) => new Date(Date.parse(tenDays.start) + hour * 3_600_000).toISOString();
    const holds = Array.from({ length: 50 }, (_, index) => ({
      reason: 'local',
      basis: '据'.repeat(200),
      from: from(index * 40),
      to: from(index * 40 + 60),
    }));
    const extensions = Array.from({ length: 20 }, () => ({ value: 4_000, basis: '据'.repeat(200) }));
    const { status, body } = await ask({
      start: tenDays.start,
      limit: { value: 20_000, unit: 'workingDays' },
      holds,
      extensions,
    });
    expect([status, body.dueAt.slice(0, 4)]).toEqual([200, '2416']);
    expect(body.ledger.length).toBeGreaterThan(70);
  });
});

describe('the working calendars', () => {
  it('are listed with region, version, coverage and sources, for everybody', async () => {
    const { body } = await city.nobody.get('/calendars');
    expect(body.own).toBe('cn');
    const guangxi = body.items.find(({ region }: { region: string }) => region === '450000');
    expect(guangxi).toMatchObject({
      title: { zh: '广西壮族自治区', en: 'Guangxi' },
      coverage: { from: '2024-01-01', to: '2024-12-31' },
      officeHours: ['08:30-12:00', '13:30-17:00'],
      demo: false,
    });
    for (const { papers } of body.items) expect(papers.length).toBeGreaterThan(0);
  });
});
