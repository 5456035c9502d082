import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { NO_PEERS } from '../../engine/index.ts';
import { memoryStore } from '../../engine/store/memory/index.ts';
import { callerOf, closeCities, openCity, type Caller, type City } from './support/city.ts';
import { FLOOD, OUTSIDE, STORM_WATCH } from './support/models.ts';

const store = memoryStore();
let city: City;
let system: Caller;
beforeAll(async () => {
  city = await openCity({}, NO_PEERS, store);
  await city.publish(OUTSIDE);
  system = callerOf(city.address, { authorization: `Bearer ${city.integratorToken}` });
});
afterAll(closeCities);

async function startOutside(contract = 'HT-1'): Promise<string> {
  return (await city.as('designer-ding').post('/cases', { definition: 'outside', data: { contract } })).body.id;
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

  describe('that repeats with its key what had taken effect when its node went away, before the answer was kept', () => {
    /** Twice with one key; the first time nothing is written after the effect. */
    async function repeated(path: string, body: object, by = system, meanwhile = () => Promise.resolve()) {
      const key = { 'idempotency-key': randomUUID() };
      const { addReceipt } = store;
      store.addReceipt = () => Promise.reject(new Error('died'));
      await by.post(path, body, key);
      store.addReceipt = addReceipt;
      await meanwhile();
      return by.post(path, body, key);
    }
    const historyOf = async (id: string) =>
      (await city.as('supervisor-feng').get(`/cases/${id}/history?limit=100`)).body.items as { type: string }[];
    const atMessage = async (contract: string) => {
      const id = await startOutside(contract);
      const job = await fetchJob();
      await system.post(`/jobs/${job.id}/complete`, { fence: job.fence });
      return id;
    };

    it('hears that the work was done, or ended with an error', async () => {
      for (const how of ['complete', 'error']) {
        await startOutside();
        const { id, fence } = await fetchJob();
        const answer = await repeated(`/jobs/${id}/${how}`, { fence, ...(how === 'error' && { code: 'arrears' }) });
        expect([how, answer.status]).toEqual([how, 204]);
      }
    });

    it('has an incident retried once, though the work fails again meanwhile', async () => {
      const id = await startOutside();
      const fail = async () => {
        const job = await fetchJob();
        await system.post(`/jobs/${job.id}/fail`, { fence: job.fence, message: '核税系统无应答' });
      };
      await fail();
      const feng = city.as('supervisor-feng');
      const open = async () => (await feng.get(`/incidents?case=${id}`)).body.items;
      const [incident] = await open();
      const { status, body } = await repeated(`/incidents/${incident.id}/retry`, {}, feng, fail);
      expect([status, body]).toEqual([200, incident]);
      expect(await open()).toHaveLength(1);
    });

    it('has handed one message to one case, not to the next that waits as well', async () => {
      const ids = [await atMessage('HT-2'), await atMessage('HT-2')];
      const { status, body } = await repeated('/messages', { name: 'paid', key: 'HT-2' });
      expect([status, ids.includes(body.caseId)]).toEqual([200, true]);
      const received = (await Promise.all(ids.map(historyOf))).flat().filter(({ type }) => type === 'message.received');
      expect(received).toHaveLength(1);
    });

    it('has one message kept, or handed to one case', async () => {
      const kept = { name: 'paid', key: 'HT-3', timeToLive: 'PT1H' };
      expect((await repeated('/messages', kept)).body).toMatchObject({ kept: true, duplicate: false });
      const ids = [await atMessage('HT-3'), await atMessage('HT-3')];
      await city.house.engine.runDueJobs();
      expect(ids).toContain((await repeated('/messages', { ...kept, variables: { again: true } })).body.caseId);
      expect((await repeated('/messages', { ...kept, messageId: 'm-1' })).body).toMatchObject({ kept: true });
      await atMessage('HT-3');
      await city.house.engine.runDueJobs();
      expect((await system.post('/messages', { name: 'paid', key: 'HT-3' })).status).toBe(404);
    });

    it('has sent one signal, and begun one case for what it told', async () => {
      await city.publish(FLOOD);
      await city.publish(STORM_WATCH);
      const { id } = (await city.as('designer-ding').post('/cases', { definition: 'storm-watch', data: {} })).body;
      expect((await repeated('/signals', { name: 'storm' })).status).toBe(200);
      expect((await repeated('/conditions', { variables: { waterLevel: 5 } })).body.started).toHaveLength(1);
      await city.house.engine.runDueJobs();
      expect((await historyOf(id)).filter(({ type }) => type === 'signal.caught')).toHaveLength(1);
      const { items } = (await city.as('supervisor-feng').get('/cases?definition=flood&limit=100')).body;
      expect(items).toHaveLength(1);
    });
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
