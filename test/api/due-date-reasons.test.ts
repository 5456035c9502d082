import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { whyCaseDue } from '../../api/routes/due-dates/why.ts';
import { workCalendar, type CalendarData } from '../../engine/time/index.ts';
import { Calendars, type RegionCalendar } from '../../processes/calendars/index.ts';
import { bpmn, chain } from '../support/bpmn.ts';
import { closeCities, openCity, type City } from './support/city.ts';
import { APPLY, OPINION, TWO_DESKS } from './support/models.ts';

/** A step whose date the process states itself, and one that promises nothing. */
const STATED = bpmn(
  `<startEvent id="apply"/>
   <userTask id="visit" name="上门" ov:department="tax" camunda:dueDate="2026-03-20T12:00:00+08:00"/>
   <userTask id="file" name="归档" ov:department="tax"/>
   <endEvent id="done"/>
   ${chain('apply', 'visit', 'file', 'done')}`,
  { id: 'stated', name: '写明日期' },
);

/** A promise within what the law allows, and a step that the law alone limits. */
const LAWFUL = bpmn(
  `<startEvent id="apply"/>
   <userTask id="review" name="审核" ov:department="tax" ov:statutory="10"/>
   <endEvent id="done"/>
   ${chain('apply', 'review', 'done')}`,
  {
    id: 'lawful',
    name: '依法',
    processAttrs: 'ov:promise="5" ov:statutory="20" ov:statutoryBasis="《行政许可法》第四十二条"',
  },
);

/** Two limits, and most of the time is a warning. */
const WARNED = bpmn(
  `<startEvent id="apply"/><userTask id="review" name="审核" ov:department="tax"/><endEvent id="done"/>${chain('apply', 'review', 'done')}`,
  {
    id: 'warned',
    name: '早提醒',
    processAttrs: 'ov:promise="5" ov:statutory="20" ov:startRule="sameDay" ov:yellow="60%"',
  },
);

/** Nobody knows until when: the ledger ends there, and the calculator is asked for no more. */
const HELD = {
  dueAt: null,
  recordedAt: null,
  agrees: true,
  standing: { light: 'grey', held: true },
  countedFrom: { holds: [{ reason: 'test', to: null }] },
};

let city: City;
let caseId: string;
beforeAll(async () => {
  city = await openCity();
  await city.publish(TWO_DESKS, [APPLY, OPINION]);
  city.clock.set(Date.parse('2026-09-29T10:00:00+08:00'));
  const application = { definition: 'two-desks', data: { houseAddress: '平山区 1 号' } };
  caseId = (await city.as('applicant-chen').post('/cases', application)).body.id;
});
afterAll(closeCities);

const why = async (person: string, path: string) => city.as(person).get(`${path}/due-date`);
async function taskId(name: string, of = caseId, person = 'supervisor-feng'): Promise<string> {
  const { tasks } = (await city.as(person).get(`/cases/${of}`)).body;
  return tasks.find((task: { name: string }) => task.name === name).id;
}

describe('why this date', () => {
  it('is told to the applicant: five working days over National Day and a make-up Saturday', async () => {
    const { status, body } = await why('applicant-chen', `/cases/${caseId}`);
    expect(status).toBe(200);
    expect(body.ledger.map(({ text }: { text: { zh: string } }) => text.zh)).toEqual([
      '2026年9月29日（星期二）10:00起算，当天不算，从第二天数起（参照《民法典》第二百零一条第一款）',
      '时限 5 个工作日，依据：测试承诺；节假日和休息日不算，调休上班日要算（《行政许可法》第八十二条）',
      '2026年9月30日（星期三）至2026年10月12日（星期一）：数满 5 个工作日，其间 8 天休息日不算',
      '2026年10月12日（星期一）17:00到期，以当天下班时间为准（参照《民法典》第二百零三条第二款）',
      '2026年10月10日（星期六）00:00起亮黄灯：剩余三成，且不少于 1 个工作日',
    ]);
    expect(body).toMatchObject({ agrees: true, calendar: { version: 'cn-2026.2' } });
  });

  it('is the date that the case shows', async () => {
    const { dueAt, yellowAt } = (await city.as('applicant-chen').get(`/cases/${caseId}`)).body;
    const { body } = await why('applicant-chen', `/cases/${caseId}`);
    expect([body.dueAt, body.recordedAt, body.yellowAt]).toEqual([dueAt, dueAt, yellowAt]);
  });

  it('is told for a task to its department, to the supervisor, and to the applicant whose case it is', async () => {
    const id = await taskId('核税');
    for (const person of ['handler-li', 'supervisor-feng', 'applicant-chen']) {
      const { status, body } = await why(person, `/tasks/${id}`);
      expect([person, status, body.dueText.zh]).toEqual([person, 200, '2026年10月8日（星期四）17:00']);
    }
  });

  it('is not told to those who may not see the case', async () => {
    const id = await taskId('核税');
    for (const path of [`/cases/${caseId}`, `/tasks/${id}`]) {
      expect((await why('applicant-chu', path)).status).toBe(404);
      expect((await city.nobody.get(`${path}/due-date`)).status).toBe(401);
    }
    expect((await why('supervisor-feng', '/tasks/none')).body.code).toBe('task.not_found');
  });

  it('gives the calculator the same answer', async () => {
    const { body } = await why('supervisor-feng', `/cases/${caseId}`);
    const counted = (await city.nobody.post('/due-dates', body.countedFrom)).body;
    expect([counted.dueAt, counted.ledger]).toEqual([body.dueAt, body.ledger]);
  });

  it('gives the calculator the same answer and light of a case that was held and extended and warns in its own way', async () => {
    await city.publish(WARNED);
    const { id } = (await city.as('applicant-chen').post('/cases', { definition: 'warned', data: {} })).body;
    const act = async (what: string, body: object, who = 'supervisor-feng') =>
      expect((await city.as(who).post(`/cases/${id}/${what}`, body)).status).toBe(200);
    const told = { expectedDays: 3, notice: { number: '特〔2026〕1号' } };
    await act('hold', { reason: 'test', note: '委托检测', ...told });
    city.clock.advance(5 * 86_400_000);
    expect((await why('head-tan', `/cases/${id}`)).body).toMatchObject(HELD);
    await act('resume', { reason: 'test', note: '检测完成' });
    await act('extend', { value: 2, note: '情况复杂' }, 'head-tan');
    const { body } = await why('supervisor-feng', `/cases/${id}`);
    expect(body.countedFrom).toMatchObject({ yellow: '60%', statutory: { value: 20 }, extensions: [{ value: 2 }] });
    const counted = (await city.nobody.post('/due-dates', { ...body.countedFrom, at: body.standing.at })).body;
    const { recordedAt, agrees, countedFrom, ...answer } = body;
    expect(counted).toEqual(answer);
    expect([recordedAt, agrees, countedFrom.holds.length]).toEqual([answer.dueAt, true, 1]);
    city.clock.set(Date.parse('2026-09-29T10:00:00+08:00'));
  });

  it('names on the diagram the task whose date stands there', async () => {
    const { tokens } = (await city.as('supervisor-feng').get(`/cases/${caseId}/diagram`)).body;
    const dueTask = tokens.find(({ element }: { element: string }) => element === 'tax').dueTask;
    expect(dueTask).toBe(await taskId('核税'));
  });

  it('of what has ended is how it stood at its end', async () => {
    const id = await taskId('网签核验');
    city.clock.set(Date.parse('2026-09-30T16:00:00+08:00'));
    await city.as('handler-wang').post(`/tasks/${id}/claim`);
    await city.as('handler-wang').post(`/tasks/${id}/complete`, { data: {} });
    city.clock.set(Date.parse('2026-11-02T09:00:00+08:00'));
    const { body } = await why('handler-wang', `/tasks/${id}`);
    expect(body.standing).toMatchObject({ at: '2026-09-30T16:00:00.000+08:00', light: 'yellow' });
    const open = await why('handler-li', `/tasks/${await taskId('核税')}`);
    expect(open.body.standing).toMatchObject({ light: 'red', left: { value: -18 } });
  });

  it('is counted with the calendar the case has, as long as that is loaded; else it says that the dates differ', async () => {
    const row = (await city.house.store.findCase(caseId))!;
    const [current] = city.house.calendars.all.filter(({ region }) => region === 'cn');
    const dayMore = workCalendar({
      version: 'cn-2026.3',
      utcOffset: '+08:00',
      coverage: ['2026-01-01', '2026-12-31'],
      officeHours: ['08:30-12:00', '13:30-17:00'],
      years: { 2026: { papers: [], off: ['2026-09-30'], work: [] } },
    } satisfies CalendarData);
    const newer: RegionCalendar = { ...current!, effective: '2026-10-01', calendar: dayMore };
    const reasonWith = (...all: RegionCalendar[]) =>
      whyCaseDue({ ...city.house, calendar: dayMore, calendars: new Calendars(all) }, row);

    const both = await reasonWith(current!, newer);
    expect([both.agrees, both.calendar.version, both.dueAt]).toEqual([true, 'cn-2026.2', both.recordedAt]);
    const replaced = await reasonWith(newer);
    expect([replaced.agrees, replaced.calendar.version]).toEqual([false, 'cn-2026.3']);
    expect([replaced.recordedAt, replaced.dueAt]).toEqual([both.recordedAt, '2026-10-07T17:00:00.000+08:00']);
  });

  it('is told of the statutory date too, and where there is no promise of that first', async () => {
    await city.publish(LAWFUL);
    city.clock.set(Date.parse('2026-03-02T10:00:00+08:00'));
    const { id } = (await city.as('handler-li').post('/cases', { definition: 'lawful' })).body;
    const law = (await city.as('handler-li').get(`/cases/${id}/due-date?of=statutory`)).body;
    expect(law).toMatchObject({
      dueAt: '2026-03-30T17:00:00.000+08:00',
      recordedAt: '2026-03-30T17:00:00.000+08:00',
      agrees: true,
      statutory: null,
      countedFrom: { limit: { value: 20, unit: 'workingDays', basis: '《行政许可法》第四十二条' } },
    });
    expect(law.ledger[1].text.zh).toContain('依据：《行政许可法》第四十二条');
    expect((await city.nobody.post('/due-dates', law.countedFrom)).body.ledger).toEqual(law.ledger);
    const promise = (await why('handler-li', `/cases/${id}`)).body;
    expect([promise.dueAt, promise.statutory.dueAt]).toEqual(['2026-03-09T17:00:00.000+08:00', law.dueAt]);
    const task = (await why('handler-li', `/tasks/${await taskId('审核', id)}`)).body;
    expect(task.dueAt).toBe('2026-03-16T17:00:00.000+08:00');
    const none = await city.as('handler-li').get(`/tasks/${await taskId('审核', id)}/due-date?of=promise`);
    expect([none.status, none.body.code]).toEqual([404, 'due_date.none']);

    city.clock.set(Date.parse('2026-03-31T10:00:00+08:00'));
    const late = (await city.as('handler-li').get(`/cases/${id}/due-date?of=statutory`)).body;
    expect(late.standing).toMatchObject({ light: 'deepRed', left: { value: -1 } });
    for (const { countedFrom, standing } of [
      late,
      (await why('handler-li', `/tasks/${await taskId('审核', id)}`)).body,
    ]) {
      const asked = (await city.nobody.post('/due-dates', { ...countedFrom, at: standing.at })).body;
      expect([asked.standing, asked.standing.light]).toEqual([standing, 'deepRed']);
    }
    expect((await city.as('handler-li').get(`/cases/${id}`)).body).toMatchObject({
      light: 'deepRed',
      clock: { elapsed: { value: 21 }, statutory: { value: 20, basis: '《行政许可法》第四十二条' } },
    });
    const { cases } = (await city.as('supervisor-feng').get('/board')).body;
    expect(cases.deepRed).toBe(1);
  });

  it('is provisional by itself: the statutory date beyond the calendar makes no promise within it uncertain', async () => {
    city.clock.set(Date.parse('2026-12-21T10:00:00+08:00'));
    const { id } = (await city.as('handler-li').post('/cases', { definition: 'lawful' })).body;
    const shown = (await city.as('handler-li').get(`/cases/${id}`)).body;
    expect(shown).toMatchObject({
      dueAt: '2026-12-28T17:00:00.000+08:00',
      provisional: false,
      statutoryAt: '2027-01-19T17:00:00.000+08:00',
      statutoryProvisional: true,
    });
    // ten days of the law, and no promise: that is the date beside which it is said
    expect(shown.tasks[0]).toMatchObject({ dueAt: null, provisional: true, statutoryProvisional: true });
  });

  it('says so where the process states the moment itself, and where it promises nothing', async () => {
    await city.publish(STATED);
    city.clock.set(Date.parse('2026-03-16T10:00:00+08:00'));
    const { id } = (await city.as('handler-li').post('/cases', { definition: 'stated' })).body;
    const { body } = await why('handler-li', `/tasks/${await taskId('上门', id)}`);
    expect(body).toMatchObject({
      dueAt: '2026-03-20T12:00:00.000+08:00',
      agrees: true,
      countedFrom: null,
      standing: { light: 'green', text: { zh: '剩余 4 个工作日' } },
      ledger: [{ kind: 'stated', text: { zh: '流程本身写明在2026年3月20日（星期五）12:00到期，没有按时限推算' } }],
    });
    expect((await why('handler-li', `/cases/${id}`)).body.code).toBe('due_date.none');
  });
});
