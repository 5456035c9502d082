import { afterAll, describe, expect, it } from '@jest/globals';
import { isFirstOfNodes } from '../../api/first-of-nodes.ts';
import { sessionSecret } from '../../api/http/sessions.ts';
import { createReadiness } from '../../api/operations/readiness.ts';
import { createStopping } from '../../api/operations/stopping.ts';
import { memoryStore } from '../../engine/store/memory/index.ts';
import type { Store } from '../../engine/store/ports.ts';
import { unavailableRejection } from '../../engine/store/refusals.ts';
import { closeCities, openCity, type City } from './support/city.ts';

afterAll(closeCities);

async function ask(city: City, path: string) {
  const response = await fetch(`${city.address}${path}`);
  return { status: response.status, headers: response.headers, body: (await response.json()) as object };
}

describe('a node', () => {
  it('is alive and ready, and answers that freshly', async () => {
    const city = await openCity();
    expect(await ask(city, '/health/live')).toMatchObject({ status: 200, body: { alive: true } });
    const ready = await ask(city, '/health/ready');
    expect(ready).toMatchObject({ status: 200, body: { ready: true, store: 'answers', stopping: false } });
    expect(ready.headers.get('cache-control')).toBe('no-store');
  });

  it('stays alive while its store is away, but is not ready', async () => {
    const city = await openCity();
    city.house.store.getDocument = () => Promise.reject(new Error('connection refused by db-1, password=geheim'));
    const ready = await ask(city, '/health/ready');
    expect(ready).toMatchObject({ status: 503, body: { ready: false, store: 'away', stopping: false } });
    expect(JSON.stringify(ready.body)).not.toContain('geheim');
    expect((await ask(city, '/health/live')).status).toBe(200);
  });

  it('is not ready once it is stopping, and ends its streams', async () => {
    const city = await openCity();
    const stream = city.as('supervisor-feng').get('/events');
    city.house.stopping.begin();
    expect((await stream).status).toBe(200);
    const ready = await ask(city, '/health/ready');
    expect(ready).toMatchObject({ status: 503, body: { store: 'answers', stopping: true } });
    // whoever keeps the connection would open another one, while the port is being closed
    expect(ready.headers.get('connection')).toBe('keep-alive');
    city.house.stopping.leave();
    for (const path of ['/health/ready', '/api/status'])
      expect((await ask(city, path)).headers.get('connection')).toBe('close');
  });
});

describe('a node that is only a worker', () => {
  it('answers for its health and for nothing else', async () => {
    const city = await openCity({ ONEVISIT_ROLES: 'worker', MONGODB_URI: 'mongodb://db/onevisit' });
    expect((await ask(city, '/health/live')).status).toBe(200);
    expect((await ask(city, '/health/ready')).status).toBe(200);
    for (const path of ['/', '/api/status', '/api/docs', '/api/openapi.json'])
      expect(await ask(city, path)).toMatchObject({ status: 404, body: { code: 'route.not_found' } });
  });
});

describe('of nodes that start at the same time', () => {
  it('one goes ahead, the others wait until it is done', async () => {
    const store = memoryStore();
    const isDone = async () => (await store.getDocument('demo', 'seeded')) !== undefined;
    const order: string[] = [];
    const node = async (name: string) => {
      if (await isFirstOfNodes(store, 'demo city', isDone, 60_000)) await store.putDocument('demo', 'seeded', {});
      order.push(`${name} ${String(await isDone())}`);
    };
    await Promise.all([node('a'), node('b'), node('c')]);
    expect(order.sort()).toEqual(['a true', 'b true', 'c true']);
  });

  it('nobody waits for ever for one that died', async () => {
    const store = memoryStore();
    const never = () => Promise.resolve(false);
    expect(await isFirstOfNodes(store, 'x', never, 0)).toBe(true);
    expect(await isFirstOfNodes(store, 'x', never, 0)).toBe(false);
  });

  it('all sign sessions with one secret', async () => {
    const store = memoryStore();
    const secrets = await Promise.all([1, 2, 3].map(() => sessionSecret(store, undefined)));
    expect(new Set(secrets.map((secret) => secret.toString('hex'))).size).toBe(1);
  });
});

function readinessOf(store: Store, failing = () => false, patienceMs?: number) {
  return createReadiness({ store, stopping: createStopping(), queue: () => 'away', failing }, patienceMs);
}

describe('readiness', () => {
  it('comes back to a store that failed when it takes a write, not when it can be read', async () => {
    const store = memoryStore();
    const { putDocument } = store;
    const failing = { now: false };
    const readiness = readinessOf(store, () => failing.now);
    const ready = async () => (await readiness()).ready;
    store.putDocument = () => Promise.reject(unavailableRejection('the disk is full'));
    expect(await ready()).toBe(true);
    failing.now = true;
    expect(await ready()).toBe(false);
    failing.now = false; // since nobody writes
    expect(await ready()).toBe(false);
    store.putDocument = putDocument;
    expect(await ready()).toBe(true);
  });

  it('does not depend on the queue: without it each node finds its own work', async () => {
    const readiness = readinessOf(memoryStore());
    expect(await readiness()).toMatchObject({ ready: true, queue: 'away' });
  });

  it('takes a store that does not answer in time for away', async () => {
    const store = memoryStore();
    store.getDocument = () => new Promise(() => undefined);
    const readiness = readinessOf(store, () => false, 0);
    expect(await readiness()).toEqual({ ready: false, store: 'away', stopping: false, queue: 'away' });
  });

  it('looks once for all who ask at the same time, and anew for those who ask later', async () => {
    const store = memoryStore();
    let looks = 0;
    store.getDocument = () => Promise.resolve(void looks++);
    const readiness = readinessOf(store);
    await Promise.all([readiness(), readiness(), readiness()]);
    expect(looks).toBe(1);
    await readiness();
    expect(looks).toBe(2);
  });
});
