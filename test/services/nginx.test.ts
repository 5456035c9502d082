import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { notTested } from '../support/not-tested.ts';
import { freePort } from '../support/server.ts';

const CONF = readFileSync(resolve(import.meta.dirname, '../../deploy/nginx.conf'), 'utf8');
/** What a node says that does not reach its database. */
const AWAY = { status: 503, headers: { 'Retry-After': '5', 'Content-Type': 'application/problem+json' } };

interface StubNode {
  server: Server;
  away: boolean;
  /** Takes what it is asked, and is gone before it answers. */
  dies: boolean;
  /** `POST /path`, in the order in which they came. */
  asked: string[];
}

async function stubNode(): Promise<StubNode> {
  const node: StubNode = {
    away: false,
    dies: false,
    asked: [],
    server: createServer((request, response) => {
      node.asked.push(`${request.method} ${request.url}`);
      if (node.dies) return void request.socket.destroy();
      if (node.away) return void response.writeHead(AWAY.status, AWAY.headers).end('{"code":"store.unavailable"}');
      let bytes = 0;
      request.on('data', (chunk: Buffer) => (bytes += chunk.length));
      request.on('end', () => response.setHeader('bytes', bytes).end(String(nodes.indexOf(node))));
    }),
  };
  node.server.listen(0, '127.0.0.1');
  await once(node.server, 'listening');
  return node;
}

const folder = mkdtempSync(join(tmpdir(), 'onevisit-nginx-'));
chmodSync(folder, 0o755); // started by root, nginx works as somebody else, and puts large bodies there
const nodes: StubNode[] = [];
let nginx: ChildProcess | undefined;
let url = '';

/** deploy/nginx.conf with other addresses. */
async function startNginx(): Promise<void> {
  for (let n = 0; n < 3; n++) nodes.push(await stubNode());
  const ports = nodes.map(({ server }) => (server.address() as AddressInfo).port);
  const port = await freePort();
  const conf = CONF.replace(/node-(\d):3000/g, (_, n: string) => `127.0.0.1:${ports[Number(n) - 1]}`);
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${folder}/${kind};`,
  );
  const site = conf.replace('listen 80;', `listen 127.0.0.1:${port};`);
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; pid ${folder}/pid; worker_processes 1; error_log stderr;\nevents {}\nhttp { access_log off; ${kinds.join(' ')}\n${site}}\n`,
  );
  url = `http://127.0.0.1:${port}`;
  nginx = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' });
  while (!(await fetch(`${url}/metrics`).catch(() => undefined))) {
    if (nginx.exitCode !== null) throw new Error(`nginx ended with ${nginx.exitCode}`);
    await new Promise((later) => setTimeout(later, 20));
  }
}

async function ask(path: string, method = 'GET', key?: string) {
  const headers = { ...(key !== undefined && { 'idempotency-key': key }) };
  const answer = await fetch(url + path, { method, headers, ...(method === 'POST' && { body: '{}' }) });
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), text: await answer.text() };
}

/** So many that each node has some, whichever ports they have. */
const cases = Array.from({ length: 30 }, (_, n) => `/api/cases/0123456789abcdef${n}`);

if (spawnSync('nginx', ['-v']).status !== 0) {
  notTested('no nginx on the PATH.');
  it.skip('nginx in front of the nodes', () => undefined);
} else {
  beforeAll(startNginx);
  afterEach(() => nodes.forEach((node) => Object.assign(node, { away: false, dies: false, asked: [] })));
  afterAll(async () => {
    const ended = nginx && once(nginx, 'exit');
    nginx?.kill('SIGQUIT');
    await ended;
    nodes.forEach(({ server }) => server.close().closeAllConnections());
    rmSync(folder, { recursive: true, force: true });
  });

  describe('nginx with deploy/nginx.conf', () => {
    it('sends what concerns one case to one node, and keeps metrics and health inside', async () => {
      const first = await Promise.all(cases.map((path) => ask(path)));
      const again = await Promise.all(cases.map((path) => ask(`${path}/history`)));
      expect(again).toEqual(first);
      expect(new Set(first.map(({ text }) => text)).size).toBe(3);
      for (const path of ['/metrics', '/health/ready']) expect((await ask(path)).status).toBe(404);
    });

    it('hands on the 503 of nodes that have no database, however often, and is back with them', async () => {
      nodes.forEach((node) => (node.away = true));
      const answers = [];
      for (const path of [...cases, ...cases]) answers.push(await ask(path), await ask(path, 'POST'));
      const honest = { status: 503, retryAfter: '5', text: '{"code":"store.unavailable"}' };
      expect(answers).toEqual(answers.map(() => honest));
      nodes.forEach((node) => (node.away = false));
      expect((await Promise.all(cases.map((path) => ask(path)))).map(({ status }) => status)).toEqual(
        cases.map(() => 200),
      );
    });

    it('asks another node where one has no database, but sends nothing twice that changes something', async () => {
      nodes[0]!.away = true;
      const [read, written] = [[] as number[], [] as number[]];
      for (const path of cases) read.push((await ask(path)).status);
      for (const path of cases) written.push((await ask(path, 'POST')).status);
      expect(new Set(read)).toEqual(new Set([200]));
      expect(new Set(written)).toEqual(new Set([200, 503]));
      const posts = nodes.flatMap(({ asked }) => asked).filter((each) => each.startsWith('POST'));
      expect(posts.sort()).toEqual(cases.map((path) => `POST ${path}`).sort());
    });

    it.each([
      ['has no database', { away: true }, 503],
      ['is gone before it answers', { dies: true }, 502],
    ])('sends what has a key to another node where one %s, and nothing else twice', async (_, fault, refused) => {
      Object.assign(nodes[0]!, fault);
      const keyed = await Promise.all(cases.map((path) => ask(path, 'POST', path)));
      expect(new Set(keyed.map(({ status }) => status))).toEqual(new Set([200]));
      const failed = nodes[0]!.asked.filter((each) => each.startsWith('POST'));
      expect(failed.length).toBeGreaterThan(0);
      const asked = nodes.flatMap((node) => node.asked).sort();
      expect(asked).toEqual([...cases.map((path) => `POST ${path}`), ...failed].sort());
      nodes.forEach((node) => (node.asked = []));
      const without = await Promise.all(cases.map((path) => ask(path, 'POST')));
      expect(new Set(without.map(({ status }) => status))).toEqual(new Set([200, refused]));
      expect(nodes.flatMap((node) => node.asked)).toHaveLength(cases.length);
    });

    it('hands on a large file with a key whole, also to another node, and refuses one that is too large', async () => {
      const send = (path: string, megabytes: number) => {
        const body = Buffer.alloc(megabytes * 1_048_576);
        return fetch(url + path, { method: 'POST', headers: { 'idempotency-key': path }, body });
      };
      nodes[0]!.away = true;
      for (const path of cases) {
        const answer = await send(path, 3);
        expect([answer.status, answer.headers.get('bytes')]).toEqual([200, String(3 * 1_048_576)]);
      }
      expect(nodes[0]!.asked).not.toEqual([]);
      expect((await send(cases[0]!, 33)).status).toBe(413);
    });

    it('asks another node where one is gone, whatever is asked', async () => {
      nodes[0]!.server.close().closeAllConnections();
      for (const path of cases)
        expect([await ask(path), await ask(path, 'POST')]).toMatchObject([{ status: 200 }, { status: 200 }]);
    });
  });
}
