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

let city: City;
beforeAll(async () => {
  city = await openCity();
  await city.publish(JOINT);
  await city.publish(SUPPLEMENT);
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
    expect(items[0].tasks.map(({ name }: { name: string }) => name)).toEqual(['核税', '完税确认']);
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
