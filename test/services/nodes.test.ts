import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { openSqliteStore } from '../../engine/store/sqlite/index.ts';
import { bpmn, chain } from '../support/bpmn.ts';
import { startMongo } from '../support/mongo.ts';
import { newDatabase } from '../support/mongo-stores.ts';
import { NOTICE_2027, workingDaysIntoMarch2027 } from '../support/notices.ts';
import { startServer, type RunningServer } from '../support/server.ts';

jest.setTimeout(60_000);
const folder = mkdtempSync(join(tmpdir(), 'onevisit-nodes-'));
const bureau = await aBureau();
const mongo = await startMongo();
const running: RunningServer[] = [];
async function start(options: Parameters<typeof startServer>[0]): Promise<RunningServer> {
  const node = await startServer(options);
  running.push(node);
  return node;
}

afterAll(async () => {
  await Promise.all(running.map((node) => node.kill()));
  bureau.server.closeAllConnections();
  bureau.server.close();
  await mongo?.stop();
  rmSync(folder, { recursive: true, force: true });
});

// callers of the tests before are gone
beforeEach(() => bureau.forget());

/** A department's system that takes calls and answers when it is told to. */
async function aBureau(): Promise<Bureau> {
  const waiting: (() => void)[] = [];
  const server = createServer((_, response) => {
    waiting.push(() => response.setHeader('content-type', 'application/json').end('{"checked":true}'));
    server.emit('called');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    server,
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    called: async () => void (waiting.length > 0 || (await once(server, 'called'))),
    forget: () => void waiting.splice(0),
    answer: () => waiting.splice(0).forEach((each) => each()),
  };
}

interface Bureau {
  server: Server;
  host: string;
  /** Resolves when somebody waits for an answer. */
  called(): Promise<void>;
  answer(): void;
  forget(): void;
}

const ASK = bpmn(
  `<startEvent id="s"/><serviceTask id="call" ov:retries="1"><extensionElements>
     <ov:http method="GET" url="http://${bureau.host}/check"/></extensionElements></serviceTask><endEvent id="e"/>
   ${chain('s', 'call', 'e')}`,
  { id: 'ask', name: '联网核验' },
);

/** The task's date is counted by the node that ran the service. */
const askFirst = (days: number) =>
  bpmn(
    `<startEvent id="s"/><serviceTask id="call" ov:retries="1"><extensionElements>
       <ov:http method="GET" url="http://${bureau.host}/check"/></extensionElements></serviceTask>
     <userTask id="review" ov:department="housing" ov:promise="${days - 1}" ov:unit="workingDays"/><endEvent id="e"/>
     ${chain('s', 'call', 'review', 'e')}`,
    { id: 'ask-first', processAttrs: `ov:promise="${days}" ov:unit="workingDays"` },
  );

interface CaseView {
  id: string;
  status: string;
}

/** Publishes the process and starts a case of it. */
async function openCase(node: RunningServer): Promise<CaseView & { cookie: string }> {
  const { cookie } = await node.signIn('designer-ding');
  const headers = { cookie, 'content-type': 'application/xml' };
  expect((await fetch(`${node.url}/api/definitions`, { method: 'POST', headers, body: ASK })).status).toBe(201);
  const answer = await fetch(`${node.url}/api/cases`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ definition: 'ask', data: {} }),
  });
  expect(answer.status).toBe(201);
  return { ...((await answer.json()) as CaseView), cookie };
}

async function statusOf(node: RunningServer, opened: { id: string; cookie: string }): Promise<string> {
  const answer = await fetch(`${node.url}/api/cases/${opened.id}`, { headers: { cookie: opened.cookie } });
  return ((await answer.json()) as CaseView).status;
}

const readiness = async (url: string) => {
  const answer = await fetch(`${url}/health/ready`);
  return { status: answer.status, body: (await answer.json()) as { stopping: boolean } };
};

describe('a node that is told to stop', () => {
  it('says so, finishes the request under way, hands its job back, and ends', async () => {
    const directory = join(folder, 'orderly');
    const env = { ONEVISIT_HTTP_HOSTS: bureau.host, ONEVISIT_STOP_SECONDS: '1', ONEVISIT_DRAIN_SECONDS: '1' };
    const node = await start({ directory, env });
    const opened = await openCase(node);
    await bureau.called();

    const { hostname, port } = new URL(node.url);
    const slow = request({
      hostname,
      port,
      path: '/api/cases',
      method: 'POST',
      headers: { ...JSON_OF(opened.cookie) },
    });
    slow.write('{"definition":"ask",');
    await once(slow, 'socket');
    if (slow.socket!.connecting) await once(slow.socket!, 'connect');

    const gone = once(node.process, 'exit');
    node.process.kill('SIGTERM');
    let ready = await readiness(node.url);
    while (ready.status === 200) ready = await readiness(node.url);
    expect(ready).toMatchObject({ status: 503, body: { stopping: true } });

    const answered = once(slow, 'response') as Promise<[{ statusCode: number; resume(): void }]>;
    slow.end('"data":{}}');
    const [response] = await answered;
    response.resume();
    expect(response.statusCode).toBe(201);

    expect((await gone)[0]).toBe(0);
    const store = await openSqliteStore({ directory });
    const cases = await store.listCases({ limit: 100, definitionKey: 'ask' });
    expect(cases).toHaveLength(2);
    const due = await store.claimDueJobs({ owner: 'next', now: Date.now(), leaseMs: 1, limit: 9 });
    expect(due.filter(({ kind }) => kind === 'service').map(({ attempts }) => attempts)).toEqual([1, 1]);
    await store.close();
  });

  it('ends at once when it is told twice', async () => {
    const env = { ONEVISIT_HTTP_HOSTS: bureau.host, ONEVISIT_STOP_SECONDS: '600' };
    const node = await start({ directory: join(folder, 'forced'), env });
    await openCase(node);
    await bureau.called();
    const gone = once(node.process, 'exit');
    node.process.kill('SIGTERM');
    while (
      await readiness(node.url).then(
        () => true,
        () => false,
      )
    )
      await new Promise((r) => setTimeout(r, 20));
    expect(node.process.exitCode).toBeNull();
    node.process.kill('SIGTERM');
    expect((await gone)[0]).toBe(1);
  });
});

(mongo ? describe : describe.skip)('two nodes on one database', () => {
  let api: RunningServer;
  let worker: RunningServer;
  beforeAll(async () => {
    const uri = await newDatabase(mongo!);
    const env = { ONEVISIT_HTTP_HOSTS: bureau.host, MONGODB_URI: uri };
    const node = (roles: string) => start({ directory: join(folder, roles), env: { ...env, ONEVISIT_ROLES: roles } });
    [api, worker] = await Promise.all([node('api'), node('worker')]);
  });

  it('one answers and never calls a service, the other works and answers nothing but its health', async () => {
    const opened = await openCase(api);
    await bureau.called();
    bureau.answer();
    while ((await statusOf(api, opened)) !== 'completed') await new Promise((r) => setTimeout(r, 20));
    expect((await readiness(worker.url)).status).toBe(200);
    expect((await fetch(`${worker.url}/api/status`)).status).toBe(404);
    expect(worker.output()).toContain('roles: worker');
    expect(worker.output()).not.toContain('API token');
  });

  it('one is told of a notice of holidays, the other counts by it, and what was open again, once', async () => {
    const { cookie } = await api.signIn('designer-ding');
    const send = async <T>(path: string, body?: object | string): Promise<T> => {
      const type = typeof body === 'string' ? 'application/xml' : 'application/json';
      const text = typeof body === 'object' ? JSON.stringify(body) : body;
      const post = text !== undefined && { method: 'POST', body: text };
      const answer = await fetch(`${api.url}/api${path}`, { headers: { cookie, 'content-type': type }, ...post });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as T;
    };
    const today = (await send<{ now: string }>('/status')).now.slice(0, 10);
    await send('/definitions', askFirst(workingDaysIntoMarch2027(today)));
    /** The task that the other node reached. */
    const review = async () => {
      const { id } = await send<{ id: string }>('/cases', { definition: 'ask-first', data: {} });
      await bureau.called();
      bureau.answer();
      return { id, task: await taskOf(id) };
    };
    const taskOf = async (id: string): Promise<{ dueAt: string; provisional: boolean }> => {
      for (;;) {
        const { tasks } = await send<{ tasks: { dueAt: string; provisional: boolean }[] }>(`/cases/${id}`);
        if (tasks[0]) return tasks[0];
        await new Promise((r) => setTimeout(r, 20));
      }
    };
    const before = await review();
    expect(before.task.provisional).toBe(true);

    const { run } = await send<{ run: { id: string } }>('/calendars/notices', {
      notice: { ...NOTICE_2027, effective: today },
    });
    while ((await send<{ status: string }>(`/recounts/${run.id}`)).status !== 'done')
      await new Promise((r) => setTimeout(r, 100));
    const after = await review();
    expect(after.task.provisional).toBe(false);
    expect(Date.parse(after.task.dueAt)).toBeGreaterThan(Date.parse(before.task.dueAt));
    expect(await taskOf(before.id)).toMatchObject({ dueAt: after.task.dueAt, provisional: false });
    const lines = async (id: string) =>
      (await send<{ items: { type: string }[] }>(`/cases/${id}/history?limit=100`)).items.filter(
        ({ type }) => type === 'deadline.recounted',
      ).length;
    expect([await lines(before.id), await lines(after.id)]).toEqual([1, 0]);
  });

  it('both end when they are told to', async () => {
    await Promise.all([api.stop(), worker.stop()]);
    expect([api.process.exitCode, worker.process.exitCode]).toEqual([0, 0]);
  });
});

function JSON_OF(cookie: string) {
  return { cookie, 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
}
