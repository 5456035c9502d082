import { describe, expect, it } from '@jest/globals';
import { loadCalendar } from '../../../processes/calendars/index.ts';
import {
  findOrder,
  issueOrder,
  judgeOrder,
  movedOrders,
  replyToOrder,
  revokeOrder,
} from '../../../processes/supervision/index.ts';
import type { Store } from '../../../engine/index.ts';
import { memoryStore } from '../../../engine/store/memory/index.ts';
import { countryAfter, NOTICE_2027 } from '../../support/notices.ts';
import { at, DESIGNER } from '../../support/office.ts';
import { watchedOffice } from '../../support/watched-office.ts';

const close = (day: string) => at(`${day}T17:00:00+08:00`);
const noticed = countryAfter(NOTICE_2027).get('cn', at('2026-12-29')).calendar;
const because = { notice: 'cn-2027.1', papers: ['国办发明电〔2026〕7号'] };

/** Orders of three working days, issued on 29 December: by the days of the week alone they are due on New Year's Day. */
async function hall(store: Store = memoryStore()) {
  let hanging = loadCalendar();
  const calendar = { current: () => hanging, refresh: () => Promise.resolve() };
  const desk = watchedOffice({ store, now: '2026-12-29', calendar });
  const caseId = await desk.apply();
  const feng = desk.person('supervisor-feng');
  return {
    desk,
    caseId,
    feng,
    tan: desk.person('head-tan'),
    order: (cases = [caseId]) => issueOrder(desk, { cases, department: 'tax', what: '请说明原因', days: 3 }, feng),
    async recount() {
      hanging = noticed;
      const { id } = await desk.engine.recountCases({ because }, DESIGNER);
      await desk.engine.runDueJobs();
      return desk.engine.getRecount(id);
    },
    /** What the history says of reply dates that moved. */
    lines: async (id = caseId) =>
      (await store.listEvents(id, 0, 1_000))
        .filter(({ type, data }) => type === 'order.recounted' || data.event === 'order.recounted')
        .map(({ data }) => data),
  };
}

describe('the reply date of an order, when the notice of a new year is loaded', () => {
  it('is counted again and made certain, with one line that says why', async () => {
    const { desk, caseId, order, recount, lines } = await hall();
    const { number, ...issued } = await order();
    expect(issued).toMatchObject({ dueAt: close('2027-01-04'), provisional: true, calendarVersion: 'cn-2026.2' });

    expect(await recount()).toMatchObject({ status: 'done', house: { changed: 1 }, failed: [] });
    const moved = { dueAt: close('2027-01-05'), provisional: false, calendarVersion: 'cn-2027.1' };
    expect(await findOrder(desk, number)).toMatchObject(moved);
    expect(await desk.supervision(caseId)).toMatchObject({ orders: [{ number, ...moved }] });
    expect(await lines()).toEqual([
      expect.objectContaining({ ...because, number, was: close('2027-01-04'), dueAt: close('2027-01-05') }),
    ]);
  });

  it('stays where it was counted so already, however often a pass comes by', async () => {
    const { desk, caseId, order, recount, lines } = await hall();
    await order();
    await recount();
    const before = await desk.engine.getCase(caseId);
    expect(await recount()).toMatchObject({ status: 'done', changed: 0, house: { changed: 0 } });
    expect(await desk.engine.getCase(caseId)).toEqual(before);
    expect(await lines()).toHaveLength(1);
  });

  it('moves also of what was replied to or returned, and about a closed case, not of what is closed', async () => {
    const { desk, caseId, feng, tan, order, recount } = await hall();
    const [replied, returned, accepted, revoked] = [await order(), await order(), await order(), await order()];
    for (const { number } of [replied, returned, accepted]) await replyToOrder(desk, { number, text: '在办' }, tan);
    await judgeOrder(desk, { number: returned.number, accepted: false, text: '太简' }, feng);
    await judgeOrder(desk, { number: accepted.number, accepted: true, text: '同意' }, feng);
    await revokeOrder(desk, { number: revoked.number, text: '撤' }, feng);
    await desk.complete(caseId, 'review');
    expect(await recount()).toMatchObject({ total: 0, house: { changed: 2 } });
    const dueOf = async ({ number }: { number: string }) => (await findOrder(desk, number))!.dueAt;
    expect([await dueOf(replied), await dueOf(returned)]).toEqual([close('2027-01-05'), close('2027-01-05')]);
    expect([await dueOf(accepted), await dueOf(revoked)]).toEqual([close('2027-01-04'), close('2027-01-04')]);
  });

  it('is told in every case that the order is about', async () => {
    const { desk, caseId, order, recount, lines } = await hall();
    const other = await desk.apply();
    await order([caseId, other]);
    await desk.engine.runDueJobs();
    await recount();
    expect([(await lines()).length, (await lines(other)).length]).toEqual([1, 1]);
  });

  it('is foretold as it will move, also about a closed case, page by page; nothing moves', async () => {
    const { desk, caseId, feng, order, recount } = await hall();
    for (let i = 0; i < 3; i++) await order();
    await revokeOrder(desk, { number: (await order()).number, text: '撤' }, feng);
    await desk.complete(caseId, 'review');
    const first = await movedOrders(desk, { calendar: noticed, after: null, limit: 2 });
    const rest = await movedOrders(desk, { calendar: noticed, after: first.next, limit: 2 });
    const foretold = [...first.moved, ...rest.moved];
    expect([first.moved.length, foretold.length, rest.next]).toEqual([2, 3, null]);
    const { order: last, ...moved } = foretold.at(-1)!;
    expect(moved).toMatchObject({ dueAt: close('2027-01-05'), provisional: false });
    expect(await findOrder(desk, last.number)).toEqual(last);
    expect(await recount()).toMatchObject({ house: { changed: 3 } });
    expect((await movedOrders(desk, { calendar: noticed, after: null, limit: 2 })).moved).toEqual([]);
  });

  it('is counted once by a run that is cut off among the orders and goes on', async () => {
    const store = memoryStore();
    let left = Infinity;
    const commit: Store['commit'] = (written) => {
      if (written.events.some(({ type }) => type === 'order.recounted') && left-- <= 0) throw new Error('cut off');
      return store.commit(written);
    };
    const dying = new Proxy(store, {
      get: (of, name) => (name === 'commit' ? commit : of[name as 'findCase'].bind(of)),
    });
    const { desk, order, recount, lines } = await hall(dying);
    for (let i = 0; i < 130; i++) await order();
    left = 105;
    const { id, status } = await recount();
    expect([status, (await lines()).length]).toEqual(['running', 105]);
    left = Infinity;
    await desk.pass(60_000);
    expect(await desk.engine.getRecount(id)).toMatchObject({ status: 'done' });
    expect(new Set((await lines()).map(({ number }) => number)).size).toBe(130);
    expect(await lines()).toHaveLength(130);
  });
});
