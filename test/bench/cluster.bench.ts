// Completions over HTTP on one node with SQLite, and on 1, 2 and 3 nodes with MongoDB and Redis, beside the raw write rate of the
// same store in the same minute; then what a completion sends to MongoDB, which holds whatever the server's speed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../engine/store/mongo/driver.ts';
import { closeCities, openCity, type City } from '../api/support/city.ts';
import { ask, signIn } from '../durability/cluster/client.ts';
import { bpmn, chain } from '../support/bpmn.ts';
import { startMongo, type MongoServer } from '../support/mongo.ts';
import { newDatabase, openNode } from '../support/mongo-stores.ts';
import { startRedis } from '../support/redis.ts';
import { roundTrips } from '../support/round-trips.ts';
import { startServer, type RunningServer } from '../support/server.ts';
import { closeStores } from '../support/stores.ts';
import { measureSyncRate } from './fsync.ts';
import { table } from './measure.ts';

const SECONDS = Number(process.env.SECONDS ?? 6);
const CLIENTS = 8;
const ROW = 2_000;

/** Ten tasks of one department with a promise, one after the other, held by Wang from the start: each request is a completion. */
const LINE = bpmn(
  '<startEvent id="s"/><endEvent id="e"/>' +
    Array.from(
      { length: 10 },
      (_, i) => `<userTask id="t${i}" ov:department="housing" ov:assignee="handler-wang" ov:promise="3"/>`,
    ).join('') +
    chain('s', ...Array.from({ length: 10 }, (_, i) => `t${i}`), 'e'),
  { id: 'line' },
);

const rates: (string | number)[][] = [];

/** Completions a second, each to the next node; the reads between them, and starts, are not counted and their time is. */
async function measureNodes(
  name: string,
  nodes: readonly RunningServer[],
  rawRate: () => Promise<number>,
): Promise<void> {
  const urls = nodes.map(({ url }) => url);
  const [designer, wang] = await Promise.all(['designer-ding', 'handler-wang'].map((id) => signIn(urls[0]!, id)));
  await ask(`${urls[0]}/api/definitions`, designer!, LINE);
  let turn = 0;
  const at = (path: string) => `${urls[turn++ % urls.length]}${path}`;
  const times: number[] = [];
  let counting = false;
  let end = Date.now() + 3_000;
  const client = async () => {
    while (Date.now() < end) {
      const { id } = (await ask(at('/api/cases'), designer!, { definition: 'line', data: {} })).body;
      for (let step = 0; step < 10 && Date.now() < end; step++) {
        const { tasks } = (await ask(at(`/api/cases/${id}`), wang!)).body as {
          tasks: { id: string; status: string }[];
        };
        const task = tasks.find(({ status }) => status === 'claimed')!.id;
        const done = await ask(at(`/api/tasks/${task}/complete`), wang!, { data: {} });
        if (done.status !== 200) throw new Error(`${done.status} ${JSON.stringify(done.body)}`);
        if (counting) times.push(done.answered - done.sent);
      }
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client)); // warm
  const before = await rawRate();
  counting = true;
  end = Date.now() + SECONDS * 1_000;
  await Promise.all(Array.from({ length: CLIENTS }, client));
  const raw = (before + (await rawRate())) / 2;
  const sorted = times.sort((a, b) => a - b);
  const quantile = (q: number) => sorted[Math.floor(sorted.length * q)]!;
  const perSecond = times.length / SECONDS;
  rates.push([name, perSecond, quantile(0.5), quantile(0.99), raw, perSecond / raw]);
}

async function onSqlite(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'onevisit-bench-'));
  const server = await startServer({ directory });
  await measureNodes('1 node, SQLite', [server], async () => measureSyncRate(directory, ROW, 1_000));
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
}

async function onMongo(mongo: MongoServer, count: number): Promise<void> {
  const redis = await startRedis();
  const directory = mkdtempSync(join(tmpdir(), 'onevisit-bench-'));
  const uri = await newDatabase(mongo);
  const store = await openNode(uri);
  await store.putDocument('demo', 'seeded', { at: 0, cases: 0 });
  await store.close();
  const env = {
    MONGODB_URI: uri,
    ONEVISIT_SECRET: 'q8Zc41jWm0xTn72LdVb6Rk93HyPs5Gfa',
    ...(redis && { REDIS_URL: redis.url }),
  };
  const nodes: RunningServer[] = [];
  for (let n = 0; n < count; n++) nodes.push(await startServer({ directory, env }));
  await measureNodes(`${count} node${count > 1 ? 's' : ''}, MongoDB`, nodes, () => insertRate(uri));
  await Promise.all(nodes.map((node) => node.stop()));
  await redis?.stop();
  rmSync(directory, { recursive: true, force: true });
}

/** Documents of 2 kB that as many clients insert in a second, each acknowledged by a majority and in the journal. */
async function insertRate(uri: string): Promise<number> {
  const connection = await connect({ uri });
  const into = connection.db!.collection('raw');
  const body = 'x'.repeat(ROW);
  const end = Date.now() + 1_000;
  let count = 0;
  const client = async () => {
    for (; Date.now() < end; count++) await into.insertOne({ body });
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  await into.drop();
  await connection.close();
  return count;
}

/** Two nodes in this process, listened to. */
async function countTraffic(mongo: MongoServer): Promise<(string | number)[][]> {
  const trips = roundTrips();
  const uri = await newDatabase(mongo);
  const open = async () => openCity({}, undefined, await openNode(uri, { watch: trips.watch }));
  const [here, there] = [await open(), await open()];
  await here.publish(LINE);
  const keyed = (key?: string): Record<string, string> => (key ? { 'idempotency-key': key } : {});
  const start = async (city: City, key?: string): Promise<string> =>
    (await city.as('designer-ding').post('/cases', { definition: 'line', data: {} }, keyed(key))).body.id;
  const task = async (city: City, id: string): Promise<string> =>
    (await city.as('handler-wang').get(`/cases/${id}`)).body.tasks.find(
      ({ status }: { status: string }) => status === 'claimed',
    ).id;
  const complete = (city: City, id: string, key?: string) =>
    city.as('handler-wang').post(`/tasks/${id}/complete`, {}, keyed(key));
  for (const city of [here, there]) await complete(city, await task(city, await start(city)));

  const rows: (string | number)[][] = [];
  async function count(name: string, prepared: () => Promise<() => Promise<unknown>>): Promise<void> {
    const before = await trips.measured(await prepared());
    const all = await trips.measuredWhole(await prepared());
    rows.push([name, `${before.waits}`, `${before.commands}`, `${all.commands}`, `${before.bytes}`, `${all.bytes}`]);
  }
  let keys = 0;
  await count('completion, on the node that knows the case', async () => {
    const id = await task(here, await start(here));
    return () => complete(here, id);
  });
  await count('the same with an Idempotency-Key', async () => {
    const id = await task(here, await start(here));
    return () => complete(here, id, `key-${++keys}`);
  });
  await count('completion, on a node that has only shown it', async () => {
    const id = await task(there, await start(here));
    return () => complete(there, id);
  });
  await count('completion, on a node that knows nothing of the case', async () => {
    const id = await task(here, await start(here));
    return () => complete(there, id);
  });
  await count('the same with an Idempotency-Key', async () => {
    const id = await task(here, await start(here));
    return () => complete(there, id, `key-${++keys}`);
  });
  await count('start of a case', () => Promise.resolve(() => start(here)));
  await count('the same with an Idempotency-Key', () => Promise.resolve(() => start(here, `key-${++keys}`)));
  await closeCities();
  await closeStores();
  return rows;
}

await onSqlite();
const mongo = await startMongo();
if (mongo) for (const count of [1, 2, 3]) await onMongo(mongo, count);
table(
  `Completions over HTTP, ${CLIENTS} clients${mongo ? `; MongoDB: ${mongo.description}` : ''}`,
  ['nodes and store', 'completions/s', 'p50 ms', 'p99 ms', 'raw writes/s', 'ratio'],
  rates,
);
if (mongo) {
  table(
    'What is sent to MongoDB and back (BSON, both ways)',
    ['request', 'waits before the answer', 'commands before it', 'commands in all', 'bytes before it', 'bytes in all'],
    await countTraffic(mongo),
  );
  await mongo.stop();
}
process.exit(0);
