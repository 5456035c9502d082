import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bpmn, chain, flow } from '../support/bpmn.ts';
import { at } from '../support/office.ts';
import { closeCities, openCity, type City } from './support/city.ts';
import { SUPPLEMENT } from './support/models.ts';

const DAY = 86_400_000;
const note = '委托检验';
/** Tax looks twice, housing once and beside it, and the window is last. */
const JOINT = bpmn(
  `<startEvent id="apply"/><parallelGateway id="split"/>
   <userTask id="assess" name="核税" ov:department="tax" ov:promise="2"/>
   <userTask id="confirm" name="完税确认" ov:department="tax" ov:promise="1"/>
   <userTask id="trade" name="网签核验" ov:department="housing" ov:promise="5"/>
   <parallelGateway id="join"/>
   <userTask id="deliver" name="统一出件" ov:department="window" ov:promise="1"/>
   <endEvent id="done"/>
   ${chain('apply', 'split', 'assess', 'confirm', 'join', 'deliver', 'done')}${flow('split', 'trade')}${flow('trade', 'join')}`,
  { id: 'joint', name: '联合办理', processAttrs: 'ov:joint="true" ov:promise="10"' },
);

/** The window reviews acceptance and is last; tax comes before and after housing. */
const THERE_AND_BACK = bpmn(
  `<startEvent id="apply"/>
   <userTask id="accept" name="受理审查" ov:department="window" ov:promise="3" ov:milestone="accepted"/>
   <userTask id="assess" name="核税" ov:department="tax" ov:promise="2" ov:basis="《税收征收管理法》"/>
   <userTask id="trade" name="网签核验" ov:department="housing" ov:promise="5"/>
   <userTask id="confirm" name="完税确认" ov:department="tax" ov:promise="2" ov:basis="《税收征收管理法》"/>
   <endEvent id="done"/>
   ${chain('apply', 'accept', 'assess', 'trade', 'confirm', 'done')}`,
  { id: 'there-and-back', name: '两次办理', processAttrs: 'ov:joint="true" ov:promise="20"' },
);

/** The window accepts and hands out, tax assesses in between: each with what it promises. */
const acrossTheWindow = (id: string, name: string, [accept, assess, deliver]: readonly [string, string, string]) =>
  bpmn(
    `<startEvent id="apply"/>
   <userTask id="accept" name="受理审查" ov:department="window" ${accept}/>
   <userTask id="assess" name="核税" ov:department="tax" ${assess}/>
   <userTask id="deliver" name="统一出件" ov:department="window" ${deliver}/>
   <endEvent id="done"/>
   ${chain('apply', 'accept', 'assess', 'deliver', 'done')}`,
    { id, name, processAttrs: 'ov:joint="true" ov:promise="10"' },
  );

/** The window promises hours, then a day. */
const HOURS_AND_A_DAY = acrossTheWindow('hours-and-a-day', '按小时受理', [
  'ov:promise="4" ov:unit="workingHours"',
  'ov:promise="2"',
  'ov:promise="1"',
]);

/** The window accepts and hands out on the spot; tax has a day in between. */
const ON_THE_SPOT = acrossTheWindow('on-the-spot', '当场受理当场出件', [
  'ov:promise="0"',
  'ov:promise="1"',
  'ov:promise="0"',
]);

/** Tax has a step beside housing and another after that, so that both of its own overlap in part. */
const STAGGERED = bpmn(
  `<startEvent id="apply"/><parallelGateway id="split"/>
   <userTask id="assess" name="核税" ov:department="tax" ov:promise="3"/>
   <userTask id="trade" name="网签核验" ov:department="housing" ov:promise="2"/>
   <userTask id="confirm" name="完税确认" ov:department="tax" ov:promise="3"/>
   <parallelGateway id="join"/>
   <userTask id="check" name="消防核查" ov:department="fire" ov:statutory="5" ov:statutoryBasis="《消防法》"/>
   <endEvent id="done"/>
   ${chain('apply', 'split', 'assess', 'join', 'check', 'done')}${chain('split', 'trade', 'confirm', 'join')}`,
  { id: 'staggered', name: '交错办理', processAttrs: 'ov:joint="true" ov:promise="20"' },
);

/** The window reviews acceptance, which only the law limits, and delivers within a day. */
const WINDOW_ONLY_DELIVERS_IN_TIME = bpmn(
  `<startEvent id="apply"/>
   <userTask id="accept" name="受理审查" ov:department="window" ov:milestone="accepted"/>
   <userTask id="assess" name="核税" ov:department="tax" ov:promise="3" ov:milestone="decided"/>
   <userTask id="deliver" name="统一出件" ov:department="window" ov:promise="1" ov:milestone="delivered"/>
   <userTask id="file" name="归档" ov:department="window"/>
   <endEvent id="done"/>
   ${chain('apply', 'accept', 'assess', 'deliver', 'file', 'done')}`,
  { id: 'only-delivery-promised', name: '仅承诺出件', processAttrs: 'ov:promise="10"' },
);

/** Whom to ask the case says: three departments side by side, then housing decides. */
const CONSULTATION = bpmn(
  `<startEvent id="apply"/>
   <userTask id="ask" name="征求意见" ov:department="=asked" ov:promise="2">
     <multiInstanceLoopCharacteristics ov:elementVariable="asked"
       ov:collection="=[&quot;housing&quot;, &quot;natural-resources&quot;, &quot;civil-defence&quot;]"/>
   </userTask>
   <userTask id="decide" name="作出决定" ov:department="housing" ov:promise="3"/>
   <endEvent id="done"/>
   ${chain('apply', 'ask', 'decide', 'done')}`,
  { id: 'consultation', name: '并联征求意见', processAttrs: 'ov:promise="10"' },
);

let city: City;
beforeAll(async () => {
  city = await openCity();
  await city.publish(JOINT);
  await city.publish(SUPPLEMENT);
  await city.publish(THERE_AND_BACK);
  await city.publish(HOURS_AND_A_DAY);
  await city.publish(ON_THE_SPOT);
  await city.publish(STAGGERED);
  await city.publish(WINDOW_ONLY_DELIVERS_IN_TIME);
  await city.publish(CONSULTATION);
});
afterAll(closeCities);
const feng = () => city.as('supervisor-feng');

async function started(definition: string): Promise<string> {
  city.clock.set(at('2026-03-02T09:00:00+08:00'));
  return (await city.as('applicant-chen').post('/cases', { definition, data: {} })).body.id;
}

async function done(id: string, element: string, who: string): Promise<void> {
  const { tasks } = (await feng().get(`/cases/${id}`)).body;
  const task = tasks.find(
    (each: { element: string; status: string }) => each.element === element && each.status === 'open',
  );
  await city.as(who).post(`/tasks/${task.id}/claim`, {});
  expect((await city.as(who).post(`/tasks/${task.id}/complete`, { data: {} })).status).toBe(200);
}

async function branches(id: string, who = 'supervisor-feng') {
  const { status, body } = await city.as(who).get(`/cases/${id}/branches`);
  expect(status).toBe(200);
  return body;
}

describe('who used how much of the time of a case', () => {
  it('adds hours to days, and shows no department in a better light than the step it does', async () => {
    const id = await started('hours-and-a-day');
    city.clock.set(at('2026-03-02T14:31:00+08:00'));
    const { items } = await branches(id);
    expect(items.find((item: never) => item['department']['id'] === 'window')).toMatchObject({
      limit: { value: 2, unit: 'workingDays' },
      dueAt: '2026-03-04T17:00:00.000+08:00',
      tasks: [{ dueAt: '2026-03-02T14:30:00.000+08:00' }],
      light: 'red',
    });
    const why = (await feng().get(`/cases/${id}/branches/window/due-date`)).body;
    expect(why.ledger.find(({ kind }: { kind: string }) => kind === 'steps').text.zh).toMatch(
      /：“受理审查”4 个工作小时、“统一出件”1 个工作日；7 个工作小时折算为 1 个工作日，不足 1 个工作日的按 1 个工作日计$/,
    );
  });

  it('calls nobody late whose steps were all in time, where their limits do not add up to the time they may take', async () => {
    const id = await started('on-the-spot');
    await done(id, 'accept', 'window-zhou');
    city.clock.advance(DAY);
    await done(id, 'assess', 'handler-li');
    const window = async () => (await branches(id)).items[0];
    const ownStep = '2026-03-03T17:00:00.000+08:00';
    expect(await window()).toMatchObject({
      ...{ limit: { value: 0 }, status: 'open', light: 'green', dueAt: ownStep },
      decisiveStep: { name: '统一出件' },
    });
    const why = await feng().get(`/cases/${id}/branches/window/due-date`);
    expect([why.status, why.body.dueAt, why.body.standing.light]).toEqual([200, ownStep, 'green']);
    const hold = { reason: 'inspection', note, expectedDays: 1, notice: { number: '特〔2026〕1号' } };
    await feng().post(`/cases/${id}/hold`, hold);
    expect(await window()).toMatchObject({ light: 'grey', dueAt: null });
    expect((await feng().get(`/cases/${id}/branches/window/due-date`)).body.dueAt).toBeNull();
    await feng().post(`/cases/${id}/resume`, { reason: 'inspection', note });
    const { dueAt } = await window();
    await done(id, 'deliver', 'window-zhou');
    expect(await window()).toMatchObject({ status: 'ended', used: { value: 2 }, kept: true, dueAt });
  });

  it('calls late whose step was not in time, also where limits do not add up', async () => {
    const id = await started('on-the-spot');
    city.clock.advance(DAY);
    await done(id, 'accept', 'window-zhou');
    expect((await branches(id)).items[0]).toMatchObject({ status: 'ended', kept: false, used: { value: 2 } });
  });

  describe('of steps that overlap in part', () => {
    const on = (day: number) => city.clock.set(at(`2026-03-0${day}T10:00:00+08:00`));
    const tax = async (id: string) =>
      (await branches(id)).items.find((item: { department?: { id: string } }) => item.department?.id === 'tax');

    it('is due no sooner than that which is due last, while each is in time', async () => {
      const id = await started('staggered');
      on(4);
      await done(id, 'trade', 'handler-wang');
      on(5);
      await done(id, 'assess', 'handler-li');
      on(9);
      const dueAt = '2026-03-09T17:00:00.000+08:00';
      const [limit, used] = [{ value: 3 }, { value: 5 }];
      expect(await tax(id)).toMatchObject({ limit, used, light: 'yellow', dueAt, decisiveStep: { name: '完税确认' } });
      await done(id, 'confirm', 'handler-li');
      expect(await tax(id)).toMatchObject({ limit, used, kept: true, dueAt });
      await feng().post(`/cases/${id}/hold`, {
        reason: 'inspection',
        note,
        expectedDays: 1,
        notice: { number: '特〔2026〕1号' },
      });
      // the law alone limits what fire has in hand
      expect((await branches(id)).items.at(-1)).toMatchObject({
        department: { id: 'fire' },
        limit: null,
        light: 'grey',
      });
      const why = (await feng().get(`/cases/${id}/branches/tax/due-date`)).body;
      expect([why.dueAt, why.standing.passed]).toEqual([dueAt, false]);
    });
  });

  it('remembers which of its steps was late where another version renames it', async () => {
    const first = THERE_AND_BACK.replaceAll('there-and-back', 'renamed');
    await city.publish(first);
    const cases = [await started('renamed'), await started('renamed')];
    const finish = async (id: string, ...steps: (readonly [string, string])[]) => {
      for (const [element, who] of steps) await done(id, element, who);
    };
    for (const id of cases) await done(id, 'accept', 'window-zhou');
    city.clock.set(at('2026-03-16T10:00:00+08:00'));
    for (const id of cases) await finish(id, ['assess', 'handler-li'], ['trade', 'handler-wang']);
    await city.publish(first.replaceAll('assess', 'appraise'));
    const moved = await feng().post(`/cases/${cases[0]}/migration`, { version: 2, reason: '环节改名' });
    expect(moved.body).toMatchObject({ definition: { version: 2 } });
    for (const id of cases) {
      await done(id, 'confirm', 'handler-li');
      const tax = (await branches(id)).items.find((item: never) => item['department']['id'] === 'tax');
      expect(tax).toMatchObject({ limit: { value: 4 }, used: { value: 10 }, kept: false });
    }
  });

  it('keeps the limit of steps whose department the case named, where another version renames them', async () => {
    const first = CONSULTATION.replaceAll('consultation', 'asked-before');
    await city.publish(first);
    const id = await started('asked-before');
    const limits = async () =>
      (await branches(id)).items.map((item: never) => [
        item['department']['id'],
        item['limit']?.['value'],
        item['kept'],
      ]);
    for (const who of ['handler-wang', 'handler-zhang', 'handler-wu']) {
      const { items } = (await city.as(who).get('/tasks?limit=100')).body;
      const task = items.find((each: { case: { id: string } }) => each.case.id === id);
      await city.as(who).post(`/tasks/${task.id}/claim`, {});
      expect((await city.as(who).post(`/tasks/${task.id}/complete`, { data: {} })).status).toBe(200);
    }
    const before = await limits();
    expect(before).toEqual([
      ['housing', 5, null],
      ['natural-resources', 2, true],
      ['civil-defence', 2, true],
    ]);
    await city.publish(
      first.replaceAll('"ask"', '"consult"').replaceAll('ask-', 'consult-').replaceAll('-ask', '-consult'),
    );
    const moved = await feng().post(`/cases/${id}/migration`, { version: 2, reason: '环节改名' });
    expect(moved.body).toMatchObject({ definition: { version: 2 } });
    expect(await limits()).toEqual(before);
  });

  it('holds no step against a limit that promised nothing in the version in which it was done', async () => {
    const stated = acrossTheWindow('stated-there', '流程自定期限', [
      'camunda:dueDate="2026-03-02T12:00:00+08:00"',
      'ov:promise="2"',
      'ov:promise="1"',
    ]);
    await city.publish(stated);
    const id = await started('stated-there');
    city.clock.advance(DAY);
    await done(id, 'accept', 'window-zhou');
    const window = async () => (await branches(id)).items[0];
    const before = await window();
    expect(before).toMatchObject({ limit: { value: 1 }, unpromised: { value: 1 }, kept: null, dueAt: null });
    await city.publish(stated.replaceAll('accept', 'receive'));
    await feng().post(`/cases/${id}/migration`, { version: 2, reason: '环节改名' });
    expect(await window()).toEqual(before);
  });

  it('says which dates a notice of holidays may still move', async () => {
    const id = await started('joint');
    const certain = (await branches(id)).items;
    expect(certain[0]).toMatchObject({ provisional: false, tasks: [{ provisional: false }] });
    city.clock.set(at('2026-12-28T09:00:00+08:00'));
    const { id: later } = (await city.as('applicant-chen').post('/cases', { definition: 'joint', data: {} })).body;
    // tax has three days in all, and two for its first step
    expect((await branches(later)).items).toMatchObject([
      { dueAt: '2026-12-31T17:00:00.000+08:00', provisional: false, tasks: [{ provisional: false }] },
      { dueAt: '2027-01-05T17:00:00.000+08:00', provisional: true, tasks: [{ provisional: true }] },
      { dueAt: null, provisional: false },
    ]);
  });

  it('is told for each department with its promise, and for those that have not had it yet', async () => {
    const id = await started('joint');
    await city.house.engine.runDueJobs();
    const { joint, limit, items } = await branches(id);
    expect([joint, limit]).toMatchObject([true, { value: 10, unit: 'workingDays', text: { en: '10 working days' } }]);
    expect(
      items.map((item: never) => [item['department']['id'], item['status'], item['limit']['value'], item['light']]),
    ).toEqual([
      ['tax', 'open', 3, 'green'],
      ['housing', 'open', 5, 'green'],
      ['window', 'ahead', 1, null],
    ]);
  });

  it('counts what a department had in hand in the end, and whether it kept its promise', async () => {
    const id = await started('joint');
    city.clock.advance(2 * DAY);
    await done(id, 'assess', 'handler-li');
    city.clock.advance(2 * DAY);
    await done(id, 'confirm', 'handler-li');
    const { items, used } = await branches(id);
    expect(used).toMatchObject({ value: 4, text: { zh: '4 个工作日' } });
    expect(items).toMatchObject([
      { department: { id: 'tax' }, status: 'ended', used: { value: 4 }, kept: false, share: 0.5 },
      { department: { id: 'housing' }, status: 'open', used: { value: 4 }, kept: null, light: 'yellow' },
      { department: { id: 'window' }, status: 'ahead', used: { value: 0 }, share: 0, tasks: [] },
    ]);
    // each step keeps the date it had
    expect(items[0].tasks.map(({ name, dueAt }: Record<string, string>) => [name, dueAt])).toEqual([
      ['核税', '2026-03-04T17:00:00.000+08:00'],
      ['完税确认', '2026-03-05T17:00:00.000+08:00'],
    ]);
    expect(items[0].dueAt).toBe('2026-03-05T17:00:00.000+08:00');
  });

  it('does not count what is held, and is grey meanwhile', async () => {
    const id = await started('joint');
    city.clock.advance(DAY - 3_600_000);
    await feng().post(`/cases/${id}/hold`, {
      reason: 'inspection',
      note,
      expectedDays: 10,
      notice: { number: '特〔2026〕1号' },
    });
    city.clock.advance(9 * DAY);
    const { items } = await branches(id);
    expect(items[1]).toMatchObject({ light: 'grey', dueAt: null, used: { value: 0 }, held: { value: 8 } });
  });

  describe('with a limit for some of its steps only', () => {
    const window = async (id: string) =>
      (await branches(id)).items.find((item: { department?: { id: string } }) => item.department?.id === 'window');
    const whyWindow = async (id: string) => (await feng().get(`/cases/${id}/branches/window/due-date`)).body;
    const doneAt = async (id: string, element: string, who: string, local: string) => {
      city.clock.set(at(`${local}:00+08:00`));
      await done(id, element, who);
    };

    it('has no clock before the first of these', async () => {
      const id = await started('only-delivery-promised');
      city.clock.advance(2 * DAY);
      expect(await window(id)).toMatchObject({
        ...{ status: 'open', limit: { value: 1 }, dueAt: null, light: null, kept: null },
        ...{ used: { value: 2 }, unpromised: { value: 2 } },
      });
      expect(await whyWindow(id)).toMatchObject({ status: 404, code: 'due_date.none' });
    });

    it('holds the time of these alone against it', async () => {
      const id = await started('only-delivery-promised');
      await doneAt(id, 'accept', 'window-zhou', '2026-03-03T16:00');
      await doneAt(id, 'assess', 'handler-li', '2026-03-04T10:00');
      expect(await window(id)).toMatchObject({
        ...{ status: 'open', light: 'yellow', kept: null, dueAt: '2026-03-05T17:00:00.000+08:00' },
        ...{ used: { value: 1 }, unpromised: { value: 1, text: { zh: '1 个工作日' } } },
      });
      const { dueAt, ledger } = await whyWindow(id);
      expect(dueAt).toBe('2026-03-05T17:00:00.000+08:00');
      expect(ledger[0].text.zh).toMatch('2026年3月4日（星期三）10:00起算');
      await doneAt(id, 'deliver', 'window-zhou', '2026-03-05T16:00');
      const delivered = { kept: true, dueAt: '2026-03-05T17:00:00.000+08:00', light: null };
      expect(await window(id)).toMatchObject({ ...delivered, status: 'open', used: { value: 2 } });
      await doneAt(id, 'file', 'window-zhou', '2026-03-09T16:00');
      expect(await window(id)).toMatchObject({
        ...delivered,
        ...{ status: 'ended', used: { value: 4 }, unpromised: { value: 3 } },
      });
    });

    it('says that they took longer also while it goes on without', async () => {
      const id = await started('only-delivery-promised');
      await doneAt(id, 'accept', 'window-zhou', '2026-03-03T16:00');
      await doneAt(id, 'assess', 'handler-li', '2026-03-04T10:00');
      await doneAt(id, 'deliver', 'window-zhou', '2026-03-06T09:00');
      expect(await window(id)).toMatchObject({ status: 'open', kept: false, light: null });
      expect((await whyWindow(id)).standing).toMatchObject({ light: 'red', at: '2026-03-06T09:00:00.000+08:00' });
    });
  });

  describe('of departments that the case names', () => {
    const itemOf = async (id: string, department: string) =>
      (await branches(id)).items.find((item: { department?: { id: string } }) => item.department?.id === department);
    const why = async (id: string, department: string) =>
      (await feng().get(`/cases/${id}/branches/${department}/due-date`)).body;

    it('holds it against what they are asked to do, which opens into the ledger', async () => {
      const id = await started('consultation');
      city.clock.set(at('2026-03-03T16:00:00+08:00'));
      await done(id, 'ask', 'handler-wu');
      city.clock.set(at('2026-03-06T10:00:00+08:00'));
      const dueAt = '2026-03-04T17:00:00.000+08:00';
      expect(await itemOf(id, 'natural-resources')).toMatchObject({
        ...{ status: 'open', light: 'red', dueAt, limit: { value: 2 }, used: { value: 4 }, kept: null },
        tasks: [{ dueAt }],
      });
      const { ledger, standing, ...answer } = await why(id, 'natural-resources');
      expect([answer.dueAt, standing.light]).toEqual([dueAt, 'red']);
      expect(ledger.find(({ kind }: { kind: string }) => kind === 'steps').text.zh).toMatch(/：“征求意见”2 个工作日$/);
      const ended = { status: 'ended', light: null, dueAt, limit: { value: 2 }, used: { value: 1 }, kept: true };
      expect(await itemOf(id, 'civil-defence')).toMatchObject(ended);
      expect((await why(id, 'civil-defence')).dueAt).toBe(dueAt);
    });

    it('adds what the model itself gives them', async () => {
      const id = await started('consultation');
      city.clock.set(at('2026-03-05T10:00:00+08:00'));
      const { dueAt, ledger } = await why(id, 'housing');
      expect(ledger.find(({ kind }: { kind: string }) => kind === 'steps').text.zh).toMatch(
        /：“征求意见”2 个工作日、“作出决定”3 个工作日$/,
      );
      // the step it does is overdue, though what it does in all is not
      expect(await itemOf(id, 'housing')).toMatchObject({ status: 'open', light: 'red', limit: { value: 5 }, dueAt });
      expect(dueAt).toBe('2026-03-09T17:00:00.000+08:00');
    });
  });

  it('names the applicant beside the departments, and is shown to the applicant', async () => {
    const id = await started('supplement-home');
    city.clock.advance(DAY);
    await done(id, 'check', 'handler-li');
    city.clock.advance(3 * DAY);
    const { items, limit } = await branches(id, 'applicant-chen');
    expect(limit).toBeNull();
    expect(items).toMatchObject([
      { party: 'department', department: { id: 'tax' }, limit: null, light: null, kept: null, used: { value: 1 } },
      { party: 'applicant', department: null, status: 'open', used: { value: 3 } },
    ]);
  });

  it('is not told to those who may not see the case', async () => {
    const id = await started('joint');
    const { status, body } = await city.as('applicant-chu').get(`/cases/${id}/branches`);
    expect([status, body.code]).toEqual([404, 'case.not_found']);
  });
});

describe('why the time of a department ends then', () => {
  const until = (local: string) => city.clock.set(at(`${local}:00+08:00`));
  const why = async (id: string, department: string, who = 'applicant-chen') =>
    city.as(who).get(`/cases/${id}/branches/${department}/due-date`);
  const branchOf = async (id: string, department: string) =>
    (await branches(id)).items.find((item: { department?: { id: string } }) => item.department?.id === department);
  const notice = {
    defects: [{ material: '身份证明', problem: '缺少复印件' }],
    limit: { value: 10, unit: 'workingDays' },
  };

  it('tells limit, both times in hand, what was held and what was elsewhere, and comes to the date that is shown', async () => {
    const id = await started('there-and-back');
    await done(id, 'accept', 'window-zhou');
    until('2026-03-03T10:00');
    await feng().post(`/cases/${id}/hold`, {
      reason: 'inspection',
      note,
      expectedDays: 10,
      notice: { number: '特〔2026〕1号' },
    });
    expect(await branchOf(id, 'tax')).toMatchObject({ light: 'grey', dueAt: null });
    expect((await why(id, 'tax')).body.ledger.at(-1).text.zh).toMatch('计时仍在暂停');
    until('2026-03-05T08:00');
    await feng().post(`/cases/${id}/resume`, { reason: 'inspection', note });
    until('2026-03-05T16:00');
    await done(id, 'assess', 'handler-li');
    until('2026-03-10T16:00');
    await done(id, 'trade', 'handler-wang');
    until('2026-03-12T16:00');
    const { status, body } = await why(id, 'tax');
    expect(status).toBe(200);
    expect(body.ledger.map(({ text }: { text: { zh: string } }) => text.zh)).toEqual([
      '2026年3月2日（星期一）09:00起算，当天不算，从第二天数起（参照《民法典》第二百零一条第一款）',
      '时限 4 个工作日，依据：《税收征收管理法》；节假日和休息日不算，调休上班日要算（《行政许可法》第八十二条）',
      '部门的时限由其各环节的承诺相加，同时办理的取较长者，重新办理不另加：“核税”2 个工作日、“完税确认”2 个工作日',
      '2026年3月3日（星期二）10:00至2026年3月5日（星期四）08:00因检验暂停计时，扣除 2 个工作日（涉及的当天整天不算）（《行政许可法》第四十五条）',
      '2026年3月5日（星期四）：数满 1 个工作日',
      '2026年3月6日（星期五）至2026年3月10日（星期二）本部门没有在办理有承诺时限的环节，扣除 3 个工作日',
      '2026年3月11日（星期三）至2026年3月13日（星期五）：数满 3 个工作日',
      '2026年3月13日（星期五）17:00到期，以当天下班时间为准（参照《民法典》第二百零三条第二款）',
      '2026年3月12日（星期四）00:00起亮黄灯：剩余三成，且不少于 1 个工作日',
    ]);
    expect(body.calendar.version).toBe('cn-2026.2');
    expect(await branchOf(id, 'tax')).toMatchObject({
      dueAt: body.dueAt,
      light: body.standing.light,
      used: { value: 3 },
    });
    // housing had it for three of its five days; what is held after its end is not its affair
    await feng().post(`/cases/${id}/hold`, {
      reason: 'test',
      note,
      expectedDays: 1,
      notice: { number: '特〔2026〕2号' },
    });
    expect((await why(id, 'housing')).body).toMatchObject({
      dueAt: '2026-03-12T17:00:00.000+08:00',
      standing: { at: '2026-03-10T16:00:00.000+08:00', left: { value: 2 }, held: false },
    });
  });

  it('stands still while the applicant supplements, and begins anew with the answer, as the review does', async () => {
    const id = await started('there-and-back');
    until('2026-03-04T10:00');
    expect((await city.as('window-zhou').post(`/cases/${id}/supplement-notices`, notice)).status).toBe(200);
    until('2026-03-09T10:00');
    expect(await branchOf(id, 'window')).toMatchObject({ light: 'grey', dueAt: null, used: { value: 1 } });
    expect((await why(id, 'window')).body.ledger.at(-1).text.zh).toMatch('计时仍在暂停');
    const remedies = [{ defect: 0, note: '已补' }];
    await city.as('applicant-chen').post(`/cases/${id}/supplement-notices/answer`, { remedies });
    until('2026-03-10T10:00');
    const { tasks } = (await feng().get(`/cases/${id}`)).body;
    expect(await branchOf(id, 'window')).toMatchObject({ light: 'green', used: { value: 1 }, dueAt: tasks[0].dueAt });
    expect((await why(id, 'window')).body.dueAt).toBe('2026-03-12T17:00:00.000+08:00');
  });

  it('is not told before a department has the case, nor of one that is not asked, nor to strangers', async () => {
    const id = await started('there-and-back');
    for (const department of ['tax', 'fire'])
      expect((await why(id, department)).body).toMatchObject({ status: 404, code: 'due_date.none' });
    expect((await why(id, 'window', 'applicant-chu')).body.code).toBe('case.not_found');
  });
});
