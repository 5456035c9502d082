import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyCases } from '../../engine/cases/verify-cases.ts';
import { openSqliteStore } from '../../engine/store/sqlite/index.ts';
import { bpmn, chain } from '../support/bpmn.ts';
import { startServer, type RunningServer } from '../support/server.ts';

jest.setTimeout(120_000);
const folder = mkdtempSync(join(tmpdir(), 'onevisit-backup-'));
const [data, copy, restored] = ['data', 'copy', 'restored'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];
let server: RunningServer;
afterAll(async () => {
  await server?.kill();
  rmSync(folder, { recursive: true, force: true });
});

const ONE = bpmn(
  `<startEvent id="s"/><userTask id="t" ov:department="tax"/><endEvent id="e"/>${chain('s', 't', 'e')}`,
  {
    id: 'one',
    name: '一件事',
  },
);

/** One of the commands beside the server, as `npm run` calls it. */
async function run(name: 'backup' | 'restore' | 'verify' | 'token', directory: string, ...args: string[]) {
  const child = spawn(process.execPath, ['scripts/tool.mjs', name, ...args], {
    env: { ...process.env, NODE_OPTIONS: '', MONGODB_URI: '', ONEVISIT_DATA: directory },
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const [code] = (await once(child, 'exit')) as [number];
  return { code, output };
}

describe('a backup of a server under load', () => {
  const acknowledged: string[] = [];
  let wanted: string[];
  let file: { id: string };
  let over = false;

  it('has everything that was acknowledged before it began', async () => {
    server = await startServer({ directory: data });
    const { cookie } = await server.signIn('designer-ding');
    const send = async (path: string, type: string, body: string | FormData) => {
      const headers = { cookie, ...(type && { 'content-type': type }) };
      const answer = await fetch(`${server.url}/api${path}`, { method: 'POST', headers, body });
      expect(answer.status).toBe(201);
      return (await answer.json()) as { id: string };
    };
    await send('/definitions', 'application/xml', ONE);
    const form = new FormData();
    form.set('file', new Blob(['不动产权证书']), '证书.txt');
    file = await send('/files', '', form);
    const client = async () => {
      while (!over) acknowledged.push((await send('/cases', 'application/json', '{"definition":"one","data":{}}')).id);
    };
    const clients = [client(), client(), client(), client()];
    while (acknowledged.length < 200) await new Promise((resolve) => setTimeout(resolve, 20));

    wanted = [...acknowledged];
    const done = await run('backup', data, copy);
    over = true;
    await Promise.all(clients);
    expect(done).toMatchObject({ code: 0, output: expect.stringContaining('the store and 1 files') });
    expect(acknowledged.length).toBeGreaterThan(wanted.length);
  });

  it('is restored and verified: every history, every file', async () => {
    const done = await run('restore', restored, copy);
    expect(done.output).toMatch(/Verified the histories of \d+ cases, \d+ events/);
    expect(done.output).toContain('Verified 1 uploaded files: all are there');
    expect(done.code).toBe(0);
    const store = await openSqliteStore({ directory: restored });
    for (const id of wanted) expect((await store.findCase(id))?.id).toBe(id);
    expect((await verifyCases(store)).broken).toEqual([]);
    expect(await store.getDocument('files', file.id)).toMatchObject({ name: '证书.txt' });
    await store.close();
    expect(existsSync(join(restored, 'files', file.id))).toBe(true);
  });

  it('starts as a server whose histories are untouched', async () => {
    const second = await startServer({ directory: restored });
    const { cookie } = await second.signIn('designer-ding');
    const answer = await fetch(`${second.url}/api/cases/${wanted.at(-1)!}/history`, { headers: { cookie } });
    expect(((await answer.json()) as { chain: object }).chain).toEqual({ verified: true });
    await second.stop();
  });

  it('is not restored over anything, unless told: then what was there is moved aside', async () => {
    const refused = await run('restore', restored, copy);
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('is not empty') });
    const inUse = await run('restore', data, '--replace', copy);
    expect(inUse).toMatchObject({ code: 1, output: expect.stringContaining('has it open') });
    const told = await run('restore', restored, '--replace', copy);
    expect(told).toMatchObject({ code: 0, output: expect.stringContaining('Moved what was there') });
    const aside = readdirSync(restored).find((name) => name.startsWith('replaced-'))!;
    expect(readdirSync(join(restored, aside))).toContain('store.db');
  });

  it('that is damaged or did not finish is refused, and changes nothing', async () => {
    const [half, damaged] = [join(folder, 'half'), join(folder, 'damaged')];
    expect(await run('restore', half, folder)).toMatchObject({
      code: 1,
      output: expect.stringContaining('no backup.json'),
    });
    appendFileSync(join(copy, 'files', file.id), 'x');
    for (const [where, before] of [
      [damaged, []],
      [restored, readdirSync(restored)],
    ] as const) {
      const refused = await run('restore', where, '--replace', copy);
      expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('is damaged') });
      expect(readdirSync(where)).toEqual(before);
    }
  });

  it('is not the only thing asked of a running server: tokens are made, listed and revoked too', async () => {
    const status = async (token: string) =>
      (await fetch(`${server.url}/api/session`, { headers: { authorization: `Bearer ${token}` } })).status;
    const made = await run('token', data, 'create', '--person', 'handler-li', '--days', '30', '--label', '税务接口');
    expect(made).toMatchObject({ code: 0, output: expect.stringContaining('李税收 (handler, 税务局)') });
    const token = /^ovt_\S+$/m.exec(made.output)![0];
    expect(await status(token)).toBe(200);
    const listed = (await run('token', data, 'list')).output;
    expect(listed).not.toContain(token);
    const [id] = /^[0-9a-f]{12}(?= {2}valid .*税务接口$)/m.exec(listed)!;
    expect(await run('token', data, 'revoke', id)).toMatchObject({ code: 0 });
    expect(await status(token)).toBe(401);
    for (const wrong of [['create'], ['create', '--person', 'moon'], ['revoke', 'moon'], ['revoke'], ['burn']])
      expect(await run('token', data, ...wrong)).toMatchObject({
        code: 1,
        output: expect.stringMatching(/Usage|Expected/),
      });
  });

  it('can be taken of a server that is not running', async () => {
    await server.stop();
    expect((await run('token', data, 'list')).output).toMatch(/^[0-9a-f]{12} {2}revoked .*税务接口$/m);
    const later = join(folder, 'later');
    expect(await run('backup', data, later)).toMatchObject({ code: 0 });
    expect(await run('backup', data, later)).toMatchObject({
      code: 1,
      output: expect.stringContaining('empty folder'),
    });
    expect(await run('verify', data)).toMatchObject({
      code: 0,
      output: expect.stringMatching(/Verified the histories .*each carries the hash/),
    });
  });
});
