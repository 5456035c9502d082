import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { PeerChange, PeerListener } from '../../engine/index.ts';
import { openFeed, type Feed } from '../support/feed.ts';
import { closeCities, openCity, type City } from './support/city.ts';
import { APPLY, OPINION, TWO_DESKS } from './support/models.ts';

/** The other nodes, as this one hears of them. */
const listeners = new Set<PeerListener>();
const told: PeerChange[] = [];
const left: (() => void)[] = [];
/** Resolves when the server has noticed that every client is gone. */
async function nobodyListens(): Promise<void> {
  while (listeners.size > 0) await new Promise<void>((go) => left.push(go));
}

let city: City;
const feeds: Feed[] = [];

beforeAll(async () => {
  city = await openCity(
    {},
    {
      tell: (change) => void told.push(change),
      listen(listener) {
        listeners.add(listener);
        return () => {
          listeners.delete(listener);
          left.splice(0).forEach((go) => go());
        };
      },
      stop: async () => undefined,
    },
  );
  await city.publish(TWO_DESKS, [APPLY, OPINION]);
});
afterEach(async () => {
  await Promise.all(feeds.splice(0).map((feed) => feed.close()));
});
afterAll(closeCities);

async function listen(person: string): Promise<Feed> {
  const feed = await openFeed(city.address, `onevisit_session=${city.house.sessions.sign(person)}`);
  feeds.push(feed);
  return feed;
}

/** Cases that another node opened: here they are in the store, and nobody was told. */
async function openedElsewhere(person: string): Promise<PeerChange & { number: string }> {
  const data = { houseAddress: '平山区 1 号' };
  const { body } = await city.as(person).post('/cases', { definition: 'two-desks', data });
  return { caseId: (body as { id: string }).id, seq: 1, number: (body as { number: string }).number };
}
const hear = (change: PeerChange) => listeners.forEach((listener) => listener.changed(change));

describe('changes that other nodes make', () => {
  it('reach who may see the case, as the case is now, and nobody else', async () => {
    const theirs = await openedElsewhere('applicant-chu');
    const mine = await openedElsewhere('applicant-chen');
    const [applicant, supervisor, handler] = [
      await listen('applicant-chen'),
      await listen('supervisor-feng'),
      await listen('handler-li'),
    ];
    hear(theirs);
    hear(mine);
    const told = { event: 'case', data: { caseId: mine.caseId, rev: 1, number: mine.number } };
    expect(await applicant.next()).toEqual(told);
    for (const feed of [supervisor, handler]) {
      const heard = [await feed.next(), await feed.next()].map(({ data }) => data.caseId);
      expect(heard.sort()).toEqual([mine.caseId, theirs.caseId].sort());
    }
  });

  it('that were missed are told as "reload"', async () => {
    const feed = await listen('applicant-chen');
    listeners.forEach((listener) => listener.missed());
    expect(await feed.next()).toEqual({ event: 'reload', data: {} });
  });

  it('of a case that is not there are passed over', async () => {
    const feed = await listen('applicant-chen');
    hear({ caseId: 'nowhere', seq: 1 });
    const mine = await openedElsewhere('applicant-chen');
    expect((await feed.next()).data.caseId).toBe(mine.caseId);
  });

  it('are told to them by ids and numbers only', async () => {
    told.length = 0;
    const { caseId } = await openedElsewhere('applicant-chen');
    expect(told).toEqual([{ caseId, seq: (await city.house.store.findCase(caseId))!.lastSeq }]);
  });

  it('are asked for once, however many listen, and only while somebody does', async () => {
    await nobodyListens();
    const [one, two] = [await listen('applicant-chen'), await listen('supervisor-feng')];
    expect(listeners.size).toBe(1);
    await Promise.all([one.close(), two.close()]);
    await nobodyListens();
  });
});
