import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { publishProcess } from '../../processes/casework/index.ts';
import { bpmn, chain, flow } from '../support/bpmn.ts';
import { closeCities, openCity, type City } from './support/city.ts';
import { APPLY, OPINION, TWO_DESKS } from './support/models.ts';

let city: City;
beforeAll(async () => {
  city = await openCity();
});
afterAll(closeCities);

const raw = (path: string, body: string | Uint8Array<ArrayBuffer>, type = 'application/xml') =>
  city.as('designer-ding').send(path, { method: 'POST', headers: { 'content-type': type }, body });
const model = (id: string, more = '') =>
  bpmn(
    `<startEvent id="s"/><userTask id="审核" name="审核" ov:department="tax"/><endEvent id="e"/>${chain('s', '审核', 'e')}${more}`,
    { id, name: `流程 ${id}` },
  );
const BROKEN = bpmn(
  `<startEvent id="s"/><userTask id="lost" name="走失"/><endEvent id="e"/>${chain('s', 'lost', 'e')}<sequenceFlow id="away" sourceRef="lost" targetRef="nowhere"/><serviceTask id="odd"/>`,
  { id: 'broken' },
);

describe('checking a file', () => {
  it('answers findings in both languages, with the element, and publishes nothing', async () => {
    const answer = await raw('/definitions/check', BROKEN);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ ok: false, key: 'broken', xml: BROKEN, processes: [{ key: 'broken' }] });
    const finding = answer.body.findings.find((each: { element: string }) => each.element === 'odd');
    expect(finding.severity).toBe('error');
    expect(finding.zh).toMatch(/[\u4e00-\u9fff]/);
    expect(finding.en).toMatch(/[a-z]/);
    expect((await city.as('designer-ding').get('/definitions/broken:1')).status).toBe(404);
  });

  it('names every element that a warning is about', async () => {
    const split = bpmn(
      `<startEvent id="s"/><exclusiveGateway id="x" default="x-b"/><userTask id="a" ov:department="tax"/><userTask id="b" ov:department="tax"/><parallelGateway id="j"/><endEvent id="e"/>${chain('s', 'x', 'b', 'j', 'e')}${flow('x', 'a', 'big')}${flow('a', 'j')}`,
      { id: 'split' },
    );
    const { body } = await raw('/definitions/check', split);
    expect(body.ok).toBe(true);
    expect(body.findings).toContainEqual(
      expect.objectContaining({ rule: 'deadlock', element: 'j', related: expect.arrayContaining(['x']) }),
    );
  });

  it('reads GBK and UTF-16 files and gives them back as Unicode', async () => {
    const utf16 = Buffer.from(`\ufeff${model('wide').replace('UTF-8', 'UTF-16')}`, 'utf16le');
    const answer = await raw('/definitions/check', new Uint8Array(utf16), 'application/octet-stream');
    expect(answer.body).toMatchObject({ ok: true, name: '流程 wide' });
  });

  it('warns of a form that nobody supplied', async () => {
    const { body } = await raw('/definitions/check', TWO_DESKS);
    expect(body.ok).toBe(true);
    expect(body.findings.map((each: { rule: string; element: string }) => [each.rule, each.element]).sort()).toEqual([
      ['form-supplied', 'apply'],
      ['form-supplied', 'tax'],
    ]);
  });

  it('counts what the item states, also of a model that is uploaded alone for it', async () => {
    const late = bpmn(
      `<startEvent id="s"/><userTask id="review" ov:department="tax" ov:onOverdue="escalate"/><endEvent id="e"/>${chain('s', 'review', 'e')}`,
      { id: 'late' },
    );
    const rulesOf = ({ body }: { body: { findings: { rule: string }[] } }) => body.findings.map(({ rule }) => rule);
    expect(rulesOf(await raw('/definitions/check', late))).toEqual(['overdue-valid']);
    const item = { limits: { review: { promise: { value: 3, unit: 'workingDays', basis: '事项清单' } } } };
    const designer = city.house.directory.getPerson('designer-ding');
    await publishProcess(city.house, { bytes: Buffer.from(late), item }, designer);
    expect(rulesOf(await raw('/definitions/check', late))).toEqual([]);
    expect((await city.publish(late.replace('escalate', 'remind'))).status).toBe(201);
  });

  it('knows which department is a reception window: with one other, the law allows 20 working days, not 45', async () => {
    const of = (department: string) =>
      bpmn(
        `<startEvent id="s"/><userTask id="receive" ov:department="${department}"/><userTask id="review" ov:department="tax"/><endEvent id="e"/>${chain('s', 'receive', 'review', 'e')}`,
        { id: 'slow', processAttrs: 'ov:promise="30" ov:basis="《行政许可法》第四十二条"' },
      );
    const { body } = await raw('/definitions/check', of('window'));
    expect(body.findings).toMatchObject([{ rule: 'joint-valid', severity: 'error', element: 'slow' }]);
    expect((await city.publish(of('window'))).status).toBe(422);
    expect((await raw('/definitions/check', of('housing'))).body.findings).toEqual([]);
  });

  it.each([
    ['ov:promise="-1"', 'promise-valid'],
    ['ov:acceptance="-1"', 'milestone-valid'],
    ['ov:delivery="-2"', 'milestone-valid'],
    ['ov:promise=""', 'blank-attribute'],
  ])('answers %s with a finding, and does not publish it', async (limit, rule) => {
    const steps = `<startEvent id="s"/><userTask id="t" ov:department="tax" ov:milestone="accepted"/><userTask id="u" ov:department="tax" ov:promise="1" ov:milestone="decided"/><endEvent id="e"/>`;
    const negative = bpmn(`${steps}${chain('s', 't', 'u', 'e')}`, { id: 'negative', processAttrs: limit });
    const { status, body } = await raw('/definitions/check', negative);
    expect([status, body.ok]).toEqual([200, false]);
    expect(body.findings).toContainEqual(expect.objectContaining({ rule, element: 'negative', severity: 'error' }));
    expect((await city.publish(negative)).status).toBe(422);
  });

  it.each([
    ['what is not XML', 'hello', 422],
    [
      'a DOCTYPE',
      '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><definitions>&a;</definitions>',
      422,
    ],
    ['nothing', '', 422],
  ])('refuses %s', async (_, body, status) => {
    const answer = await raw('/definitions/check', body);
    expect(answer.status).toBe(status);
    expect(answer.body.code).toMatch(/^upload\./);
    expect(answer.body.title).not.toContain('（upload.');
  });

  it('refuses a file beyond 5 MB, raw and in a form, without reading on for ever', async () => {
    const big = 'x'.repeat(6_000_000);
    expect((await raw('/definitions/check', big)).status).toBe(413);
    const form = new FormData();
    form.set('file', new Blob([big]), 'big.bpmn');
    expect((await city.as('designer-ding').send('/definitions/check', { method: 'POST', body: form })).status).toBe(
      413,
    );
  });

  it('refuses other content types and forms without the file', async () => {
    expect((await raw('/definitions/check', '{}', 'application/json')).body.code).toBe('request.content_type');
    const form = new FormData();
    form.set('other', 'x');
    const answer = await city.as('designer-ding').send('/definitions/check', { method: 'POST', body: form });
    expect([answer.status, answer.body.code]).toEqual([422, 'request.file_missing']);
    const cut = await raw(
      '/definitions/check',
      '--b\r\nContent-Disposition: form-data; name="file"',
      'multipart/form-data; boundary=b',
    );
    expect([cut.status, cut.body.code]).toEqual([400, 'request.bad_form']);
    const unbound = await raw('/definitions/check', 'x', 'multipart/form-data');
    expect(unbound.status).toBe(400);
  });
});

describe('publishing', () => {
  it('counts versions, and recognises the same content', async () => {
    const first = await raw('/definitions', model('counted'));
    expect([first.status, first.body.created, first.body.definition.id]).toEqual([201, true, 'counted:1']);
    const same = await raw('/definitions', model('counted'));
    expect([same.status, same.body.created, same.body.definition.id]).toEqual([200, false, 'counted:1']);
    const second = await raw('/definitions', model('counted', '<!-- changed -->'));
    expect([second.status, second.body.definition.id]).toEqual([201, 'counted:2']);
    const versions = (await city.as('designer-ding').get('/definitions/counted/versions')).body;
    expect(versions.map((each: { version: number }) => each.version)).toEqual([2, 1]);
    expect(versions[0].deployedBy).toEqual({ id: 'designer-ding', name: '丁设计' });
  });

  it('of a file with errors is refused with all findings', async () => {
    const answer = await raw('/definitions', BROKEN);
    expect([answer.status, answer.body.code]).toEqual([422, 'definition.findings']);
    expect(answer.body.details.findings.length).toBeGreaterThan(0);
  });

  it('takes forms along, keeps them for the next version, and starts with them', async () => {
    expect((await city.publish(TWO_DESKS, [APPLY, OPINION])).status).toBe(201);
    expect((await raw('/definitions', TWO_DESKS.replace('两个窗口', '两个窗口（新）'))).body.findings).toEqual([]);
    const detail = (await city.as('applicant-chen').get('/definitions/two-desks:2')).body;
    expect(detail).toMatchObject({
      name: '两个窗口（新）',
      startForm: APPLY,
      promise: { value: 5, unit: 'workingDays' },
      can: { start: true },
    });
    expect((await city.as('applicant-chen').get('/definitions/two-desks:2/xml')).headers.get('content-type')).toContain(
      'application/xml',
    );
  });

  it('of a form that cannot be used says where', async () => {
    const answer = await city.publish(model('forms'), [
      { ...APPLY, fields: [{ name: 'x', type: 'telepathy', label: { zh: 'x', en: 'x' } }] },
    ]);
    expect([answer.status, answer.body.code]).toEqual([422, 'form.bad_definition']);
    expect(answer.body.details.pointer).toBe('/fields/0/type');
  });

  it('shows as an item that applicants may start', async () => {
    await raw('/definitions', model('offered'));
    const items = (await city.as('applicant-chen').get('/items')).body;
    expect(items.find((each: { key: string }) => each.key === 'offered')).toMatchObject({
      name: '流程 offered',
      can: { start: true },
    });
    expect((await city.as('applicant-chen').get('/items/offered')).body).toMatchObject({
      form: null,
      materials: [],
      steps: [],
    });
    expect((await city.as('applicant-chen').get('/items/none')).body.code).toBe('item.not_found');
    expect((await city.as('applicant-chen').post('/cases', { definition: 'offered' })).status).toBe(201);
  });
});
