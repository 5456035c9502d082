import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clockOf } from '../../api/routes/present.ts';
import { loadCalendar } from '../../processes/calendars/index.ts';
import { bpmn, chain } from '../support/bpmn.ts';
import { closeCities, openCity, type City } from './support/city.ts';
import { APPLY, OPINION, TWO_DESKS } from './support/models.ts';

/** Housing leads it, and tax has it first: still one department handles it, says the model. */
const ONE_DESK = bpmn(
  `<startEvent id="apply"/><userTask id="check" name="核验" ov:department="tax"/><userTask id="review" name="审核" ov:department="housing"/><endEvent id="done"/>${chain('apply', 'check', 'review', 'done')}`,
  { id: 'one-desk', name: '单办', processAttrs: 'ov:department="housing" ov:joint="false" ov:promise="5"' },
);

let city: City;
beforeAll(async () => {
  city = await openCity();
  await city.publish(TWO_DESKS, [APPLY, OPINION]);
});
afterAll(closeCities);

const start = async (): Promise<string> =>
  (
    await city
      .as('applicant-chen')
      .post('/cases', { definition: 'two-desks', data: { houseAddress: '平山区 1 号', price: 460000 } })
  ).body.id;
const feng = () => city.as('supervisor-feng');
const told = { expectedDays: 15, notice: { number: '特〔2026〕1号' } };
const hold = { reason: 'expertReview', ...told, note: '委托专家评审' };

/** Four hours from the moment. */
const IN_HOURS = bpmn(
  `<startEvent id="apply"/><userTask id="check" name="初审" ov:department="tax" ov:promise="4" ov:unit="workingHours"/><endEvent id="done"/>${chain('apply', 'check', 'done')}`,
  { id: 'in-hours', name: '限时件' },
);

/** The case and its step are counted alike. */
const counted = (id: string, limit: string) =>
  bpmn(
    `<startEvent id="apply"/><userTask id="check" name="初审" ov:department="tax" ${limit}/><endEvent id="done"/>${chain('apply', 'check', 'done')}`,
    { id, name: '一个环节', processAttrs: `ov:department="tax" ${limit}` },
  );
const IN_CALENDAR_DAYS = counted('in-calendar-days', 'ov:promise="10" ov:unit="calendarDays"');
const IN_EXACT_DAYS = counted('in-exact-days', 'ov:promise="3" ov:startRule="minuteExact"');
const BY_LAW = counted('by-law', 'ov:statutory="3" ov:startRule="minuteExact"');
const SAME_DAY = counted('same-day', 'ov:promise="0" ov:statutory="1"');

describe('what is overdue', () => {
  const taskOf = async (id: string, name: string) =>
    (await feng().get(`/cases/${id}`)).body.tasks.find((task: { name: string }) => task.name === name);
  const days = (text: string) => ({ text: { zh: text } });

  it('stands still while the case is held, in lists as in the reason, and goes on from there', async () => {
    city.clock.set(Date.parse('2026-03-02T09:00:00+08:00'));
    const id = await start();
    city.clock.set(Date.parse('2026-03-09T10:00:00+08:00'));
    expect((await taskOf(id, '核税')).remaining).toMatchObject(days('超期 3 个工作日'));
    expect((await feng().post(`/cases/${id}/hold`, hold)).status).toBe(200);
    for (const now of ['2026-03-09T11:00:00+08:00', '2026-03-20T10:00:00+08:00']) {
      city.clock.set(Date.parse(now));
      const task = await taskOf(id, '核税');
      // of the day on which it was held nothing counts
      expect(task).toMatchObject({ light: 'red', remaining: days('计时暂停，超期 2 个工作日') });
      const why = (await feng().get(`/tasks/${task.id}/due-date`)).body;
      expect(why.standing).toMatchObject({ held: true, ...days('计时暂停，超期 2 个工作日') });
    }
    expect((await feng().post(`/cases/${id}/resume`, { reason: hold.reason, note: '评审结束' })).status).toBe(200);
    city.clock.set(Date.parse('2026-03-24T10:00:00+08:00'));
    expect((await taskOf(id, '核税')).remaining).toMatchObject(days('超期 4 个工作日'));
    city.clock.set(Date.parse('2026-03-02T09:00:00+08:00'));
  });

  it('is told in hours and minutes where the limit is one of hours', async () => {
    await city.publish(IN_HOURS);
    city.clock.set(Date.parse('2026-03-02T09:00:00+08:00'));
    const { id } = (await city.as('handler-li').post('/cases', { definition: 'in-hours' })).body;
    expect((await taskOf(id, '初审')).remaining).toMatchObject(days('剩余 4 个工作小时'));
    city.clock.set(Date.parse('2026-03-02T15:06:00+08:00'));
    const task = await taskOf(id, '初审');
    expect(task.remaining).toMatchObject(days('超期 36 分钟办公时间'));
    expect((await feng().get(`/tasks/${task.id}/due-date`)).body.standing).toMatchObject(days('超期 36 分钟办公时间'));
    city.clock.set(Date.parse('2026-03-02T09:00:00+08:00'));
  });

  it('is told in hours also of a row that an older version wrote', () => {
    const dueAt = Date.parse('2026-03-02T14:30:00+08:00');
    const row = { yellowAt: null, dueAt, dateNotes: { inHours: true as const } };
    const { remaining } = clockOf({ calendar: loadCalendar() }, row, { open: true }, dueAt + 36 * 60_000);
    expect(remaining).toMatchObject(days('超期 36 分钟办公时间'));
  });
});

describe('time left and time used are one number in lists, on pages, in the reason, the calculator and the bars', () => {
  it.each([
    [
      'calendar days',
      IN_CALENDAR_DAYS,
      [
        ['2026-03-05T09:00', '剩余 7 个自然日', '7 calendar days left', '3 个自然日'],
        ['2026-03-12T09:00', '今日到期', 'due today', '10 个自然日'],
        ['2026-03-16T09:00', '超期 4 个自然日', '4 calendar days overdue', '14 个自然日'],
      ],
    ],
    [
      'days to the moment: parts of them in office time',
      IN_EXACT_DAYS,
      [
        [
          '2026-03-02T10:30',
          '剩余 2 个工作日 5 小时 30 分钟',
          '2 working days 5 h 30 min left',
          '1 小时 30 分钟办公时间',
        ],
        ['2026-03-04T17:00', '剩余 30 分钟办公时间', '30 min of office time left', '2 个工作日 6 小时 30 分钟'],
        ['2026-03-05T10:00', '超期 1 小时办公时间', '1 h of office time overdue', '3 个工作日 1 小时'],
        [
          '2026-03-16T17:00',
          '超期 7 个工作日 6 小时 30 分钟',
          '7 working days 6 h 30 min overdue',
          '10 个工作日 6 小时 30 分钟',
        ],
      ],
    ],
    [
      'a limit of the law alone, to the moment',
      BY_LAW,
      [
        [
          '2026-03-02T10:30',
          '剩余 2 个工作日 5 小时 30 分钟',
          '2 working days 5 h 30 min left',
          '1 小时 30 分钟办公时间',
        ],
        ['2026-03-05T10:00', '超期 1 小时办公时间', '1 h of office time overdue', '3 个工作日 1 小时'],
      ],
    ],
    [
      'same-day work',
      SAME_DAY,
      [
        ['2026-03-02T10:00', '今日到期', 'due today', '1 个工作日'],
        ['2026-03-03T10:00', '超期 1 个工作日', '1 working day overdue', '2 个工作日'],
      ],
    ],
  ] as const)('%s', async (_, model, moments) => {
    const definition = (await city.publish(model)).body.definition.key;
    city.clock.set(Date.parse('2026-03-02T09:00:00+08:00'));
    const { id } = (await city.as('handler-li').post('/cases', { definition })).body;
    const read = async (path: string) => (await feng().get(path)).body;
    for (const [now, zh, en, used] of moments) {
      city.clock.set(Date.parse(`${now}:00+08:00`));
      const page = await read(`/cases/${id}`);
      const [task] = page.tasks;
      const of = async (list: string, which: string) =>
        (await read(list)).items.find((each: { id: string }) => each.id === which);
      const listed = [await of('/cases?limit=100', id), await of('/tasks?department=tax&limit=100', task.id)];
      for (const shown of [page, task, await read(`/tasks/${task.id}`), ...listed])
        expect(shown).toMatchObject({ remaining: { text: { zh, en } } });
      for (const path of [`/tasks/${task.id}`, `/cases/${id}`]) {
        const { standing, countedFrom } = await read(`${path}/due-date`);
        expect(standing.text).toEqual({ zh, en });
        expect((await feng().post('/due-dates', { ...countedFrom, at: standing.at })).body.standing).toEqual(standing);
      }
      const bars = await read(`/cases/${id}/branches`);
      for (const amount of [page.clock.elapsed, bars.used, bars.items[0].used]) {
        expect(amount.text.zh).toBe(used);
        expect(amount).toEqual(page.clock.elapsed);
      }
    }
    city.clock.set(Date.parse('2026-03-02T09:00:00+08:00'));
  });
});

describe('the clock of a case', () => {
  it('is stopped and runs on, and the case and its tasks show that', async () => {
    const id = await start();
    const { dueAt, clock } = (await feng().get(`/cases/${id}`)).body;
    expect(clock).toEqual({
      held: false,
      phase: 'handling',
      phases: [],
      acceptedBy: null,
      supplements: [],
      holds: [],
      extensions: [],
      promise: { value: 5, unit: 'workingDays', basis: '测试承诺', standing: null },
      statutory: null,
      elapsed: { value: 0, unit: 'workingDays', text: { zh: '0 个工作日', en: '0 working days' } },
      unit: 'workingDays',
      most: 15,
      outcome: null,
      jointly: true,
      can: { hold: true, resume: true, extend: false, notice: false, answer: false },
    });

    const held = await feng().post(`/cases/${id}/hold`, hold);
    expect([held.status, held.body]).toMatchObject([200, { light: 'grey', dueAt: null, remaining: null }]);
    expect(held.body.heldFor).toEqual({ zh: '专家评审', en: 'an expert review' });
    const detail = (await feng().get(`/cases/${id}`)).body;
    expect(detail.clock).toMatchObject({
      held: true,
      promise: { standing: { zh: '计时暂停，剩余 5 个工作日', en: 'held, 5 working days left' } },
      holds: [
        {
          reason: 'expertReview',
          name: { zh: '专家评审' },
          basis: '《行政许可法》第四十五条',
          to: null,
          expectedDays: 15,
          overdue: false,
          notice: { number: '特〔2026〕1号' },
        },
      ],
    });
    expect(detail.tasks.map(({ light }: { light: string }) => light)).toEqual(['grey', 'grey']);
    const why = (await city.as('applicant-chen').get(`/cases/${id}/due-date?of=hold&hold=0`)).body;
    expect(why).toMatchObject({ dueAt: detail.clock.holds[0].expectedAt, agrees: true });
    expect(why.ledger.map(({ kind }: { kind: string }) => kind)).toContain('counted');
    expect((await feng().get(`/cases/${id}/due-date?of=hold&hold=1`)).body.code).toBe('due_date.none');

    const { status, body } = await feng().post(`/cases/${id}/resume`, { reason: 'expertReview', note: '评审结束' });
    expect([status, body.light, body.dueAt]).toEqual([200, 'green', dueAt]);
  });

  it('has its new date told with its time, where it runs on and counts to the moment', async () => {
    await city.publish(IN_EXACT_DAYS);
    const { id } = (await city.as('handler-li').post('/cases', { definition: 'in-exact-days' })).body;
    expect((await feng().post(`/cases/${id}/hold`, hold)).status).toBe(200);
    city.clock.set(Date.parse('2026-03-02T10:20:00+08:00'));
    expect((await feng().post(`/cases/${id}/resume`, { reason: hold.reason, note: '评审结束' })).status).toBe(200);
    expect((await feng().get(`/cases/${id}`)).body.dueAt).toBe('2026-03-05T10:20:00.000+08:00');
    const { items } = (await feng().get(`/cases/${id}/history?limit=500`)).body;
    const { text } = items.find(({ type }: { type: string }) => type === 'clock.resumed');
    expect(text).toEqual({
      zh: expect.stringMatching(/。承诺办结日期为2026年3月5日（星期四）10:20$/),
      en: expect.stringMatching(/\. Due on Thu 5 Mar 2026, 10:20$/),
    });
    city.clock.set(Date.parse('2026-03-02T09:00:00+08:00'));
  });

  it('is let run on also where the case was taken to a version without limits meanwhile', async () => {
    await city.publish(ONE_DESK);
    const { id } = (await city.as('applicant-chen').post('/cases', { definition: 'one-desk', data: {} })).body;
    await feng().post(`/cases/${id}/hold`, hold);
    await city.publish(ONE_DESK.replace(' ov:promise="5"', ''));
    const [{ version }] = (await feng().get('/definitions/one-desk/versions')).body;
    expect((await feng().post(`/cases/${id}/migration`, { version, reason: '流程修订' })).status).toBe(200);
    expect((await feng().get(`/cases/${id}`)).body.clock).toMatchObject({
      held: true,
      promise: null,
      unit: null,
      can: { hold: false, resume: true, extend: false },
    });
    city.clock.advance(3_600_000);
    const { status } = await feng().post(`/cases/${id}/resume`, { reason: hold.reason, note: '评审结束' });
    expect(status).toBe(200);
    const { clock } = (await feng().get(`/cases/${id}`)).body;
    expect(clock).toMatchObject({ held: false, holds: [{ to: '2026-03-02T10:00:00.000+08:00' }] });
  });

  it('tells the applicant why it stands still, in both languages', async () => {
    const id = await start();
    await feng().post(`/cases/${id}/hold`, hold);
    const { items } = (await city.as('applicant-chen').get(`/cases/${id}/history`)).body;
    const { text } = items.find(({ type }: { type: string }) => type === 'clock.held');
    expect(text.zh).toMatch(/启动特别程序（专家评审），停止计时：委托专家评审/);
    expect(text.en).toMatch(/stopped the clock for an expert review: 委托专家评审/);
  });

  it('is extended once, of several departments by the head of the government, by no more than the law allows', async () => {
    const id = await start();
    const extend = (value: number, who = 'mayor-zhao') =>
      city.as(who).post(`/cases/${id}/extend`, { value, note: '情况复杂' });
    for (const who of ['handler-li', 'supervisor-feng', 'head-he', 'applicant-chen'])
      expect(await extend(5, who)).toMatchObject({
        status: 403,
        body: {
          code: 'clock.government_head_approves',
          title:
            '多个部门联合办理的，延期须由本级人民政府负责人批准：赵市长（市人民政府分管负责人）（《行政许可法》第四十二条）。',
        },
      });
    expect(await extend(16)).toMatchObject({ status: 422, body: { code: 'clock.extension_too_long' } });
    expect(await extend(2.5)).toMatchObject({ status: 422, body: { code: 'time.bad_extension' } });
    const before = (await feng().get(`/cases/${id}`)).body.dueAt;
    expect((await extend(15)).body.dueAt > before).toBe(true);
    expect(await extend(1)).toMatchObject({ status: 409, body: { code: 'clock.extended_already' } });
    expect((await feng().get(`/cases/${id}`)).body.clock).toMatchObject({
      can: { hold: true, extend: false },
      extensions: [{ value: 15, approvedBy: '赵市长（市人民政府分管负责人）', note: '情况复杂' }],
    });
  });

  it('is extended of one department by its head, who sees the case though nobody there has worked on it', async () => {
    await city.publish(ONE_DESK);
    const { id } = (await city.as('applicant-chen').post('/cases', { definition: 'one-desk', data: {} })).body;
    const extend = (who: string, value = 10) => city.as(who).post(`/cases/${id}/extend`, { value, note: '情况复杂' });
    for (const who of ['mayor-zhao', 'head-tan', 'supervisor-feng'])
      expect(await extend(who)).toMatchObject({
        status: 403,
        body: {
          code: 'clock.head_approves',
          title: '延期须由本行政机关负责人批准：何局长（住建局分管负责人）（《行政许可法》第四十二条）。',
        },
      });
    const offered = async () => (await city.as('head-he').get(`/cases/${id}`)).body.clock.can.extend;
    expect(await offered()).toBe(true);
    const now = city.clock.now();
    city.clock.advance(30 * 86_400_000);
    expect(await offered()).toBe(false);
    const late = await extend('head-he');
    expect(late).toMatchObject({ status: 409, body: { code: 'clock.limit_passed' } });
    expect(late.body.title).toMatch(/^时限已于 .*届满，不能再延期/);
    city.clock.set(now);
    expect(await extend('head-he', 11)).toMatchObject({ status: 422, body: { code: 'clock.extension_too_long' } });
    expect((await extend('head-he')).status).toBe(200);
    const { items } = (await city.as('applicant-chen').get(`/cases/${id}/history`)).body;
    const { text } = items.find(({ type }: { type: string }) => type === 'clock.extended');
    expect(text.zh).toMatch(/何局长批准延期 10 个工作日：情况复杂/);
  });

  it('waits for its administrator where nobody in the directory may approve that', async () => {
    await city.publish(ONE_DESK.replaceAll('one-desk', 'archive-desk').replaceAll('"housing"', '"archives"'));
    const { id } = (await city.as('applicant-chen').post('/cases', { definition: 'archive-desk', data: {} })).body;
    const refused = await city.as('supervisor-feng').post(`/cases/${id}/extend`, { value: 5, note: '情况复杂' });
    expect(refused).toMatchObject({ status: 403, body: { code: 'clock.nobody_approves' } });
  });

  it('answers why it is due when it is, holds and extension counted', async () => {
    const id = await start();
    await city.as('mayor-zhao').post(`/cases/${id}/extend`, { value: 3, note: '情况复杂' });
    const { status, body } = await feng().get(`/cases/${id}/due-date`);
    expect([status, body.agrees]).toEqual([200, true]);
    expect(body.ledger.find(({ kind }: { kind: string }) => kind === 'extension').text).toEqual({
      zh: '延长 3 个工作日（《行政许可法》第四十二条），赵市长（市人民政府分管负责人）批准',
      en: 'Extended by 3 working days (Administrative Licensing Law, art. 42); approved by 赵市长（市人民政府分管负责人）',
    });
    const [task] = (await feng().get(`/cases/${id}`)).body.tasks;
    await feng().post(`/cases/${id}/hold`, hold);
    await feng().post(`/cases/${id}/resume`, { reason: 'expertReview', note: '评审结束' });
    expect((await feng().get(`/tasks/${task.id}/due-date`)).body.agrees).toBe(true);
  });

  it('is not stopped by an applicant, without a note or a notice, or on a basis that a handler makes up', async () => {
    const id = await start();
    expect((await city.as('applicant-chen').post(`/cases/${id}/hold`, hold)).status).toBe(403);
    for (const wrong of [
      { reason: 'hearing', ...told, note: ' ' },
      { reason: 'hearing', expectedDays: 5, note: '听证' },
      { reason: 'hearing', notice: told.notice, note: '听证' },
      { reason: 'local', local: 'x', basis: '某条例', ...told, note: '等待' },
    ])
      expect((await feng().post(`/cases/${id}/hold`, wrong)).status).toBe(422);
    expect(await feng().post(`/cases/${id}/hold`, { reason: 'local', ...told, note: '等待' })).toMatchObject({
      status: 422,
      body: { code: 'clock.unknown_reason' },
    });
    const tomorrow = { number: '1', toldAt: '2099-01-01T00:00:00+08:00' };
    expect(await feng().post(`/cases/${id}/hold`, { ...hold, notice: tomorrow })).toMatchObject({
      status: 422,
      body: { code: 'clock.told_in_future' },
    });
    const before = { number: '1', toldAt: '1999-01-01T00:00:00+08:00' };
    expect(await feng().post(`/cases/${id}/hold`, { ...hold, notice: before })).toMatchObject({
      status: 422,
      body: { code: 'clock.told_before_case' },
    });
    expect((await feng().get(`/cases/${id}`)).body.clock.held).toBe(false);
  });

  it('goes on over a site visit, and says so', async () => {
    const id = await start();
    const { status, body } = await feng().post(`/cases/${id}/hold`, { ...hold, reason: 'siteVisit' });
    expect([status, body.code]).toEqual([422, 'clock.site_visit_counts']);
    expect(body.title).toMatch(/现场踏勘.*不停止计时/);
  });
});

describe('local reasons to stop a clock', () => {
  const reason = { key: 'publicNotice', zh: '公示', en: 'public notice', basis: '《示例条例》第八条' };
  const designer = () => city.as('designer-ding');

  it('are entered by the administrator with a basis, which the hold then carries', async () => {
    expect((await designer().get('/hold-reasons')).body).toEqual({ items: [], can: { edit: true } });
    expect((await designer().put('/hold-reasons', { items: [reason] })).status).toBe(200);
    expect((await city.as('handler-li').get('/hold-reasons')).body).toEqual({ items: [reason], can: { edit: false } });
    const id = await start();
    const held = await feng().post(`/cases/${id}/hold`, { ...hold, reason: 'local', local: 'publicNotice' });
    expect(held.status).toBe(200);
    const [shown] = (await feng().get(`/cases/${id}`)).body.clock.holds;
    expect(shown).toMatchObject({ local: 'publicNotice', name: { zh: '公示' }, basis: '《示例条例》第八条' });
    const { items } = (await city.as('applicant-chen').get(`/cases/${id}/history`)).body;
    const { text } = items.find(({ type }: { type: string }) => type === 'clock.held');
    expect(text.zh).toMatch(/启动特别程序（公示）/);
    const resumed = { reason: 'local', local: 'publicNotice', note: '公示期满' };
    expect((await feng().post(`/cases/${id}/resume`, resumed)).body.light).toBe('green');
  });

  it('are called by their name where the ledger tells of them, and where the hold takes too long', async () => {
    expect((await designer().put('/hold-reasons', { items: [reason] })).status).toBe(200);
    const id = await start();
    await feng().post(`/cases/${id}/hold`, { ...hold, expectedDays: 1, reason: 'local', local: 'publicNotice' });
    city.clock.advance(15 * 86_400_000);
    await city.house.engine.runDueJobs();
    const { items } = (await feng().get(`/cases/${id}/history?limit=500`)).body;
    const { text } = items.find(({ type }: { type: string }) => type === 'clock.hold_overdue');
    expect([text.zh, text.en]).toEqual([
      expect.stringMatching(/^特别程序（公示）已超过/),
      expect.stringMatching(/^The hold for public notice was/),
    ]);
    await feng().post(`/cases/${id}/resume`, { reason: 'local', local: 'publicNotice', note: '公示期满' });
    const { body } = await feng().get(`/cases/${id}/due-date`);
    const line = body.ledger.find(({ kind }: { kind: string }) => kind === 'held');
    expect(line.text.zh).toContain('因公示暂停计时（依据：《示例条例》第八条）');
    expect(line.text.en).toContain('held for public notice');
    expect((await city.nobody.post('/due-dates', body.countedFrom)).body.ledger).toEqual(body.ledger);
  });

  it('are refused from anybody else, without a basis, twice, and for a site visit', async () => {
    expect((await feng().put('/hold-reasons', { items: [reason] })).status).toBe(403);
    const put = async (...items: object[]) => {
      const { status, body } = await designer().put('/hold-reasons', { items });
      return [status, body.code];
    };
    expect((await put({ ...reason, basis: ' ' }))[0]).toBe(422);
    expect(await put(reason, reason)).toEqual([422, 'hold_reasons.duplicate']);
    expect(await put({ ...reason, zh: '到场查看' })).toEqual([422, 'clock.site_visit_counts']);
    expect(await put({ ...reason, zh: '现场检测' })).toEqual([200, undefined]);
  });
});
