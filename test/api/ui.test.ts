import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { get } from 'node:http';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readUiBuild } from '../../api/ui/build-state.ts';
import { closeCities, openCity, type City } from './support/city.ts';

let city: City;
let folder: string;
beforeAll(async () => {
  city = await openCity();
  folder = join(city.house.config.dataDir, 'ui');
});
afterAll(closeCities);

const page = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${city.address}${path}`, { headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

/** As a browser asks again: fetch would add `no-cache` to a conditional request. */
async function statusOf(path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    get(`${city.address}${path}`, { headers }, (response) => resolve(response.resume().statusCode!)).on(
      'error',
      reject,
    );
  });
}

function build(): void {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<title>一次办</title>');
  writeFileSync(join(folder, 'assets', 'app-B1x2C3d4.js'), 'console.log(1)');
}

describe('while the pages are being built', () => {
  it('a page says so and asks again by itself', async () => {
    const { status, text } = await page('/cases/1');
    expect(status).toBe(200);
    expect(text).toContain('界面构建中');
    expect(text).toContain('http-equiv="refresh"');
  });

  it('says why it failed, as text', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, '.build-status.json'), JSON.stringify({ state: 'failed', log: 'error in <App.vue>' }));
    const { text } = await page('/');
    expect(text).toContain('界面构建失败');
    expect(text).toContain('error in &lt;App.vue&gt;');
    expect(readUiBuild(folder).build).toBe('failed');
    rmSync(join(folder, '.build-status.json'));
  });
});

describe('the pages', () => {
  beforeAll(build);

  it('come from index.html at every address of the browser, never kept', async () => {
    for (const path of ['/', '/cases/123', '/tasks?queue=mine']) {
      const { status, text, headers } = await page(path);
      expect([status, text, headers.get('cache-control')]).toEqual([200, '<title>一次办</title>', 'no-cache']);
    }
  });

  it('keep their hashed files for a year and answer 304', async () => {
    const first = await page('/assets/app-B1x2C3d4.js');
    expect(first.headers.get('cache-control')).toContain('immutable');
    expect(first.headers.get('content-type')).toContain('javascript');
    expect(await statusOf('/assets/app-B1x2C3d4.js', { 'if-none-match': first.headers.get('etag')! })).toBe(304);
  });

  it.each([
    '/assets/missing.js',
    '/..%2f..%2f..%2fetc/passwd.txt',
    '/%2e%2e/%2e%2e/package.json',
    '/%E0%A4%A',
    '/a%00.js',
  ])('%s is not found', async (path) => {
    const { status, text } = await page(path);
    expect(status).toBe(404);
    expect(text).not.toContain('"name"');
  });

  it('may load from here only, and are not told to use https where there is none', async () => {
    const policy = (await page('/')).headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('upgrade-insecure-requests');
    expect((await page('/')).headers.get('strict-transport-security')).toBeNull();
    const secure = await openCity({ PUBLIC_URL: 'https://onevisit.example' });
    const headers = (await fetch(`${secure.address}/`)).headers;
    expect(headers.get('content-security-policy')).toContain('upgrade-insecure-requests');
    expect(headers.get('strict-transport-security')).toContain('max-age');
  });
});

describe('data', () => {
  it('is no page: nothing in it may run, be framed or be taken for something else', async () => {
    const { headers } = await page('/api/status');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect((await page('/api/docs')).headers.get('content-security-policy')).toContain("script-src 'self'");
  });
});

describe('the documentation', () => {
  it('is served by ourselves: page, script, style and document', async () => {
    const { text } = await page('/api/docs');
    const files = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]!);
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) expect([file, (await page(file)).status]).toEqual([file, 200]);
    expect(text).not.toMatch(/https?:\/\//);
    const document = await page('/api/openapi.json');
    expect(JSON.parse(document.text).openapi).toBe('3.1.1');
    expect((await page('/api/docs/assets/package.json')).status).toBe(404);
  });
});

describe('the status', () => {
  it('tells what is running here', async () => {
    expect((await city.nobody.get('/status')).body).toMatchObject({
      name: 'OneVisit 一次办',
      mode: 'demo',
      store: 'memory (nothing is kept)',
      queue: 'in-process',
      now: '2026-03-02T09:00:00.000+08:00',
      catchesNotices: true,
      uiBuild: 'building',
    });
  });
});
