import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ListedTask } from '../../api/contract/client.ts';
import { bpmn, chain } from '../support/bpmn.ts';
import { closeCities, openCity, type City } from './support/city.ts';

/** The whole of it is limited, its step is not. */
const LICENCE = bpmn(
  `<startEvent id="s"/><userTask id="check" name="核查" ov:department="housing"/><endEvent id="e"/>${chain('s', 'check', 'e')}`,
  {
    id: 'licence',
    processAttrs:
      'ov:department="housing" ov:promise="2" ov:statutory="3" ov:statutoryBasis="《行政许可法》第四十二条"',
  },
);

/** Of its two steps side by side one is limited. */
const LEVIED = bpmn(
  `<startEvent id="s"/><parallelGateway id="f"/><userTask id="check" ov:department="housing"/><endEvent id="e"/>
   <userTask id="levy" ov:department="tax" ov:promise="1"/><endEvent id="e2"/>
   ${chain('s', 'f', 'check', 'e')}${chain('f', 'levy', 'e2')}`,
  { id: 'levied', processAttrs: 'ov:department="housing" ov:promise="9"' },
);

let city: City;
beforeAll(async () => {
  city = await openCity();
  city.clock.set(Date.parse('2026-03-02T09:00:00+08:00'));
  for (const model of [LICENCE, LEVIED]) await city.publish(model);
});
afterAll(closeCities);

const feng = () => city.as('supervisor-feng');
const start = async () =>
  (await city.as('applicant-chen').post('/cases', { definition: 'licence', data: {} })).body.id as string;
const housing = async () => {
  const { departments } = (await feng().get('/board')).body;
  return departments.find(({ department }: { department: { id: string } }) => department.id === 'housing');
};
const listed = async (query: string) => (await feng().get(`/tasks?department=housing&${query}`)).body;

describe('a step without a limit of its own', () => {
  it('is counted and found by the light of its case, which lists show beside it', async () => {
    const id = await start();
    expect((await listed('light=none')).items).toEqual([]);
    expect((await listed('light=green')).items).toMatchObject([
      {
        light: 'none',
        dueAt: null,
        case: { id },
        ofCase: { light: 'green', dueAt: '2026-03-04T17:00:00.000+08:00', remaining: { workingDays: 2 } },
      },
    ]);
    expect(await housing()).toMatchObject({ green: 1, none: 0 });
    city.clock.set(Date.parse('2026-03-06T09:00:00+08:00'));
    await start();
    expect(await housing()).toMatchObject({ deepRed: 1, green: 1, none: 0 });
    expect((await listed('light=deepRed')).items).toMatchObject([
      { case: { id }, ofCase: { light: 'deepRed', statutoryAt: '2026-03-05T17:00:00.000+08:00' } },
    ]);
    const order = { department: 'housing', what: '请说明原因', days: 3, cases: [id] };
    expect((await feng().post('/orders', order)).status).toBe(201);
  });

  it('stands in lists where its case is due, page by page', async () => {
    const first = await listed('limit=1');
    expect(first.items).toMatchObject([{ ofCase: { light: 'deepRed' } }]);
    const second = await listed(`limit=1&cursor=${first.next}`);
    expect(second).toMatchObject({ items: [{ ofCase: { light: 'green' } }], next: null });
  });

  it('shows none once it is over', async () => {
    const seen = async (path: string, who: string) => (await city.as(who).get(path)).body.items;
    const task = (await listed('light=deepRed')).items[0];
    await city.as('handler-wang').post(`/tasks/${task.id}/claim`);
    expect(await seen('/tasks?queue=mine', 'handler-wang')).toMatchObject([{ ofCase: { light: 'deepRed' } }]);
    await city.as('handler-wang').post(`/tasks/${task.id}/complete`, { data: {} });
    expect(await seen('/tasks?queue=done', 'handler-wang')).toMatchObject([{ light: null, ofCase: null }]);
    expect(await housing()).toMatchObject({ deepRed: 0 });
  });
});

describe('a step with a limit of its own', () => {
  it('shows that, also beside one of the same case that has none', async () => {
    city.clock.set(Date.parse('2026-03-09T09:00:00+08:00'));
    await city.as('designer-ding').post('/cases', { definition: 'levied', data: {} });
    city.clock.set(Date.parse('2026-03-11T09:00:00+08:00'));
    const { items } = (await feng().get('/tasks?queue=department')).body;
    const shown = items.map(({ element, light, ofCase }: ListedTask) => [element, light, ofCase?.light ?? null]);
    expect(shown).toEqual(
      expect.arrayContaining([
        ['levy', 'red', null],
        ['check', 'none', 'green'],
      ]),
    );
  });
});
