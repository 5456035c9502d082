import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createEngine } from '../../engine/index.ts';
import { createMetrics } from '../../api/operations/metrics.ts';
import { mayReadMetrics } from '../../api/operations/may-read-metrics.ts';
import { memoryStore } from '../../engine/store/memory/index.ts';
import { bpmn, chain } from '../support/bpmn.ts';
import { DESIGNER, office } from '../support/office.ts';
import { closeCities, openCity, type City } from './support/city.ts';
import { TWO_DESKS } from './support/models.ts';

const TOKEN = 'metrics-0123456789abcdef';
let city: City;
beforeAll(async () => {
  city = await openCity({ ONEVISIT_METRICS_TOKEN: TOKEN });
});
afterAll(closeCities);

async function read(headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` }) {
  const answer = await fetch(`${city.address}/metrics`, { headers });
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
}

/** The values of a metric by its labels, as they stand in the text. */
async function samples(name: string): Promise<Record<string, number>> {
  const lines = (await read()).text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return Object.fromEntries(
    lines.map((line) => [line.slice(name.length, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]),
  );
}

describe('the metrics', () => {
  it('count requests by the template of the route, never by what was asked for', async () => {
    const applicant = city.as('applicant-chen');
    await applicant.get('/cases/no-such-case-1');
    await applicant.get('/cases/no-such-case-2');
    await applicant.get('/no-such-route/17');
    await fetch(`${city.address}/some/page/18`, { method: 'PATCH' });
    const counts = await samples('onevisit_http_request_seconds_count');
    expect(counts['{method="GET",route="/api/cases/:id",status="404"}']).toBe(2);
    expect(counts['{method="GET",route="none",status="404"}']).toBe(1);
    expect(counts['{method="other",route="pages",status="405"}']).toBe(1);
    expect((await read()).text).not.toMatch(/no-such|page\/18/);
  });

  it('count commits and events, and time the operations of the store', async () => {
    await city.publish(TWO_DESKS);
    await city.as('applicant-chen').post('/cases', { definition: 'two-desks', data: {} });
    expect((await samples('onevisit_commits_total'))['{result="ok"}']).toBe(1);
    expect((await samples('onevisit_events_total'))['']).toBeGreaterThan(3);
    expect((await samples('onevisit_store_seconds_count'))['{operation="commit",result="ok"}']).toBe(1);
  });

  it('say how many incidents are open and how late due work is', async () => {
    expect((await samples('onevisit_open_incidents'))['']).toBe(0);
    expect((await samples('onevisit_sweeper_lag_seconds'))['']).toBe(0);
    expect((await samples('onevisit_queue_up'))['']).toBe(1);
  });

  it('are there while the store is away, without what only it knows', async () => {
    const metrics = createMetrics();
    metrics.gauge('onevisit_open_incidents', 'of the store', () => Promise.reject(new Error('it is away')));
    metrics.gauge('onevisit_queue_up', 'of the node', () => 1);
    const text = await metrics.text();
    expect(text).toMatch(/^onevisit_open_incidents Nan$/m);
    expect(text).toMatch(/^onevisit_queue_up 1$/m);
  });

  it('are for who shows the token, from wherever', async () => {
    expect(await read()).toMatchObject({ status: 200, type: expect.stringContaining('text/plain; version=0.0.4') });
    for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: TOKEN }] as Record<
      string,
      string
    >[]) {
      const refused = await read(headers);
      expect([refused.status, (JSON.parse(refused.text) as { code: string }).code]).toEqual([
        401,
        'metrics.not_allowed',
      ]);
    }
  });

  it.each([
    ['127.0.0.1', {}, true],
    ['::1', {}, true],
    ['::ffff:127.0.0.1', {}, true],
    ['10.0.0.5', {}, false],
    [undefined, {}, false],
    ['127.0.0.1', { 'x-forwarded-for': '10.0.0.5' }, false],
    ['127.0.0.1', { forwarded: 'for=10.0.0.5' }, false],
  ])('without a token: from %s with %j %p', (remoteAddress, headers: Record<string, string>, may) => {
    const ctx = { req: { socket: { remoteAddress } }, get: (name: string) => headers[name] ?? '' };
    expect(mayReadMetrics(ctx as never, undefined)).toBe(may);
  });
});

describe('jobs', () => {
  const CALL = bpmn(
    `<startEvent id="s"/><serviceTask id="t" ov:retries="2"><extensionElements>
       <ov:http method="GET" url="http://bureau.example/check"/></extensionElements></serviceTask><endEvent id="e"/>
     ${chain('s', 't', 'e')}`,
    { id: 'ask' },
  );

  it('are counted by kind and how each try ended, with how late they were taken', async () => {
    const metrics = createMetrics();
    const store = memoryStore();
    const { clock, start } = office({ store });
    let broken = true;
    const http = () => (broken ? Promise.reject(new Error('away')) : Promise.resolve({}));
    const { calendar } = city.house;
    const engine = createEngine({ store, clock, calendar, connectors: { http }, watch: metrics.jobs });
    await engine.deploy({ bytes: Buffer.from(CALL) }, DESIGNER);
    const run = async () => {
      clock.advance(3_600_000);
      await engine.runDueJobs();
    };
    await start('ask');
    await run();
    await run();
    broken = false;
    await start('ask');
    await run();
    const text = await metrics.text();
    expect(text).toContain('onevisit_jobs_total{kind="service",outcome="retry"} 1');
    expect(text).toContain('onevisit_jobs_total{kind="service",outcome="incident"} 1');
    expect(text).toContain('onevisit_jobs_total{kind="service",outcome="done"} 1');
    expect(text).toContain('onevisit_job_late_seconds_count{kind="service"} 2');
    expect(text).toContain('onevisit_job_late_seconds_sum{kind="service"} 7200');
  });
});

describe('a store that is measured', () => {
  it('may be given another operation around its own', async () => {
    const store = createMetrics().measured(memoryStore());
    const { listCases } = store;
    store.listCases = async (query) => [...(await listCases(query)), { id: 'one more' } as never];
    expect(await store.listCases({ limit: 1 })).toEqual([{ id: 'one more' }]);
  });

  it('behaves as before: conflicts and errors pass through, and are told apart', async () => {
    const metrics = createMetrics();
    const plain = memoryStore();
    plain.findCase = () => Promise.reject(new Error('away'));
    plain.commit = () => Promise.resolve('conflict');
    const store = metrics.measured(plain);
    expect(store.description).toBe(plain.description);
    expect(await store.commit({} as never)).toBe('conflict');
    await expect(store.findCase('x')).rejects.toThrow('away');
    expect(await metrics.text()).toContain('onevisit_commits_total{result="conflict"} 1');
    expect(await metrics.text()).toContain('onevisit_store_seconds_count{operation="findCase",result="failed"} 1');
  });
});
