import { afterAll, expect, it, jest } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bpmn, chain } from '../support/bpmn.ts';
import { openFaultProxy } from '../support/fault-proxy.ts';
import { startMongo } from '../support/mongo.ts';
import { newDatabase, openNode } from '../support/mongo-stores.ts';
import { throughProxy } from '../support/proxied.ts';
import { startServer } from '../support/server.ts';

const mongo = await startMongo();
const target = mongo && (await throughProxy.target(mongo.uri('admin')));
afterAll(() => mongo?.stop());
jest.setTimeout(120_000);

const HURRY = 'serverSelectionTimeoutMS=1000&socketTimeoutMS=1000';
const KEY = 'away';
const MODEL = bpmn(
  '<startEvent id="s"/><intermediateCatchEvent id="pause"><timerEventDefinition><timeDuration>PT2S</timeDuration></timerEventDefinition></intermediateCatchEvent>' +
    '<userTask id="after" ov:department="housing"/><endEvent id="e"/>' +
    chain('s', 'pause', 'after', 'e'),
  { id: KEY },
);

(target ? it : it.skip)(
  'a node without its database says so, to people and once in its log, and goes on by itself',
  async () => {
    const uri = await newDatabase(mongo!);
    const store = await openNode(uri);
    await store.putDocument('demo', 'seeded', { at: 0, cases: 0 });
    const proxy = await openFaultProxy(target!);
    const directory = mkdtempSync(join(tmpdir(), 'onevisit-away-'));
    const node = await startServer({
      directory,
      env: { MONGODB_URI: throughProxy.uri(uri, proxy.port, HURRY), LOG_LEVEL: 'info' },
    });
    try {
      const { cookie } = await node.signIn('designer');
      const ask = async (path: string, body?: string | object) => {
        const xml = typeof body === 'string';
        const answer = await fetch(node.url + path, {
          headers: { cookie, 'content-type': xml ? 'application/xml' : 'application/json' },
          ...(body !== undefined && { method: 'POST', body: xml ? body : JSON.stringify(body) }),
        });
        return { status: answer.status, retryAfter: answer.headers.get('retry-after'), text: await answer.text() };
      };
      const start = () => ask('/api/cases', { definition: KEY, data: {} });
      expect((await ask('/api/definitions', MODEL)).status).toBe(201);
      const first = JSON.parse((await start()).text) as { id: string };

      for (const trouble of ['refuse', 'silence'] as const) {
        proxy[trouble]();
        expect((await ask('/health/ready')).status).toBe(503);
        const refused = await Promise.all([start(), start(), ask(`/api/cases/${first.id}`), ask('/api/cases')]);
        for (const { status, retryAfter, text } of refused) {
          expect({ status, retryAfter }).toEqual({ status: 503, retryAfter: '1' });
          expect(JSON.parse(text)).toMatchObject({ code: 'store.unavailable' });
        }
        expect((await ask('/health/live')).status).toBe(200);
        expect((await ask('/metrics')).status).toBe(200);
        proxy.mend();
        while ((await ask('/health/ready')).status !== 200);
        expect((await start()).status).toBe(201);
      }
      // the timer of the first case was due meanwhile
      for (;;) {
        const history = JSON.parse((await ask(`/api/cases/${first.id}/history?limit=100`)).text) as {
          items: { type: string }[];
        };
        if (history.items.some(({ type }) => type === 'timer.fired')) break;
      }

      const lines = node
        .output()
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as { level: number; msg: string });
      const away = lines.filter(({ msg }) => msg.startsWith('the store does not answer'));
      expect(away.length).toBeGreaterThanOrEqual(1);
      expect(away.length).toBeLessThanOrEqual(2);
      expect(lines.filter(({ level, msg }) => level >= 50 && !msg.startsWith('the store does not answer'))).toEqual([]);
    } finally {
      await node.stop();
      await store.close();
      await proxy.close();
      rmSync(directory, { recursive: true, force: true });
    }
  },
);
