import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { MongoStore } from '../../engine/store/mongo/index.ts';
import { openFaultProxy, type FaultProxy, type Mishap } from '../support/fault-proxy.ts';
import { answer, answerAfter, CUT_AFTER, CUT_BEFORE, hold, NOT_PRIMARY, STEPPED_DOWN } from '../support/mishaps.ts';
import { startMongo } from '../support/mongo.ts';
import { newDatabase, openNode } from '../support/mongo-stores.ts';
import { throughProxy } from '../support/proxied.ts';
import { aCase, aCommit, aJob, aMessage, aReceipt, aSubscription, aTask, closeStores } from '../support/stores.ts';
import { events, NINE } from '../support/stores.ts';

const server = await startMongo();
const target = server && (await throughProxy.target(server.uri('admin')));
afterAll(() => server?.stop());
jest.setTimeout(60_000);

const MISHAPS: [string, Mishap][] = [
  ['the connection is cut before the server hears of it', CUT_BEFORE],
  ['the connection is cut after the server has done it', CUT_AFTER],
  ['the server is not primary', answer(NOT_PRIMARY)],
  ['the server steps down after it has done it', answerAfter(STEPPED_DOWN)],
  ['the answer does not come', hold(60_000)],
];

/** Impatient, so that the test need not wait. */
const HURRY = 'socketTimeoutMS=1500&serverSelectionTimeoutMS=10000';
const NO_PATIENCE = 'socketTimeoutMS=300&serverSelectionTimeoutMS=1000';

(target ? describe : describe.skip)('a node whose commands go wrong', () => {
  const proxies: FaultProxy[] = [];
  let uri: string;
  let sound: MongoStore;

  beforeAll(async () => {
    uri = await newDatabase(server!);
  });
  beforeEach(async () => {
    sound = await openNode(uri);
  });
  afterEach(async () => {
    await closeStores();
    await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
  });

  async function open(options: string): Promise<{ proxy: FaultProxy; shaken: MongoStore }> {
    const proxy = await openFaultProxy(target!);
    proxies.push(proxy);
    return { proxy, shaken: await openNode(throughProxy.uri(uri, proxy.port, options)) };
  }

  /** Does the work on a node of its own whose n-th command meets with the mishap; answers how many commands there were. */
  async function shake(n: number, mishap: Mishap, work: (shaken: MongoStore) => Promise<void>): Promise<number> {
    const { proxy, shaken } = await open(HURRY);
    let commands = 0;
    proxy.rule(() => (++commands === n ? mishap : undefined));
    await work(shaken);
    return commands;
  }

  /** A step with all that a step can have: a leased job, a receipt, a message, rows of every kind. */
  async function aFullStep() {
    const row = aCase({ lastSeq: 2 });
    const message = aMessage();
    const [caused, old, next] = [aJob(), aJob(), aJob()].map((job) => ({ ...job, caseId: row.id }));
    await sound.commit({ ...aCommit({ case: row }), jobs: { put: [caused!, old!], remove: [] } });
    const kept = { jobs: { put: [aJob({ id: message.jobId })], remove: [] }, messages: { put: [message], remove: [] } };
    await sound.commitRecords(kept);
    const taken = await sound.claimDueJobs({ owner: 'shaken', now: NINE, leaseMs: 60_000, limit: 1_000 });
    const { fence } = taken.find(({ id }) => id === caused!.id)!;
    const [task, receipt, subscription] = [aTask({ caseId: row.id }), aReceipt(), aSubscription({ caseId: row.id })];
    const commit = {
      ...aCommit({
        case: { ...row, rev: 2 },
        events: events(row.id, 1, 2),
        tasks: [task],
        receipt,
        consumes: message.id,
      }),
      fence: { jobId: caused!.id, fence },
      jobs: { put: [next!], remove: [old!.id] },
      subscriptions: { put: [subscription], remove: [] },
    };
    const isWhole = async () => {
      expect(await sound.findCase(row.id)).toMatchObject({ rev: 2 });
      expect(await sound.listEvents(row.id, 0, 9)).toEqual(events(row.id, 1, 2));
      expect(await sound.findTask(task.id)).toEqual(task);
      expect(await sound.findJob(caused!.id)).toBeUndefined();
      expect(await sound.findJob(old!.id)).toBeUndefined();
      expect(await sound.findJob(next!.id)).toEqual(next);
      expect(await sound.findReceipt(receipt.key, NINE)).toEqual(receipt);
      expect((await sound.findMessage(message.id))?.consumedBy).toBe(row.id);
      expect(await sound.findSubscriptions(subscription.name, null)).toContainEqual(subscription);
    };
    return { commit, isWhole };
  }

  it.each(MISHAPS)('writes a step once, wherever %s', async (_what, mishap) => {
    const plain = await aFullStep();
    const commands = await shake(0, mishap, async (node) => expect(await node.commit(plain.commit)).toBe('ok'));
    expect(commands).toBeGreaterThan(8);
    const steps: Awaited<ReturnType<typeof aFullStep>>[] = [];
    for (let n = 1; n <= commands; n++) steps.push(await aFullStep());
    await Promise.all(
      steps.map(({ commit }, n) => shake(n + 1, mishap, async (node) => expect(await node.commit(commit)).toBe('ok'))),
    );
    for (const { isWhole } of steps) await isWhole();
    // the last commands follow after the answer
    const met = proxies.reduce((sum, { happened }) => sum + happened[mishap.kind], 0);
    expect(met).toBeGreaterThan(8);
  });

  it.each(MISHAPS)('makes a new case once, wherever %s', async (_what, mishap) => {
    const make = async (_: unknown, n: number) => {
      const row = aCase({ lastSeq: 1 });
      const [task, receipt] = [aTask({ caseId: row.id }), aReceipt()];
      const begun = aCommit({ case: row, events: events(row.id, 1, 1), tasks: [task], receipt });
      await shake(n + 1, mishap, async (node) => expect(await node.commit(begun)).toBe('ok'));
      expect(await sound.findCase(row.id)).toEqual(row);
      expect(await sound.findTask(task.id)).toEqual(task);
      expect(await sound.listEvents(row.id, 0, 9)).toEqual(events(row.id, 1, 1));
      expect(await sound.findReceipt(receipt.key, NINE)).toEqual(receipt);
    };
    await Promise.all(Array.from({ length: 5 }, make));
  });

  it('says so in time while nothing comes back, and what comes late changes nothing', async () => {
    const { proxy, shaken } = await open(NO_PATIENCE);
    const row = aCase();
    await sound.commit(aCommit({ case: row }));
    const step = aCommit({ case: { ...row, rev: 2 }, tasks: [aTask({ id: 'late', caseId: row.id })] });
    await shaken.findCase(row.id);
    proxy.silence();
    const refused = { code: 'store.unavailable' };
    await expect(shaken.commit(step)).rejects.toMatchObject(refused);
    await expect(shaken.findCase(row.id)).rejects.toMatchObject(refused);
    expect(await sound.commit(aCommit({ case: { ...row, rev: 2, title: 'of another' } }))).toBe('ok');
    proxy.mend();
    expect((await shaken.findCase(row.id))?.title).toBe('of another');
    expect(await shaken.commit(step)).toBe('conflict');
    expect(await sound.findTask('late')).toBeUndefined();
  });

  it('refuses while it is cut off, and goes on by itself afterwards', async () => {
    const { proxy, shaken } = await open(NO_PATIENCE);
    proxy.refuse();
    await expect(shaken.commit(aCommit())).rejects.toMatchObject({ code: 'store.unavailable' });
    await expect(shaken.claimDueJobs({ owner: 'a', now: NINE, leaseMs: 1, limit: 1 })).rejects.toMatchObject({
      code: 'store.unavailable',
    });
    proxy.mend();
    expect(await shaken.commit(aCommit())).toBe('ok');
  });
});
