import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bpmn, chain } from '../support/bpmn.ts';
import { closeCities, openCity, type City } from './support/city.ts';

const SURVEY = bpmn(
  `<startEvent id="s"/><userTask id="accept" name="受理" ov:department="tax"/><adHocSubProcess id="survey" name="会商"><userTask id="visit" name="现场勘验" ov:department="tax"/><userTask id="ask" name="征求意见" ov:department="tax"/></adHocSubProcess><parallelGateway id="f"/>${chain('s', 'f', 'accept')}${chain('f', 'survey')}`,
  { id: 'survey-case', name: '会商办件' },
);

let city: City;
beforeAll(async () => {
  city = await openCity();
  expect((await city.publish(SURVEY)).status).toBe(201);
});
afterAll(closeCities);

describe('a case with an ad-hoc sub-process', () => {
  it('tells its handlers what they may choose, begins it, and ends when they say so', async () => {
    const { body: opened } = await city.as('applicant-chen').post('/cases', { definition: 'survey-case' });
    const handler = city.as('handler-li');
    const { body } = await handler.get(`/cases/${opened.id}`);
    expect(body.choices).toMatchObject([
      {
        element: { id: 'survey', name: '会商' },
        activities: [
          { id: 'visit', name: '现场勘验' },
          { id: 'ask', name: '征求意见' },
        ],
        running: [],
        can: { choose: true },
      },
    ]);
    const path = `/cases/${opened.id}/choices/${body.choices[0].token}`;
    const chosen = await handler.post(`${path}/activities`, { activities: ['visit'] });
    expect([chosen.status, chosen.body.items[0].running]).toEqual([200, [{ id: 'visit', name: '现场勘验' }]]);
    const wrong = await handler.post(`${path}/activities`, { activities: ['accept'] });
    expect([wrong.status, wrong.body.code]).toEqual([422, 'ad_hoc.unknown_activity']);
    const ended = await handler.post(`${path}/complete`);
    expect([ended.status, ended.body.items]).toEqual([200, []]);
    const late = await handler.post(`${path}/activities`, { activities: ['visit'] });
    expect([late.status, late.body.code]).toEqual([409, 'ad_hoc.not_open']);
  });

  it('shows the applicant that somebody chooses, but lets only the office do it', async () => {
    const applicant = city.as('applicant-chen');
    const { body: opened } = await applicant.post('/cases', { definition: 'survey-case' });
    const { body } = await applicant.get(`/cases/${opened.id}`);
    expect(body.choices[0].can).toEqual({ choose: false });
    const answer = await applicant.post(`/cases/${opened.id}/choices/${body.choices[0].token}/complete`);
    expect(answer.status).toBe(403);
    const stranger = await city.as('handler-qian').post(`/cases/${opened.id}/choices/1/complete`);
    expect(stranger.status).toBe(404);
  });
});
