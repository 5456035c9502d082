import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createApiToken, tokenDocuments } from '../../api/http/api-tokens.ts';
import { NO_PEERS, parseTaskId, type PeerChanges, type PeerListener } from '../../engine/index.ts';
import { callerOf, closeCities, openCity, type Caller, type City } from '../api/support/city.ts';
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

const PAYING = bpmn(
  '<startEvent id="s"/><endEvent id="e"/><userTask id="a" ov:department="housing"/><receiveTask id="r" messageRef="m"/>' +
    chain('s', 'a', 'r', 'e'),
  { id: 'paying', roots: '<message id="m" name="paid"/>' },
);

(server ? describe : describe.skip)('a person who acts over HTTP waits for the database', () => {
  const trips = roundTrips();
  let here: City;
  let there: City;

  const post = async (city: City, task: string, verb: string, key?: string) => {
    const answer = await city
      .as('handler-wang')
      .post(`/tasks/${task}/${verb}`, {}, key ? { 'idempotency-key': key } : {});
    expect([answer.status, answer.body.code]).toEqual([200, undefined]);
  };
  async function started(on: City, key?: string): Promise<string> {
    const { status, body } = await on
      .as('designer-ding')
      .post('/cases', { definition: 'line', data: {} }, key ? { 'idempotency-key': key } : {});
    expect(status).toBe(201);
    return body.id;
  }
  /** The open task of a case, as a screen shows it. */
  async function shown(on: City, caseId: string): Promise<string> {
    const { tasks } = (await on.as('handler-wang').get(`/cases/${caseId}`)).body;
    const { id } = tasks.find(({ status }: { status: string }) => status === 'open' || status === 'claimed');
    expect((await on.as('handler-wang').get(`/tasks/${id}`)).status).toBe(200);
    return id;
  }
  /** A task that Wang claimed `here`. */
  async function claimed(): Promise<string> {
    const task = await shown(here, await started(here));
    await post(here, task, 'claim');
    return task;
  }
  async function completed(on: City, key?: string): Promise<Traffic> {
    const task = await claimed();
    return trips.measured(() => post(on, task, 'complete', key));
  }

  /** What `there` listens to, where a browser is connected to it. */
  let hear: PeerListener | undefined;
  const peers: PeerChanges = {
    tell: (change) => hear?.changed(change),
    listen(listener) {
      hear = listener;
      return () => (hear = undefined);
    },
    stop: async () => undefined,
  };

  // nodes that have compiled the process
  beforeAll(async () => {
    const uri = await newDatabase(server!);
    here = await openCity({}, { ...NO_PEERS, tell: peers.tell }, await openNode(uri, { watch: trips.watch }));
    there = await openCity({}, { ...peers, tell: NO_PEERS.tell }, await openNode(uri, { watch: trips.watch }));
    for (const model of [LINE, PAYING]) expect((await here.publish(model)).status).toBe(201);
    for (const city of [here, there]) {
      const task = await shown(city, await started(city));
      await post(city, task, 'claim');
      await post(city, task, 'complete');
    }
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

  it('twice also with an API token that its node has seen lately, and once more with one that it has not', async () => {
    const token = await createApiToken(tokenDocuments(here.house.store), { person: 'handler-wang' });
    const wang = callerOf(here.address, { authorization: `Bearer ${token}` });
    const timed = async (how: Caller) => {
      const task = await claimed();
      return trips.measured(async () => expect((await how.post(`/tasks/${task}/complete`, {})).status).toBe(200));
    };
    const first = await timed(wang);
    expect([first.names[0], first.waits]).toEqual(['find documents', 3]);
    await here.house.tokens.refresh(); // as every node does every two seconds
    expect((await timed(wang)).waits).toBe(2);
  });

  it('once more where what it completes begins to wait for a message, for it looks whether that is kept', async () => {
    const { body } = await here.as('designer-ding').post('/cases', { definition: 'paying', data: {} });
    const task = await shown(here, body.id);
    await post(here, task, 'claim');
    const { waits, names } = await trips.measured(() => post(here, task, 'complete'));
    expect(names).toContain('find messages');
    expect(waits).toBe(3);
  });

  it('twice on a node that has only shown it', async () => {
    const task = await claimed();
    await shown(there, parseTaskId(task)!.caseId);
    expect((await trips.measured(() => post(there, task, 'complete'))).waits).toBe(2);

    const open = await shown(there, await started(here));
    for (const verb of ['claim', 'unclaim'])
      expect([verb, (await trips.measured(() => post(there, open, verb))).waits]).toEqual([verb, 2]);
  });

  it('twice on a node that tells its screens what others write, for it reads that anyway', async () => {
    const told: string[] = [];
    let next = () => {};
    const leave = there.house.live.listen({
      changed(change) {
        told.push(change.caseId);
        next();
      },
      missed: () => undefined,
    });
    const task = await claimed();
    while (told.filter((id) => id === parseTaskId(task)!.caseId).length < 2)
      await new Promise<void>((go) => (next = go));
    leave();
    expect((await trips.measured(() => post(there, task, 'complete'))).waits).toBe(2);
  });

  it('once more on a node that knows nothing of the case', async () => {
    for (const key of [undefined, 'key-2']) {
      const { waits, names } = await completed(there, key);
      expect(names[0]).toBe('find cases');
      expect(waits).toBe(3);
    }
    const task = await shown(here, await started(here));
    expect((await trips.measured(() => post(there, task, 'claim'))).waits).toBe(3);
  });

  it('once or twice more on a node that has shown it and has not heard what another did since', async () => {
    const task = await shown(there, await started(here));
    await post(here, task, 'claim');
    const late = await trips.measured(() => post(there, task, 'complete'));
    expect([late.names[0], late.waits]).toEqual(['find cases', 3]);

    const caseId = await started(here);
    const open = await shown(there, caseId);
    expect((await here.as('supervisor-feng').post(`/cases/${caseId}/urge`, {})).status).toBe(204);
    const { waits, names } = await trips.measured(() => post(there, open, 'claim'));
    expect(names.slice(0, 3)).toEqual(['findAndModify cases', 'find cases', 'findAndModify cases']);
    expect(waits).toBe(4);
  });

  it('and is not refused for what its node does not know yet', async () => {
    const task = await shown(here, await started(here));
    await post(there, task, 'claim');
    await post(here, task, 'complete');
    const late = await there.as('handler-wang').post(`/tasks/${task}/complete`, { data: { not: 'asked for' } });
    expect([late.status, late.body.code]).toEqual([409, 'task.closed']);
  });

  it('for one command more afterwards: what is in place is taken off the list of the case', async () => {
    const task = await claimed();
    const { commands, names } = await trips.measuredWhole(() => post(here, task, 'complete'));
    expect([commands, names.at(-1)]).toEqual([5, 'update cases']);
  });

  it('three times to start a case: for version and number, for the case, for its rows', async () => {
    const { waits, names } = await trips.measured(() => started(here));
    expect(names.slice(0, 2).sort()).toEqual(['find definitions', 'findAndModify counters']);
    expect(waits).toBe(3);
  });

  it('once more to start a case with an Idempotency-Key, which is held before', async () => {
    const { waits, names } = await trips.measured(() => started(here, 'key-3'));
    expect(names[2]).toBe('insert receipts');
    expect(waits).toBe(4);
  });

  it('and starts the newest version, also where another node has just published it', async () => {
    await started(here);
    const next = await there.publish(LINE.replace('ov:promise="3"', 'ov:promise="4"'));
    const { body } = await here.as('designer-ding').get(`/cases/${await started(here)}`);
    expect(body.definition).toMatchObject({ id: next.body.definition.id, version: 2 });
  });
});
