import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bpmn, chain } from '../support/bpmn.ts';
import { closeCities, openCity, type City } from './support/city.ts';

const CALLED = bpmn(
  `<startEvent id="s"/><userTask id="check" name="核查" ov:department="tax"/><endEvent id="e"/>${chain('s', 'check', 'e')}`,
  { id: 'called', name: '现场核查', processAttrs: 'ov:department="tax"' },
);
const CALLING = bpmn(
  `<startEvent id="s"/><callActivity id="call" name="核查" calledElement="called"/><endEvent id="e"/>${chain('s', 'call', 'e')}`,
  { id: 'calling', name: '开办' },
);

let city: City;
beforeAll(async () => {
  city = await openCity();
  for (const xml of [CALLED, CALLING]) expect((await city.publish(xml)).status).toBe(201);
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
});
