import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openFeed } from '../support/feed.ts';
import { closeCities, openCity, type City } from './support/city.ts';
import { APPLY, OPINION, TWO_DESKS } from './support/models.ts';

let city: City;
beforeAll(async () => {
  city = await openCity();
  await city.publish(TWO_DESKS, [APPLY, OPINION]);
});
afterAll(closeCities);

const listen = (person: string, lastEventId?: string) =>
  openFeed(city.address, `onevisit_session=${city.house.sessions.sign(person)}`, lastEventId);

const start = async (person: string) =>
  (await city.as(person).post('/cases', { definition: 'two-desks', data: { houseAddress: '平山区 1 号' } })).body as {
    id: string;
    number: string;
  };

describe('live changes', () => {
  it('tell of each change of a case, as server-sent events', async () => {
    const feed = await listen('supervisor-feng');
    expect(feed.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(feed.headers.get('cache-control')).toContain('no-transform');
    const { id, number } = await start('applicant-chen');
    expect(await feed.next()).toEqual({ event: 'case', data: { caseId: id, rev: 1, number } });
    await city.as('applicant-chen').post(`/cases/${id}/cancel`, { reason: '不买了' });
    expect((await feed.next()).data).toMatchObject({ caseId: id, rev: 2 });
    await feed.close();
  });

  it('begin with "reload" for a client that comes back, so that it misses nothing', async () => {
    const before = await listen('supervisor-feng');
    const { id } = await start('applicant-chen');
    const { data } = await before.next();
    await before.close();
    await city.as('applicant-chen').post(`/cases/${id}/cancel`, { reason: '不买了' });
    const after = await listen('supervisor-feng', `${data.caseId}:${data.rev}`);
    expect(await after.next()).toEqual({ event: 'reload', data: {} });
    const next = await start('applicant-chen');
    expect((await after.next()).data.caseId).toBe(next.id);
    await after.close();
  });

  it('tell an applicant of the own cases only', async () => {
    const feed = await listen('applicant-chen');
    await start('applicant-chu');
    const own = await start('applicant-chen');
    expect((await feed.next()).data.caseId).toBe(own.id);
    await feed.close();
  });

  it('tell a handler of the cases of the own departments only', async () => {
    const [tax, development] = [await listen('handler-li'), await listen('handler-qian')];
    const { id } = await start('applicant-chen');
    expect((await tax.next()).data.caseId).toBe(id);
    const silent = Symbol('silent');
    const heard = development.next().catch(() => silent);
    await development.close();
    await tax.close();
    expect(await Promise.race([heard, Promise.resolve(silent)])).toBe(silent);
  });

  it('stop listening when the client leaves', async () => {
    let listeners = 0;
    const listenTo = city.house.live.listen;
    city.house.live.listen = (listener) => {
      listeners++;
      const stop = listenTo(listener);
      return () => {
        listeners--;
        left();
        stop();
      };
    };
    let left: () => void = () => undefined;
    const gone = new Promise<void>((resolve) => (left = resolve));
    const feed = await listen('supervisor-feng');
    expect(listeners).toBe(1);
    await feed.close();
    await gone;
    expect(listeners).toBe(0);
    city.house.live.listen = listenTo;
  });
});
