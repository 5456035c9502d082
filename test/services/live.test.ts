import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer, type Running } from '../../api/compose.ts';
import { readConfig } from '../../api/config.ts';
import { openFeed, type Feed } from '../support/feed.ts';
import { startMongo } from '../support/mongo.ts';
import { newDatabase, openNode } from '../support/mongo-stores.ts';
import { startRedis } from '../support/redis.ts';

const [mongo, redis] = [await startMongo(), await startRedis()];
const folder = mkdtempSync(join(tmpdir(), 'onevisit-live-'));
jest.setTimeout(60_000);
afterAll(async () => {
  await Promise.all([mongo?.stop(), redis?.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

/** Two nodes of one demo city; a case is opened on the first, and a person looks at the second. */
function twoNodes(environment: () => Record<string, string>) {
  const nodes: Running[] = [];
  const feeds: Feed[] = [];
  const cookie = (person: string) => `onevisit_session=${nodes[0]!.house.sessions.sign(person)}`;
  beforeAll(async () => {
    const uri = await newDatabase(mongo!);
    const before = await openNode(uri);
    await before.putDocument('demo', 'seeded', { at: 0, cases: 0 }); // nobody needs the past of the demo city here
    await before.close();
    const config = readConfig({
      PORT: '0',
      MONGODB_URI: uri,
      ONEVISIT_DATA: folder,
      LOG_LEVEL: 'silent',
      ...environment(),
    });
    nodes.push(await startServer(config), await startServer(config));
    const published = await fetch(`${nodes[0]!.address}/api/definitions`, {
      method: 'POST',
      headers: { cookie: cookie('designer-ding'), 'content-type': 'application/xml' },
      body: readFileSync('docs/tour/parking-permit.bpmn'),
    });
    expect(published.status).toBe(201);
  });
  afterEach(async () => {
    await Promise.all(feeds.splice(0).map((feed) => feed.close()));
  });
  afterAll(async () => {
    await Promise.all(nodes.splice(0).map((node) => node.stop()));
  });

  return {
    nodes,
    async listen(node: number, person: string, lastEventId?: string) {
      const feed = await openFeed(nodes[node]!.address, cookie(person), lastEventId);
      feeds.push(feed);
      return feed;
    },
    async open(node: number, person: string): Promise<string> {
      const answer = await fetch(`${nodes[node]!.address}/api/cases`, {
        method: 'POST',
        headers: { cookie: cookie(person), 'content-type': 'application/json' },
        body: JSON.stringify({ definition: 'parking-permit', data: {} }),
      });
      const body = (await answer.json()) as { id: string };
      if (answer.status !== 201) throw new Error(JSON.stringify(body));
      return body.id;
    },
  };
}
/** Reads on until the case is told of. */
async function hears(feed: Feed, caseId: string): Promise<string[]> {
  const before: string[] = [];
  for (;;) {
    const { event, data } = await feed.next();
    if (data.caseId === caseId) return before;
    before.push(event === 'reload' ? event : data.caseId);
  }
}

const both = mongo && redis ? describe : describe.skip;
(mongo ? describe : describe.skip)('live changes on another node, by asking the store', () => {
  const city = twoNodes(() => ({}));

  it('reach a browser there, and only who may see the case', async () => {
    const [supervisor, stranger] = [await city.listen(1, 'supervisor-feng'), await city.listen(1, 'applicant-chu')];
    const id = await city.open(0, 'applicant-chen');
    await hears(supervisor, id);
    const own = await city.open(0, 'applicant-chu');
    expect(await hears(stranger, own)).not.toContain(id);
  });

  it('begin with "reload" for a client that comes back, on whichever node', async () => {
    const feed = await city.listen(1, 'supervisor-feng', 'some-case:3');
    expect((await feed.next()).event).toBe('reload');
  });
});

both('live changes on another node, through Redis', () => {
  const city = twoNodes(() => ({ REDIS_URL: redis!.url }));

  it('reach a browser there, and only who may see the case', async () => {
    const [supervisor, stranger] = [await city.listen(1, 'supervisor-feng'), await city.listen(1, 'applicant-chu')];
    const id = await city.open(0, 'applicant-chen');
    await hears(supervisor, id);
    const own = await city.open(0, 'applicant-chu');
    expect(await hears(stranger, own)).not.toContain(id);
  });

  it('go on while Redis is away, and are asked for again when it is back', async () => {
    const feed = await city.listen(1, 'supervisor-feng');
    await redis!.kill();
    await hears(feed, await city.open(0, 'applicant-chen'));
    await redis!.boot();
    let event = '';
    while (event !== 'reload') ({ event } = await feed.next());
    await hears(feed, await city.open(0, 'applicant-chen'));
  });

  it('says which queue is in use', () => {
    expect(city.nodes[0]!.house.queue()).toMatch(/^Bull on Redis 127/);
  });
});
