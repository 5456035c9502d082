import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { MongoStore } from '../../engine/store/mongo/index.ts';
import type { CaseRow } from '../../engine/store/ports.ts';
import { random } from '../support/chance.ts';
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

/** Impatient, so that the test need not wait. Where writes are counted, none is the driver's. */
const HURRY = 'socketTimeoutMS=1500&serverSelectionTimeoutMS=10000';
const NO_PATIENCE = 'socketTimeoutMS=300&serverSelectionTimeoutMS=1000&retryWrites=false';

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

  /** Does the work on a node of its own whose n-th command meets with the mishap; answers how many commands there were, and what happened. */
  async function shake(n: number, mishap: Mishap, work: (shaken: MongoStore) => Promise<void>) {
    const { proxy, shaken } = await open(HURRY);
    let commands = 0;
    proxy.rule(() => (++commands === n ? mishap : undefined));
    await work(shaken);
    return { commands, happened: proxy.happened };
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
    const { commands } = await shake(0, mishap, async (node) => expect(await node.commit(plain.commit)).toBe('ok'));
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

  it('writes a step once, whichever command arrives late, after it was given up and done again', async () => {
    const plain = await aFullStep();
    const { commands } = await shake(0, CUT_BEFORE, async (node) => void (await node.commit(plain.commit)));
    const steps: Awaited<ReturnType<typeof aFullStep>>[] = [];
    for (let n = 1; n <= commands; n++) steps.push(await aFullStep());
    await Promise.all(
      steps.map(async ({ commit }, n) => {
        let arrive!: () => void;
        let done!: () => void;
        const until = new Promise<void>((go) => (arrive = go));
        const arrived = new Promise<void>((tell) => (done = tell));
        const { happened } = await shake(n + 1, { kind: 'late', until, done }, async (node) =>
          expect(await node.commit(commit)).toBe('ok'),
        );
        arrive();
        if (happened.late > 0) await arrived;
      }),
    );
    for (const { isWhole } of steps) await isWhole();
    await sound.projectPending();
    for (const { isWhole } of steps) await isWhole();
  });

  it('bars a write that it gave up: it does not land later, without its answer', async () => {
    const { commit, isWhole } = await aFullStep();
    const { proxy, shaken } = await open(NO_PATIENCE);
    let arrive!: () => void;
    let done!: () => void;
    const until = new Promise<void>((go) => (arrive = go));
    const arrived = new Promise<void>((tell) => (done = tell));
    let writes = 0;
    proxy.rule(({ name }) => {
      if (name !== 'findAndModify') return undefined;
      return ++writes === 1 ? { kind: 'late', until, done } : CUT_BEFORE;
    });
    await expect(shaken.commit(commit)).rejects.toMatchObject({ code: 'store.unavailable' });
    expect(writes).toBe(2);
    arrive();
    await arrived;
    expect(await sound.findCase(commit.caseId)).toMatchObject({ rev: 1 });
    expect(await sound.commit(commit)).toBe('ok');
    await isWhole();
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

  it.each(['for its person', 'for its case'])(
    'takes effect once by its key, kept %s, however often they do',
    async (kept) => {
      const ofCase = kept === 'for its case';
      const chance = random(20260302);
      const nodes = await Promise.all([open(HURRY), open(HURRY), open(HURRY)]);
      for (const { proxy } of nodes)
        proxy.rule(() => (chance() < 0.1 ? MISHAPS[Math.floor(chance() * MISHAPS.length)]![1] : undefined));
      const rows = Array.from({ length: 3 }, () => aCase({ lastSeq: 0 }));
      for (const row of rows) await sound.commit(aCommit({ case: row }));

      /** Asks again until the step is done, as a client does: the event carries its mark. */
      async function insist({ id }: CaseRow, mark: string): Promise<void> {
        const receipt = aReceipt({ key: mark });
        for (;;) {
          const { shaken } = nodes[Math.floor(chance() * nodes.length)]!;
          try {
            if (await shaken.findReceipt(mark, NINE, ofCase ? id : undefined)) return;
            const now = (await shaken.findCase(id))!;
            const next = { ...now, rev: now.rev + 1, lastSeq: now.lastSeq + 1 };
            const [event] = events(id, next.lastSeq, next.lastSeq);
            const step = aCommit({ case: next, events: [{ ...event!, actor: mark }], receipt });
            if ((await shaken.commit({ ...step, ...(ofCase && { receiptOfCase: true }) })) === 'ok') return;
          } catch (error) {
            expect(error).toMatchObject({ code: 'store.unavailable' });
          }
        }
      }
      const marks = rows.map(({ id }) => Array.from({ length: 9 }, (_, n) => `${id} ${kept} ${n}`));
      const writer = async (row: CaseRow, mine: string[]) => {
        for (const mark of mine) await insist(row, mark);
      };
      await Promise.all(
        rows.flatMap((row, n) => [
          writer(row, marks[n]!.slice(0, 5)),
          writer(row, marks[n]!.slice(4)),
          writer(row, marks[n]!.slice(2, 7)),
        ]),
      );

      for (const { proxy } of nodes) proxy.rule(undefined);
      await sound.projectPending();
      for (const [n, { id }] of rows.entries()) {
        const history = await sound.listEvents(id, 0, 100);
        expect(history.map(({ actor }) => actor).sort()).toEqual([...marks[n]!].sort());
        expect(history.map(({ seq }) => seq)).toEqual(history.map((_, index) => index + 1));
      }
      const met = proxies.flatMap(({ happened }) => Object.values(happened));
      expect(met.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(20);
    },
  );

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
