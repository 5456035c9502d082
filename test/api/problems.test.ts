import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { en } from '../../api/http/sentences/en.ts';
import { zh } from '../../api/http/sentences/zh.ts';
import { sentenceOf } from '../../api/http/sentences/index.ts';
import { closeCities, openCity, type City } from './support/city.ts';

let city: City;
beforeAll(async () => {
  city = await openCity();
});
afterAll(closeCities);

describe('refusals', () => {
  it('are problem documents in Chinese, unless English is asked for first', async () => {
    const chinese = await city.as('applicant-chen').get('/cases/none');
    expect(chinese.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(chinese.headers.get('content-language')).toBe('zh-CN');
    expect(chinese.body).toMatchObject({
      type: '/problems/case.not_found',
      status: 404,
      code: 'case.not_found',
      title: zh['case.not_found'],
    });
    expect(chinese.body.instance).toBe(chinese.headers.get('x-request-id'));

    const english = await city
      .as('applicant-chen')
      .get('/cases/none', { 'accept-language': 'en-GB,en;q=0.9,zh;q=0.1' });
    expect(english.body.title).toBe(en['case.not_found']);
    const chineseFirst = await city.as('applicant-chen').get('/cases/none', { 'accept-language': 'zh-CN,en;q=0.9' });
    expect(chineseFirst.body.title).toBe(zh['case.not_found']);
  });

  it('name each value that is wrong, in the language of the request', async () => {
    const wrong = { definition: '', data: [], title: 'x'.repeat(300) };
    const answer = await city.as('applicant-chen').post('/cases', wrong);
    expect(answer.status).toBe(422);
    expect(answer.body.code).toBe('request.invalid');
    expect(answer.body.errors.map((line: { pointer: string }) => line.pointer).sort()).toEqual([
      '/body/data',
      '/body/definition',
      '/body/title',
    ]);
    const english = await city.as('applicant-chen').post('/cases', wrong, { 'accept-language': 'en' });
    expect(english.body.errors[0].detail).not.toEqual(answer.body.errors[0].detail);
  });

  it.each([
    ['no such address', 'GET', '/nothing', 404, 'route.not_found'],
    ['another method', 'DELETE', '/cases', 405, 'route.method'],
    ['another method of an address with a parameter', 'DELETE', '/cases/some/cancel', 405, 'route.method'],
  ])('%s', async (_, method, path, status, code) => {
    const answer = await city.nobody.send(path, { method });
    expect(answer.status).toBe(status);
    expect(answer.body.code).toBe(code);
  });

  it('say which methods an address takes', async () => {
    expect((await city.nobody.send('/cases', { method: 'DELETE' })).headers.get('allow')).toBe(
      'GET, HEAD, OPTIONS, POST',
    );
    const options = await city.nobody.send('/cases', { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS, POST']);
  });

  it.each([
    ['what is not JSON', 'application/json', '{"definition":', 400, 'request.not_json'],
    ['what is not UTF-8', 'application/json', new Uint8Array([0x22, 0xff, 0x22]), 400, 'request.not_json'],
    ['another content type', 'text/plain', 'hello', 415, 'request.content_type'],
    ['nesting beyond reason', 'application/json', `${'['.repeat(5_000)}${']'.repeat(5_000)}`, 400, 'request.too_deep'],
    [
      'a name that reaches prototypes',
      'application/json',
      '{"definition":"x","data":{"__proto__":{"a":1}}}',
      400,
      'request.unsafe_name',
    ],
    [
      'the same name in disguise',
      'application/json',
      '{"definition":"x","data":{"__pr\\u006fto__":{"a":1}}}',
      400,
      'request.unsafe_name',
    ],
    ['more than a megabyte', 'application/json', `"${'x'.repeat(1_100_000)}"`, 413, 'request.too_large'],
  ])('refuses %s', async (_, type, body, status, code) => {
    const answer = await city
      .as('applicant-chen')
      .send('/cases', { method: 'POST', headers: { 'content-type': type }, body });
    expect(answer.status).toBe(status);
    expect(answer.body.code).toBe(code);
  });

  it('refuses a compressed body and a type it cannot give', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const zipped = await city.as('applicant-chen').send('/cases', { method: 'POST', headers, body: 'x' });
    expect([zipped.status, zipped.body.code]).toEqual([415, 'request.content_encoding']);
    const image = await city.as('applicant-chen').get('/cases', { accept: 'image/png' });
    expect([image.status, image.body.code]).toEqual([406, 'request.not_acceptable']);
  });

  it('refuses a cookie that another site sends', async () => {
    const answer = await city
      .as('applicant-chen')
      .post('/cases', { definition: 'x' }, { 'sec-fetch-site': 'cross-site' });
    expect([answer.status, answer.body.code]).toEqual([403, 'request.cross_site']);
  });

  it('answer a bug with 500 and without its words', async () => {
    const broken = await openCity();
    broken.house.store.listCases = () => Promise.reject(new Error('password=hunter2'));
    const answer = await broken.as('supervisor-feng').get('/cases');
    expect(answer.status).toBe(500);
    expect(answer.body).toEqual({
      type: '/problems/server.error',
      title: zh['server.error'],
      status: 500,
      code: 'server.error',
      instance: answer.headers.get('x-request-id'),
    });
  });
});

describe('sentences', () => {
  it('exist for the same codes in both languages', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
  });

  it('fill in names and local times', () => {
    const details = { by: { id: 'handler-li', name: '李税收' }, since: '2026-03-02T09:30:00.000+08:00' };
    expect(sentenceOf('task.already_claimed', details, 'zh')).toBe('该任务已由李税收于 2026-03-02 09:30 认领。');
    expect(sentenceOf('task.already_claimed', {}, 'en')).toBe('— claimed this task at —.');
  });

  it('fall back to a general one that names the code', () => {
    expect(sentenceOf('moon.eclipsed', {}, 'zh')).toBe('请求未被接受（moon.eclipsed）。');
    expect(sentenceOf('moon.eclipsed', {}, 'en')).toBe('The request was not accepted (moon.eclipsed).');
  });

  it('exist for every code the house refuses with', () => {
    const codes = new Set(
      ['engine', 'processes', 'api'].flatMap((folder) => [...codesUnder(join(process.cwd(), folder))]),
    );
    expect(codes.size).toBeGreaterThan(30);
    expect([...codes].filter((code) => !(code in zh)).sort()).toEqual([]);
  });
});

/** Codes given to `new Rejection(kind, code` and `new HttpProblem(status, code` in the sources. */
function* codesUnder(folder: string): Iterable<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
    const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
    for (const match of text.matchAll(/new (?:Rejection|HttpProblem)\(\s*(?:'[\w-]+'|\d+),\s*'([\w.]+)'/g))
      yield match[1]!;
  }
}
