import { afterAll, afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Failpoint, MongoStore } from '../../engine/store/mongo/index.ts';
import type { CaseRow, Commit, JobRow } from '../../engine/store/ports.ts';
import { bpmn, chain, flow } from '../support/bpmn.ts';
import { random } from '../support/chance.ts';
import { startMongo } from '../support/mongo.ts';
import { audit, newDatabase, openNode } from '../support/mongo-stores.ts';
import { LI, office } from '../support/office.ts';
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
  closeStores,
} from '../support/stores.ts';
import { events, NINE } from '../support/stores.ts';

const server = await startMongo();
afterAll(() => server?.stop());
jest.setTimeout(60_000);

const HOUR = 3_600_000;
const DEAD = 'the node died';

/** A node that dies where it is told, or stands still there until it is told to go on. */
function mortal(uri: string) {
  let at: Failpoint | undefined;
  let standing: Promise<void> | undefined;
  let arrived: (() => void) | undefined;
  const failpoint = (point: Failpoint) => {
    if (point !== at) return;
    at = undefined;
    arrived?.();
    if (standing) return standing;
    throw new Error(DEAD);
  };
  return {
    open: () => openNode(uri, { failpoint }),
    dieAt: (point: Failpoint) => (at = point),
    /** Resolves when it stands there; call the answer to let it go on. */
    stopAt(point: Failpoint): { there: Promise<void>; goOn: () => void } {
      at = point;
      let goOn!: () => void;
      standing = new Promise<void>((done) => (goOn = done)).then(() => {
        standing = undefined;
      });
      return { there: new Promise((done) => (arrived = done)), goOn };
    },
  };
}

const later = (ms: number) => jest.spyOn(Date, 'now').mockReturnValue(Date.now() + ms);

(server ? describe : describe.skip)('a node that dies', () => {
  afterEach(async () => {
    jest.restoreAllMocks();
    await closeStores();
  });

  async function twoNodes() {
    const uri = await newDatabase(server!);
    const node = mortal(uri);
    return { ...node, first: await node.open(), second: await openNode(uri) };
  }

  it('between the write and its rows loses nothing: another puts every row in place', async () => {
    const { first, second, dieAt } = await twoNodes();
    const message = aMessage();
    await second.commitRecords({
      jobs: { put: [aJob({ id: message.jobId, caseId: '' })], remove: [] },
      messages: { put: [message], remove: [] },
    });
    const row = aCase({ lastSeq: 2 });
    const [task, job, receipt] = [aTask({ caseId: row.id }), aJob({ caseId: row.id }), aReceipt()];
    const [subscription, incident] = [aSubscription({ caseId: row.id }), anIncident({ caseId: row.id })];
    dieAt('written');
    const died = first.commit({
      ...aCommit({ case: row, events: events(row.id, 1, 2), tasks: [task], receipt, consumes: message.id }),
      jobs: { put: [job], remove: [] },
      subscriptions: { put: [subscription], remove: [] },
      incidents: { put: [incident], remove: [] },
      documents: [{ collection: 'records', id: 'a', document: { x: 1 } }],
    });
    await expect(died).rejects.toThrow(DEAD);
    expect(await second.findTask(task.id)).toBeUndefined();

    expect(await second.projectPending()).toBe(1);
    expect(await second.findCase(row.id)).toEqual(row);
    expect(await second.findTask(task.id)).toEqual(task);
    expect(await second.findJob(job.id)).toEqual(job);
    expect(await second.listEvents(row.id, 0, 9)).toEqual(events(row.id, 1, 2));
    expect(await second.findSubscriptions(subscription.name, null)).toEqual([subscription]);
    expect(await second.findIncident(incident.id)).toEqual(incident);
    expect(await second.getDocument('records', 'a')).toEqual({ x: 1 });
    expect(await second.findReceipt(receipt.key, NINE)).toEqual(receipt);
    expect((await second.findMessage(message.id))?.consumedBy).toBe(row.id);
    await second.close();
  });

  it('is finished for by whoever writes the case next, in order and once', async () => {
    const { first, second, dieAt } = await twoNodes();
    const row = aCase();
    const [task, old, next] = [aTask({ caseId: row.id }), aJob({ caseId: row.id }), aJob({ caseId: row.id })];
    await second.commit({ ...aCommit({ case: row, tasks: [task] }), jobs: { put: [old], remove: [] } });
    dieAt('written');
    const died = first.commit({
      ...aCommit({ case: { ...row, rev: 2 }, events: events(row.id, 1, 2), tasks: [{ ...task, name: 'by the dead' }] }),
      jobs: { put: [next], remove: [old.id] },
    });
    await expect(died).rejects.toThrow(DEAD);
    const commit = aCommit({ case: { ...row, rev: 3 }, events: events(row.id, 3, 3) });
    expect(await second.commit({ ...commit, jobs: { put: [], remove: [next.id] } })).toBe('ok');
    expect(await second.listEvents(row.id, 0, 9)).toEqual(events(row.id, 1, 3));
    expect((await second.findTask(task.id))?.name).toBe('by the dead');
    expect(await second.findJob(old.id)).toBeUndefined();
    expect(await second.findJob(next.id)).toBeUndefined();
    expect(await second.projectPending()).toBe(0);
  });

  it('has answered a key all the same: the same request on another node is refused and finds the answer', async () => {
    const { first, second, dieAt } = await twoNodes();
    const row = aCase();
    const receipt = aReceipt();
    const step = (rev: number) => aCommit({ case: { ...row, rev }, receipt, receiptOfCase: true });
    await second.commit(aCommit({ case: row }));
    dieAt('written');
    await expect(first.commit(step(2))).rejects.toThrow(DEAD);
    expect(await second.findReceipt(receipt.key, NINE)).toBeUndefined();
    expect(await second.findReceipt(receipt.key, NINE, row.id)).toEqual(receipt); // not only after a conflict
    expect(await second.commit({ ...step(3), receipt: { ...receipt, status: 409 } })).toBe('conflict');
    expect(await second.findReceipt(receipt.key, NINE)).toEqual(receipt);
  });

  it('is finished for by the sweep of the others, without being asked', async () => {
    const uri = await newDatabase(server!);
    const node = mortal(uri);
    const [first, second] = [await node.open(), await openNode(uri, { healEvery: 20 })];
    const task = aTask();
    node.dieAt('written');
    await expect(first.commit(aCommit({ case: aCase({ id: task.caseId }), tasks: [task] }))).rejects.toThrow(DEAD);
    while (!(await second.findTask(task.id))) await new Promise((done) => setTimeout(done, 20));
    expect(await second.findTask(task.id)).toEqual(task);
  });

  it('and comes back late changes nothing that others did meanwhile', async () => {
    const { first, second, stopAt } = await twoNodes();
    const row = aCase();
    const [task, job] = [aTask({ caseId: row.id }), aJob({ id: 'j', caseId: row.id })];
    const [subscription, incident] = [aSubscription({ caseId: row.id }), anIncident({ caseId: row.id })];
    const { there, goOn } = stopAt('written');
    const late = first.commit({
      ...aCommit({ case: row, events: events(row.id, 1, 1), tasks: [task] }),
      jobs: { put: [job], remove: [] },
      subscriptions: { put: [subscription], remove: [] },
      incidents: { put: [incident], remove: [] },
      documents: [{ collection: 'records', id: 'a', document: { by: 1 } }],
    });
    await there;
    const ended = { ...task, status: 'completed' as const };
    const write = second.commit({
      ...aCommit({ case: { ...row, rev: 2 }, events: events(row.id, 2, 2), tasks: [ended] }),
      jobs: { put: [], remove: ['j'] },
      subscriptions: { put: [], remove: [subscription.id] },
      incidents: { put: [], remove: [incident.id] },
      documents: [{ collection: 'records', id: 'a', document: { by: 2 } }],
    });
    expect(await write).toBe('ok');
    goOn();
    expect(await late).toBe('ok');
    expect(await second.findTask(task.id)).toEqual(ended);
    expect(await second.findJob('j')).toBeUndefined();
    expect(await second.findSubscriptions(subscription.name, null)).toEqual([]);
    expect(await second.listIncidents({ limit: 9 })).toEqual([]);
    expect(await second.getDocument('records', 'a')).toEqual({ by: 2 });
    expect(await second.listEvents(row.id, 0, 9)).toEqual(events(row.id, 1, 2));
    expect(await second.projectPending()).toBe(0);
  });

  it('and publishes a cycle of starts late leaves the next start as others put it', async () => {
    const { first, second, stopAt } = await twoNodes();
    const [one, other] = [office({ store: first }), office({ store: second })];
    const { there, goOn } = stopAt('written');
    const late = one.deploy(HOURLY);
    await there;
    await second.projectPending();
    await other.pass(HOUR);
    goOn();
    const definitionKey = await late;
    for (let hours = 2; hours <= 4; hours++) {
      await other.pass(HOUR);
      expect(await second.listCases({ definitionKey, limit: 9 })).toHaveLength(hours);
    }
  });

  it('and puts a job late does not bring it back after another has removed it', async () => {
    const { first, second, stopAt } = await twoNodes();
    const job = aJob({ caseId: '' });
    const { there, goOn } = stopAt('written');
    const late = first.addDefinition(aDefinition({ id: 'k:1' }), { put: [job], remove: [] });
    await there;
    await second.projectPending();
    await second.addDefinition(aDefinition({ id: 'k:2', version: 2 }), { put: [], remove: [job.id] });
    goOn();
    await late;
    expect(await second.findJob(job.id)).toBeUndefined();
  });

  it('leaves a record as others wrote it since, whoever finishes for it', async () => {
    const { first, second, dieAt } = await twoNodes();
    const by = (name: string) => [{ collection: 'houses', id: 'h1', document: { by: name } }];
    for (const newer of ['a case', 'no case', 'a setting']) {
      dieAt('written');
      await expect(first.commit({ ...aCommit(), documents: by('the dead') })).rejects.toThrow(DEAD);
      if (newer === 'a case') await second.commit({ ...aCommit(), documents: by(newer) });
      if (newer === 'no case') await second.commitRecords({ jobs: { put: [], remove: [] }, documents: by(newer) });
      if (newer === 'a setting') await second.putDocument('houses', 'h1', { by: newer });
      // the dead one's, and where it has not cleared up yet, its own
      expect(await second.projectPending()).toBeGreaterThan(0);
      expect(await second.getDocument('houses', 'h1')).toEqual({ by: newer });
    }
    dieAt('written');
    await expect(first.commit({ ...aCommit(), documents: by('the last') })).rejects.toThrow(DEAD);
    await second.projectPending();
    expect(await second.getDocument('houses', 'h1')).toEqual({ by: 'the last' });
  });

  it('or stands still before or after its write does not put an old record over the newer ones of many', async () => {
    const by = (name: string) => [{ collection: 'houses', id: 'h1', document: { by: name } }];
    for (const point of ['held', 'written'] as const) {
      const { first, second, stopAt } = await twoNodes();
      const { there, goOn } = stopAt(point);
      const late = first.commit({ ...aCommit(), documents: by('the late') });
      await there;
      await second.projectPending();
      // taken but not written: nobody sees a record
      if (point === 'held') expect(await second.getDocument('houses', 'h1')).toBeUndefined();
      if (point === 'held') expect(await second.listDocuments('houses')).toEqual([]);
      for (let n = 1; n <= 51; n++)
        expect(await second.commit({ ...aCommit(), documents: by(`case ${n}`) })).toBe('ok');
      goOn();
      expect(await late).toBe('ok');
      expect(await second.getDocument('houses', 'h1')).toEqual({ by: 'case 51' });
    }
  });

  it('with a job in hand loses it at the end of the lease, and may not write with it later', async () => {
    const { first, second, stopAt } = await twoNodes();
    const row = aCase();
    await second.commit({ ...aCommit({ case: row }), jobs: { put: [aJob({ id: 'j', caseId: row.id })], remove: [] } });
    const [held] = await first.claimDueJobs({ owner: 'first', now: NINE, leaseMs: 1000, limit: 1 });
    const { there, goOn } = stopAt('held');
    const late = first.commit({
      ...aCommit({ case: { ...row, rev: 2 }, tasks: [aTask({ id: 't', caseId: row.id })] }),
      fence: { jobId: 'j', fence: held!.fence },
    });
    await there;
    expect(await second.claimDueJobs({ owner: 'second', now: NINE + 999, leaseMs: 1000, limit: 1 })).toEqual([]);
    const [again] = await second.claimDueJobs({ owner: 'second', now: NINE + 1000, leaseMs: 1000, limit: 1 });
    expect(again).toMatchObject({ id: 'j', fence: held!.fence + 1 });
    goOn();
    expect(await late).toBe('conflict');
    expect(await second.findTask('t')).toBeUndefined();
    const step = { ...aCommit({ case: { ...row, rev: 2 } }), fence: { jobId: 'j', fence: again!.fence } };
    expect(await second.commit(step)).toBe('ok');
    expect(await second.findJob('j')).toBeUndefined();
  });

  it('after the write of a job leaves nothing to do again', async () => {
    const { first, second, dieAt } = await twoNodes();
    const row = aCase();
    await second.commit({ ...aCommit({ case: row }), jobs: { put: [aJob({ id: 'j', caseId: row.id })], remove: [] } });
    const [held] = await first.claimDueJobs({ owner: 'first', now: NINE, leaseMs: 1000, limit: 1 });
    dieAt('written');
    const step = { ...aCommit({ case: { ...row, rev: 2 } }), fence: { jobId: 'j', fence: held!.fence } };
    await expect(first.commit(step)).rejects.toThrow(DEAD);
    expect(await second.claimDueJobs({ owner: 'second', now: NINE + HOUR, leaseMs: 1000, limit: 1 })).toEqual([]);
    expect(await second.findJob('j')).toBeUndefined();
    expect(await second.findCase(row.id)).toMatchObject({ rev: 2 });
  });

  it('refuses work on a job that an unfinished step has removed', async () => {
    const { first, second, dieAt } = await twoNodes();
    const row = aCase();
    await second.commit({ ...aCommit({ case: row }), jobs: { put: [aJob({ id: 'j', caseId: row.id })], remove: [] } });
    const [held] = await second.claimDueJobs({ owner: 'second', now: NINE, leaseMs: 1000, limit: 1 });
    dieAt('written');
    const removal = { ...aCommit({ case: { ...row, rev: 2 } }), jobs: { put: [], remove: ['j'] } };
    await expect(first.commit(removal)).rejects.toThrow(DEAD);
    const step = { ...aCommit({ case: { ...row, rev: 3 } }), fence: { jobId: 'j', fence: held!.fence } };
    expect(await second.commit(step)).toBe('conflict');
    expect(await second.findJob('j')).toBeUndefined();
  });

  it('before it answered a receipt makes room for another answer, after a while', async () => {
    const { first, second, stopAt } = await twoNodes();
    const [receipt, row] = [aReceipt(), aCase()];
    const { there, goOn } = stopAt('held');
    const late = first.commit(aCommit({ case: row, receipt }));
    await there;
    const asked = second.findReceipt(receipt.key, NINE);
    expect(await second.addReceipt(receipt)).toBe(false);
    later(11_000);
    expect(await asked).toBeUndefined();
    const other = { ...receipt, status: 201 };
    expect(await second.commit(aCommit({ receipt: other }))).toBe('ok');
    goOn();
    expect(await late).toBe('conflict');
    expect(await second.findCase(row.id)).toBeUndefined();
    expect(await second.listCases({ limit: 9 })).toHaveLength(1);
    expect(await second.findReceipt(receipt.key, NINE)).toEqual(other);
    expect(await second.commit(aCommit({ case: row }))).toBe('ok'); // the id is not burnt
    expect(await second.findCase(row.id)).toEqual(row);
  });

  it('before it wrote a signal, and is taken for dead, sends it all the same when it goes on', async () => {
    const { first, second, stopAt } = await twoNodes();
    const kept = aReceipt({ expiresAt: Date.now() + HOUR });
    const { there, goOn } = stopAt('held');
    const sent = office({ store: first }).engine.broadcastSignal({ name: 'storm', variables: {} }, LI, {
      receipt: ({ id }) => ({ ...kept, answer: { id } }),
    });
    await there;
    later(11_000);
    expect(await second.findReceipt(kept.key, NINE)).toBeUndefined();
    goOn();
    const { id } = await sent;
    expect(await second.findJob(id)).toMatchObject({ kind: 'signal' });
    expect((await second.findReceipt(kept.key, NINE))?.answer).toEqual({ id });
  });

  it('after it wrote an answer leaves the answer for all to find', async () => {
    const { first, second, dieAt } = await twoNodes();
    const receipt = aReceipt();
    dieAt('written');
    await expect(first.commit(aCommit({ receipt }))).rejects.toThrow(DEAD);
    expect(await second.findReceipt(receipt.key, NINE)).toEqual(receipt);
    expect(await second.commit(aCommit({ receipt }))).toBe('conflict');
  });

  it('before it took a message leaves it for another', async () => {
    const { first, second, dieAt } = await twoNodes();
    const message = aMessage();
    const keep = { jobs: { put: [aJob({ id: message.jobId })], remove: [] }, messages: { put: [message], remove: [] } };
    await second.commitRecords(keep);
    dieAt('held');
    await expect(first.commit(aCommit({ consumes: message.id }))).rejects.toThrow(DEAD);
    expect(await second.commit(aCommit({ consumes: message.id }))).toBe('conflict');
    later(11_000);
    const taker = aCase();
    expect(await second.commit(aCommit({ case: taker, consumes: message.id }))).toBe('ok');
    expect((await second.findMessage(message.id))?.consumedBy).toBe(taker.id);
  });

  it('while it kept a message keeps it whole or not at all', async () => {
    for (const point of ['held', 'written'] as const) {
      const { first, second, dieAt } = await twoNodes();
      const message = aMessage();
      const receipt = aReceipt();
      const keep = {
        jobs: { put: [aJob({ id: message.jobId })], remove: [] },
        messages: { put: [message], remove: [] },
        receipt,
      };
      dieAt(point);
      await expect(first.commitRecords(keep)).rejects.toThrow(DEAD);
      expect(await second.findMessage(message.id)).toBeUndefined();
      await second.projectPending();
      const there = point === 'written';
      expect((await second.findMessage(message.id)) !== undefined).toBe(there);
      expect((await second.findJob(message.jobId)) !== undefined).toBe(there);
      later(11_000);
      expect(await second.commitRecords(keep)).toBe(there ? 'conflict' : 'ok');
      expect(await second.findMessage(message.id)).toEqual(message);
      expect(await second.findReceipt(receipt.key, NINE)).toEqual(receipt);
      jest.restoreAllMocks();
    }
  });
});

(server ? describe : describe.skip)('nodes on one database', () => {
  afterEach(closeStores);

  it('write a case one after the other, however many want to', async () => {
    const uri = await newDatabase(server!);
    const nodes = [await openNode(uri), await openNode(uri), await openNode(uri)];
    const row = aCase({ lastSeq: 0 });
    await nodes[0]!.commit(aCommit({ case: row }));
    let wins = 0;
    const writer = async (node: MongoStore, name: string) => {
      for (let mine = 0; mine < 8;) {
        const now = (await node.findCase(row.id))!;
        const next = { ...now, rev: now.rev + 1, lastSeq: now.lastSeq + 1 };
        const [event] = events(row.id, next.lastSeq, next.lastSeq);
        const tasks = [aTask({ id: `${row.id}.${next.lastSeq}`, caseId: row.id, name })];
        if ((await node.commit(aCommit({ case: next, events: [{ ...event!, actor: name }], tasks }))) !== 'ok')
          continue;
        mine++;
        wins++;
        // what is acknowledged is seen by every node at once
        const other = nodes[(nodes.indexOf(node) + 1) % 3]!;
        expect((await other.findTask(`${row.id}.${next.lastSeq}`))?.name).toBe(name);
      }
    };
    await Promise.all(nodes.flatMap((node, n) => ['a', 'b'].map((name) => writer(node, `${n}${name}`))));
    expect(wins).toBe(48);
    expect(await nodes[1]!.findCase(row.id)).toMatchObject({ rev: 49, lastSeq: 48 });
    const history = await nodes[2]!.listEvents(row.id, 0, 1000);
    expect(history.map(({ seq }) => seq)).toEqual(Array.from({ length: 48 }, (_, i) => i + 1));
    expect(history.map(({ actor }) => actor)).toEqual(
      (await nodes[0]!.listTasksOfCase(row.id))
        .sort((a, b) => Number(a.id.split('.')[1]) - Number(b.id.split('.')[1]))
        .map(({ name }) => name),
    );
  });

  it('share the due jobs without meeting', async () => {
    const uri = await newDatabase(server!);
    const nodes = [await openNode(uri), await openNode(uri)];
    const put = Array.from({ length: 100 }, (_, i) => aJob({ id: `j${i}`, dueAt: NINE + i }));
    await nodes[0]!.commit({ ...aCommit(), jobs: { put, remove: [] } });
    const claims = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        nodes[i % 2]!.claimDueJobs({ owner: `n${i}`, now: NINE + HOUR, leaseMs: HOUR, limit: 12 }),
      ),
    );
    const ids = claims.flat().map(({ id }) => id);
    expect(ids).toHaveLength(100);
    expect(new Set(ids).size).toBe(100);
  });

  it('complete parallel tasks at the same moment: both are taken, the join fires once', async () => {
    const uri = await newDatabase(server!);
    const offices = [office({ store: await openNode(uri) }), office({ store: await openNode(uri) })] as const;
    const key = await offices[0].deploy(PARALLEL);
    for (let round = 0; round < 12; round++) {
      const opened = await offices[0].start(key);
      const tasks = [await offices[0].task(opened.id, 'a'), await offices[0].task(opened.id, 'b')] as const;
      const claims = await Promise.allSettled(
        [0, 1].map((n) => offices[n]!.engine.claimTask(tasks[0].id, { ...LI, id: `p${n}` })),
      );
      expect(claims.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const holder = claims.findIndex(({ status }) => status === 'fulfilled');
      await offices[1].engine.claimTask(tasks[1].id, LI);
      await Promise.all([
        offices[0].engine.completeTask({ taskId: tasks[0].id, variables: {} }, { ...LI, id: `p${holder}` }),
        offices[1].engine.completeTask({ taskId: tasks[1].id, variables: {} }, LI),
      ]);
      expect(await offices[1].waiting(opened.id)).toEqual(['after']);
      const told = await offices[0].events(opened.id);
      expect(told.filter((event) => event === 'task.completed a' || event === 'task.completed b')).toHaveLength(2);
      expect(told.filter((event) => event === 'element.entered after')).toHaveLength(1);
    }
  });

  it('that die at random leave exactly what was written', async () => {
    const chance = random(20260302);
    const uri = await newDatabase(server!);
    let deaths = 0;
    const failpoint = () => {
      if (chance() > 0.25) return;
      deaths++;
      throw new Error(DEAD);
    };
    const nodes = [
      await openNode(uri, { failpoint }),
      await openNode(uri, { failpoint }),
      await openNode(uri, { failpoint }),
    ];
    const sound = await openNode(uri);
    const rows = Array.from({ length: 6 }, () => aCase({ lastSeq: 0 }));
    const wanted = new Map<string, { row: CaseRow; tasks: Map<string, string>; jobs: Map<string, JobRow> }>();

    async function life(row: CaseRow): Promise<void> {
      let known = { row: { ...row, rev: 0 }, tasks: new Map<string, string>(), jobs: new Map<string, JobRow>() };
      for (let step = 0; step < 25; step++) {
        const rev = known.row.rev + 1;
        const next = { row: { ...row, rev, lastSeq: rev * 2 }, tasks: new Map(known.tasks), jobs: new Map(known.jobs) };
        const task = aTask({ id: `${row.id}.${rev % 4}`, caseId: row.id, name: `of ${rev}` });
        next.tasks.set(task.id, task.name);
        const jobs: Commit['jobs'] = { put: [], remove: [] };
        const job = aJob({ id: `${row.id}.${rev % 3}`, caseId: row.id, payload: { rev } });
        if (next.jobs.delete(job.id)) jobs.remove.push(job.id);
        else {
          next.jobs.set(job.id, job);
          jobs.put.push(job);
        }
        const node = nodes[Math.floor(chance() * 3)]!;
        const commit = aCommit({ case: next.row, events: events(row.id, rev * 2 - 1, rev * 2), tasks: [task] });
        const result = await node.commit({ ...commit, jobs }).catch((error: Error) => error.message);
        expect(['ok', DEAD]).toContain(result);
        known = next; // without holds a node dies after the write only
        if (chance() < 0.2) await nodes[Math.floor(chance() * 3)]!.projectPending().catch(() => undefined);
      }
      wanted.set(row.id, known);
    }

    await Promise.all(rows.map(life));
    await sound.projectPending();
    expect(deaths).toBeGreaterThan(40);
    for (const [id, { row, tasks, jobs }] of wanted) {
      expect(await sound.findCase(id)).toEqual(row);
      expect((await sound.listEvents(id, 0, 1000)).map(({ seq }) => seq)).toEqual(
        Array.from({ length: 50 }, (_, i) => i + 1),
      );
      const found = await sound.listTasksOfCase(id);
      expect(Object.fromEntries(found.map((task) => [task.id, task.name]))).toEqual(Object.fromEntries(tasks));
      for (const n of [0, 1, 2]) {
        const job = await sound.findJob(`${id}.${n}`);
        expect(job?.payload).toEqual(jobs.get(`${id}.${n}`)?.payload);
      }
    }
    await sound.close();
    const after = await openNode(uri);
    expect(await after.projectPending()).toBe(0);
  });

  it('send nothing but what is served', () => {
    expect(audit.problems).toEqual([]);
  });
});

const HOURLY = bpmn(
  `<startEvent id="s"><timerEventDefinition><timeCycle>R/PT1H</timeCycle></timerEventDefinition></startEvent>
   <userTask id="work"/><endEvent id="e"/>${chain('s', 'work', 'e')}`,
  { id: 'hourly' },
);

const PARALLEL = bpmn(
  `<startEvent id="start"/><parallelGateway id="split"/><userTask id="a"/><userTask id="b"/>
   <parallelGateway id="join"/><userTask id="after"/><endEvent id="end"/>
   ${flow('start', 'split')}${flow('split', 'a')}${flow('split', 'b')}${flow('a', 'join')}${flow('b', 'join')}
   ${flow('join', 'after')}${flow('after', 'end')}`,
);
