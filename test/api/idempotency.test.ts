import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { onceForKey, type Receipts } from '../../api/http/idempotency.ts';
import { memoryStore } from '../../engine/store/memory/index.ts';
import { closeCities, openCity, type City } from './support/city.ts';
import { APPLY, OPINION, TWO_DESKS } from './support/models.ts';

const HOME = { definition: 'two-desks', data: { houseAddress: '平山区 1 号' } };
const key = (text: string) => ({ 'idempotency-key': text });

let city: City;
beforeAll(async () => {
  city = await openCity();
  await city.publish(TWO_DESKS, [APPLY, OPINION]);
});
afterAll(closeCities);

const count = async () => (await city.as('applicant-chen').get('/cases?limit=100')).body.items.length as number;

describe('a request with an Idempotency-Key', () => {
  it('done twice starts one case and gives the same answer', async () => {
    const before = await count();
    const first = await city.as('applicant-chen').post('/cases', HOME, key('start-1'));
    city.clock.advance(60_000);
    const second = await city.as('applicant-chen').post('/cases', HOME, key('start-1'));
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(await count()).toBe(before + 1);
  });

  it('done many times at once starts one case', async () => {
    const before = await count();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => city.as('applicant-chen').post('/cases', HOME, key('start-2'))),
    );
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect(await count()).toBe(before + 1);
  });

  it('completes a task once, and says the same again', async () => {
    const started = (await city.as('applicant-chen').post('/cases', HOME)).body;
    const { tasks } = (await city.as('handler-wang').get(`/cases/${started.id}`)).body;
    const { id } = tasks.find((task: { element: string }) => task.element === 'trade');
    await city.as('handler-wang').post(`/tasks/${id}/claim`);
    const first = await city.as('handler-wang').post(`/tasks/${id}/complete`, {}, key('done-1'));
    const second = await city.as('handler-wang').post(`/tasks/${id}/complete`, {}, key('done-1'));
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body).toEqual(first.body);
    expect((await city.as('handler-wang').post(`/tasks/${id}/complete`, {})).status).toBe(409);
  });

  it('is answered with what was kept, also where a moment later it would be told in other words', async () => {
    const store = memoryStore();
    const request = {
      key: 'told-1',
      personId: 'chen',
      method: 'POST',
      path: '/cases',
      body: {},
      files: [],
      inCommit: true,
    };
    const run = async ({ keep }: Receipts) => {
      const { receipt } = keep(200, (text: string) => ({ text }));
      await store.commitRecords({ jobs: { put: [], remove: [] }, receipt: receipt!('剩余 9 分钟') });
      return { status: 200, body: { text: '剩余 8 分钟' } };
    };
    const answer = await onceForKey(store, () => 0, request, run);
    expect(answer).toEqual({ status: 200, body: { text: '剩余 9 分钟' } });
    expect(await onceForKey(store, () => 0, { ...request, inCommit: false }, run)).toMatchObject(answer);
  });

  it('for another request is refused', async () => {
    await city.as('applicant-chen').post('/cases', HOME, key('start-3'));
    const other = await city.as('applicant-chen').post('/cases', { ...HOME, title: '别的' }, key('start-3'));
    expect([other.status, other.body.code]).toEqual([422, 'idempotency.key_reused']);
  });

  it('of a task belongs to that task, and for other data is refused before anything is done', async () => {
    const started = (await city.as('applicant-chen').post('/cases', HOME)).body;
    const wang = city.as('handler-wang');
    const { tasks } = (await wang.get(`/cases/${started.id}`)).body;
    const { id } = tasks.find((task: { element: string }) => task.element === 'trade');
    expect((await wang.post(`/tasks/${id}/claim`, {}, key('task-1'))).status).toBe(200);
    await wang.post(`/tasks/${id}/unclaim`);
    const replayed = await wang.post(`/tasks/${id}/claim`, {}, key('task-1'));
    expect(replayed.headers.get('idempotency-replayed')).toBe('true');
    expect((await wang.get(`/tasks/${id}`)).body.status).toBe('open');

    await wang.post(`/tasks/${id}/claim`);
    const reused = await wang.post(`/tasks/${id}/unclaim`, {}, key('task-1'));
    expect([reused.status, reused.body.status]).toEqual([200, 'open']);
    await wang.post(`/tasks/${id}/claim`);
    expect((await wang.post(`/tasks/${id}/complete`, {}, key('task-2'))).status).toBe(200);
    const other = await wang.post(`/tasks/${id}/complete`, { data: { other: 1 } }, key('task-2'));
    expect([other.status, other.body.code]).toEqual([422, 'idempotency.key_reused']);
  });

  it('belongs to the person: the same key of another is another key', async () => {
    const chen = await city.as('applicant-chen').post('/cases', HOME, key('start-4'));
    const chu = await city.as('applicant-chu').post('/cases', HOME, key('start-4'));
    expect(chu.status).toBe(201);
    expect(chu.body.id).not.toBe(chen.body.id);
  });

  it('that was refused may be tried again', async () => {
    expect((await city.as('applicant-chen').post('/cases', { ...HOME, data: {} }, key('start-5'))).status).toBe(422);
    expect((await city.as('applicant-chen').post('/cases', HOME, key('start-5'))).status).toBe(201);
  });

  it('is forgotten after 7 days', async () => {
    const first = await city.as('applicant-chen').post('/cases', HOME, key('start-6'));
    city.clock.advance(8 * 86_400_000);
    const later = await city.as('applicant-chen').post('/cases', HOME, key('start-6'));
    expect(later.body.id).not.toBe(first.body.id);
  });

  it('that writes no case is kept too', async () => {
    const upload = () => {
      const form = new FormData();
      form.set('file', new Blob(['hello']), 'a.txt');
      return city.as('applicant-chen').send('/files', { method: 'POST', body: form, headers: key('file-1') });
    };
    const [first, second] = [await upload(), await upload()];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.id).toBe(first.body.id);
  });

  it.each(['', 'x'.repeat(256)])('with the key "%s" of a wrong length: refused or ignored', async (text) => {
    const answer = await city.as('applicant-chen').post('/cases', HOME, key(text));
    expect(answer.status).toBe(text === '' ? 201 : 400);
  });
});
