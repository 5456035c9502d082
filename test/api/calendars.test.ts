import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SYSTEM } from '../../engine/index.ts';
import { recountAtStart } from '../../api/recount-at-start.ts';
import { bpmn, chain } from '../support/bpmn.ts';
import { NOTICE_2027 } from '../support/notices.ts';
import { at } from '../support/office.ts';
import { closeCities, openCity, type City } from './support/city.ts';
import { APPLY, PERMIT } from './support/models.ts';

const permit = bpmn(
  `<startEvent id="s"/><userTask id="review" name="审核" ov:department="housing" ov:promise="9" ov:unit="workingDays"/>
   <userTask id="sign" name="签发" ov:department="housing" ov:promise="1" ov:unit="workingDays"/><endEvent id="e"/>${chain('s', 'review', 'sign', 'e')}`,
  { id: 'permit', processAttrs: 'ov:promise="10" ov:unit="workingDays"' },
);

/** The days of 2026 that the law itself fixes. */
const LAW_2026 = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'].map((day) => `2026-${day}`);

let city: City;
const cases: string[] = [];
const load = (notice: unknown, who = 'designer-ding') => city.as(who).post('/calendars/notices', { notice });
const history = async (id: string): Promise<{ type: string; text: { zh: string; en: string } }[]> =>
  (await city.as('supervisor-feng').get(`/cases/${id}/history`)).body.items;
/** The last line of a ledger. */
const lastOf = (why: { ledger: { text: { zh: string } }[] }): string => why.ledger.at(-1)!.text.zh;
const dueOf = async (id: string): Promise<string> => (await city.as('designer-ding').get(`/cases/${id}`)).body.dueAt;

beforeAll(async () => {
  city = await openCity();
  city.clock.set(at('2026-12-21'));
  await city.publish(permit);
  for (let i = 0; i < 5; i++)
    cases.push((await city.as('designer-ding').post('/cases', { definition: 'permit', data: {} })).body.id);
});
afterAll(closeCities);

describe('the calendar page', () => {
  it('shows a year day by day, also to strangers', async () => {
    const { status, body } = await city.nobody.get('/calendars/cn/years/2026');
    expect([status, body.coverage, body.days.length]).toEqual([200, 'all', 365]);
    expect(body.workingDays).toEqual([21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]);
    expect(body.calendar).toMatchObject({ version: 'cn-2026.2', inForce: true, loadedAt: null, loadedBy: null });
    expect(body.days.find(({ date }: { date: string }) => date === '2026-02-14')).toEqual({
      date: '2026-02-14',
      kind: 'makeUp',
      name: { zh: '春节', en: 'Spring Festival' },
      hours: null,
      covered: true,
    });
    expect((await city.nobody.get('/calendars/cn/years/2027')).body.coverage).toBe('none');
  });

  it.each([
    ['/calendars/atlantis/years/2026', 'calendar.unknown'],
    ['/calendars/cn/years/2026?version=cn-1999.1', 'calendar.unknown'],
    ['/calendars/cn/years/20x6', 'request.invalid'],
    ['/calendars/cn/years/9999', 'request.invalid'],
  ])('%s is refused: %s', async (path, code) => {
    expect((await city.nobody.get(path)).body).toMatchObject({ status: 422, code });
  });
});

describe('loading a notice', () => {
  it.each(['handler-wang', 'supervisor-feng', 'applicant-chen'])('is not for %s', async (who) => {
    expect((await load(NOTICE_2027, who)).status).toBe(403);
    expect((await city.as(who).post('/calendars/notices/preview', { notice: NOTICE_2027 })).status).toBe(403);
    expect((await city.as(who).get('/recounts')).status).toBe(403);
  });

  it('points to each mistake in the language of the request, and keeps nothing', async () => {
    const year = { ...NOTICE_2027.years[2027], off: [...NOTICE_2027.years[2027].off, '2027-02-30'] };
    const wrong = await load({ ...NOTICE_2027, years: { 2027: year } });
    expect(wrong.body).toMatchObject({
      status: 422,
      code: 'calendar.notice_invalid',
      errors: [
        {
          pointer: `/body/notice/years/2027/off/${year.off.length - 1}`,
          detail: '“2027-02-30”：应为 YYYY-MM-DD 形式、确实存在的日期',
        },
      ],
    });
    const { body } = await city.nobody.get('/calendars');
    expect(body.items.map(({ version }: { version: string }) => version)).not.toContain('cn-2027.1');
  });

  it('is previewed: which days change, who moves and where to; nothing does', async () => {
    const before = await dueOf(cases[0]!);
    const first = await city.as('designer-ding').post('/calendars/notices/preview', { notice: NOTICE_2027, limit: 3 });
    expect(first.body).toMatchObject({
      version: 'cn-2027.1',
      region: 'cn',
      countsHere: true,
      total: 5,
      checked: 3,
      coverage: { to: '2027-12-31' },
    });
    expect(first.body.days).toContainEqual({ date: '2027-02-08', was: 'working', is: 'holiday' });
    expect(first.body.affected[0].dates).toEqual([
      {
        of: 'handling',
        task: null,
        name: expect.any(String),
        limit: 'promise',
        was: '2027-01-05T17:00:00.000+08:00',
        is: '2027-01-06T17:00:00.000+08:00',
        wasProvisional: true,
        isProvisional: false,
      },
      expect.objectContaining({ of: 'task', name: '审核', task: expect.any(String) }),
      // ten days for both of its tasks
      {
        of: 'branch',
        task: null,
        name: '住房和城乡建设局',
        limit: 'promise',
        was: '2027-01-05T17:00:00.000+08:00',
        is: '2027-01-06T17:00:00.000+08:00',
        wasProvisional: true,
        isProvisional: false,
      },
    ]);
    const rest = await city
      .as('designer-ding')
      .post('/calendars/notices/preview', { notice: NOTICE_2027, limit: 3, cursor: first.body.next });
    expect(rest.body).toMatchObject({ checked: 2, next: null });
    expect(await dueOf(cases[0]!)).toBe(before);
  });

  it('points to a cursor that was never given out where it is: in the body', async () => {
    const { body } = await city
      .as('designer-ding')
      .post('/calendars/notices/preview', { notice: NOTICE_2027, cursor: 'nonsense' });
    expect(body).toMatchObject({ status: 422, code: 'request.cursor', errors: [{ pointer: '/body/cursor' }] });
  });

  it('counts every open case again, says so in each, and answers how far it is', async () => {
    const loaded = await load(NOTICE_2027);
    expect(loaded).toMatchObject({ status: 201, body: { version: 'cn-2027.1', run: { status: 'waiting' } } });
    await city.house.engine.runDueJobs();
    const run = await city.as('designer-ding').get(`/recounts/${loaded.body.run.id}`);
    expect(run.body).toMatchObject({
      status: 'done',
      version: 'cn-2027.1',
      total: 5,
      checked: 5,
      changed: 5,
      failed: [],
      papers: NOTICE_2027.years[2027].papers,
      by: { id: 'designer-ding' },
    });
    expect((await city.as('designer-ding').get('/recounts')).body.items).toEqual([run.body]);
    for (const id of cases) {
      expect(await dueOf(id)).toBe('2027-01-06T17:00:00.000+08:00');
      const lines = (await history(id)).filter(({ type }) => type === 'deadline.recounted');
      expect(lines.map(({ text }) => text)).toEqual([
        {
          zh: '按放假通知（cn-2027.1）重新计算到期时间：承诺办结日期由2027年1月5日（星期二）改为2027年1月6日（星期三），不再是暂定，另有 2 个期限',
          en: 'Due dates counted again by the notice of holidays cn-2027.1: the due date moved from Tue 5 Jan 2027 to Wed 6 Jan 2027, no longer provisional, and 2 more',
        },
      ]);
    }
  });

  it('is what the calculator and the reasons count with from then on', async () => {
    const { body } = await city.nobody.get('/calendars');
    expect(body.items[0]).toMatchObject({
      version: 'cn-2027.1',
      inForce: true,
      loadedBy: { id: 'designer-ding', name: '丁设计' },
    });
    const why = await city.as('designer-ding').get(`/cases/${cases[0]}/due-date`);
    expect(why.body).toMatchObject({ agrees: true, provisional: false, calendar: { version: 'cn-2027.1' } });
    const [task] = (await city.as('designer-ding').get(`/cases/${cases[0]}`)).body.tasks;
    expect((await city.as('designer-ding').get(`/tasks/${task.id}/due-date`)).body).toMatchObject({ agrees: true });
  });

  it('is refused a second time: a version never changes', async () => {
    expect((await load(NOTICE_2027)).body).toMatchObject({ status: 409, code: 'calendar.version_exists' });
  });

  it('waits for the day on which it takes effect', async () => {
    const later = { ...NOTICE_2027, version: 'cn-2027.9', effective: '2027-01-01' };
    const { body } = await load(later);
    expect(body.run).toMatchObject({ status: 'waiting', notBefore: '2027-01-01T00:00:00.000+08:00' });
    await city.house.engine.runDueJobs();
    expect((await city.as('designer-ding').get(`/recounts/${body.run.id}`)).body.status).toBe('waiting');
    city.clock.set(at('2027-01-01T00:00:00+08:00'));
    await city.house.engine.runDueJobs();
    expect((await city.as('designer-ding').get(`/recounts/${body.run.id}`)).body).toMatchObject({
      status: 'done',
      calendarVersion: 'cn-2027.9',
      changed: 0,
    });
  });

  it('of another region leaves the cases of this house alone', async () => {
    const { body } = await load({
      region: '450000',
      version: '450000-2027.1',
      effective: '2027-01-01',
      title: { zh: '广西壮族自治区', en: 'Guangxi' },
      coverage: ['2027-01-01', '2027-12-31'],
      papers: ['made up for tests'],
      off: ['2027-04-08'],
    });
    expect(body).toEqual({ version: '450000-2027.1', run: null });
    const year = await city.nobody.get('/calendars/450000/years/2027');
    expect(year.body.days.find(({ date }: { date: string }) => date === '2027-04-08').kind).toBe('holiday');
  });

  it('of a region that had none is previewed against the calendar it had: that of the country', async () => {
    const notice = {
      region: '999999',
      version: '999999-2027.1',
      effective: '2027-01-01',
      title: { zh: '某县', en: 'A county' },
      coverage: ['2027-01-01', '2027-12-31'],
      papers: ['made up for tests'],
      off: ['2027-04-09'],
    };
    const { body } = await city.as('designer-ding').post('/calendars/notices/preview', { notice });
    expect(body).toMatchObject({ countsHere: false, days: [{ date: '2027-04-09', was: 'working', is: 'holiday' }] });
  });

  it('knows no run by another name', async () => {
    expect((await city.as('designer-ding').get('/recounts/none')).body).toMatchObject({
      status: 404,
      code: 'recount.not_found',
    });
  });
});

describe('an amendment while the notice of the new year waits for its day', () => {
  it('moves the cases now, and none moves back when that day comes', async () => {
    const other = await openCity();
    other.clock.set(at('2026-12-21'));
    await other.publish(permit);
    const designer = () => other.as('designer-ding');
    const { id } = (await designer().post('/cases', { definition: 'permit', data: {} })).body;
    const due = async () => (await designer().get(`/cases/${id}`)).body.dueAt;
    const waiting = { ...NOTICE_2027, effective: '2027-01-01' };
    const years = { 2026: { papers: ['made up for tests'], off: [...LAW_2026, '2026-12-24', '2026-12-25'], work: [] } };
    for (const notice of [waiting, { version: 'cn-2026.3', effective: '2026-12-21', years }]) {
      expect((await designer().post('/calendars/notices', { notice })).status).toBe(201);
      await other.house.engine.runDueJobs();
    }
    expect(await due()).toBe('2027-01-07T17:00:00.000+08:00');
    other.clock.set(at('2027-01-01T00:00:00+08:00'));
    await other.house.engine.runDueJobs();
    // two days of December still, and Monday 4 January
    expect(await due()).toBe('2027-01-08T17:00:00.000+08:00');
    const { items } = (await other.nobody.get('/calendars')).body;
    const inForce = items.filter((each: { region: string; inForce: boolean }) => each.region === 'cn' && each.inForce);
    expect(inForce).toMatchObject([{ version: 'cn-2027.1+cn-2026.3' }]);
  });
});

describe('the first local days of a region, loaded ahead', () => {
  it('leave cases, calculator and notices to the calendar of the country, and move the open cases on their day', async () => {
    const other = await openCity();
    other.clock.set(at('2026-12-07'));
    await other.publish(permit);
    const designer = () => other.as('designer-ding');
    const { id } = (await designer().post('/cases', { definition: 'permit', data: {} })).body;
    const due = async () => (await designer().get(`/cases/${id}`)).body.dueAt;
    const title = { zh: '示范市', en: 'Sample city' };
    const coverage = ['2026-01-01', '2026-12-31'];
    const days = {
      region: '210500',
      title,
      coverage,
      papers: ['made up for tests'],
      off: ['2026-12-15', '2026-12-16'],
    };
    const local = { ...days, version: 'local', effective: '2026-12-11' };
    const ahead = (await designer().post('/calendars/notices', { notice: local })).body;
    expect(ahead.run).toMatchObject({ status: 'waiting', notBefore: '2026-12-11T00:00:00.000+08:00' });
    const question = { start: '2026-12-07T09:00:00+08:00', limit: { value: 10, unit: 'workingDays' } };
    const counted = async (calendar: object) => (await other.nobody.post('/due-dates', { ...question, calendar })).body;
    for (const calendar of [{}, { region: '210500' }])
      expect(await counted(calendar)).toMatchObject({ dueAt: await due(), calendar: { version: 'cn-2026.2' } });

    const years = { 2026: { papers: ['made up for tests'], off: [...LAW_2026, '2026-12-10'], work: [] } };
    const notice = { version: 'cn-2026.3', effective: '2026-12-07', years };
    const preview = (await designer().post('/calendars/notices/preview', { notice })).body;
    expect(preview).toMatchObject({ countsHere: true, affected: [{ case: { id } }] });
    await designer().post('/calendars/notices', { notice });
    await other.house.engine.runDueJobs();
    expect(await due()).toBe('2026-12-22T17:00:00.000+08:00');
    const [review] = (await designer().get(`/cases/${id}`)).body.tasks;
    await other.as('handler-wang').post(`/tasks/${review.id}/claim`);
    await other.as('handler-wang').post(`/tasks/${review.id}/complete`, { data: {} });

    other.clock.set(at('2026-12-11'));
    await other.house.engine.runDueJobs();
    expect(await due()).toBe('2026-12-24T17:00:00.000+08:00');
    expect((await designer().get(`/recounts/${ahead.run.id}`)).body).toMatchObject({
      status: 'done',
      changed: 1,
      calendarVersion: 'local+cn-2026.3',
    });
    const { items } = (await other.as('supervisor-feng').get(`/cases/${id}/history`)).body;
    const line = items.findLast(({ type }: { type: string }) => type === 'deadline.recounted');
    expect(line.text.zh).toContain(
      '按放假通知（local）重新计算到期时间：承诺办结日期由2026年12月22日（星期二）改为2026年12月24日',
    );
    expect(line.data).toMatchObject({ calendarBefore: 'cn-2026.3', calendarVersion: 'local+cn-2026.3' });
    const why = (path: string) => designer().get(`${path}/due-date`);
    expect((await why(`/cases/${id}`)).body).toMatchObject({ agrees: true, calendar: { region: '210500' } });
    // what ended before stands by the calendar of the country
    expect((await why(`/tasks/${review.id}`)).body).toMatchObject({
      dueAt: '2026-12-21T17:00:00.000+08:00',
      agrees: true,
      calendar: { version: 'cn-2026.3' },
    });
    const { own } = (await other.nobody.get('/calendars')).body;
    expect(own).toBe('210500');
  });
});

describe('a case that a notice does not move', () => {
  it('is counted with that notice from then on, alike in its head, lists, bars and reasons', async () => {
    const other = await openCity();
    other.clock.set(at('2026-12-07'));
    await other.publish(permit);
    const designer = () => other.as('designer-ding');
    const { id } = (await designer().post('/cases', { definition: 'permit', data: {} })).body;
    await designer().post('/calendars/notices', { notice: NOTICE_2027 });
    await other.house.engine.runDueJobs();
    // eight days of the week were off by then, and two of weekends worked
    other.clock.set(at('2027-02-22'));
    const shown = (await designer().get(`/cases/${id}`)).body;
    const [task] = shown.tasks;
    const whys = [`/cases/${id}`, `/tasks/${task.id}`].map((path) => designer().get(`${path}/due-date`));
    const [ofCase, ofTask] = (await Promise.all(whys)).map(({ body }) => body);
    const overdue = { value: -39, unit: 'workingDays' };
    expect([ofCase, ofTask]).toMatchObject([
      { dueAt: '2026-12-21T17:00:00.000+08:00', agrees: true, standing: { left: overdue } },
      { dueAt: '2026-12-18T17:00:00.000+08:00', agrees: true, standing: { left: { ...overdue, value: -40 } } },
    ]);
    expect(ofCase.calendar.version).toBe('cn-2027.1');
    expect([shown.remaining.workingDays, task.remaining.workingDays]).toEqual([-39, -40]);
    const { used } = (await designer().get(`/cases/${id}/branches`)).body;
    expect([shown.clock.elapsed.value, used.value]).toEqual([used.value, 49]);
  });
});

describe('a department of a joint case whose date alone a notice moves', () => {
  /** Tax has seven working days for both of its steps, housing ten, the case twenty calendar days. */
  const joint = bpmn(
    `<startEvent id="s"/><parallelGateway id="split"/>
     <userTask id="assess" name="核税" ov:department="tax" ov:promise="2" ov:unit="workingDays"/>
     <userTask id="confirm" name="完税确认" ov:department="tax" ov:promise="5" ov:unit="workingDays"/>
     <userTask id="trade" name="网签核验" ov:department="housing" ov:promise="16" ov:unit="calendarDays"/>
     <parallelGateway id="join"/><endEvent id="e"/>
     ${chain('s', 'split', 'assess', 'confirm', 'join', 'e')}${chain('split', 'trade', 'join')}`,
    { id: 'joint', processAttrs: 'ov:joint="true" ov:promise="20" ov:unit="calendarDays"' },
  );

  it('is in the preview, and in the history once', async () => {
    const other = await openCity();
    other.clock.set(at('2026-12-07'));
    await other.publish(joint);
    const designer = () => other.as('designer-ding');
    const { id } = (await designer().post('/cases', { definition: 'joint', data: {} })).body;
    const tax = async () =>
      (await designer().get(`/cases/${id}/branches`)).body.items.find(
        ({ department }: { department: { id: string } | null }) => department?.id === 'tax',
      );
    expect((await tax()).dueAt).toBe('2026-12-16T17:00:00.000+08:00');
    const shown = async () => {
      const { dueAt, tasks } = (await designer().get(`/cases/${id}`)).body;
      return [dueAt, ...tasks.map((task: { dueAt: string }) => task.dueAt)];
    };
    const before = await shown();
    const years = { 2026: { papers: ['made up for tests'], off: [...LAW_2026, '2026-12-15'], work: [] } };
    const notice = { version: 'cn-2026.3', effective: '2026-12-07', years };
    const preview = (await designer().post('/calendars/notices/preview', { notice })).body;
    const moved = { was: '2026-12-16T17:00:00.000+08:00', is: '2026-12-17T17:00:00.000+08:00' };
    expect(preview.affected).toMatchObject([{ case: { id }, dates: [{ of: 'branch', task: null, ...moved }] }]);
    expect((await designer().post('/calendars/notices', { notice })).status).toBe(201);
    await other.house.engine.runDueJobs();
    expect([await shown(), (await tax()).dueAt]).toEqual([before, moved.is]);
    const lines = async () =>
      (await designer().get(`/cases/${id}/history?limit=500`)).body.items
        .filter(({ type }: { type: string }) => type === 'deadline.recounted')
        .map(({ text }: { text: { zh: string } }) => text.zh);
    const line = expect.stringMatching(/：.+的办理期限由2026年12月16日（星期三）改为2026年12月17日（星期四）$/);
    expect(await lines()).toEqual([line]);
    await other.house.engine.recountCases({ because: { notice: 'cn-2026.3' } }, SYSTEM);
    await other.house.engine.runDueJobs();
    expect(await lines()).toEqual([line]);

    // one that moves nothing leaves no line; by its days the next one is told of
    other.clock.set(at('2026-12-08'));
    const off = [...years[2026].off, '2026-12-31'];
    const later = { version: 'cn-2026.4', effective: '2026-12-08', years: { 2026: { ...years[2026], off } } };
    expect((await designer().post('/calendars/notices/preview', { notice: later })).body.affected).toEqual([]);
    expect((await designer().post('/calendars/notices', { notice: later })).status).toBe(201);
    await other.house.engine.runDueJobs();
    expect(await lines()).toEqual([line]);
    expect((await other.house.engine.getCase(id)).calendarVersion).toBe('cn-2026.4');
    const [run] = await other.house.engine.listRecounts();
    expect(run).toMatchObject({ status: 'done', changed: 0 });
  });
});

describe('a case that was delivered before a notice came', () => {
  it('keeps the dates that it was handled by', async () => {
    const other = await openCity();
    other.clock.set(at('2026-12-23'));
    await other.publish(PERMIT, [APPLY]);
    const start = { definition: 'permit', data: { houseAddress: '1' } };
    const { id } = (await other.as('applicant-chen').post('/cases', start)).body;
    const seen = async () => (await other.as('supervisor-feng').get(`/cases/${id}`)).body;
    for (const who of ['window-zhou', 'handler-wang', 'window-zhou']) {
      const [task] = (await seen()).tasks;
      await other.as(who).post(`/tasks/${task.id}/claim`);
      await other.as(who).post(`/tasks/${task.id}/complete`, { data: {} });
    }
    const before = await seen();
    const why = async () => (await other.as('supervisor-feng').get(`/cases/${id}/due-date?phase=handling`)).body;
    const counted = await why();
    expect(before).toMatchObject({
      status: 'completed',
      clock: {
        phases: [{ provisional: false }, { provisional: false }, { provisional: false }],
        outcome: { dueAt: '2027-01-07T17:00:00.000+08:00' },
      },
    });
    expect(counted.provisional).toBe(false);
    expect(lastOf(counted)).toMatch(
      /^工作日历 cn-2026\.2 收录的放假安排是.*，超出部分是当时的推算；计时已经结束，不再重新计算$/,
    );
    await other.as('designer-ding').post('/calendars/notices', { notice: NOTICE_2027 });
    await other.house.engine.runDueJobs();
    expect((await seen()).clock).toEqual(before.clock);
    expect(await why()).toEqual(counted);
  });
});

describe('a clock that ended before a notice came, of a case that goes on', () => {
  const promised = '2027-01-07T17:00:00.000+08:00';
  const open = async () => {
    const other = await openCity();
    other.clock.set(at('2026-12-23'));
    await other.publish(PERMIT, [APPLY]);
    const { id } = (
      await other.as('applicant-chen').post('/cases', { definition: 'permit', data: { houseAddress: '1' } })
    ).body;
    const feng = () => other.as('supervisor-feng');
    const seen = async () => (await feng().get(`/cases/${id}`)).body;
    const why = async (phase: string) => (await feng().get(`/cases/${id}/due-date?phase=${phase}`)).body;
    const complete = async (who: string) => {
      const [task] = (await seen()).tasks;
      await other.as(who).post(`/tasks/${task.id}/claim`);
      await other.as(who).post(`/tasks/${task.id}/complete`, { data: {} });
    };
    return { other, id, seen, why, complete };
  };
  const notice = async ({ other }: { other: City }) => {
    await other.as('designer-ding').post('/calendars/notices', { notice: NOTICE_2027 });
    await other.house.engine.runDueJobs();
  };

  it('keeps a promise that was missed missed, though the notice gives a day more', async () => {
    const hall = await open();
    await hall.complete('window-zhou');
    const running = await hall.why('handling');
    expect([running.provisional, lastOf(running)]).toEqual([true, expect.stringMatching(/待放假安排公布后重新计算$/)]);
    hall.other.clock.set(at('2027-01-08'));
    await hall.complete('handler-wang');
    const handled = async () => (await hall.seen()).clock.phases[1];
    const before = await handled();
    expect(before).toMatchObject({ dueAt: promised, provisional: false, endedAt: '2027-01-08T09:00:00.000+08:00' });
    const counted = await hall.why('handling');
    expect([counted.provisional, lastOf(counted)]).toEqual([false, expect.stringMatching(/不再重新计算$/)]);
    await notice(hall);
    expect([await handled(), await hall.why('handling')]).toEqual([before, counted]);
    await hall.complete('window-zhou');
    const { clock } = await hall.seen();
    expect(clock.outcome).toMatchObject({ phase: 'handling', dueAt: promised, promiseKept: false });
    // ten days, and one over
    expect(clock.elapsed.value).toBe(11);
  });

  it('keeps the end that silence had', async () => {
    const hall = await open();
    const silent = '2026-12-30T17:00:00.000+08:00';
    hall.other.clock.set(at('2026-12-30T17:00:00+08:00') + 1);
    await hall.other.house.engine.runDueJobs();
    // the day on which the review ran out is off after all
    const years = { 2026: { papers: ['made up for tests'], off: [...LAW_2026, '2026-12-30'], work: [] } };
    const late = { version: 'cn-2026.3', effective: '2026-12-30', years };
    hall.other.clock.set(at('2026-12-31'));
    expect((await hall.other.as('designer-ding').post('/calendars/notices', { notice: late })).status).toBe(201);
    await hall.other.house.engine.runDueJobs();
    const { clock } = await hall.seen();
    expect(clock.phases[0]).toMatchObject({ statutoryAt: silent, endedAt: silent });
    expect(await hall.why('acceptance')).toMatchObject({ agrees: true, calendar: { version: 'cn-2026.2' } });
  });
});

describe('an acceptance review whose end a notice brought into the past', () => {
  it('says until when silence waits, and is kept where it ends before, on its card and at the end of the case', async () => {
    const other = await openCity();
    other.clock.set(at('2026-12-23'));
    await other.publish(PERMIT, [APPLY]);
    const chen = () => other.as('applicant-chen');
    const { id } = (await chen().post('/cases', { definition: 'permit', data: { houseAddress: '1' } })).body;
    const amend = async (version: string, effective: string, ...off: string[]) => {
      const years = { 2026: { papers: ['made up for tests'], off: [...LAW_2026, ...off], work: [] } };
      const notice = { version, effective, years };
      expect((await other.as('designer-ding').post('/calendars/notices', { notice })).status).toBe(201);
      await other.house.engine.runDueJobs();
    };
    await amend('cn-2026.3', '2026-12-23', '2026-12-30');
    other.clock.set(at('2026-12-31'));
    const review = async () => (await chen().get(`/cases/${id}`)).body.clock.phases[0];
    expect((await review()).silenceAfter).toBeNull();
    await amend('cn-2026.4', '2026-12-31');
    expect(await review()).toMatchObject({
      dueAt: '2026-12-30T17:00:00.000+08:00',
      silenceAfter: '2027-01-04T17:00:00.000+08:00',
    });
    expect((await chen().post(`/cases/${id}/cancel`, { reason: '不办了' })).status).toBe(200);
    const { clock } = (await other.as('supervisor-feng').get(`/cases/${id}`)).body;
    const kept = { statutoryAt: '2026-12-30T17:00:00.000+08:00', promiseKept: true, statutoryKept: true };
    expect([clock.phases[0], clock.outcome]).toMatchObject([
      { ...kept, silenceAfter: null },
      { phase: 'acceptance', ...kept },
    ]);
  });
});

describe('an applicant who supplements over the new year', () => {
  it('has the time that they were told also where an amendment gives less, and reads why', async () => {
    const other = await openCity();
    other.clock.set(at('2026-12-21'));
    await other.publish(PERMIT, [APPLY]);
    const designer = () => other.as('designer-ding');
    const chen = () => other.as('applicant-chen');
    await designer().post('/calendars/notices', { notice: NOTICE_2027 });
    const { id } = (await chen().post('/cases', { definition: 'permit', data: { houseAddress: '1' } })).body;
    const told = { defects: [{ material: '图', problem: '缺少' }], limit: { value: 10, unit: 'workingDays' } };
    await other.as('window-zhou').post(`/cases/${id}/supplement-notices`, told);
    other.clock.set(at('2027-01-05T18:00:00+08:00'));
    // Monday 4 January is worked after all
    const off = NOTICE_2027.years[2027].off.filter((date) => date !== '2027-01-04');
    const years = { 2027: { ...NOTICE_2027.years[2027], off } };
    await designer().post('/calendars/notices', { notice: { version: 'cn-2027.3', effective: '2027-01-05', years } });
    const until = async () => (await chen().get(`/cases/${id}`)).body.clock.supplements[0].until;
    const [before] = [await until(), await other.house.engine.runDueJobs()];
    expect([before, await until()]).toEqual(['2027-01-06T17:00:00.000+08:00', before]);
    const why = (await chen().get(`/cases/${id}/due-date?of=supplement`)).body;
    expect(why).toMatchObject({ dueAt: before, agrees: true, calendar: { version: 'cn-2027.1' } });
    const remedies = [{ defect: 0, note: '已补' }];
    expect((await chen().post(`/cases/${id}/supplement-notices/answer`, { remedies })).status).toBe(200);
    await designer().post('/calendars/notices', {
      notice: { ...NOTICE_2027, version: 'cn-2027.4', effective: '2027-01-05' },
    });
    expect(await until()).toBe(before);
  });
});

describe('the time to supplement that was told by other days', () => {
  it('stands: what is left is one number on the page and in its ledger, which calls nothing provisional', async () => {
    const other = await openCity();
    other.clock.set(at('2026-12-21'));
    await other.publish(PERMIT, [APPLY]);
    const chen = () => other.as('applicant-chen');
    const { id } = (await chen().post('/cases', { definition: 'permit', data: { houseAddress: '1' } })).body;
    const told = { defects: [{ material: '图', problem: '缺少' }], limit: { value: 10, unit: 'workingDays' } };
    await other.as('window-zhou').post(`/cases/${id}/supplement-notices`, told);
    const shown = async () => (await chen().get(`/cases/${id}`)).body.clock.supplements[0];
    const { until, provisional } = await shown();
    expect(provisional).toBe(true);
    other.clock.set(at('2026-12-23'));
    // a Saturday is worked: the tenth day is one sooner
    const { off, work, ...rest } = NOTICE_2027.years[2027];
    const shorter = { off: off.filter((date) => !/2027-01-0[2-4]/.test(date)), work: [...work, '2027-01-02'] };
    const years = { 2027: { ...rest, ...shorter } };
    const notice = { ...NOTICE_2027, effective: '2026-12-23', years };
    expect((await other.as('designer-ding').post('/calendars/notices', { notice })).status).toBe(201);
    await other.house.engine.runDueJobs();
    const why = (await chen().get(`/cases/${id}/due-date?of=supplement`)).body;
    const now = await shown();
    expect([now.until, now.provisional, why.dueAt, why.provisional]).toEqual([until, false, until, false]);
    expect(why.standing.text).toEqual(now.remaining.text);
    expect(why.standing.left).toEqual({ value: now.remaining.workingDays, unit: 'workingDays' });
    const texts = why.ledger.map(({ text }: { text: { zh: string } }) => text.zh);
    expect(texts.join()).not.toContain('暂定');
    expect(texts.at(-1)).toMatch(/^这一天已告知申请人，不因此后的放假安排（工作日历 .+）提前$/);
  });
});

describe('a supervision order that waits for its reply over the new year', () => {
  it('is named by the preview, moves with the notice, and its reasons count with that', async () => {
    const other = await openCity();
    other.clock.set(at('2026-12-29'));
    await other.publish(permit);
    const designer = other.as('designer-ding');
    const feng = other.as('supervisor-feng');
    const { id } = (await designer.post('/cases', { definition: 'permit', data: {} })).body;
    const order = { department: 'housing', what: '请说明原因', days: 3 };
    const { number, dueAt, provisional } = (await feng.post(`/cases/${id}/orders`, order)).body;
    expect([dueAt, provisional]).toEqual(['2027-01-04T17:00:00.000+08:00', true]);

    const { body } = await designer.post('/calendars/notices/preview', { notice: NOTICE_2027 });
    const is = '2027-01-05T17:00:00.000+08:00';
    const moved = { was: dueAt, is, wasProvisional: true, isProvisional: false };
    expect(body).toMatchObject({ orders: [{ number, cases: [{ id }], ...moved }], next: null });
    const trial = { notice: NOTICE_2027, limit: 1 };
    const pages = [(await designer.post('/calendars/notices/preview', trial)).body];
    while (pages.at(-1).next)
      pages.push((await designer.post('/calendars/notices/preview', { ...trial, cursor: pages.at(-1).next })).body);
    expect([pages.flatMap(({ affected }) => affected), pages.flatMap(({ orders }) => orders)]).toEqual([
      body.affected,
      body.orders,
    ]);
    const { run } = (await designer.post('/calendars/notices', { notice: NOTICE_2027 })).body;
    await other.house.engine.runDueJobs();
    expect((await designer.get(`/recounts/${run.id}`)).body).toMatchObject({ status: 'done', orders: 1, failed: [] });
    expect((await feng.get(`/orders/${number}`)).body).toMatchObject({ dueAt: is, provisional: false });
    const why = (await feng.get(`/orders/${number}/due-date`)).body;
    expect(why).toMatchObject({ dueAt: is, agrees: true, provisional: false, calendar: { version: 'cn-2027.1' } });
    const { items } = (await designer.get(`/cases/${id}/history`)).body;
    expect(items.find(({ type }: { type: string }) => type === 'order.recounted').text).toEqual({
      zh: `按放假通知（cn-2027.1）重新计算，督办单 ${number} 的回复期限由2027年1月4日（星期一）改为2027年1月5日（星期二），不再是暂定`,
      en: `Counted again by the notice of holidays cn-2027.1: the reply to order ${number} moved from Mon 4 Jan 2027 to Tue 5 Jan 2027, no longer provisional`,
    });
  });
});

describe('an upgrade that ships a newer calendar', () => {
  it('has the open cases counted again, once', async () => {
    const upgraded = await openCity();
    const { engine, calendars } = upgraded.house;
    const older = calendars.get('cn', upgraded.clock.now());
    const newer = { ...older, calendar: { ...older.calendar, version: 'cn-2027.1' } };
    expect(await recountAtStart(engine, older)).toBe(false); // a new house
    expect(await recountAtStart(engine, older)).toBe(false);
    expect(await recountAtStart(engine, newer)).toBe(true);
    expect(await recountAtStart(engine, newer)).toBe(false);
    await engine.runDueJobs();
    expect(await engine.listRecounts()).toEqual([
      expect.objectContaining({
        status: 'done',
        by: 'system',
        because: expect.objectContaining({ notice: 'cn-2027.1' }),
      }),
    ]);
  });
});
