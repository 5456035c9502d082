import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { closeCities, openCity, type Answer, type City } from './support/city.ts';
import { APPLY, OPINION, TWO_DESKS } from './support/models.ts';

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
    const reads = async (person: string) => (await city.as(person).get(`/files/${proof.id}`)).status;
    expect([await reads('applicant-chen'), await reads('handler-li'), await reads('applicant-chu')]).toEqual([
      200, 404, 404,
    ]);
    const data = { houseAddress: '平山区 1 号', proof: { ...proof, name: '改过的名字.exe', size: 1 } };
    const started = await city.as('applicant-chen').post('/cases', { definition: 'two-desks', data });
    expect(started.status).toBe(201);
    expect((await city.as('handler-li').get(`/cases/${started.body.id}`)).body.variables.proof).toEqual(proof);
    expect([await reads('handler-li'), await reads('handler-qian'), await reads('applicant-chu')]).toEqual([
      200, 404, 404,
    ]);
  });

  it('of someone else cannot be handed in', async () => {
    const proof = (await upload('applicant-chu', 'x', '证明.pdf')).body;
    const data = { houseAddress: '平山区 1 号', proof };
    const started = await city.as('applicant-chen').post('/cases', { definition: 'two-desks', data });
    expect(started.body.errors).toEqual([{ pointer: '/proof', code: 'file.not_found', detail: '请先上传该文件' }]);
  });

  it('is refused when empty or beyond 20 MB, and not found under a made-up id', async () => {
    expect((await upload('applicant-chen', '', 'leer.txt')).body.code).toBe('file.empty');
    expect((await upload('applicant-chen', new Uint8Array(20_000_001), 'big.bin')).status).toBe(413);
    for (const id of ['x', '..%2f..%2fetc%2fpasswd', '00000000000000000000', '%00'])
      expect((await city.as('applicant-chen').get(`/files/${id}`)).status).toBe(404);
  });
});
