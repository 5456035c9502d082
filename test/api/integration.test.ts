import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { callerOf, closeCities, openCity, type Caller, type City } from './support/city.ts';
import { FLOOD, OUTSIDE } from './support/models.ts';

let city: City;
let system: Caller;
beforeAll(async () => {
  city = await openCity();
  await city.publish(OUTSIDE);
  system = callerOf(city.address, { authorization: `Bearer ${city.integratorToken}` });
});
afterAll(closeCities);

async function startOutside(): Promise<string> {
  return (await city.as('designer-ding').post('/cases', { definition: 'outside', data: { contract: 'HT-1' } })).body.id;
}

async function fetchJob() {
  const { status, body } = await system.post('/jobs/fetch-and-lock', {
    worker: 'bridge',
    topics: ['tax-assess'],
    maxJobs: 1,
  });
  expect(status).toBe(200);
  return body[0];
}

describe('a department system', () => {
  it('fetches work, completes it, sends a message, and the case closes', async () => {
    const id = await startOutside();
    const job = await fetchJob();
    expect(job).toMatchObject({
      topic: 'tax-assess',
      caseId: id,
      element: 'assess',
      attempts: 1,
      maxAttempts: 1,
      variables: { contract: 'HT-1' },
    });
    expect((await system.post('/jobs/fetch-and-lock', { worker: 'other', topics: ['tax-assess'] })).body).toEqual([]);
    expect((await system.post(`/jobs/${job.id}/extend`, { fence: job.fence, lockMs: 120_000 })).status).toBe(204);
    expect((await system.post(`/jobs/${job.id}/complete`, { fence: job.fence, variables: { tax: 4600 } })).status).toBe(
      204,
    );
    const message = { name: 'paid', key: 'HT-1', variables: { receipt: 'R-9' } };
    expect((await system.post('/messages', message)).body).toEqual({
      caseId: id,
      started: false,
      kept: false,
      duplicate: false,
    });
    expect((await city.as('supervisor-feng').get(`/cases/${id}`)).body).toMatchObject({
      status: 'completed',
      variables: { tax: 4600, receipt: 'R-9' },
    });
    const late = await system.post('/messages', message);
    expect([late.status, late.body.code]).toEqual([404, 'message.nobody_waits']);
  });

  it('may not complete with a lease that is not its own, nor work that does not exist', async () => {
    await startOutside();
    const job = await fetchJob();
    expect((await system.post(`/jobs/${job.id}/complete`, { fence: job.fence - 1 })).body.code).toBe('job.lease_lost');
    expect((await system.post('/jobs/none/complete', { fence: 1 })).body.code).toBe('job.not_found');
    await system.post(`/jobs/${job.id}/complete`, { fence: job.fence });
    expect((await system.post(`/jobs/${job.id}/complete`, { fence: job.fence })).status).toBe(404);
  });

  it('that fails opens an incident, which a supervisor sees and retries', async () => {
    const id = await startOutside();
    const job = await fetchJob();
    expect((await system.post(`/jobs/${job.id}/fail`, { fence: job.fence, message: '核税系统无应答' })).status).toBe(
      204,
    );
    const { items } = (await city.as('supervisor-feng').get(`/incidents?case=${id}`)).body;
    expect(items).toEqual([
      expect.objectContaining({
        case: expect.objectContaining({ id }),
        definition: { id: 'outside', name: '外部系统' },
        node: { id: 'assess', name: '联网核税' },
        message: expect.stringContaining('核税系统无应答'),
        can: { retry: true },
      }),
    ]);
    expect((await city.as('supervisor-feng').get(`/cases/${id}/diagram`)).body.tokens[0].wait).toBe('incident');
    expect((await city.as('supervisor-feng').post(`/incidents/${items[0].id}/retry`)).status).toBe(200);
    expect((await city.as('supervisor-feng').post(`/incidents/${items[0].id}/retry`)).body.code).toBe(
      'incident.not_found',
    );
    const again = await fetchJob();
    await system.post(`/jobs/${again.id}/complete`, { fence: again.fence });
    expect((await city.as('supervisor-feng').get(`/incidents?case=${id}`)).body.items).toEqual([]);
  });

  it('that reports a business error nobody handles opens an incident too', async () => {
    const id = await startOutside();
    const job = await fetchJob();
    expect(
      (await system.post(`/jobs/${job.id}/error`, { fence: job.fence, code: 'arrears', message: '欠费' })).status,
    ).toBe(204);
    expect((await city.as('supervisor-feng').get(`/incidents?case=${id}`)).body.items).toHaveLength(1);
  });

  it.each([
    ['/jobs/fetch-and-lock', { worker: 'w', topics: [] }],
    ['/jobs/fetch-and-lock', { worker: 'w', topics: ['t'], lockMs: 10 }],
    ['/jobs/x/complete', {}],
    ['/messages', { name: '' }],
  ])('is told what is wrong with %s %j', async (path, body) => {
    expect((await system.post(path, body)).status).toBe(422);
  });

  it('says how things stand, and the processes whose condition it meets begin', async () => {
    await city.publish(FLOOD);
    const { status, body } = await system.post('/conditions', { variables: { waterLevel: 4.2 } });
    expect([status, body]).toEqual([
      200,
      { started: [{ definition: { id: 'flood:1', name: '防汛应急' }, element: 's' }], failed: [] },
    ]);
    expect((await system.post('/conditions', { variables: { waterLevel: 1 } })).body.started).toEqual([]);
  });
});
