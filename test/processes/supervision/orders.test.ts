import { describe, expect, it } from '@jest/globals';
import { isCaseNumber } from '../../../processes/casework/index.ts';
import {
  casesOf,
  findOrder,
  issueOrder,
  judgeOrder,
  listOrders,
  ordersOfCase,
  replyToOrder,
  revokeOrder,
} from '../../../processes/supervision/index.ts';
import { bpmn, chain } from '../../support/bpmn.ts';
import { DESIGNER } from '../../support/office.ts';
import { DAY, watchedOffice, type WatchedOffice } from '../../support/watched-office.ts';

const close = (day: string) => Date.parse(`${day}T17:00:00+08:00`);

/** Tax has it first, housing and the archives will have it; the window leads it. */
const PASSED_ON = bpmn(
  `<startEvent id="s"/><userTask id="review" name="核税" ov:department="tax"/><userTask id="register" name="登记" ov:department="housing"/>
   <userTask id="file" name="归档" ov:department="archives"/><endEvent id="e"/>${chain('s', 'review', 'register', 'file', 'e')}`,
  { id: 'reviewed', processAttrs: 'ov:department="window"' },
);

async function ordered(desk: WatchedOffice = watchedOffice()) {
  const caseId = await desk.apply({}, PASSED_ON);
  const feng = desk.person('supervisor-feng');
  const order = await issueOrder(desk, { cases: [caseId], department: 'tax', what: '请说明原因', days: 3 }, feng);
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

  it('has a new date for the reply when it is returned: as many days as before, or as the supervisor says', async () => {
    const { desk, feng, tan, number } = await ordered();
    const answer = () => replyToOrder(desk, { number, text: '正在核对' }, tan);
    await answer();
    await desk.pass(14 * DAY);
    const back = { number, accepted: false, text: '未说明办结时间' };
    const returned = await judgeOrder(desk, back, feng);
    expect(returned).toMatchObject({ days: 3, returnedAt: desk.clock.now(), dueAt: close('2026-03-19') });
    await answer();
    expect(await judgeOrder(desk, { ...back, days: 5 }, feng)).toMatchObject({ days: 5, dueAt: close('2026-03-23') });
    await answer();
    await expect(judgeOrder(desk, { ...back, days: 0 }, feng)).rejects.toMatchObject({ code: 'order.bad_days' });
    // accepting sets no date
    expect(await judgeOrder(desk, { ...back, accepted: true }, feng)).toMatchObject({ dueAt: close('2026-03-23') });
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
    const issue = { cases: [caseId], department: 'tax', what: '补充说明', days: 1 };
    const { number } = await issueOrder(desk, issue, desk.person('supervisor-feng'));
    await replyToOrder(desk, { number, text: '附后' }, desk.person('head-tan'));
    expect(await desk.engine.getCase(caseId)).toMatchObject({ status: 'completed' });
  });

  it.each([
    ['an unknown department', { department: 'moon' }, 'department.not_found'],
    ['no days', { days: 0 }, 'order.bad_days'],
    ['half a day', { days: 1.5 }, 'order.bad_days'],
    ['no words', { what: '' }, 'supervision.text_missing'],
    ['no case', { cases: [] }, 'order.bad_cases'],
    ['too many cases', { cases: Array.from({ length: 51 }, (_, i) => `case-${i}`) }, 'order.bad_cases'],
    ['a case that is not there', { cases: ['moon'] }, 'case.not_found'],
  ])('is refused with %s', async (_, wrong, code) => {
    const desk = watchedOffice();
    const issue = { cases: [await desk.apply()], department: 'tax', what: '请说明', days: 3, ...wrong };
    await expect(issueOrder(desk, issue, desk.person('supervisor-feng'))).rejects.toMatchObject({ code });
  });
});

describe('the department of an order', () => {
  const issue = (desk: WatchedOffice, cases: readonly string[], department: string) =>
    issueOrder(desk, { cases, department, what: '请说明', days: 3 }, desk.person('supervisor-feng'));

  it.each([
    ['has a task', 'tax'],
    ['will have one', 'archives'],
    ['leads the case', 'window'],
  ])('%s', async (_, department) => {
    const desk = watchedOffice();
    expect(await issue(desk, [await desk.apply({}, PASSED_ON)], department)).toMatchObject({ department });
  });

  it('had a task, though the newer version of the process has none for it', async () => {
    const desk = watchedOffice();
    const caseId = await desk.apply({}, PASSED_ON);
    await desk.complete(caseId, 'review');
    const without = PASSED_ON.replace('ov:department="tax"', 'ov:department="housing"');
    await desk.deploy(without);
    await desk.engine.migrateCase({ caseId, version: 2, reason: '改版' }, DESIGNER);
    expect(await issue(desk, [caseId], 'tax')).toMatchObject({ department: 'tax' });
  });

  it('may be whoever the case will name, where the model computes who has a task', async () => {
    const desk = watchedOffice();
    const computed = PASSED_ON.replace('ov:department="archives"', 'ov:department="=offices"');
    expect(await issue(desk, [await desk.apply({}, computed)], 'fire')).toMatchObject({ department: 'fire' });
  });

  describe('of a case that calls others', () => {
    const model = (id: string, step: string, attributes = '') =>
      bpmn(`<startEvent id="s"/>${step}<endEvent id="e"/>${chain('s', 'step', 'e')}`, {
        id,
        processAttrs: attributes,
      });
    const calling = (called: string) => `<callActivity id="step" name="核查" calledElement="${called}"/>`;
    const INSPECTED = model(
      'inspected',
      `<userTask id="step" name="现场核查" ov:department="housing"/>`,
      'ov:department="fire"',
    );

    async function callingDesk(called = 'middle') {
      const desk = watchedOffice();
      await desk.deploy(INSPECTED);
      await desk.deploy(model('middle', calling('inspected')));
      return { desk, caseId: await desk.apply({}, model('reviewed', calling(called))) };
    }

    it.each([
      ['will have a task of a case that a called case will call', 'housing'],
      ['will lead one', 'fire'],
    ])('%s', async (_, department) => {
      const { desk, caseId } = await callingDesk();
      expect(await issue(desk, [caseId], department)).toMatchObject({ department });
      await expect(issue(desk, [caseId], 'tax')).rejects.toMatchObject({ code: 'order.not_involved' });
    });

    it('had a task of one, though the newest version of what is called has none for it', async () => {
      const { desk, caseId } = await callingDesk();
      await desk.engine.runDueJobs();
      await desk.deploy(INSPECTED.replace('housing', 'tax').replace('fire', 'tax'));
      expect(await issue(desk, [caseId], 'housing')).toMatchObject({ department: 'housing' });
    });

    it('may be any, where the model computes what it calls', async () => {
      const { desk, caseId } = await callingDesk('=kind');
      expect(await issue(desk, [caseId], 'tax')).toMatchObject({ department: 'tax' });
    });

    it('is looked for once in a process that calls itself, and in none that is not there', async () => {
      const { desk, caseId } = await callingDesk('reviewed');
      await expect(issue(desk, [caseId], 'tax')).rejects.toMatchObject({ code: 'order.not_involved' });
      const { desk: other, caseId: unknown } = await callingDesk('nowhere');
      await expect(issue(other, [unknown], 'tax')).rejects.toMatchObject({ code: 'order.not_involved' });
    });
  });

  it('has a part in every case that it is ordered to act on', async () => {
    const desk = watchedOffice();
    const [passedOn, taxAlone] = [await desk.apply({}, PASSED_ON), await desk.apply()];
    const refused = { code: 'order.not_involved', details: { department: '住房和城乡建设局' } };
    await expect(issue(desk, [passedOn, taxAlone], 'housing')).rejects.toMatchObject(refused);
    await expect(issue(desk, [taxAlone], 'housing')).rejects.toMatchObject(refused);
    expect(await desk.supervision(taxAlone)).toEqual({});
  });
});

describe('an order about several cases', () => {
  async function orderedTogether() {
    const desk = watchedOffice();
    const apply = () => desk.apply({}, PASSED_ON);
    const [first, second, third] = [await apply(), await apply(), await apply()];
    const feng = desk.person('supervisor-feng');
    const issue = {
      cases: [first, second, third, second],
      department: 'archives',
      what: '积压办件请尽快办结',
      days: 5,
    };
    const order = await issueOrder(desk, issue, feng);
    await desk.engine.runDueJobs();
    return { desk, all: [first, second, third], others: [second, third], feng, number: order.number };
  }
  const orderEvents = async (desk: WatchedOffice, caseId: string) =>
    (await desk.store.listEvents(caseId, 0, 100))
      .filter(({ type }) => type.startsWith('order.'))
      .map(({ type, actor, data }) => `${type} ${(data.event as string | undefined) ?? ''} ${actor}`);

  it('is one order: told of in each of them, under the name of who acted, and listed with each', async () => {
    const { desk, all, others, number } = await orderedTogether();
    expect(await orderEvents(desk, all[0]!)).toEqual(['order.issued  supervisor-feng']);
    for (const id of others) expect(await orderEvents(desk, id)).toEqual(['order.noted order.issued supervisor-feng']);
    for (const id of all) expect(await ordersOfCase(desk, id)).toMatchObject([{ number }]);
    expect(casesOf((await findOrder(desk, number))!).map(({ id }) => id)).toEqual(all);
  });

  it('tells the department once, and lets it see every case', async () => {
    const { desk, all } = await orderedTogether();
    expect(await desk.notices()).toEqual(['order.issued 吴人防']);
    expect((await desk.caught())[0]!.text.zh).toContain('（涉及 3 件办件），');
    for (const id of all) expect(await desk.supervision(id)).toMatchObject({ concerned: ['archives'] });
  });

  it('is replied to, returned and revoked as one', async () => {
    const { desk, all, others, feng, number } = await orderedTogether();
    await replyToOrder(desk, { number, text: '已增派人手' }, desk.person('handler-wu'));
    await desk.engine.runDueJobs();
    await judgeOrder(desk, { number, accepted: false, text: '请说明办结时间' }, feng);
    await desk.engine.runDueJobs();
    await revokeOrder(desk, { number, text: '均已办结' }, feng);
    await desk.pass(DAY);
    for (const id of others)
      expect(await orderEvents(desk, id)).toEqual([
        'order.noted order.issued supervisor-feng',
        'order.noted order.replied handler-wu',
        'order.noted order.returned supervisor-feng',
        'order.noted order.revoked supervisor-feng',
      ]);
    for (const id of all) expect(await ordersOfCase(desk, id)).toMatchObject([{ status: 'revoked' }]);
    expect(await desk.notices()).toHaveLength(4);
  });

  it('is told of once in each case when a follow-up is handed out twice', async () => {
    const desk = watchedOffice();
    const claim = desk.store.claimDueJobs.bind(desk.store);
    desk.store.claimDueJobs = async (wanted) => (await claim(wanted)).flatMap((job) => [job, structuredClone(job)]);
    const cases = [await desk.apply(), await desk.apply()];
    const issue = { cases, department: 'tax', what: '请说明', days: 3 };
    await issueOrder(desk, issue, desk.person('supervisor-feng'));
    await desk.pass(DAY);
    expect(await orderEvents(desk, cases[1]!)).toEqual(['order.noted order.issued supervisor-feng']);
  });
});

describe('the list of orders', () => {
  it('is by department and status, newest first, a page at a time', async () => {
    const { desk, caseId, feng, tan, number } = await ordered();
    const more = { cases: [caseId], what: '请说明', days: 2 };
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
