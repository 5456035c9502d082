import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:net';
import { DECLARED } from '../../engine/store/mongo/collections.ts';
import { connect } from '../../engine/store/mongo/driver.ts';
import { collectionsOf } from '../../engine/store/mongo/documents.ts';
import { forget } from '../../engine/store/mongo/healer.ts';
import { readServerTime } from '../../engine/store/mongo/server-clock.ts';
import { createIndexes, fillLights, openMongoStore, undeclaredIndexes } from '../../engine/store/mongo/index.ts';
import { datesForTasks } from '../../engine/store/listed-dates.ts';
import type { Commit } from '../../engine/store/ports.ts';
import { storeContract } from '../contracts/store.contract.ts';
import { startMongo, withOptions } from '../support/mongo.ts';
import { audit, newDatabase, openNode, watchWith } from '../support/mongo-stores.ts';
import { roundTrips } from '../support/round-trips.ts';
import { closeStores, NINE } from '../support/stores.ts';
import {
  aCase,
  aCommit,
  aDefinition,
  aJob,
  aMessage,
  aReceipt,
  aSubscription,
  aTask,
  anIncident,
  events,
} from '../support/stores.ts';

const server = await startMongo();
afterAll(() => server?.stop());
const HOUR = 3_600_000;

if (server) {
  storeContract(`MongoDB (${server.kind})`, async () => openNode(await newDatabase(server)));

  describe('MongoDB store', () => {
    afterEach(closeStores);

    it('refuses to open without its indexes, naming them all, until they are created', async () => {
      const uri = server.uri(`onevisit-test-indexes-${process.pid}`);
      const names = DECLARED.flatMap(([name, { indexes }]) => indexes.map((index) => `${name}.${index.name}`));
      const refusal = (await openMongoStore({ uri }).catch((error: unknown) => error)) as Error;
      expect(refusal).toMatchObject({ kind: 'unavailable', code: 'store.unavailable' });
      for (const name of names) expect(refusal.message).toContain(name);
      expect(await createIndexes(uri)).toEqual(names);
      expect(await createIndexes(uri)).toEqual([]);
      await openNode(uri);
    });

    it('names indexes that it does not use, and those that only have the name of one; it drops none', async () => {
      const uri = await newDatabase(server);
      expect(await undeclaredIndexes(uri)).toEqual([]);
      const connection = await connect({ uri });
      const cases = connection.db!.collection('cases');
      await cases.createIndex({ status: 1, startedAt: -1 }, { name: 'case_status' });
      expect(await createIndexes(uri)).toEqual([]);
      expect(await undeclaredIndexes(uri)).toEqual(['cases.case_status']);
      await cases.dropIndex('case_parent');
      await cases.createIndex({ parent: 1 }, { name: 'case_parent' });
      await expect(createIndexes(uri)).rejects.toThrow(/not as this version needs them: cases\.case_parent\. Drop/);
      expect((await cases.indexes()).map(({ name }) => name)).toEqual(
        expect.arrayContaining(['case_status', 'case_parent']),
      );
      await connection.close();
    });

    it('is told apart from the stand-in by what it says itself, not by who gave its address', async () => {
      const { MONGODB_URI } = process.env;
      process.env.MONGODB_URI = server.uri('onevisit-test');
      const given = await startMongo();
      if (MONGODB_URI === undefined) delete process.env.MONGODB_URI;
      else process.env.MONGODB_URI = MONGODB_URI;
      expect(given).toMatchObject({ kind: server.kind, description: expect.stringContaining('MONGODB_URI: ') });
    });

    it('refuses to open with an index that leaves out documents, or does not leave them out', async () => {
      const uri = await newDatabase(server);
      const connection = await connect({ uri });
      const replaced = async (collection: string, name: string, keys: Record<string, 1 | -1>, sparse: boolean) => {
        const indexes = connection.db!.collection(collection);
        await indexes.dropIndex(name);
        await indexes.createIndex(keys, { name, sparse });
      };
      await replaced('cases', 'case_newest', { startedAt: -1, _id: -1 }, true);
      await replaced('jobs', 'job_gone', { goneAt: 1 }, false);
      await connection.close();
      const refused = 'these indexes are missing: cases.case_newest, jobs.job_gone. ';
      await expect(openMongoStore({ uri })).rejects.toThrow(refused);
    });

    it('says that no server answers', async () => {
      const unused = createServer();
      await new Promise<void>((done) => unused.listen(0, '127.0.0.1', done));
      const { port } = unused.address() as { port: number };
      await new Promise((done) => unused.close(done));
      const uri = `mongodb://127.0.0.1:${port}/none?serverSelectionTimeoutMS=300`;
      await expect(openMongoStore({ uri })).rejects.toMatchObject({ code: 'store.unavailable' });
    });

    it('leaves it to the address whether the driver repeats writes', async () => {
      for (const repeats of [true, false]) {
        const connection = await connect({ uri: withOptions(server.uri('onevisit-test'), `retryWrites=${repeats}`) });
        expect(connection.getClient().options).toMatchObject({ retryWrites: repeats, writeConcern: { w: 'majority' } });
        await connection.close();
      }
    });

    it('writes to a majority and its journals, whatever the address says', async () => {
      const uri = await newDatabase(server);
      for (const weaker of ['w=0', 'w=1', 'journal=false', 'j=false', 'Journal=false&w=0', 'fsync=false']) {
        const concerns: unknown[] = [];
        const store = await openNode(withOptions(uri, weaker), {
          watch: (event) => {
            if ('command' in event && ['insert', 'update', 'findAndModify'].includes(event.commandName))
              concerns.push(event.command.writeConcern);
          },
        });
        const id = `of ${weaker}`;
        await store.commit(aCommit({ case: aCase({ id }), tasks: [aTask({ id: `${id}.1`, caseId: id })] }));
        await store.nextNumber('cases');
        expect(concerns.length).toBeGreaterThan(2);
        expect(concerns.filter((concern) => JSON.stringify(concern) !== '{"w":"majority","j":true}')).toEqual([]);
      }
    });

    it('goes by the clock of the server', async () => {
      const uri = await newDatabase(server);
      const connection = await connect({ uri });
      const into = collectionsOf(connection.db!);
      const nodes = [await openNode(uri, { clock: undefined }), await openNode(uri, { clock: undefined })];
      for (const { clock } of nodes) {
        const before = await readServerTime(into);
        const now = clock.now();
        const after = await readServerTime(into);
        // as well as the way there and back lets it know
        expect(now).toBeGreaterThanOrEqual(before - 500);
        expect(now).toBeLessThanOrEqual(after + 500);
      }
      await connection.close();
    });

    it('keeps names of operators and paths as plain text', async () => {
      const uri = await newDatabase(server);
      const [store, other] = [await openNode(uri), await openNode(uri)];
      const variables = JSON.parse(
        '{"$where":"1","a.b":{"$gt":""},"$set":{"rev":9},"__proto__":{"x":1},"a\\u0000b":1}',
      );
      for (const text of ['$gt', '$where', 'a.b', '{"$ne":null}', '.*', '$', '__proto__']) {
        const row = aCase({ id: text, applicant: text, title: text, definitionKey: text });
        row.state.scopes['0']!.variables = variables;
        const task = aTask({ id: `${text}.1`, caseId: text, groups: [text], assignee: text, status: 'claimed' });
        const [job, subscription] = [
          aJob({ id: text, topic: text, payload: variables }),
          aSubscription({ id: text, name: text, key: text }),
        ];
        await store.commit({
          ...aCommit({ case: row, tasks: [task], events: [{ ...events(text, 1, 1)[0]!, data: variables }] }),
          jobs: { put: [job], remove: [] },
          subscriptions: { put: [subscription], remove: [] },
          documents: [{ collection: text, id: text, document: variables }],
        });
        expect(await other.findCase(text)).toEqual(row);
        expect(await other.listCases({ applicant: text, limit: 9 })).toEqual([row]);
        expect(await other.listTasks({ status: 'claimed', groups: [text], limit: 9 })).toEqual([task]);
        expect(await other.findSubscriptions(text, text)).toEqual([subscription]);
        expect(await other.getDocument(text, text)).toEqual(variables);
        expect((await other.listEvents(text, 0, 9))[0]!.data).toEqual(variables);
        expect((await other.findJob(text))?.payload).toEqual(variables);
      }
      expect((await other.listCases({ text: '.*', limit: 9 })).map(({ id }) => id)).toEqual(['.*']);
      expect((await other.listCases({ text: '^', limit: 9 })).map(({ id }) => id)).toEqual([]);
    });

    it('takes no object where a text belongs', async () => {
      const store = await openNode(await newDatabase(server));
      await store.commit(aCommit({ tasks: [aTask({ id: 't' })], receipt: aReceipt({ key: 'k' }) }));
      const any = { $ne: null } as unknown as string;
      const asked = [
        () => store.findCase(any),
        () => store.findTask(any),
        () => store.findJob(any),
        () => store.findReceipt(any, NINE),
        () => store.findMessage(any),
        () => store.findDefinition(any),
        () => store.listCases({ applicant: any, limit: 9 }),
        () => store.listCases({ groups: [any], limit: 9 }),
        () => store.listTasks({ status: any as never, limit: 9 }),
        () => store.listTasks({ status: 'open', after: { dueAt: any as never, id: 'a' }, limit: 9 }),
        () => store.findSubscriptions('m', any),
        () => store.listEvents(any, 0, 9),
        () => store.nextNumber(any),
        () => store.claimDueJobs({ owner: 'a', now: any as never, leaseMs: 1, limit: 1 }),
        () => store.rescheduleJob('j', any as never, { dueAt: 1 }),
        () => store.commit(aCommit({ expectedRev: any as never })),
      ];
      for (const ask of asked) await expect(ask()).rejects.toBeInstanceOf(TypeError);
    });

    it('tells every node what was written after an instant, oldest first', async () => {
      const uri = await newDatabase(server);
      const [one, two] = [await openNode(uri), await openNode(uri)];
      const [a, b] = [aCase({ id: '$a', lastSeq: 2 }), aCase()];
      const before = Date.now() - 1;
      await one.commit(aCommit({ case: a, events: events(a.id, 1, 2) }));
      await new Promise((done) => setTimeout(done, 5));
      await two.commit(aCommit({ case: b, events: events(b.id, 1, 1) }));
      await two.commit(aCommit({ case: { ...a, rev: 2 }, events: events(a.id, 3, 3) }));
      const told = await two.listChanges(before, 10);
      expect(told[0]).toEqual({ caseId: a.id, seq: 2 });
      expect(new Set(told.slice(1))).toEqual(
        new Set([
          { caseId: b.id, seq: 1 },
          { caseId: a.id, seq: 3 },
        ]),
      );
      expect(await one.listChanges(before, 1)).toEqual([{ caseId: a.id, seq: 2 }]);
      expect(await one.listChanges(Date.now() + 1, 10)).toEqual([]);
    });

    it('refuses a case that no document holds', async () => {
      const store = await openNode(await newDatabase(server));
      const row = aCase();
      row.state.scopes['0']!.variables = { text: 'x'.repeat(15_000_000) };
      await expect(store.commit(aCommit({ case: row }))).rejects.toMatchObject({ code: 'case.too_large' });
      expect(await store.findCase(row.id)).toBeUndefined();
    });

    it('gives open cases and tasks of an older version their lights, once', async () => {
      const uri = await newDatabase(server);
      const store = await openNode(uri);
      const dates = { yellowAt: NINE - HOUR, dueAt: NINE + HOUR };
      const near = aCase(dates);
      const held = aCase({
        clock: { holds: [{ from: NINE - HOUR, to: null, reason: 'inspection' }], extensions: [] },
      });
      const closed = aCase({ ...dates, status: 'completed' });
      for (const row of [near, held, closed]) await store.commit(aCommit({ case: row }));
      const [open, done] = [aTask({ caseId: near.id, ...dates }), aTask({ caseId: near.id, status: 'completed' })];
      await store.commit(aCommit({ case: { ...near, rev: 2 }, tasks: [open, done] }));
      const connection = await connect({ uri });
      const { cases, tasks } = collectionsOf(connection.db!);
      const fields = { clock: '', yellow: '', until: '', statutory: '' } as const;
      await cases.updateMany({}, { $unset: fields });
      await tasks.updateMany({}, { $unset: fields });
      const older = (await tasks.findOne({ _id: open.id }))!;
      await tasks.insertMany(Array.from({ length: 249 }, (_, n) => ({ ...older, _id: `${open.id}.${n}` })));
      await connection.close();
      expect(await store.countCases(NINE)).toMatchObject({ yellow: 0, grey: 0 });
      expect(await store.countLights(NINE)).toEqual([]);

      expect(await fillLights({ uri, watch: watchWith(audit) })).toEqual({ cases: 2, tasks: 250 });
      expect(await store.countCases(NINE)).toMatchObject({ yellow: 1, grey: 1, none: 0 });
      expect(await store.listCases({ light: 'grey', now: NINE, limit: 9 })).toEqual([{ ...held, held: true }]);
      expect(await store.countLights(NINE)).toEqual([expect.objectContaining({ yellow: 250, green: 0 })]);
      expect(await fillLights({ uri })).toEqual({ cases: 0, tasks: 0 });
    });

    it('lets open tasks of an older version go by their case where nothing limits them, once', async () => {
      const uri = await newDatabase(server);
      const store = await openNode(uri);
      const limited = aCase({ yellowAt: NINE - HOUR, dueAt: NINE + HOUR, statutoryAt: NINE + 2 * HOUR });
      const [held, unlimited] = [aCase({ held: true }), aCase()];
      const caseId = limited.id;
      const waiting = Array.from({ length: 250 }, () => aTask({ caseId }));
      const others = [aTask({ caseId, dueAt: NINE - 1 }), aTask({ caseId, status: 'completed' })];
      await store.commit(aCommit({ case: limited, tasks: [...waiting, ...others] }));
      for (const row of [held, unlimited])
        await store.commit(aCommit({ case: row, tasks: [aTask({ caseId: row.id })] }));

      expect(await fillLights({ uri, watch: watchWith(audit) })).toEqual({ cases: 0, tasks: 251 });
      expect(await store.countLights(NINE)).toEqual([
        expect.objectContaining({ red: 1, yellow: 250, green: 0, grey: 1, none: 1 }),
      ]);
      const ofCase = datesForTasks(limited)!;
      const [first] = await store.listTasks({ status: 'open', light: 'yellow', now: NINE, limit: 1 });
      expect(first).toEqual({ ...waiting[0]!, ofCase });
      const claimed = { ...first!, status: 'claimed' as const, assignee: '王' };
      await store.commit(aCommit({ case: { ...limited, rev: 2 }, tasks: [claimed] }));
      expect(await store.findTask(first!.id)).toEqual(claimed);
      expect(await fillLights({ uri })).toEqual({ cases: 0, tasks: 0 });
    });

    it('forgets removed rows and expired answers after a while, and only those', async () => {
      const uri = await newDatabase(server);
      const store = await openNode(uri);
      const row = aCase();
      const [kept, removed] = [aJob({ caseId: row.id }), aJob({ caseId: row.id })];
      await store.commit({ ...aCommit({ case: row }), jobs: { put: [kept, removed], remove: [] } });
      await store.commit({ ...aCommit({ case: { ...row, rev: 2 } }), jobs: { put: [], remove: [removed.id] } });
      const [expired, answer] = [aReceipt({ expiresAt: Date.now() }), aReceipt({ expiresAt: Date.now() + 2 * HOUR })];
      await store.commit(aCommit({ receipt: expired }));
      await store.commit(aCommit({ receipt: answer }));
      const connection = await connect({ uri });
      const into = collectionsOf(connection.db!);
      const tidying = await connect({ uri, watch: watchWith(audit) });
      const tidied = { into: collectionsOf(tidying.db!) };
      const left = () => Promise.all([into.jobs.countDocuments(), into.receipts.countDocuments()]);
      await forget(tidied, Date.now() - HOUR);
      expect(await left()).toEqual([2, 2]);
      await forget(tidied, Date.now() + HOUR);
      expect(await left()).toEqual([1, 1]);
      expect(await store.findReceipt(answer.key, NINE)).toEqual(answer);
      await Promise.all([connection.close(), tidying.close()]);
      expect(await store.findJob(kept.id)).toEqual(kept);
    });
  });

  describe('waits for the server before the answer', () => {
    afterEach(closeStores);
    const trips = roundTrips();

    it('are two for a completed task: the case, then all its rows at once', async () => {
      const store = await openNode(await newDatabase(server), { watch: trips.watch });
      const completed = async () => {
        const row = aCase();
        const task = aTask({ caseId: row.id });
        const [near, next] = [aJob({ caseId: row.id }), aJob({ caseId: row.id })];
        await store.commit({
          ...aCommit({ case: row, events: events(row.id, 1, 2), tasks: [task] }),
          jobs: { put: [near], remove: [] },
        });
        const done: Commit = {
          ...aCommit({
            case: { ...row, rev: 2 },
            events: events(row.id, 3, 6),
            tasks: [{ ...task, status: 'completed' }, aTask({ caseId: row.id })],
          }),
          jobs: { put: [next], remove: [near.id] },
          incidents: { put: [anIncident({ caseId: row.id })], remove: [] },
        };
        return trips.measured(() => store.commit(done));
      };
      const first = await completed();
      expect(first.names.slice(0, 5).sort()).toEqual([
        'findAndModify cases',
        'insert history',
        'update incidents',
        'update jobs',
        'update tasks',
      ]);
      expect(first.bytes).toBeLessThan(16_000);
      // on a busy machine the first ones wait for connections, which are opened one after the other
      const waits = [first, await completed(), await completed()].map((each) => each.waits);
      expect(Math.min(...waits)).toBe(2);
    });

    it('are one more where rows of others are held, and two more where somebody may be woken', async () => {
      const store = await openNode(await newDatabase(server), { watch: trips.watch });
      const row = aCase();
      await store.commit(aCommit({ case: row }));
      const answered = aCommit({ case: { ...row, rev: 2 }, receipt: aReceipt() });
      expect((await trips.measured(() => store.commit(answered))).waits).toBe(2);
      const waiting = {
        ...aCommit({ case: { ...row, rev: 3 } }),
        subscriptions: { put: [aSubscription()], remove: [] },
      };
      expect((await trips.measured(() => store.commit(waiting))).waits).toBe(3);
      const recording = {
        ...aCommit({ case: { ...row, rev: 4 } }),
        documents: ['h1', 'h2'].map((id) => ({ collection: 'houses', id, document: {} })),
      };
      expect((await trips.measured(() => store.commit(recording))).waits).toBe(3);
      expect((await trips.measured(() => store.findCase(row.id))).waits).toBe(1);
    });
  });

  describe('what MongoDB is sent', () => {
    afterEach(closeStores);

    it('is served by declared indexes, names its rows, and is done alike by every server', async () => {
      const store = await openNode(await newDatabase(server));
      await store.projectPending();
      await store.addDefinition(aDefinition());
      await store.commitRecords({ jobs: { put: [], remove: [] }, messages: { put: [aMessage()], remove: [] } });
      expect(audit.problems).toEqual([]);
      expect(audit.count).toBeGreaterThan(2_000);
    });

    it('needs every declared index', () => {
      const declared = DECLARED.flatMap(([name, { indexes }]) => indexes.map((index) => `${name}.${index.name}`));
      expect([...audit.used].sort()).toEqual(declared.sort());
    });
  });
} else {
  describe.skip('store contract: MongoDB', () => it('needs a server', () => undefined));
}
