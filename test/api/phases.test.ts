import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bpmn, chain, flow } from '../support/bpmn.ts';
import { closeCities, openCity, type City } from './support/city.ts';
import { APPLY, PERMIT } from './support/models.ts';

let city: City;
beforeAll(async () => {
  city = await openCity();
  city.clock.set(Date.parse('2026-03-02T09:00:00+08:00'));
  await city.publish(PERMIT, [APPLY]);
});
afterAll(closeCities);

const chen = () => city.as('applicant-chen');
const zhou = () => city.as('window-zhou');
const start = async (): Promise<string> =>
  (await chen().post('/cases', { definition: 'permit', data: { houseAddress: '平山区 1 号', price: 460000 } })).body.id;
const detail = async (id: string, who = 'window-zhou') => (await city.as(who).get(`/cases/${id}`)).body;
const complete = async (id: string, who: string) => {
  const [task] = (await detail(id, who)).tasks;
  await city.as(who).post(`/tasks/${task.id}/claim`);
  expect((await city.as(who).post(`/tasks/${task.id}/complete`, { data: {} })).status).toBe(200);
};
const notice = {
  defects: [
    { material: '营业执照', problem: '没有盖章' },
    { material: '平面图', problem: '缺少' },
  ],
  limit: { value: 15, unit: 'workingDays' },
};
/** Something about each defect of the notice. */
const remedies = [
  { defect: 0, note: '已补盖公章，原件交窗口' },
  { defect: 1, note: '随原件一并提交' },
];
const told = (id: string, body: object = notice) => zhou().post(`/cases/${id}/supplement-notices`, body);
const answered = (id: string, body: object, who = 'applicant-chen') =>
  city.as(who).post(`/cases/${id}/supplement-notices/answer`, body);
/** To the minute, as the API writes it. */
const at = (minute: string): string => `${minute}:00.000+08:00`;
const sentences = async (id: string, type: string): Promise<string[]> =>
  (await chen().get(`/cases/${id}/history?limit=500`)).body.items
    .filter((event: { type: string }) => event.type === type)
    .map(({ text }: { text: { zh: string } }) => text.zh);

describe('the clocks of a case', () => {
  it('are shown one after the other, each with its own date, and each date opens into its ledger', async () => {
    const id = await start();
    expect(await detail(id)).toMatchObject({
      phase: 'acceptance',
      dueAt: '2026-03-09T17:00:00.000+08:00',
      clock: {
        phase: 'acceptance',
        acceptedBy: null,
        phases: [
          { phase: 'acceptance', startedAt: '2026-03-02T09:00:00.000+08:00', dueAt: '2026-03-09T17:00:00.000+08:00' },
          { phase: 'handling', startedAt: null, dueAt: null, endedAt: null },
          { phase: 'delivery', startedAt: null, dueAt: null, endedAt: null },
        ],
        can: { hold: false, resume: false, extend: false, notice: true, answer: false },
      },
    });
    await complete(id, 'window-zhou');
    await complete(id, 'handler-wang');
    expect(await detail(id)).toMatchObject({ phase: 'delivery', clock: { acceptedBy: 'decision' } });
    const { phases } = (await detail(id)).clock;
    for (const { phase, dueAt } of phases) {
      const { status, body } = await zhou().get(`/cases/${id}/due-date?phase=${phase}`);
      expect([status, body.dueAt, body.agrees]).toEqual([200, dueAt, true]);
    }
    const { body } = await zhou().get(`/cases/${id}/due-date?phase=delivery`);
    expect(body.ledger.map(({ text }: { text: { zh: string } }) => text.zh).join()).toMatch(
      /时限 10 个工作日，依据：《行政许可法》第四十四条/,
    );
  });

  it('that have ended stand as they stood at their end, however long the case goes on', async () => {
    city.clock.set(Date.parse('2026-03-02T09:00:00+08:00'));
    const id = await start();
    city.clock.set(Date.parse('2026-03-04T09:00:00+08:00'));
    await complete(id, 'window-zhou');
    city.clock.set(Date.parse('2026-03-30T09:00:00+08:00'));
    const { standing } = (await zhou().get(`/cases/${id}/due-date?phase=acceptance`)).body;
    expect(standing).toMatchObject({ at: '2026-03-04T09:00:00.000+08:00', light: 'green', left: { value: 3 } });
    expect((await zhou().get(`/cases/${id}/due-date?phase=handling`)).body.standing.light).toBe('red');
    city.clock.set(Date.parse('2026-03-02T09:00:00+08:00'));
  });

  it('say from when they ran, and when they ended, also without a limit', async () => {
    await city.publish(PERMIT.replace('id="permit"', 'id="unlimited"').replace(' ov:promise="10"', ''), [APPLY]);
    const { id } = (await chen().post('/cases', { definition: 'unlimited', data: { houseAddress: '1' } })).body;
    await complete(id, 'window-zhou');
    const begun = { phase: 'handling', startedAt: at('2026-03-02T09:00'), dueAt: null, statutoryAt: null };
    expect(await detail(id)).toMatchObject({
      light: 'none',
      clock: { phase: 'handling', promise: null, statutory: null, phases: [{}, { ...begun, endedAt: null }, {}] },
    });
    await complete(id, 'handler-wang');
    const { clock } = await detail(id);
    expect(clock.phases[1]).toMatchObject({ ...begun, endedAt: at('2026-03-02T09:00'), promiseKept: null });
  });

  it('that have not begun have no date to explain', async () => {
    const id = await start();
    expect(await zhou().get(`/cases/${id}/due-date?phase=delivery`)).toMatchObject({
      status: 404,
      body: { code: 'due_date.none' },
    });
    expect((await zhou().get(`/cases/${id}/due-date?phase=lunch`)).status).toBe(422);
  });

  it('cannot be held or extended before acceptance', async () => {
    const id = await start();
    const hold = { reason: 'test', expectedDays: 3, notice: { number: '1' }, note: '检测' };
    expect(await zhou().post(`/cases/${id}/hold`, hold)).toMatchObject({
      status: 409,
      body: { code: 'clock.not_in_handling' },
    });
  });

  it('go on to handling by silence, from the day of receipt', async () => {
    const silent = await openCity();
    silent.clock.set(Date.parse('2026-03-02T09:00:00+08:00'));
    await silent.publish(PERMIT, [APPLY]);
    const { body } = await silent
      .as('applicant-chen')
      .post('/cases', { definition: 'permit', data: { houseAddress: '1' } });
    silent.clock.set(Date.parse('2026-03-10T09:00:00+08:00'));
    await silent.house.engine.runDueJobs();
    const shown = (await silent.as('applicant-chen').get(`/cases/${body.id}`)).body;
    expect(shown).toMatchObject({
      phase: 'handling',
      dueAt: '2026-03-16T17:00:00.000+08:00',
      clock: {
        acceptedBy: 'silence',
        phases: [
          { endedAt: '2026-03-09T17:00:00.000+08:00', promiseKept: false, statutoryKept: false },
          { startedAt: '2026-03-02T09:00:00.000+08:00', dueAt: '2026-03-16T17:00:00.000+08:00' },
          { startedAt: null },
        ],
      },
    });
    const { items } = (await silent.as('applicant-chen').get(`/cases/${body.id}/history?limit=500`)).body;
    const { text, actor } = items.find(({ type }: { type: string }) => type === 'case.accepted');
    expect(actor.id).toBe('system');
    const why = (await silent.as('applicant-chen').get(`/cases/${body.id}/due-date`)).body;
    expect(why.ledger[1]).toMatchObject({
      kind: 'accepted',
      at: '2026-03-02T09:00:00.000+08:00',
      text: {
        zh: '受理审查期限内没有作出决定，也没有告知补正：自收到申请材料之日起视为受理，办理时限从收到时起算（《行政许可法》第三十二条第一款第四项）',
        en: expect.stringMatching(/counts as accepted from the day of receipt.*\(.*, art\. 32\.1\(4\)\)$/),
      },
    });
    expect((await silent.nobody.post('/due-dates', why.countedFrom)).body.ledger).toEqual(why.ledger);
    expect(text.zh).toMatch(/视为受理：办理时限自收到申请材料之日2026年3月2日（星期一）起算（《行政许可法》第三十二条/);
  });
});

describe('a case that has ended', () => {
  it.each([
    ['in time', '2026-03-16T16:59', true, 10],
    ['late', '2026-03-17T09:00', false, 11],
  ])('keeps the limits of its handling, and tells that it was decided %s', async (_, decided, promiseKept, used) => {
    const slow = await openCity();
    slow.clock.set(Date.parse('2026-03-02T09:00:00+08:00'));
    await slow.publish(PERMIT, [APPLY]);
    const { id } = (
      await slow.as('applicant-chen').post('/cases', { definition: 'permit', data: { houseAddress: '1' } })
    ).body;
    const seen = async () => (await slow.as('window-zhou').get(`/cases/${id}`)).body;
    const work = async (who: string) => {
      const [task] = (await seen()).tasks;
      await slow.as(who).post(`/tasks/${task.id}/claim`);
      await slow.as(who).post(`/tasks/${task.id}/complete`, { data: {} });
    };
    await work('window-zhou');
    slow.clock.set(Date.parse(`${decided}:00+08:00`));
    await work('handler-wang');
    expect((await seen()).clock.outcome).toBeNull();
    slow.clock.set(Date.parse('2026-03-18T09:00:00+08:00'));
    await work('window-zhou');
    expect(await seen()).toMatchObject({
      status: 'completed',
      returned: false,
      clock: {
        phase: null,
        promise: { value: 10, unit: 'workingDays' },
        elapsed: { value: used },
        outcome: {
          phase: 'handling',
          at: at(decided),
          dueAt: at('2026-03-16T17:00'),
          promiseKept,
          statutoryKept: null,
        },
      },
    });
  });

  it('tells of each phase whether its limit was kept: what was decided in time may be delivered late', async () => {
    const id = await start();
    const began = city.clock.now();
    await complete(id, 'window-zhou');
    await complete(id, 'handler-wang');
    const verdicts = async (who: string) =>
      (await detail(id, who)).clock.phases.map((each: { promiseKept: boolean; statutoryKept: boolean }) => [
        each.promiseKept,
        each.statutoryKept,
      ]);
    expect(await verdicts('window-zhou')).toEqual([
      [true, true],
      [true, null],
      [null, null],
    ]);
    city.clock.set(Date.parse('2026-03-17T09:00:00+08:00'));
    await complete(id, 'window-zhou');
    expect(await verdicts('applicant-chen')).toEqual([
      [true, true],
      [true, null],
      [false, false],
    ]);
    city.clock.set(began);
  });

  it('because somebody cancelled it has no clock that runs', async () => {
    const id = await start();
    await complete(id, 'window-zhou');
    expect((await chen().post(`/cases/${id}/cancel`, { reason: '不办了' })).status).toBe(200);
    const { status, returned, endedAt, clock } = await detail(id);
    expect([status, returned, clock.held, clock.phase]).toEqual(['cancelled', false, false, null]);
    expect(clock.phases[1]).toMatchObject({ phase: 'handling', brokenOff: true, endedAt });
    expect(clock.phases[2]).toMatchObject({ startedAt: null, brokenOff: false });
    expect(clock.outcome).toMatchObject({ phase: 'handling', brokenOff: true, at: endedAt });
  });

  it('without a decision kept no promise, though it was completed', async () => {
    const undecided = bpmn(
      `<startEvent id="s"/><userTask id="review" ov:department="window" ov:milestone="accepted"/>
       <userTask id="look" ov:department="window"/><endEvent id="e"/><userTask id="never" ov:department="window" ov:milestone="decided"/>
       <endEvent id="e2"/><exclusiveGateway id="g" default="g-e"/>${chain('s', 'review', 'look', 'g', 'e')}${flow('g', 'never', 'false')}${chain('never', 'e2')}`,
      { id: 'undecided', processAttrs: 'ov:promise="10"' },
    );
    expect((await city.publish(undecided)).status).toBe(201);
    const { id } = (await city.as('designer-ding').post('/cases', { definition: 'undecided', data: {} })).body;
    for (let step = 0; step < 2; step++) await complete(id, 'window-zhou');
    const { status, clock } = await detail(id, 'window-zhou');
    expect([status, clock.outcome]).toMatchObject(['completed', { phase: 'handling', brokenOff: true }]);
  });
});

describe('a process that asks for what is missing by a task of its own', () => {
  it('says so, and until when its timer leaves the applicant time', async () => {
    const asks = bpmn(
      `<startEvent id="s"/><userTask id="accept" ov:department="window"/><exclusiveGateway id="g" default="g-review"/>
       <userTask id="supplement" ov:assignee="=applicant" ov:supplement="true"/><endEvent id="e"/><endEvent id="returned"/>
       <boundaryEvent id="late" attachedToRef="supplement"><timerEventDefinition><timeDuration>P15D</timeDuration></timerEventDefinition></boundaryEvent>
       <userTask id="review" ov:department="housing" ov:milestone="decided"/>
       ${chain('s', 'accept', 'g')}${flow('g', 'supplement', 'answer = "supplement"')}${flow('supplement', 'accept')}${flow('late', 'returned')}
       <sequenceFlow id="g-review" sourceRef="g" targetRef="review" ov:milestone="accepted"/>${chain('review', 'e')}`,
      { id: 'asks', processAttrs: 'ov:promise="10"' },
    );
    const other = await openCity();
    other.clock.set(Date.parse('2026-03-02T09:00:00+08:00'));
    await other.publish(asks, []);
    const { id } = (await other.as('applicant-chen').post('/cases', { definition: 'asks', data: {} })).body;
    const seen = async () => (await other.as('window-zhou').get(`/cases/${id}`)).body;
    const [task] = (await seen()).tasks;
    await other.as('window-zhou').post(`/tasks/${task.id}/claim`);
    await other.as('window-zhou').post(`/tasks/${task.id}/complete`, { data: { answer: 'supplement' } });
    const { supplements } = (await seen()).clock;
    expect(supplements).toMatchObject([{ byTask: true, light: 'green', until: at('2026-03-17T09:00') }]);
    const why = (await other.as('applicant-chen').get(`/cases/${id}/due-date?of=supplement`)).body;
    expect(why).toMatchObject({ dueAt: supplements[0].until, ledger: [{ kind: 'stated' }] });
  });
});

describe('a notice of what is missing', () => {
  it('reaches the applicant with every defect and until when, and the answer begins the review anew', async () => {
    const id = await start();
    const { status, body } = await told(id, { ...notice, note: '请一次补齐' });
    expect([status, body.light, body.dueAt]).toEqual([200, 'grey', null]);
    expect(await detail(id, 'applicant-chen')).toMatchObject({
      clock: {
        held: true,
        supplements: [
          {
            defects: notice.defects,
            until: '2026-03-23T17:00:00.000+08:00',
            light: 'green',
            remaining: { workingDays: 15 },
            provisional: false,
            answered: false,
            byTask: false,
            note: '请一次补齐',
            again: null,
          },
        ],
        can: { answer: true, notice: false },
      },
    });
    expect(await sentences(id, 'supplement.noticed')).toEqual([
      expect.stringMatching(
        /^周窗口一次性告知补正：营业执照（没有盖章）、平面图（缺少），请在2026年3月23日.*前补正。请一次补齐$/,
      ),
    ]);
    const form = new FormData();
    form.set('file', new File(['图'], '平面图.pdf', { type: 'application/pdf' }));
    const file = (await chen().send('/files', { method: 'POST', body: form })).body;
    const sent = await answered(id, {
      note: '已补',
      remedies: [remedies[0], { defect: 1, files: [file.id] }],
      data: { price: 470000, houseAddress: '平山区 1 号' },
    });
    expect([sent.status, sent.body.light, sent.body.dueAt]).toEqual([200, 'green', '2026-03-09T17:00:00.000+08:00']);
    const shown = await detail(id);
    expect(shown.clock.supplements[0]).toMatchObject({
      light: null,
      remaining: null,
      answer: {
        note: '已补',
        files: [],
        remedies: [
          { defect: 0, files: [], note: '已补盖公章，原件交窗口' },
          { defect: 1, files: [{ id: file.id, name: '平面图.pdf' }], note: null },
        ],
        changes: [{ field: 'price', before: 460000, after: 470000 }],
      },
    });
    expect(shown.variables).toMatchObject({ price: 470000, houseAddress: '平山区 1 号' });
    expect((await zhou().get(`/files/${file.id}`)).status).toBe(200);
    expect(await sentences(id, 'supplement.answered')).toEqual([
      '陈买房提交补正（更正申请内容 1 项，提交文件 1 份），受理审查重新计时：已补',
    ]);
  });

  it('makes the review count anew, as its ledger tells: no calculator is offered that knows nothing of it', async () => {
    const id = await start();
    const why = async () => (await zhou().get(`/cases/${id}/due-date`)).body;
    expect((await why()).countedFrom).toMatchObject({ holds: [] });
    await told(id);
    city.clock.set(Date.parse('2026-03-04T09:00:00+08:00'));
    expect((await answered(id, { note: '已补', remedies })).status).toBe(200);
    const { ledger, countedFrom } = await why();
    expect([ledger[1].kind, countedFrom]).toEqual(['anew', null]);
    city.clock.set(Date.parse('2026-03-02T09:00:00+08:00'));
  });

  it('has a date of its own, which opens into its ledger', async () => {
    const id = await start();
    expect((await chen().get(`/cases/${id}/due-date?of=supplement`)).body.code).toBe('due_date.none');
    await told(id);
    expect((await chen().get(`/cases/${id}/due-date?of=supplement`)).body).toMatchObject({
      dueAt: '2026-03-23T17:00:00.000+08:00',
      standing: { light: 'green', held: false },
      countedFrom: { limit: { value: 15, unit: 'workingDays' } },
      agrees: true,
    });
  });

  it('that names a field of the application is answered by another value of it', async () => {
    const id = await start();
    const about = (field: string) => ({ ...notice, defects: [{ material: '价格', problem: '与合同不一致', field }] });
    expect(await told(id, about('colour'))).toMatchObject({ status: 422, body: { code: 'supplement.unknown_field' } });
    expect((await told(id, about('price'))).status).toBe(200);
    expect(await answered(id, { note: '价格没错', data: { price: 460000 } })).toMatchObject({
      status: 422,
      body: { code: 'supplement.incomplete', errors: [{ pointer: '/data/price' }] },
    });
    expect((await answered(id, { data: { price: 1, houseAddress: null } })).body.code).toBe('form.invalid');
    expect((await answered(id, { data: { price: null } })).status).toBe(200);
    const { clock, variables } = await detail(id);
    expect(clock.supplements[0].answer.changes).toEqual([{ field: 'price', before: 460000, after: null }]);
    expect(variables.price).toBeNull();
  });

  it('is not answered in part: what is left out is named, and nothing is taken', async () => {
    const id = await start();
    await told(id);
    expect(await answered(id, { note: '已补', remedies: [remedies[0], { defect: 1 }] })).toMatchObject({
      status: 422,
      body: {
        code: 'supplement.incomplete',
        errors: [{ pointer: '/remedies/1', detail: '“平面图”还没有补正：缺少' }],
      },
    });
    expect(await answered(id, { remedies: [...remedies, { defect: 2, note: '还有' }] })).toMatchObject({
      status: 422,
      body: { code: 'supplement.unknown_defect' },
    });
    expect((await detail(id)).clock).toMatchObject({ held: true, supplements: [{ answer: null }] });
  });

  it('needs a reason the second time, which everybody can read', async () => {
    const id = await start();
    await told(id);
    await answered(id, { remedies });
    expect(await told(id)).toMatchObject({ status: 422, body: { code: 'supplement.needs_reason' } });
    expect((await told(id, { ...notice, again: '补正件不清晰' })).status).toBe(200);
    expect((await detail(id, 'applicant-chen')).clock.supplements[1].again).toBe('补正件不清晰');
    expect((await sentences(id, 'supplement.noticed'))[1]).toMatch(
      /再次告知补正（法律要求一次告知）.*再次告知的理由：补正件不清晰/,
    );
  });

  it('opens into its own ledger also once it is over, and another was given', async () => {
    const id = await start();
    await told(id);
    city.clock.set(Date.parse('2026-03-03T09:00:00+08:00'));
    await answered(id, { remedies });
    await told(id, { ...notice, again: '补正件不清晰' });
    const until = async (index: number) =>
      (await chen().get(`/cases/${id}/due-date?of=supplement&supplement=${index}`)).body;
    expect((await until(0)).ledger[0].at).toBe(at('2026-03-02T09:00'));
    expect((await until(1)).ledger[0].at).toBe(at('2026-03-03T09:00'));
    expect((await until(2)).code).toBe('due_date.none');
    city.clock.set(Date.parse('2026-03-02T09:00:00+08:00'));
  });

  it('is not given by the applicant, nor answered by anybody else or for another form', async () => {
    const id = await start();
    expect((await chen().post(`/cases/${id}/supplement-notices`, notice)).status).toBe(403);
    expect(await answered(id, { note: '已补' })).toMatchObject({ status: 409, body: { code: 'supplement.none_open' } });
    await told(id);
    expect((await answered(id, { note: '已补' }, 'window-zhou')).status).toBe(403);
    expect((await answered(id, { note: ' ' })).status).toBe(422);
    expect((await answered(id, { remedies, files: ['nobody-has-this'] })).status).toBe(404);
    expect((await answered(id, { remedies: [{ defect: 0, files: ['nobody-has-this'] }] })).status).toBe(404);
    expect(await answered(id, { note: '已补', data: { price: -1 } })).toMatchObject({
      status: 422,
      body: { code: 'form.invalid' },
    });
    expect(await answered(id, { note: '已补', data: { other: 1 } })).toMatchObject({ body: { code: 'form.invalid' } });
    expect((await detail(id)).clock.held).toBe(true);
  });

  it.each([
    ['without a defect', { ...notice, defects: [] }],
    ['without a time', { defects: notice.defects }],
    ['in working hours', { ...notice, limit: { value: 3, unit: 'workingHours' } }],
  ])('is refused %s', async (_, body) => {
    expect((await told(await start(), body)).status).toBe(422);
  });

  it('asks for nothing any more once another version without a review has accepted the case, and the applicant reads so', async () => {
    const shorn = PERMIT.replace('id="permit"', 'id="shorn"');
    await city.publish(shorn, [APPLY]);
    const { id } = (await chen().post('/cases', { definition: 'shorn', data: { houseAddress: '1' } })).body;
    await told(id);
    city.clock.set(Date.parse('2026-03-16T09:00:00+08:00'));
    await city.publish(shorn.replace(' ov:milestone="accepted"', ''), [APPLY]);
    const migration = { version: 2, reason: '流程修订' };
    expect((await city.as('designer-ding').post(`/cases/${id}/migration`, migration)).status).toBe(200);
    const { clock } = await detail(id, 'applicant-chen');
    expect(clock).toMatchObject({
      held: false,
      phase: 'handling',
      can: { answer: false },
      supplements: [{ answered: false, acceptedInstead: true, endedAt: clock.phases[1].startedAt }],
    });
    // the office had asked in time, and its review stood still since
    expect(clock.phases[0]).toMatchObject({ endedAt: at('2026-03-16T09:00'), promiseKept: true, statutoryKept: true });
    city.clock.set(Date.parse('2026-03-02T09:00:00+08:00'));
    expect(await sentences(id, 'case.accepted')).toEqual([
      expect.stringMatching(/，视同受理，办理时限自.*起算。此前告知补正的内容，不需要再补正$/),
    ]);
  });

  it('that is not answered in time returns the application, and the applicant reads why', async () => {
    const late = await openCity();
    late.clock.set(Date.parse('2026-03-02T09:00:00+08:00'));
    await late.publish(PERMIT, [APPLY]);
    const { body } = await late
      .as('applicant-chen')
      .post('/cases', { definition: 'permit', data: { houseAddress: '1' } });
    await late.as('window-zhou').post(`/cases/${body.id}/supplement-notices`, notice);
    late.clock.set(Date.parse('2026-03-24T09:00:00+08:00'));
    await late.house.engine.runDueJobs();
    expect((await late.as('applicant-chen').get(`/cases/${body.id}`)).body).toMatchObject({
      status: 'cancelled',
      returned: true,
      light: null,
      clock: {
        held: false,
        phase: null,
        phases: [{ brokenOff: false, endedAt: at('2026-03-24T09:00') }, { startedAt: null }, { startedAt: null }],
        supplements: [
          {
            answered: false,
            acceptedInstead: false,
            until: at('2026-03-23T17:00'),
            endedAt: at('2026-03-24T09:00'),
            light: null,
          },
        ],
        outcome: { phase: 'acceptance', brokenOff: false, promiseKept: null },
      },
    });
    const { items } = (await late.as('applicant-chen').get(`/cases/${body.id}/history?limit=500`)).body;
    const text = (type: string) => items.find((event: { type: string }) => event.type === type).text.zh;
    expect(text('case.returned')).toMatch(/^到2026年3月23日（星期一）17:00没有补正，申请退回，视为撤回申请$/);
    expect(text('case.cancelled')).toBe('退件：逾期未补正');
    const why = (await late.as('applicant-chen').get(`/cases/${body.id}/due-date?phase=acceptance`)).body;
    expect(why).toMatchObject({ dueAt: null, standing: { light: null, held: true }, countedFrom: null });
    expect(why.standing.text.zh).toBe('结束时计时仍在暂停，剩余 5 个工作日');
    const lines = why.ledger.map((line: { text: { zh: string } }) => line.text.zh);
    expect(lines.slice(-2)).toEqual([
      expect.stringMatching(/因补正暂停计时，到结束时没有恢复/),
      '到结束时计时仍在暂停，此后不再计时，没有到期时间',
    ]);
  });
});
