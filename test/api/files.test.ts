import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandOptions } from '../../engine/index.ts';
import type { CaseRow } from '../../engine/store/ports.ts';
import type { JsonObject } from '../../engine/kernel/json.ts';
import { startCase } from '../../processes/casework/index.ts';
import { closeCities, openCity, type Answer, type City } from './support/city.ts';
import { APPLY, OPINION, TWO_DESKS } from './support/models.ts';
import { bpmn, chain } from '../support/bpmn.ts';

/** For a department that has nothing to do with the two desks. */
const OTHER_DESK = bpmn(
  `<startEvent id="apply" ov:form="apply"/><userTask id="file" name="备案" ov:department="development" ov:form="apply"/><endEvent id="done"/>
   ${chain('apply', 'file', 'done')}`,
  { id: 'other-desk', name: '另一个窗口' },
);

let city: City;
beforeAll(async () => {
  city = await openCity();
  await city.publish(TWO_DESKS, [APPLY, OPINION]);
});
afterAll(closeCities);

function upload(person: string, content: string | Uint8Array<ArrayBuffer>, name: string): Promise<Answer> {
  const form = new FormData();
  form.set('file', new Blob([content], { type: 'application/pdf' }), name);
  return city.as(person).send('/files', { method: 'POST', body: form });
}

/** As the route does, without the network between: two of them go step by step together. */
function start(definition: string, proof: JsonObject, options?: CommandOptions<CaseRow>): Promise<CaseRow> {
  const data = { houseAddress: '平山区 1 号', proof };
  return startCase(city.house, { definition, data }, city.house.directory.getPerson('applicant-chen'), options);
}

async function reads(person: string, { id }: { id: string }): Promise<number> {
  return (await city.as(person).get(`/files/${id}`)).status;
}

describe('a file', () => {
  it('keeps its Chinese name and its bytes, and is only ever a download', async () => {
    const { status, body } = await upload('applicant-chen', '内容', '房产证（𠮷）.pdf');
    expect([status, body]).toEqual([201, { id: body.id, name: '房产证（𠮷）.pdf', size: 6, type: 'application/pdf' }]);
    const answer = await city.as('applicant-chen').get(`/files/${body.id}`);
    expect(answer.body).toBe('内容');
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toContain(
      `filename*=UTF-8''${encodeURIComponent('房产证（𠮷）.pdf')}`,
    );
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  });

  it('loses the folders of its name', async () => {
    expect((await upload('applicant-chen', 'x', '..\\..\\etc\\passwd')).body.name).toBe('passwd');
  });

  it('may be read by its owner, and after it was handed in by whoever sees the case', async () => {
    const proof = (await upload('applicant-chen', 'x', '证明.pdf')).body;
    expect([
      await reads('applicant-chen', proof),
      await reads('handler-li', proof),
      await reads('applicant-chu', proof),
    ]).toEqual([200, 404, 404]);
    const data = { houseAddress: '平山区 1 号', proof: { ...proof, name: '改过的名字.exe', size: 1 } };
    const started = await city.as('applicant-chen').post('/cases', { definition: 'two-desks', data });
    expect(started.status).toBe(201);
    expect((await city.as('handler-li').get(`/cases/${started.body.id}`)).body.variables.proof).toEqual(proof);
    expect([
      await reads('handler-li', proof),
      await reads('handler-qian', proof),
      await reads('applicant-chu', proof),
    ]).toEqual([200, 404, 404]);
  });

  it('is readable with each of the cases it was handed in for at once', async () => {
    await city.publish(OTHER_DESK, [APPLY]);
    const proof = (await upload('applicant-chen', 'x', '证明.pdf')).body;
    await start('other-desk', (await upload('applicant-chen', 'x', '其他.pdf')).body); // from now on both go the same way
    await Promise.all([start('two-desks', proof), start('other-desk', proof)]);
    expect([await reads('handler-li', proof), await reads('handler-qian', proof)]).toEqual([200, 200]);
  });

  it('is readable with its case also where the same request came twice at once', async () => {
    const proof = (await upload('applicant-chen', 'x', '证明.pdf')).body;
    const receipt = () => ({
      key: 'twice',
      fingerprint: '',
      status: 201,
      answer: null,
      expiresAt: Number.MAX_SAFE_INTEGER,
    });
    const starts = [start('two-desks', proof, { receipt }), start('two-desks', proof, { receipt })];
    const ended = await Promise.allSettled(starts);
    expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await reads('handler-li', proof)).toBe(200);
  });

  it('is readable also where it was handed in with a task, and by a version that kept the number of the case with it', async () => {
    const { id, number } = await start('other-desk', (await upload('applicant-chen', 'x', '证明.pdf')).body);
    const handler = city.as('handler-qian');
    const proof = (await upload('handler-qian', 'x', '备案证明.pdf')).body;
    const [{ id: task }] = (await handler.get(`/cases/${id}`)).body.tasks;
    await handler.post(`/tasks/${task}/claim`);
    const data = { houseAddress: '平山区 1 号', proof };
    expect((await handler.post(`/tasks/${task}/complete`, { data })).status).toBe(200);
    const old = (await upload('handler-qian', 'x', '旧.pdf')).body;
    const { store } = city.house;
    await store.putDocument('files', old.id, { ...(await store.getDocument('files', old.id)), caseNumbers: [number] });
    for (const file of [proof, old])
      expect([await reads('applicant-chen', file), await reads('applicant-chu', file)]).toEqual([200, 404]);
  });

  it('is readable for who works in a case that was called with it, and in no other', async () => {
    const call = (id: string, input: string) =>
      bpmn(
        `<startEvent id="apply" ov:form="apply"/><callActivity id="call" calledElement="other-desk">${input}</callActivity>
         ${chain('apply', 'call')}`,
        { id, name: '转办' },
      );
    await city.publish(call('calls-with-all', ''), [APPLY]);
    const address = '<extensionElements><ov:input source="houseAddress" target="houseAddress"/></extensionElements>';
    await city.publish(call('calls-with-address', address), [APPLY]);
    const proof = (await upload('applicant-chen', 'x', '证明.pdf')).body;
    await start('calls-with-address', proof);
    await city.house.engine.runDueJobs();
    expect(await reads('handler-qian', proof)).toBe(404);
    await start('calls-with-all', proof);
    await city.house.engine.runDueJobs();
    expect([await reads('handler-qian', proof), await reads('handler-li', proof)]).toEqual([200, 404]);
  });

  it('of someone else cannot be handed in', async () => {
    const proof = (await upload('applicant-chu', 'x', '证明.pdf')).body;
    const data = { houseAddress: '平山区 1 号', proof };
    const started = await city.as('applicant-chen').post('/cases', { definition: 'two-desks', data });
    expect(started.body.errors).toEqual([{ pointer: '/proof', code: 'file.not_found', detail: '请先上传该文件' }]);
  });

  it('is refused for a while where its disk fails, and where it is not in the folder; nothing of it is left', async () => {
    const folder = join(city.house.config.dataDir, 'files');
    const { id } = (await upload('applicant-chen', 'x', '证明.pdf')).body;
    renameSync(folder, `${folder}-away`);
    writeFileSync(folder, 'a file where a folder belongs');
    const refused = [
      await upload('applicant-chen', 'x', '证明.pdf'),
      await city.as('applicant-chen').get(`/files/${id}`),
    ];
    rmSync(folder);
    renameSync(`${folder}-away`, folder);
    rmSync(join(folder, id));
    refused.push(await city.as('applicant-chen').get(`/files/${id}`));
    for (const { status, body, headers } of refused)
      expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'store.unavailable', '1']);
  });

  it('is refused when empty or beyond 20 MB, and not found under a made-up id', async () => {
    expect((await upload('applicant-chen', '', 'leer.txt')).body.code).toBe('file.empty');
    expect((await upload('applicant-chen', new Uint8Array(20_000_001), 'big.bin')).status).toBe(413);
    for (const id of ['x', '..%2f..%2fetc%2fpasswd', '00000000000000000000', '%00'])
      expect((await city.as('applicant-chen').get(`/files/${id}`)).status).toBe(404);
  });
});
