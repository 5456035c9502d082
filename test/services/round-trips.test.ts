import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { closeCities, openCity, type City } from '../api/support/city.ts';
import { bpmn, chain } from '../support/bpmn.ts';
import { startMongo } from '../support/mongo.ts';
import { newDatabase, openNode } from '../support/mongo-stores.ts';
import { roundTrips, type Traffic } from '../support/round-trips.ts';
import { closeStores } from '../support/stores.ts';

jest.setTimeout(60_000);
const server = await startMongo();
afterAll(async () => {
  await closeCities();
  await closeStores();
  await server?.stop();
});

/** Three tasks of one department one after the other, each with a promise: what is done most. */
const LINE = bpmn(
  '<startEvent id="s"/><endEvent id="e"/>' +
    ['a', 'b', 'c'].map((id) => `<userTask id="${id}" ov:department="housing" ov:promise="3"/>`).join('') +
    chain('s', 'a', 'b', 'c', 'e'),
  { id: 'line' },
);

(server ? describe : describe.skip)('a person who completes a task over HTTP waits for the database', () => {
  const trips = roundTrips();
  let here: City;
  let there: City;

  const post = async (city: City, task: string, verb: string, key?: string) => {
    const answer = await city
      .as('handler-wang')
      .post(`/tasks/${task}/${verb}`, {}, key ? { 'idempotency-key': key } : {});
    expect([answer.status, answer.body.code]).toEqual([200, undefined]);
  };
  /** A case whose first task `claimer` knows to be held by Wang. */
  async function claimed(claimer: City): Promise<string> {
    const started = await claimer.as('designer-ding').post('/cases', { definition: 'line', data: {} });
    const { tasks } = (await claimer.as('handler-wang').get(`/cases/${started.body.id}`)).body;
    await post(claimer, tasks[0].id, 'claim');
    return tasks[0].id;
  }
  async function completed(on: City, key?: string): Promise<Traffic> {
    const task = await claimed(here);
    return trips.measured(() => post(on, task, 'complete', key));
  }

  // nodes that have compiled the process
  beforeAll(async () => {
    const uri = await newDatabase(server!);
    here = await openCity({}, undefined, await openNode(uri, { watch: trips.watch }));
    there = await openCity({}, undefined, await openNode(uri, { watch: trips.watch }));
    expect((await here.publish(LINE)).status).toBe(201);
    for (const city of [here, there]) await post(city, await claimed(city), 'complete');
  });

  it('twice: for the case, then for all its rows', async () => {
    const { waits, names, bytes } = await completed(here);
    expect(names.slice(0, 4).sort()).toEqual(['findAndModify cases', 'insert history', 'update jobs', 'update tasks']);
    expect(waits).toBe(2);
    expect(bytes).toBeLessThan(12_000);
  });

  it('twice also with an Idempotency-Key', async () => {
    const { waits, names } = await completed(here, 'key-1');
    expect(names).toContain('insert receipts');
    expect(waits).toBe(2);
  });

  it('once more where another node wrote the case last', async () => {
    for (const key of [undefined, 'key-2']) {
      const { waits, names } = await completed(there, key);
      expect(names[0]).toBe('find cases');
      expect(waits).toBe(3);
    }
  });

  it('and is not refused for what its node does not know yet', async () => {
    const started = await here.as('designer-ding').post('/cases', { definition: 'line', data: {} });
    const { tasks } = (await here.as('handler-wang').get(`/cases/${started.body.id}`)).body;
    await post(there, tasks[0].id, 'claim');
    await post(here, tasks[0].id, 'complete');
    const late = await there.as('handler-wang').post(`/tasks/${tasks[0].id}/complete`, { data: { not: 'asked for' } });
    expect([late.status, late.body.code]).toEqual([409, 'task.closed']);
  });

  it('for one command more afterwards: what is in place is taken off the list of the case', async () => {
    const task = await claimed(here);
    const { commands, names } = await trips.measuredWhole(() => post(here, task, 'complete'));
    expect([commands, names.at(-1)]).toEqual([5, 'update cases']);
  });
});
