import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, systemClock } from '../../engine/index.ts';
import { collectionsOf } from '../../engine/store/mongo/documents.ts';
import { connect } from '../../engine/store/mongo/driver.ts';
import { openSqliteStore } from '../../engine/store/sqlite/index.ts';
import type { EventRow, Store } from '../../engine/store/ports.ts';
import { loadCalendar } from '../../processes/calendars/load.ts';
import { bpmn, chain } from '../support/bpmn.ts';
import { startMongo } from '../support/mongo.ts';
import { newDatabase, openNode } from '../support/mongo-stores.ts';
import { DESIGNER } from '../support/office.ts';
import { startRedis } from '../support/redis.ts';
import { freePort } from '../support/server.ts';
import { ask, inTurns, signIn } from './cluster/client.ts';
import { newNode, type Node } from './cluster/node.ts';

/** The long run: TIMERS=100000 npm run test:durability -- test/durability/timers. The stand-in for MongoDB takes a fraction of a real server's load. */
const TIMERS = { SQLite: Number(process.env.TIMERS ?? 2_000), MongoDB: Number(process.env.TIMERS ?? 500) };
const DRAINED_WITHIN_MS = 300_000;
const COUNTED_WITHIN_MS = 15_000;
const PEOPLE = 4;

/** Where cases are put before the nodes start, and how their histories are read when they have ended. */
interface Ground {
  readonly name: string;
  readonly store: Store;
  /** A real store: how long people wait is judged. */
  readonly tellsTimes: boolean;
  /** Cases that can be prepared in a second, roughly. */
  readonly pace: number;
  startNodes(crashes: string[]): Promise<Node[]>;
  histories(): Promise<EventRow[][]>;
  close(): Promise<void>;
}

const atOnce = (instant: number) =>
  bpmn(
    '<startEvent id="s"/><endEvent id="e"/><intermediateCatchEvent id="t"><timerEventDefinition>' +
      `<timeDate>${new Date(instant).toISOString()}</timeDate></timerEventDefinition></intermediateCatchEvent>` +
      chain('s', 't', 'e'),
    { id: 'at-once' },
  );

const ONE_DESK = bpmn(
  '<startEvent id="s"/><userTask id="a" ov:department="housing" ov:promise="3"/><endEvent id="e"/>' +
    chain('s', 'a', 'e'),
  { id: 'one-desk' },
);

async function onSqlite(): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), 'onevisit-timers-'));
  const store = await openSqliteStore({ directory: folder });
  let open: Store = store;
  return {
    name: 'one node on SQLite',
    store,
    tellsTimes: true,
    pace: 2_000,
    async startNodes(crashes) {
      await store.close();
      return [
        newNode(
          await freePort(),
          { ...process.env, NODE_OPTIONS: '', MONGODB_URI: '', ONEVISIT_DATA: folder },
          { crashes, disturbed: [] },
        ),
      ];
    },
    async histories() {
      open = await openSqliteStore({ directory: folder });
      const found: EventRow[][] = [];
      let after: { startedAt: number; id: string } | undefined;
      for (;;) {
        const page = await open.listCases({ definitionKey: 'at-once', limit: 500, ...(after && { after }) });
        if (page.length === 0) return found;
        after = page.at(-1)!;
        found.push(...(await Promise.all(page.map(({ id }) => open.listEvents(id, 0, 100)))));
      }
    },
    async close() {
      await open.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function onMongo(): Promise<Ground | undefined> {
  const mongo = await startMongo();
  if (!mongo) return undefined;
  const redis = await startRedis();
  const uri = await newDatabase(mongo);
  const folder = mkdtempSync(join(tmpdir(), 'onevisit-timers-'));
  const store = await openNode(uri);
  const environment = {
    ...process.env,
    NODE_OPTIONS: '',
    MONGODB_URI: uri,
    ONEVISIT_DATA: folder,
    ONEVISIT_SECRET: 'q8Zc41jWm0xTn72LdVb6Rk93HyPs5Gfa',
    ...(redis && { REDIS_URL: redis.url }),
  };
  return {
    name: `three nodes on ${mongo.description}`,
    store,
    tellsTimes: mongo.kind === 'real',
    pace: 300,
    startNodes: async (crashes) =>
      Promise.all([1, 2, 3].map(async () => newNode(await freePort(), environment, { crashes, disturbed: [] }))),
    /** In one walk: the stand-in searches without indexes. */
    async histories() {
      const connection = await connect({ uri });
      const cases = new Map<string, EventRow[]>();
      for await (const { caseId, body } of collectionsOf(connection.db!).history.find({}).sort({ _id: 1 }))
        cases.set(caseId, [...(cases.get(caseId) ?? []), ...(JSON.parse(body) as EventRow[])]);
      await connection.close();
      return [...cases.values()].filter((events) => events.some(({ node }) => node === 't'));
    },
    async close() {
      await store.close();
      await Promise.all([mongo.stop(), redis?.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Cases that all wait for the same instant, straight into the store. */
async function prepare({ store, pace }: Ground, count: number): Promise<number> {
  await store.putDocument('demo', 'seeded', { at: 0, cases: 0 });
  const engine = createEngine({ store, clock: systemClock, calendar: loadCalendar() });
  const due = Date.now() + (count / pace) * 1_000 + 10_000;
  await engine.deploy({ bytes: Buffer.from(atOnce(due)) }, DESIGNER);
  await inTurns(count, 32, async (n) => {
    const given = { number: `T-${n}`, title: 'at once', applicant: null, department: null, variables: {} };
    await engine.startCase({ definitionKey: 'at-once', ...given }, DESIGNER);
  });
  return due;
}

/** How the nodes say that tries of timers ended, all together. */
async function outcomes(nodes: readonly Node[]): Promise<ReadonlyMap<string, number>> {
  const texts = await Promise.all(nodes.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()));
  const sums = new Map<string, number>();
  for (const [, outcome, count] of texts
    .join('\n')
    .matchAll(/^onevisit_jobs_total\{kind="timer",outcome="(\w+)"\} (\d+)/gm))
    sums.set(outcome!, (sums.get(outcome!) ?? 0) + Number(count));
  return sums;
}

/** The same, once so many are done: a case shows its end a moment before the try that brought it has put all rows in place. */
async function outcomesOf(nodes: readonly Node[], done: number): Promise<ReadonlyMap<string, number>> {
  const deadline = Date.now() + COUNTED_WITHIN_MS;
  for (;;) {
    const ended = await outcomes(nodes);
    if ((ended.get('done') ?? 0) >= done || Date.now() > deadline) return ended;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

describe.each([
  [TIMERS.SQLite, 'one node on SQLite', onSqlite],
  [TIMERS.MongoDB, 'three nodes on MongoDB and Redis', onMongo],
] as const)('%d timers due at one moment on %s', (count, _name, open) => {
  it(
    'each fire once and not early, within five minutes, and people hardly notice',
    async () => {
      const ground = await open();
      if (!ground) return; // said so: there is no MongoDB
      const crashes: string[] = [];
      let nodes: Node[] = [];
      try {
        const due = await prepare(ground, count);
        nodes = await ground.startNodes(crashes);
        const booting = Date.now();
        await Promise.all(nodes.map((node) => node.boot()));
        let working = true;
        const times: { at: number; ms: number }[] = [];
        const people = work(
          nodes.map(({ url }) => url),
          () => working,
          (ms) => times.push({ at: Date.now(), ms }),
        );
        const begin = Math.max(due, booting);
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, begin - Date.now())));
        const supervisor = await signIn(nodes[0]!.url, 'designer-ding');
        const active = `${nodes[0]!.url}/api/cases?definition=at-once&status=active&limit=1`;
        let drained = false;
        while (!drained && Date.now() < begin + DRAINED_WITHIN_MS) {
          await new Promise((resolve) => setTimeout(resolve, 500));
          drained = (await ask(active, supervisor)).body.items.length === 0;
        }
        const drainedAfter = Date.now() - begin;
        working = false;
        await people;
        const before = times.filter(({ at }) => at < begin).map(({ ms }) => ms);
        const meanwhile = times.filter(({ at }) => at >= begin).map(({ ms }) => ms);
        const p99 = quantile(meanwhile, 0.99);
        const ended = await outcomesOf(nodes, count);
        const tries = [...ended].map(([outcome, times]) => `${times} ${outcome}`).join(', ');
        console.log(
          `${count} timers on ${ground.name}: drained in ${(drainedAfter / 1000).toFixed(1)} s ` +
            `(${Math.round(count / (drainedAfter / 1000))}/s); ${meanwhile.length} requests of ${PEOPLE} people meanwhile: ` +
            `p50 ${quantile(meanwhile, 0.5).toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, longest ${Math.max(...meanwhile).toFixed(0)} ms; tries: ${tries}; before: p99 ${quantile(before, 0.99).toFixed(0)} ms`,
        );
        expect(crashes).toEqual([]);
        expect(drained).toBe(true);
        const done = ended.get('done') ?? 0;
        expect(done).toBeLessThanOrEqual(count);
        // a node that never heard of its own write finds that others have done the work
        expect(done + (ended.get('overtaken') ?? 0)).toBeGreaterThanOrEqual(count);
        await Promise.all(nodes.map((node) => node.kill()));
        const histories = await ground.histories();
        expect(histories.length).toBe(count);
        const wrong = histories.filter((events) => {
          const times = events.filter(({ type }) => type === 'timer.fired');
          return times.length !== 1 || times[0]!.at < due || events.at(-1)!.type !== 'case.completed';
        });
        expect(wrong).toEqual([]);
        // the stand-in has queues of its own: what people wait there says nothing about the nodes
        if (ground.tellsTimes) expect(p99).toBeLessThanOrEqual(500);
      } finally {
        await Promise.all(nodes.map((node) => node.kill()));
        await ground.close();
      }
    },
    DRAINED_WITHIN_MS + 120_000 + count * 20,
  );
});

/** People who start, read, claim and complete on any node, and how long each request took. */
async function work(urls: string[], working: () => boolean, took: (ms: number) => void): Promise<void> {
  const [designer, handler] = await Promise.all(['designer-ding', 'handler-wang'].map((id) => signIn(urls[0]!, id)));
  await ask(`${urls[0]}/api/definitions`, designer!, ONE_DESK);
  let turn = 0;
  async function timed(path: string, who = handler!, body?: object) {
    const answer = await ask(`${urls[turn++ % urls.length]}${path}`, who, body);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    took(answer.answered - answer.sent);
    return answer.body;
  }
  await Promise.all(
    Array.from({ length: PEOPLE }, async () => {
      while (working()) {
        const { id } = await timed('/api/cases', designer, { definition: 'one-desk', data: {} });
        const task = (await timed(`/api/cases/${id}`)).tasks[0].id;
        await timed(`/api/tasks/${task}/claim`, handler, {});
        await timed(`/api/tasks/${task}/complete`, handler, { data: {} });
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }),
  );
}

/** NaN of nothing. */
function quantile(times: number[], q: number): number {
  return [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * q))] ?? NaN;
}
