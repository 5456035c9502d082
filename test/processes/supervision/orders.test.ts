import { describe, expect, it } from '@jest/globals';
import { isCaseNumber } from '../../../processes/casework/index.ts';
import {
  findOrder,
  issueOrder,
  judgeOrder,
  listOrders,
  replyToOrder,
  revokeOrder,
} from '../../../processes/supervision/index.ts';
import { DAY, watchedOffice, type WatchedOffice } from '../../support/watched-office.ts';

const close = (day: string) => Date.parse(`${day}T17:00:00+08:00`);

async function ordered(desk: WatchedOffice = watchedOffice()) {
  const caseId = await desk.apply();
  const feng = desk.person('supervisor-feng');
  const order = await issueOrder(desk, { caseId, department: 'tax', what: '请说明原因', days: 3 }, feng);
  return { desk, caseId, feng, tan: desk.person('head-tan'), order, number: order.number };
}

describe('a supervision order', () => {
  it('has a number with a check character, a due date in working days, and tells the head of its department', async () => {
    const { desk, caseId, order, number } = await ordered();
    expect(number).toMatch(/^DB-210500-20260302-000001-/);
    expect(isCaseNumber(number.slice(3))).toBe(true);
    expect(order).toMatchObject({ status: 'issued', dueAt: close('2026-03-05'), rule: 'manual', warning: 'none' });
    await desk.engine.runDueJobs();
    expect(await desk.notices()).toEqual(['order.issued 谭局长']);
    expect((await desk.events(caseId)).at(-1)).toBe('order.issued');
  });

  it('is replied to, returned, replied to again and accepted; everybody is told once', async () => {
    const { desk, caseId, feng, tan, number } = await ordered();
    await replyToOrder(desk, { number, text: '正在核对' }, tan);
    await judgeOrder(desk, { number, accepted: false, text: '未说明办结时间' }, feng);
    expect(await replyToOrder(desk, { number, text: '明日办结' }, tan)).toMatchObject({
      status: 'replied',
      verdict: null,
    });
    const done = await judgeOrder(desk, { number, accepted: true, text: '同意' }, feng);
    expect(done).toMatchObject({ status: 'accepted', reply: { text: '明日办结' }, verdict: { text: '同意' } });
    expect(await findOrder(desk, number)).toEqual(done);
    await desk.pass(DAY);
    expect((await desk.notices()).sort()).toEqual([
      'order.accepted 谭局长',
      'order.issued 谭局长',
      'order.replied 冯督办',
      'order.replied 冯督办',
      'order.returned 谭局长',
    ]);
    expect(await desk.supervision(caseId)).toMatchObject({ orders: [] });
  });

  it('is revoked with the reason, and takes nothing afterwards', async () => {
    const { desk, feng, tan, number } = await ordered();
    await expect(revokeOrder(desk, { number, text: ' ' }, feng)).rejects.toMatchObject({
      code: 'supervision.text_missing',
    });
    expect(await revokeOrder(desk, { number, text: '已办结' }, feng)).toMatchObject({
      status: 'revoked',
      revocation: { text: '已办结', by: 'supervisor-feng' },
    });
    await expect(replyToOrder(desk, { number, text: '在办' }, tan)).rejects.toMatchObject({ code: 'order.closed' });
  });

  it('is replied to by the head, by no other; judged by supervisors after a reply', async () => {
    const { desk, feng, number } = await ordered();
    const reply = { number, text: '在办' };
    await expect(replyToOrder(desk, reply, desk.person('handler-li'))).rejects.toMatchObject({
      code: 'order.not_yours',
    });
    await expect(replyToOrder(desk, reply, desk.person('head-he'))).rejects.toMatchObject({ code: 'order.not_found' });
    await expect(replyToOrder(desk, reply, feng)).rejects.toMatchObject({ code: 'order.not_yours' });
    await expect(judgeOrder(desk, { ...reply, accepted: true }, feng)).rejects.toMatchObject({
      code: 'order.wrong_status',
      details: { status: 'issued' },
    });
    await expect(judgeOrder(desk, { ...reply, accepted: true }, desk.person('head-tan'))).rejects.toMatchObject({
      code: 'order.not_yours',
    });
  });

  it('is accepted once when two supervisors judge at the same moment', async () => {
    const { desk, feng, tan, number } = await ordered();
    await replyToOrder(desk, { number, text: '在办' }, tan);
    const judged = await Promise.allSettled(
      [true, false].map((accepted) => judgeOrder(desk, { number, accepted, text: '阅' }, feng)),
    );
    expect(judged.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('may concern a closed case', async () => {
    const desk = watchedOffice();
    const caseId = await desk.apply();
    await desk.complete(caseId, 'review');
    const issue = { caseId, department: 'tax', what: '补充说明', days: 1 };
    const { number } = await issueOrder(desk, issue, desk.person('supervisor-feng'));
    await replyToOrder(desk, { number, text: '附后' }, desk.person('head-tan'));
    expect(await desk.engine.getCase(caseId)).toMatchObject({ status: 'completed' });
  });

  it.each([
    ['an unknown department', { department: 'moon' }, 'department.not_found'],
    ['no days', { days: 0 }, 'order.bad_days'],
    ['half a day', { days: 1.5 }, 'order.bad_days'],
    ['no words', { what: '' }, 'supervision.text_missing'],
  ])('is refused with %s', async (_, wrong, code) => {
    const desk = watchedOffice();
    const issue = { caseId: await desk.apply(), department: 'tax', what: '请说明', days: 3, ...wrong };
    await expect(issueOrder(desk, issue, desk.person('supervisor-feng'))).rejects.toMatchObject({ code });
  });
});

describe('the list of orders', () => {
  it('is by department and status, newest first, a page at a time', async () => {
    const { desk, caseId, feng, tan, number } = await ordered();
    const more = { caseId, what: '请说明', days: 2 };
    for (const department of ['housing', 'tax', 'housing']) await issueOrder(desk, { ...more, department }, feng);
    await replyToOrder(desk, { number, text: '在办' }, tan);
    const list = async (query: object, who = feng) =>
      (await listOrders(desk, { limit: 10, ...query }, who)).map(
        (order) => `${order.number.slice(19, 25)} ${order.status}`,
      );
    expect(await list({})).toHaveLength(4);
    expect(await list({ department: 'tax' })).toEqual(['000003 issued', '000001 replied']);
    expect(await list({ department: 'tax', status: 'replied' })).toHaveLength(1);
    await revokeOrder(desk, { number, text: '撤' }, feng);
    expect(await list({ status: 'open' })).toHaveLength(3);
    expect(await list({ status: 'revoked' })).toHaveLength(1);
    const [first, second] = await listOrders(desk, { limit: 2 }, feng);
    const rest = await listOrders(desk, { limit: 2, before: second!.number }, feng);
    expect([first, second, ...rest].map((order) => order!.number.slice(19, 25))).toEqual([
      '000004',
      '000003',
      '000002',
      '000001',
    ]);
    expect(await list({}, tan)).toHaveLength(2);
    expect(await list({ department: 'housing' }, tan)).toEqual([]);
  });
});
