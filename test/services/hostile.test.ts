import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bpmn, chain } from '../support/bpmn.ts';
import { startServer, type RunningServer } from '../support/server.ts';
import { threadTime } from '../support/thread-time.ts';
import { hostileRequests, type HostileRequest } from './hostile-requests.ts';
import { incidentUploads, largeUploads, refusedUploads } from './hostile-uploads.ts';

const directory = mkdtempSync(join(tmpdir(), 'onevisit-hostile-'));
/** More work than this of the server's own thread before anybody has an answer counts as a hang of the whole house. */
const LONGEST_BLOCK_MS = 200;
let server: RunningServer;
let designer: { cookie: string };

interface Answer {
  status: number;
  type: string;
  body: string;
}

function send({ method, path, body, headers = {}, anonymous }: HostileRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    // the path goes out exactly as written: URL would repair it
    const outgoing = request(
      {
        hostname,
        port,
        method,
        path: encodeURI(path).replaceAll('%25', '%'),
        headers: { ...(!anonymous && { cookie: designer.cookie }), ...headers },
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () =>
          resolve({
            status: answer.statusCode!,
            type: answer.headers['content-type'] ?? '',
            body: Buffer.concat(chunks).toString(),
          }),
        );
        answer.on('error', reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.setTimeout(20_000, () => outgoing.destroy(new Error('no answer within 20 s')));
    outgoing.end(body);
  });
}

/** 'refused' for a 4xx, else what came instead. */
const refusal = ({ status, body }: Answer) =>
  status >= 400 && status < 500 ? 'refused' : `${status} ${body.slice(0, 300)}`;

const upload = (body: string | Buffer) =>
  send({ method: 'POST', path: '/api/definitions', body, headers: { 'content-type': 'application/xml' } });

/** The longest another visitor had to wait while `work` went on, in ms of work of the thread that answers. */
async function longestBlock<T>(work: () => Promise<T>): Promise<{ result: T; longest: number }> {
  let longest = 0;
  let done = false;
  const visitor = (async () => {
    while (!done) {
      const begin = threadTime(server.process.pid);
      await send({ method: 'GET', path: '/api/session', anonymous: true });
      longest = Math.max(longest, threadTime(server.process.pid) - begin);
    }
  })();
  const result = await work().finally(() => (done = true));
  await visitor;
  return { result, longest };
}

beforeAll(async () => {
  server = await startServer({ directory });
  designer = await server.signIn('designer');
  const ok = await upload(
    bpmn('<startEvent id="s"/><userTask id="u"/><endEvent id="e"/>' + chain('s', 'u', 'e'), { id: 'hostile-ok' }),
  );
  expect(ok.status).toBe(201);
}, 60_000);

afterAll(async () => {
  await server?.stop();
  rmSync(directory, { recursive: true, force: true });
});

describe('a hostile upload is refused, and nobody else waits', () => {
  it.each(Object.keys(refusedUploads))(
    '%s',
    async (name) => {
      const { result, longest } = await longestBlock(() =>
        upload(refusedUploads[name]!).catch((cut: Error) => ({
          status: 413,
          type: 'application/problem+json',
          body: `{"code":"${cut.message}"}`,
        })),
      );
      expect(refusal(result)).toBe('refused');
      expect(result.type).toContain('application/problem+json');
      expect((JSON.parse(result.body) as { code: string }).code).toBeTruthy();
      expect(longest).toBeLessThan(LONGEST_BLOCK_MS);
    },
    30_000,
  );
});

describe('a large model is published, and nobody else waits', () => {
  it.each(Object.keys(largeUploads))(
    '%s',
    async (name) => {
      const { result, longest } = await longestBlock(() => upload(largeUploads[name]!));
      expect([result.status, result.body]).toEqual([201, expect.any(String)]);
      expect(longest).toBeLessThan(LONGEST_BLOCK_MS);
    },
    60_000,
  );
});

describe('a hostile model that may be published stops with an incident', () => {
  it.each(Object.keys(incidentUploads))(
    '%s',
    async (name) => {
      const { xml, data = {} } = incidentUploads[name]!;
      const id = `trap${Object.keys(incidentUploads).indexOf(name)}`;
      const published = await upload(xml.replace(/<process id="\w+"/, `<process id="${id}"`));
      expect([published.status, published.body]).toEqual([201, expect.any(String)]);
      const { result, longest } = await longestBlock(() =>
        send({
          method: 'POST',
          path: '/api/cases',
          body: JSON.stringify({ definition: id, data }),
          headers: { 'content-type': 'application/json' },
        }),
      );
      expect([result.status, result.body]).toEqual([201, expect.any(String)]);
      expect((JSON.parse(result.body) as { incidents: number }).incidents).toBe(1);
      expect(longest).toBeLessThan(LONGEST_BLOCK_MS);
    },
    30_000,
  );
});

describe('a hostile request is answered with a problem', () => {
  it.each(Object.keys(hostileRequests))('%s', async (name) => {
    const answer = await send(hostileRequests[name]!);
    expect(refusal(answer)).toBe('refused');
    expect(answer.type).toContain('application/problem+json');
  });
});

it('the server still works, and has logged no bug', async () => {
  const status = await send({ method: 'GET', path: '/api/status', anonymous: true });
  expect(status.status).toBe(200);
  expect(server.output()).not.toMatch(/"level":50/);
});
