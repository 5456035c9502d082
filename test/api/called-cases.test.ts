import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bpmn, chain } from '../support/bpmn.ts';
import { closeCities, openCity, type City } from './support/city.ts';

const CALLED = bpmn(
  `<startEvent id="s"/><userTask id="check" name="核查" ov:department="tax" ov:promise="1"/><endEvent id="e"/>${chain('s', 'check', 'e')}`,
  { id: 'called', name: '现场核查', processAttrs: 'ov:department="tax" ov:promise="5"' },
);
const CALLING = bpmn(
  `<startEvent id="s"/><callActivity id="call" name="核查" calledElement="called"/>
   <userTask id="deliver" name="发证" ov:department="window"/><endEvent id="e"/>${chain('s', 'call', 'deliver', 'e')}`,
  { id: 'calling', name: '开办' },
);
/** Calls a case that calls 50 cases. */
const CALLING_MANY = bpmn(
  `<startEvent id="s"/><callActivity id="call" calledElement="many"/><endEvent id="e"/>${chain('s', 'call', 'e')}`,
  { id: 'calling-many', name: '批量核查' },
);
const MANY = bpmn(
  `<startEvent id="s"/><callActivity id="call" calledElement="called"><multiInstanceLoopCharacteristics><loopCardinality>50</loopCardinality></multiInstanceLoopCharacteristics></callActivity>
   <endEvent id="e"/>${chain('s', 'call', 'e')}`,
  { id: 'many', name: '逐项核查' },
);

/** Tax has 4 days of its own, beside what it does where the case is called. */
const joint = (call: string, promise: number) =>
  bpmn(
    `<startEvent id="s"/><userTask id="tax" ov:department="tax" ov:promise="4" ov:basis="清单"/><callActivity id="call" name="核查" calledElement="called" ${call}/>
   <userTask id="deliver" ov:department="window" ov:promise="0" ov:basis="清单"/><endEvent id="e"/>${chain('s', 'tax', 'call', 'deliver', 'e')}`,
    {
      id: 'joint',
      name: '联办',
      processAttrs: `ov:department="window" ov:joint="true" ov:promise="${promise}" ov:basis="清单"`,
    },
  );

const DAY = 86_400_000;
let city: City;
beforeAll(async () => {
  city = await openCity();
  for (const xml of [CALLED, CALLING, MANY, CALLING_MANY]) expect((await city.publish(xml)).status).toBe(201);
});
afterAll(closeCities);

describe('a case that called another', () => {
  it('and the called one lead to each other, for those who may see both', async () => {
    const applicant = city.as('applicant-chen');
    const { body: parent } = await applicant.post('/cases', { definition: 'calling' });
    await city.house.engine.runDueJobs();
    const { body } = await applicant.get(`/cases/${parent.id}`);
    expect(body).toMatchObject({ parent: null, children: [{ status: 'active', element: 'call' }] });
    const child = await applicant.get(`/cases/${body.children[0].id}`);
    expect(child.body).toMatchObject({
      title: `${parent.title} · 核查`,
      applicant: parent.applicant,
      department: { id: 'tax' },
      parent: { id: parent.id, number: parent.number, title: parent.title, status: 'active', element: 'call' },
      children: [],
    });
    const list = await applicant.get(`/cases?parent=${parent.id}`);
    expect(list.body.items.map(({ id }: { id: string }) => id)).toEqual([child.body.id]);
    expect((await applicant.get(`/cases/${parent.id}/diagram`)).body.tokens).toMatchObject([{ wait: 'case' }]);

    expect(child.body.can.cancel).toBe(false);
    const withdrawn = await applicant.post(`/cases/${child.body.id}/cancel`, { reason: '不办了' });
    expect([withdrawn.status, withdrawn.body.code]).toEqual([403, 'case.called_by_another']);

    const taxman = await city.as('handler-li').get(`/cases/${child.body.id}`);
    expect([taxman.status, taxman.body.parent]).toEqual([200, null]);
  });

  it('names what departments used of the time in those, each against its limit there', async () => {
    const applicant = city.as('applicant-chen');
    const { body: parent } = await applicant.post('/cases', { definition: 'calling' });
    await city.house.engine.runDueJobs();
    const [child] = (await applicant.get(`/cases/${parent.id}`)).body.children;
    city.clock.advance(DAY);
    const { body } = await city.as('applicant-chen').get(`/cases/${parent.id}/branches`);
    expect(body).toMatchObject({ used: { value: 1 }, moreCalled: false });
    expect(body.items).toMatchObject([
      { department: { id: 'window' }, calledCase: null, status: 'ahead', share: 0 },
      {
        department: { id: 'tax' },
        calledCase: { id: child.id, number: child.number, visible: true },
        status: 'open',
        used: { value: 1 },
        limit: { value: 1 },
        light: 'yellow',
        share: 1,
        tasks: [{ name: '核查', to: null }],
      },
    ]);
    const why = await city.as('applicant-chen').get(`/cases/${parent.id}/branches/tax/due-date`);
    expect([why.status, why.body.code]).toEqual([404, 'due_date.none']);
    expect((await city.as('applicant-chen').get(`/cases/${child.id}/branches/tax/due-date`)).status).toBe(200);
  });

  it('opens the dates of those for whoever may see them too', async () => {
    const beside = `<startEvent id="s"/><parallelGateway id="f"/><callActivity id="call" calledElement="called"/>
      <userTask id="accept" ov:department="window"/>${chain('s', 'f', 'call')}${chain('f', 'accept')}`;
    expect((await city.publish(bpmn(beside, { id: 'calling-beside' }))).status).toBe(201);
    const { body: parent } = await city.as('applicant-chen').post('/cases', { definition: 'calling-beside' });
    await city.house.engine.runDueJobs();
    const seen = async (person: string) => {
      const { items } = (await city.as(person).get(`/cases/${parent.id}/branches`)).body;
      const { calledCase, tasks } = items.find(
        ({ department }: { department: { id: string } }) => department.id === 'tax',
      );
      const dates = [`/cases/${calledCase.id}/branches/tax/due-date`, `/tasks/${tasks[0].id}/due-date`];
      const answers = await Promise.all(dates.map((path) => city.as(person).get(path)));
      return [calledCase.visible, ...answers.map(({ status }) => status)];
    };
    expect(await seen('applicant-chen')).toEqual([true, 200, 200]);
    expect(await seen('window-zhou')).toEqual([false, 404, 404]);
  });

  it('and is held says so in those, which only it lets run on', async () => {
    const limited = CALLING.replace('id="calling"', 'id="calling-limited" ov:promise="20"');
    expect((await city.publish(limited)).status).toBe(201);
    const { body: parent } = await city.as('applicant-chen').post('/cases', { definition: 'calling-limited' });
    await city.house.engine.runDueJobs();
    const feng = city.as('supervisor-feng');
    const hold = { reason: 'hearing', expectedDays: 5, notice: { number: '1' }, note: '听证' };
    expect((await feng.post(`/cases/${parent.id}/hold`, hold)).status).toBe(200);
    await city.house.engine.runDueJobs();
    const [{ id }] = (await feng.get(`/cases/${parent.id}`)).body.children;
    expect((await feng.get(`/cases/${id}`)).body).toMatchObject({
      light: 'grey',
      clock: { held: true, holds: [{ reason: 'hearing', ofCaller: true, expectedDays: null, notice: null }] },
    });
    const { items } = (await city.as('applicant-chen').get(`/cases/${id}/history`)).body;
    expect(items.find(({ type }: { type: string }) => type === 'clock.held_along').text.zh).toBe(
      `上级办件 ${parent.number} 启动特别程序（听证），本办件随之停止计时`,
    );
    const resumed = await feng.post(`/cases/${id}/resume`, { reason: 'hearing', note: '听证结束' });
    expect([resumed.status, resumed.body.code]).toEqual([409, 'clock.held_by_caller']);
  });

  it('says where it called more cases, at any depth, than are counted', async () => {
    const { body: parent } = await city.as('applicant-chen').post('/cases', { definition: 'calling-many' });
    await city.house.engine.runDueJobs();
    const { body } = await city.as('supervisor-feng').get(`/cases/${parent.id}/branches`);
    expect(body.moreCalled).toBe(true);
    expect(body.items).toHaveLength(49);
  });
});

describe('what a published process promises', () => {
  const check = async (
    xml: string,
  ): Promise<{ ok: boolean; findings: { rule: string; zh: string; element: string }[] }> => {
    const headers = { 'content-type': 'application/xml' };
    const { body } = await city.as('designer-ding').send('/definitions/check', { method: 'POST', headers, body: xml });
    return { ...body, findings: body.findings.filter(({ rule }: { rule: string }) => rule !== 'form-supplied') };
  };

  it('is weighed where an upload calls it, with what its departments do', async () => {
    expect(await check(joint('', 4))).toMatchObject({
      ok: false,
      findings: [
        {
          ...{ rule: 'joint-valid', severity: 'error', element: 'joint', related: ['tax', 'call'] },
          zh: '部门“tax”各环节（含所调用的流程）承诺时限合计至少 5 个工作日，超过联合办理的总时限 4 个工作日',
        },
        {
          ...{ rule: 'promise-valid', severity: 'warning', element: 'call' },
          zh: '调用活动“核查”所调用的流程“现场核查”的承诺时限 5 个工作日超过全流程的 4 个工作日',
        },
      ],
    });
    expect((await city.publish(joint('', 4))).body).toMatchObject({ status: 422, code: 'definition.findings' });
    expect(await check(joint('', 9))).toMatchObject({ ok: true, findings: [] });
  });

  it('is that of the version that is called, and unknown where there is none', async () => {
    expect((await check(joint('ov:version="1"', 4))).ok).toBe(false);
    expect(await check(joint('ov:version="9"', 4))).toMatchObject({ ok: true, findings: [] });
  });
});
