import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bpmn, chain } from '../../support/bpmn.ts';
import { freePort } from '../../support/server.ts';
import type { Person } from './caller.ts';
import { openCluster } from './city.ts';
import { ask, inTurns, signIn } from './client.ts';
import { newNode, type Node } from './node.ts';

const OTHERS = 60;
const TRIES = Number(process.env.CLUSTER_TRIES ?? 2);
/** The tries and their pauses, a lease apart where the node went away. */
const PATIENCE_MS = TRIES * 60_000;

/** A service that is called with a few tries, and a timer beside it. */
const calling = (id: string, url: string) =>
  bpmn(
    '<startEvent id="s"/><parallelGateway id="fork"/><parallelGateway id="join"/><endEvent id="e"/>' +
      `<serviceTask id="call" ov:retries="${TRIES}"><extensionElements><ov:http method="GET" url="${url}"/>` +
      `<camunda:failedJobRetryTimeCycle>R${TRIES}/PT1S</camunda:failedJobRetryTimeCycle></extensionElements></serviceTask>` +
      '<intermediateCatchEvent id="pause"><timerEventDefinition><timeDuration>PT2S</timeDuration></timerEventDefinition></intermediateCatchEvent>' +
      chain('s', 'fork', 'call', 'join', 'e') +
      chain('fork', 'pause', 'join'),
    { id },
  );

/** A department's system: it answers, fails, or says nothing at all. */
async function aBureau(): Promise<{ server: Server; host: string; calls: Map<string, number> }> {
  const calls = new Map<string, number>();
  const server = createServer(({ url }, response) => {
    calls.set(url!, (calls.get(url!) ?? 0) + 1);
    if (url === '/hangs') return;
    response.writeHead(url === '/throws' ? 500 : 200, { 'content-type': 'application/json' }).end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, host: `127.0.0.1:${(server.address() as AddressInfo).port}`, calls };
}

interface Place {
  readonly nodes: readonly Node[];
  readonly crashes: readonly string[];
  readonly description: string;
  stop(): Promise<void>;
}

async function onMongo(environment: Record<string, string>): Promise<Place | undefined> {
  const city = await openCluster({ nodes: 3, environment: () => environment });
  return city && { ...city, description: `three nodes on ${city.mongo.description}` };
}

async function onSqlite(environment: Record<string, string>): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'onevisit-poison-'));
  const crashes: string[] = [];
  const node = newNode(
    await freePort(),
    { ...process.env, ONEVISIT_DATA: folder, ...environment },
    { crashes, disturbed: [] },
  );
  await node.boot();
  const stop = async () => {
    await node.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  return { nodes: [node], crashes, description: 'one node on SQLite', stop };
}

describe.each([
  ['one node on SQLite', onSqlite],
  ['three nodes on MongoDB', onMongo],
])('among other work on %s, a job that', (_name, open) => {
  it(
    'throws, hangs, or brings down every node that runs it becomes an incident after its last try; all others are done',
    async () => {
      const bureau = await aBureau();
      const preload = `--import ${join(import.meta.dirname, 'poison.mjs')}`;
      const place = await open({ ONEVISIT_HTTP_HOSTS: bureau.host, NODE_OPTIONS: preload });
      if (!place) return; // said so: there is no MongoDB
      let watching = true;
      const watched = restartDeadNodes(place.nodes, () => watching);
      try {
        const urls = place.nodes.map(({ url }) => url);
        const designer = await signIn(urls[0]!, 'designer-ding');
        const start = async (definition: string): Promise<string> =>
          (await insist(urls, designer, '/api/cases', { definition, data: {} })).id;
        for (const how of ['answers', 'throws', 'hangs', 'dies'])
          await insist(urls, designer, '/api/definitions', calling(how, `http://${bureau.host}/${how}`));

        const begin = Date.now();
        const others: string[] = [];
        const poisoned: string[] = [];
        const someOthers = (poison: string[]) =>
          inTurns(OTHERS / 2, 8, async (n) => {
            if (n === 10) for (const how of poison) poisoned.push(await start(how));
            others.push(await start('answers'));
          });
        const statuses = async (ids: string[]) =>
          Promise.all(ids.map(async (id) => (await insist(urls, designer, `/api/cases/${id}`)).status as string));
        const incidents = async () => (await insist(urls, designer, '/api/incidents?limit=100')).items as Incident[];
        const until = async (what: () => Promise<boolean>) => {
          while (!(await what()) && Date.now() - begin < PATIENCE_MS)
            await new Promise((done) => setTimeout(done, 500));
          return Math.round((Date.now() - begin) / 1000);
        };
        // one after the other: where a node goes down, all that it has leased lose a try, or get one more
        await someOthers(['dies']);
        const deadAfter = await until(async () => (await incidents()).length >= 1);
        await someOthers(['throws', 'hangs']);
        const othersAfter = await until(async () => (await statuses(others)).every((status) => status === 'completed'));
        const incidentsAfter = await until(async () => (await incidents()).length >= 3);

        const found = (await incidents()).map(({ case: { id }, code }) => `${poisoned.indexOf(id)} ${code}`).sort();
        expect(found).toEqual([0, 1, 2].map((n) => `${n} job.failed`));
        expect(await statuses(others)).toEqual(others.map(() => 'completed'));
        expect([bureau.calls.get('/throws'), bureau.calls.get('/hangs')]).toEqual([TRIES, TRIES]);
        const died = place.crashes.filter((each) => / ended with 9/.test(each)).length;
        expect(place.crashes.length).toBe(died);
        expect(died).toBe(TRIES);
        console.log(
          `${place.description}: ${OTHERS} other cases done after ${othersAfter} s, incidents after ${deadAfter} and ${incidentsAfter} s, ${died} nodes went down`,
        );
      } finally {
        watching = false;
        await watched;
        await place.stop();
        bureau.server.closeAllConnections();
        bureau.server.close();
      }
    },
    PATIENCE_MS + 60_000,
  );
});

interface Incident {
  case: { id: string };
  code: string;
}

async function restartDeadNodes(nodes: readonly Node[], watching: () => boolean): Promise<void> {
  while (watching()) {
    for (const node of nodes) if (!node.isUp()) await node.boot().catch(() => undefined); // its crash is counted
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** From whichever node is up; with a key, so that what got no answer is not done twice. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of every shape
async function insist(urls: readonly string[], person: Person, path: string, body?: object | string): Promise<any> {
  const key = body !== undefined && { 'idempotency-key': `k${Math.random()}` };
  for (let n = 0; ; n++) {
    const answer = await ask(urls[n % urls.length]! + path, person, body, { ...key }).catch(() => undefined);
    if (answer && answer.status < 300) return answer.body;
    if (answer && answer.status < 500) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}
