import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { closeCities, openCity, type City } from './support/city.ts';
import { APPLY, OPINION, TWO_DESKS } from './support/models.ts';

let city: City;
beforeAll(async () => {
  city = await openCity();
  await city.publish(TWO_DESKS, [APPLY, OPINION]);
});
afterAll(closeCities);

const start = async (): Promise<string> =>
  (
    await city
      .as('applicant-chen')
      .post('/cases', { definition: 'two-desks', data: { houseAddress: '平山区 1 号', price: 460000 } })
  ).body.id;
const feng = () => city.as('supervisor-feng');
const hold = { reason: 'expertReview', note: '委托专家评审' };

describe('the clock of a case', () => {
  it('is stopped and runs on, and the case and its tasks show that', async () => {
    const id = await start();
    const { dueAt, clock } = (await feng().get(`/cases/${id}`)).body;
    expect(clock).toEqual({
      held: false,
      holds: [],
      extensions: [],
      unit: 'workingDays',
      most: 15,
      can: { hold: true, extend: true },
    });

    const held = await feng().post(`/cases/${id}/hold`, hold);
    expect([held.status, held.body]).toMatchObject([200, { light: 'grey', dueAt: null, remaining: null }]);
    const detail = (await feng().get(`/cases/${id}`)).body;
    expect(detail.clock).toMatchObject({ held: true, holds: [{ reason: 'expertReview', basis: null, to: null }] });
    expect(detail.tasks.map(({ light }: { light: string }) => light)).toEqual(['grey', 'grey']);

    const { status, body } = await feng().post(`/cases/${id}/resume`, { reason: 'expertReview', note: '评审结束' });
    expect([status, body.light, body.dueAt]).toEqual([200, 'green', dueAt]);
  });

  it('tells the applicant why it stands still, in both languages', async () => {
    const id = await start();
    await feng().post(`/cases/${id}/hold`, hold);
    const { items } = (await city.as('applicant-chen').get(`/cases/${id}/history`)).body;
    const { text } = items.find(({ type }: { type: string }) => type === 'clock.held');
    expect(text.zh).toMatch(/启动特别程序（专家评审），停止计时：委托专家评审/);
    expect(text.en).toMatch(/stopped the clock for an expert review: 委托专家评审/);
  });

  it('is extended once, by a supervisor, by no more than the law allows', async () => {
    const id = await start();
    const extend = (value: number, who = 'supervisor-feng') =>
      city.as(who).post(`/cases/${id}/extend`, { value, note: '情况复杂' });
    expect((await extend(5, 'handler-li')).status).toBe(403);
    expect(await extend(16)).toMatchObject({ status: 422, body: { code: 'clock.extension_too_long' } });
    expect(await extend(2.5)).toMatchObject({ status: 422, body: { code: 'time.bad_extension' } });
    const before = (await feng().get(`/cases/${id}`)).body.dueAt;
    expect((await extend(15)).body.dueAt > before).toBe(true);
    expect(await extend(1)).toMatchObject({ status: 409, body: { code: 'clock.extended_already' } });
    expect((await feng().get(`/cases/${id}`)).body.clock.can).toEqual({ hold: true, extend: false });
  });

  it('answers why it is due when it is, holds and extension counted', async () => {
    const id = await start();
    await feng().post(`/cases/${id}/extend`, { value: 3, note: '情况复杂' });
    const { status, body } = await feng().get(`/cases/${id}/due-date`);
    expect([status, body.agrees]).toEqual([200, true]);
    expect(body.ledger.map(({ kind }: { kind: string }) => kind)).toContain('extension');
    const [task] = (await feng().get(`/cases/${id}`)).body.tasks;
    await feng().post(`/cases/${id}/hold`, hold);
    await feng().post(`/cases/${id}/resume`, { reason: 'expertReview', note: '评审结束' });
    expect((await feng().get(`/tasks/${task.id}/due-date`)).body.agrees).toBe(true);
  });

  it('is not stopped by an applicant, without a note, or for a local reason without a basis', async () => {
    const id = await start();
    expect((await city.as('applicant-chen').post(`/cases/${id}/hold`, hold)).status).toBe(403);
    expect((await feng().post(`/cases/${id}/hold`, { reason: 'hearing', note: ' ' })).status).toBe(422);
    expect(await feng().post(`/cases/${id}/hold`, { reason: 'local', note: '等待' })).toMatchObject({
      status: 422,
      body: { code: 'time.hold_without_basis' },
    });
    expect((await feng().get(`/cases/${id}`)).body.clock.held).toBe(false);
  });
});
