import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { publishProcess } from '../../processes/casework/index.ts';
import { bpmn, chain } from '../support/bpmn.ts';
import { closeCities, openCity, type City } from './support/city.ts';
import { APPLY, OPINION, TWO_DESKS } from './support/models.ts';
import { OWN_CITY, PRODUCTION } from './support/production.ts';

/** The archives have it when the review is over. */
const FILED = bpmn(
  `<startEvent id="s"/><userTask id="review" ov:department="housing"/><userTask id="file" ov:department="archives"/><endEvent id="e"/>${chain('s', 'review', 'file', 'e')}`,
  { id: 'filed' },
);

/** One step with a promise of its own. */
const ASKED = bpmn(
  `<startEvent id="s"/><userTask id="review" ov:department="housing" ov:promise="1"/><endEvent id="e"/>${chain('s', 'review', 'e')}`,
  { id: 'asked' },
);

let city: City;
/** Sends its notices to nobody that answers. */
let sending: City;
let production: City;
beforeAll(async () => {
  city = await openCity();
  sending = await openCity({ ONEVISIT_NOTICE_URL: 'http://127.0.0.1:9/notices' });
  production = await openCity(PRODUCTION);
  await city.publish(TWO_DESKS, [APPLY, OPINION]);
});
afterAll(closeCities);

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const start = async (definition = 'two-desks'): Promise<string> =>
  (await city.as('applicant-chen').post('/cases', { definition, data: { houseAddress: '平山区 1 号', price: 460000 } }))
    .body.id;
const feng = () => city.as('supervisor-feng');
const tan = () => city.as('head-tan');
const chen = () => city.as('applicant-chen');
const order = { department: 'tax', what: '请说明原因', days: 3 };

async function pass(ms: number, { clock, house } = city, step = DAY) {
  for (let left = ms; left > 0; left -= step) {
    clock.advance(Math.min(step, left));
    await house.engine.runDueJobs();
  }
}

describe('urging a case', () => {
  it('is possible once a day for the applicant, who hears from when again', async () => {
    const id = await start();
    const before = (await chen().get(`/cases/${id}/supervision`)).body;
    expect(before).toMatchObject({
      urges: { count: 0, lastAt: null },
      can: { urge: true, urgeFrom: null, order: false },
    });
    expect((await chen().post(`/cases/${id}/urge`, { note: '盼办结' })).status).toBe(204);
    const again = await chen().post(`/cases/${id}/urge`, {});
    expect([again.status, again.body]).toMatchObject([409, { code: 'urge.once_a_day' }]);
    expect(again.body.title).toMatch(/^您今天已催办过，2026-03-\d\d 00:00 起可再次催办。$/);
    const after = (await chen().get(`/cases/${id}/supervision`)).body;
    expect(after).toMatchObject({ urges: { count: 1 }, can: { urge: false, urgeFrom: again.body.details.until } });
    expect((await city.as('handler-li').post(`/cases/${id}/urge`, {})).status).toBe(204);
  });

  it('happens once for an Idempotency-Key', async () => {
    const id = await start();
    const key = { 'Idempotency-Key': `urge-${id}` };
    expect((await feng().post(`/cases/${id}/urge`, {}, key)).status).toBe(204);
    expect((await feng().post(`/cases/${id}/urge`, {}, key)).status).toBe(204);
    expect((await feng().get(`/cases/${id}/supervision`)).body.urges.count).toBe(1);
  });

  it('is told on the timeline', async () => {
    const id = await start();
    await city.as('handler-wang').post(`/cases/${id}/urge`, { note: '群众等候' });
    const { items } = (await chen().get(`/cases/${id}/history`)).body;
    expect(items.at(-1).text).toEqual({ zh: '王住建催办：群众等候', en: '王住建 urged the case: 群众等候' });
  });

  it('hides cases that are not theirs', async () => {
    const id = await start();
    expect((await city.as('applicant-chu').post(`/cases/${id}/urge`, {})).status).toBe(404);
    expect((await city.as('applicant-chu').get(`/cases/${id}/supervision`)).status).toBe(404);
  });
});

describe('supervision orders', () => {
  it('are issued, replied to, returned, and accepted; `can` says who is next', async () => {
    const id = await start();
    const issued = await feng().post(`/cases/${id}/orders`, order);
    expect([issued.status, issued.body]).toMatchObject([
      201,
      {
        department: { name: '税务局' },
        status: 'issued',
        overdue: false,
        can: { reply: false, judge: false, revoke: true },
      },
    ]);
    const at = `/orders/${issued.body.number}`;
    expect((await tan().get(at)).body.can).toEqual({ reply: true, judge: false, revoke: false });
    expect((await city.as('handler-li').get(at)).body.can.reply).toBe(false);
    expect((await city.as('handler-li').post(`${at}/reply`, { text: '在办' })).status).toBe(403);
    expect((await city.as('head-he').get(at)).status).toBe(404);
    const why = (await tan().get(`${at}/due-date`)).body;
    expect(why).toMatchObject({
      dueAt: issued.body.dueAt,
      agrees: true,
      countedFrom: { limit: { value: order.days } },
    });
    expect((await city.as('head-he').get(`${at}/due-date`)).status).toBe(404);

    const replied = await tan().post(`${at}/reply`, { text: '在办' });
    expect(replied.body).toMatchObject({ status: 'replied', reply: { text: '在办', by: { name: '谭局长' } } });
    expect((await feng().get(at)).body.can).toEqual({ reply: false, judge: true, revoke: true });
    expect((await feng().post(`${at}/verdict`, { accepted: false, text: '太简' })).body.status).toBe('returned');
    expect((await feng().post(`${at}/verdict`, { accepted: true, text: '?' })).body).toMatchObject({
      status: 409,
      code: 'order.wrong_status',
    });
    await tan().post(`${at}/reply`, { text: '明日办结' });
    const done = (await feng().post(`${at}/verdict`, { accepted: true, text: '同意' })).body;
    expect(done).toMatchObject({ status: 'accepted', can: { reply: false, judge: false, revoke: false } });
    expect((await feng().post(`${at}/revoke`, { text: '?' })).body).toMatchObject({
      status: 409,
      code: 'order.closed',
    });
  });

  it('that were replied to in time were so too when the verdict comes late', async () => {
    const { number, dueAt } = (await feng().post(`/cases/${await start()}/orders`, order)).body;
    const begun = city.clock.now();
    await tan().post(`/orders/${number}/reply`, { text: '在办' });
    city.clock.set(Date.parse(dueAt) + 7 * 86_400_000);
    await feng().post(`/orders/${number}/verdict`, { accepted: true, text: '同意' });
    const { standing } = (await tan().get(`/orders/${number}/due-date`)).body;
    expect(standing).toMatchObject({ at: new Date(begun + 8 * 3_600_000).toISOString().replace('Z', '+08:00') });
    expect(['deepRed', 'red']).not.toContain(standing.light);
    city.clock.set(begun);
  });

  it('are listed by department and status with a cursor, for handlers only those of their departments', async () => {
    const id = await start();
    for (const department of ['housing', 'tax', 'housing'])
      await feng().post(`/cases/${id}/orders`, { ...order, department });
    const page = (await feng().get('/orders?department=housing&status=open&limit=1')).body;
    expect(page.items).toMatchObject([{ department: { id: 'housing' }, cases: [{ id }] }]);
    const next = (await feng().get(`/orders?department=housing&status=open&limit=1&cursor=${page.next}`)).body;
    expect(next.items[0].number < page.items[0].number).toBe(true);
    const mine = (await city.as('head-he').get('/orders')).body.items as { department: { id: string } }[];
    expect(new Set(mine.map(({ department }) => department.id))).toEqual(new Set(['housing']));
    expect((await feng().get('/orders?cursor=nonsense')).body.code).toBe('request.cursor');
    expect((await feng().get('/orders?status=lost')).status).toBe(422);
  });

  it('let a department see a case that it has no task of yet', async () => {
    await city.publish(FILED);
    const { id } = (await chen().post('/cases', { definition: 'filed', data: {} })).body;
    const wu = city.as('handler-wu');
    expect((await wu.get(`/cases/${id}`)).status).toBe(404);
    const { number } = (await feng().post(`/cases/${id}/orders`, { ...order, department: 'archives' })).body;
    expect((await wu.get(`/cases/${id}`)).status).toBe(200);
    await feng().post(`/orders/${number}/revoke`, { text: '撤' });
    expect((await wu.get(`/cases/${id}`)).status).toBe(200);
  });

  it('are not shown to the applicant, are part of the case page of the others', async () => {
    const id = await start();
    await feng().post(`/cases/${id}/orders`, order);
    expect((await chen().get(`/cases/${id}/supervision`)).body.orders).toEqual([]);
    const told = async (who: typeof chen) =>
      (await who().get(`/cases/${id}/history`)).body.items.at(-1).text.zh as string;
    expect(await told(chen)).toMatch(/^冯督办向税务局发出督办单 DB-.*前回复$/);
    expect(await told(feng)).toMatch(/前回复：请说明原因$/);
    expect((await feng().get(`/cases/${id}/supervision`)).body).toMatchObject({
      orders: [{ status: 'issued' }],
      departments: expect.arrayContaining([{ id: 'tax', name: '税务局' }]),
      can: { order: true },
    });
    expect((await city.as('head-he').get(`/cases/${id}/supervision`)).body.orders).toEqual([]);
  });

  it('may be one about several cases of a department', async () => {
    const cases = [await start(), await start()];
    await city.house.engine.runDueJobs();
    const issued = await feng().post('/orders', { ...order, cases });
    expect([issued.status, issued.body]).toMatchObject([201, { cases: cases.map((id) => ({ id })), status: 'issued' }]);
    await city.house.engine.runDueJobs();
    const { number } = issued.body;
    for (const id of cases) {
      expect((await tan().get(`/cases/${id}/supervision`)).body.orders).toMatchObject([{ number }]);
      expect((await chen().get(`/cases/${id}/history`)).body.items.at(-1).text.zh).toMatch(
        /^冯督办向税务局发出督办单 DB-.*（涉及 2 件办件），.*前回复$/,
      );
    }
    for (const wrong of [[], ['moon'], [...cases, 'moon']])
      expect([422, 404]).toContain((await feng().post('/orders', { ...order, cases: wrong })).status);
  });

  it.each([
    [{ ...order, department: 'moon' }, 404, 'department.not_found'],
    [{ ...order, department: 'archives' }, 422, 'order.not_involved'],
    [{ ...order, days: 0 }, 422, 'request.invalid'],
    [{ ...order, what: ' ' }, 422, 'request.invalid'],
    [{ ...order, what: '长'.repeat(501) }, 422, 'request.invalid'],
  ])('are refused: %p', async (body, status, code) => {
    const refused = await feng().post(`/cases/${await start()}/orders`, body);
    expect([refused.status, refused.body.code]).toEqual([status, code]);
  });
});

describe('a promise that passes', () => {
  it('asks the departments that are waited for, and their reasons are public', async () => {
    const id = await start();
    await pass(14 * DAY);
    const asked = (await tan().get('/overdue-reasons?status=asked')).body.items.filter(
      (reason: { case: { id: string } }) => reason.case.id === id,
    );
    expect(asked).toMatchObject([{ department: { id: 'tax' }, element: null, answer: null, can: { give: true } }]);
    expect((await chen().get(`/cases/${id}/supervision`)).body.reasons).toMatchObject([
      { answer: null },
      { answer: null },
    ]);
    const at = `/overdue-reasons/${asked[0].id}/answer`;
    expect((await city.as('head-he').post(at, { text: '?' })).status).toBe(404);
    const given = await city.as('handler-li').post(at, { text: '申请集中' });
    expect([given.status, given.body.answer.text]).toEqual([200, '申请集中']);
    expect((await tan().post(at, { text: '再' })).body).toMatchObject({ code: 'reason.given_already' });
    const { reasons } = (await chen().get(`/cases/${id}/supervision`)).body;
    expect(reasons.map(({ answer }: { answer: { text: string } | null }) => answer?.text ?? null).sort()).toEqual(
      ['申请集中', null].sort(),
    );
    expect((await feng().get('/overdue-reasons?status=given&department=tax')).body.items).toHaveLength(1);
  });

  it('opens into its ledger, for everybody who sees the case', async () => {
    const why = async (who: typeof chen, reason: { id: string }) =>
      (await who().get(`/overdue-reasons/${reason.id}/due-date`)).body;
    const lawful = TWO_DESKS.replace('"two-desks"', '"lawful-desks"').replace(
      'ov:promise="5"',
      'ov:promise="5" ov:statutory="20"',
    );
    await city.publish(lawful, [APPLY, OPINION]);
    const id = await start('lawful-desks');
    const { dueAt } = (await feng().get(`/cases/${id}`)).body;
    await pass(14 * DAY);
    const { reasons } = (await feng().get(`/cases/${id}/supervision`)).body;
    for (const who of [chen, tan, feng]) expect(await why(who, reasons[0])).toMatchObject({ dueAt, agrees: true });
    expect(await why(() => city.as('applicant-chu'), reasons[0])).toMatchObject({ code: 'reason.not_found' });
    for (const wrong of [`${id}.99`, id, 'moon'])
      expect(await why(feng, { id: wrong })).toMatchObject({ status: 404, code: 'reason.not_found' });

    const extended = await city.as('mayor-zhao').post(`/cases/${id}/extend`, { value: 5, note: '情况复杂' });
    expect(extended.status).toBe(200);
    const moved = (await feng().get(`/cases/${id}`)).body.dueAt;
    expect(await why(chen, reasons[0])).toMatchObject({ dueAt: moved, recordedAt: dueAt, agrees: false });

    const hold = { reason: 'hearing', expectedDays: 5, notice: { number: '1' }, note: '依法听证' };
    expect((await feng().post(`/cases/${id}/hold`, hold)).status).toBe(200);
    const held = { dueAt: null, recordedAt: dueAt, agrees: false, standing: { light: 'grey', held: true } };
    expect(await why(chen, reasons[0])).toMatchObject(held);
  });

  it('opens into the ledger of the acceptance review, also where silence began the handling with the same date', async () => {
    const reviewed = TWO_DESKS.replace('"two-desks"', '"reviewed-desks"')
      .replace('ov:promise="5"', 'ov:acceptance="4" ov:promise="4"')
      .replace('<userTask ', '<userTask ov:milestone="accepted" ');
    await city.publish(reviewed, [APPLY, OPINION]);
    const id = await start('reviewed-desks');
    await pass(14 * DAY);
    const { reasons } = (await feng().get(`/cases/${id}/supervision`)).body;
    const clocks = await Promise.all(
      reasons.map(async (reason: { id: string; of: string | null }) => {
        const { agrees, ledger } = (await feng().get(`/overdue-reasons/${reason.id}/due-date`)).body;
        const bySilence = ledger.some(({ kind }: { kind: string }) => kind === 'accepted');
        return { of: reason.of, agrees, bySilence };
      }),
    );
    const review = { of: 'acceptance', agrees: true, bySilence: false };
    const handling = { of: null, agrees: true, bySilence: true };
    expect(clocks).toEqual([review, review, handling, handling]);
  });

  it('has a rule order in both languages, for whoever may read what is ordered', async () => {
    const designer = city.house.directory.findPerson('designer-ding')!;
    const item = { escalation: { task: { red: ['order'] } } };
    const ordered = ASKED.replace('"asked"', '"ordered"').replace('id="review"', 'id="review" name="核查"');
    await publishProcess(city.house, { bytes: Buffer.from(ordered), item }, designer);
    const id = await start('ordered');
    await pass(7 * DAY);
    const zh = '“核查”超过承诺时限，请立即办理，并回复超期原因和办结时间。';
    const en =
      '“核查” is past its promised limit: please act at once, and reply why it is late and when it will be done.';
    const by = { cases: [{ id }], rule: 'task.red' };
    expect((await feng().get(`/cases/${id}/supervision`)).body.orders).toMatchObject([
      { ...by, what: zh, words: { zh, en } },
    ]);
    const issued = async (who: typeof feng) =>
      (await who().get(`/cases/${id}/history?limit=500`)).body.items.find(
        ({ type }: { type: string }) => type === 'order.issued',
      ).text;
    expect(await issued(feng)).toEqual({
      zh: expect.stringMatching(`：${zh}$`),
      en: expect.stringMatching(`: ${en}$`),
    });
    for (const text of Object.values(await issued(chen))) expect(text).not.toMatch(/办结时间|when it will be done/);
    const written = (await feng().post(`/cases/${id}/orders`, { ...order, department: 'housing' })).body;
    expect(written).toMatchObject({ what: order.what, words: null });
  });

  it('opens into the ledger of the step where that is asked about', async () => {
    const designer = city.house.directory.findPerson('designer-ding')!;
    const item = { escalation: { task: { red: ['askReason'] } } };
    await publishProcess(city.house, { bytes: Buffer.from(ASKED), item }, designer);
    const { id } = (await chen().post('/cases', { definition: 'asked', data: {} })).body;
    await pass(5 * DAY);
    const { reasons } = (await chen().get(`/cases/${id}/supervision`)).body;
    expect(reasons).toMatchObject([{ element: { id: 'review' } }]);
    const isExplained = async () =>
      expect((await chen().get(`/overdue-reasons/${reasons[0].id}/due-date`)).body).toMatchObject({
        dueAt: reasons[0].dueAt,
        agrees: true,
        countedFrom: { limit: { value: 1 } },
      });
    await isExplained();

    const renamed = { bytes: Buffer.from(ASKED.replaceAll('"review"', '"check"')), item };
    const { version } = (await publishProcess(city.house, renamed, designer)).definition;
    const migration = { version, mapping: { review: 'check' }, reason: '步骤改名' };
    expect((await city.as('designer-ding').post(`/cases/${id}/migration`, migration)).status).toBe(200);
    await isExplained();
    const [task] = (await city.as('handler-wang').get(`/cases/${id}`)).body.tasks;
    await city.as('handler-wang').post(`/tasks/${task.id}/claim`);
    expect((await city.as('handler-wang').post(`/tasks/${task.id}/complete`, { data: {} })).status).toBe(200);
    await isExplained();
  });
});

describe('the message catcher', () => {
  it('shows who was told what about which case, by recipient, kind and case', async () => {
    const id = await start();
    await feng().post(`/cases/${id}/hold`, {
      reason: 'hearing',
      expectedDays: 5,
      notice: { number: '1' },
      note: '依法听证',
    });
    await feng().post(`/cases/${id}/orders`, order);
    await city.house.engine.runDueJobs();
    const list = async (query: string) => (await chen().get(`/demo/notices?${query}`)).body.items;
    expect(await list(`case=${id}`)).toMatchObject([
      { kind: 'order.issued', to: { type: 'person', name: '谭局长' }, case: { id } },
      {
        kind: 'clock.held',
        to: { type: 'applicant', name: '陈买房' },
        text: { zh: expect.stringContaining('启动特别程序（听证），停止计时：依法听证') },
      },
    ]);
    for (const notice of await list('to=person:head-tan&kind=order.issued'))
      expect(notice).toMatchObject({ to: { id: 'head-tan' }, kind: 'order.issued' });
    expect((await list('to=applicant:applicant-chen')).length).toBeGreaterThan(0);
    expect((await city.nobody.get('/demo/notices')).status).toBe(401);
    expect((await chen().get('/demo/notices?kind=gossip')).status).toBe(422);
    const page = (await chen().get('/demo/notices?limit=1')).body;
    const rest = (await chen().get(`/demo/notices?limit=1&cursor=${page.next}`)).body;
    expect(rest.items[0].id).not.toBe(page.items[0].id);
  });

  it('is not there in production, nor where notices are sent somewhere', async () => {
    const [somebody] = production.house.directory.people;
    expect((await production.as(somebody!.id).get('/demo/notices')).body).toMatchObject({
      status: 404,
      code: 'notices.not_caught',
    });
    expect(OWN_CITY).toBe(production.house.config.directory);
    expect((await sending.as('applicant-chen').get('/demo/notices')).status).toBe(404);
  });
});

describe('notices that did not arrive', () => {
  it('are listed for those who repair, counted, and sent again on their word', async () => {
    const boss = () => sending.as('supervisor-feng');
    expect((await boss().get('/board')).body.undelivered).toBe(0);
    await sending.publish(TWO_DESKS, [APPLY, OPINION]);
    const data = { houseAddress: '平山区 1 号', price: 460000 };
    const { id } = (await sending.as('applicant-chen').post('/cases', { definition: 'two-desks', data })).body;
    await boss().post(`/cases/${id}/orders`, order);
    await pass(2 * DAY, sending, HOUR);
    const { items, next } = (await sending.as('designer-ding').get('/undelivered-notices')).body;
    // the first; after it the department was also to hear that the task comes near its limit
    const [listed] = items.slice(-1);
    expect([listed, next]).toMatchObject([
      {
        notice: { kind: 'order.issued', to: { name: '谭局长' }, case: { id } },
        status: 'failed',
        code: 'connector.unreachable',
        why: { zh: '外部系统没有应答。', en: 'The other system does not answer.' },
        tries: 30,
        can: { resend: true },
      },
      null,
    ]);
    const told = async (who: string) =>
      (await sending.as(who).get(`/cases/${id}/history`)).body.items.find(
        ({ type }: { type: string }) => type === 'notice.failed',
      ).text;
    expect(await told('supervisor-feng')).toEqual({
      zh: '发给谭局长的通知多次发送未成功：外部系统没有应答。',
      en: 'A notice to 谭局长 could not be delivered: The other system does not answer.',
    });
    expect((await told('applicant-chen')).zh).toBe('发给谭局长的通知多次发送未成功');
    expect((await boss().get('/board')).body.undelivered).toBe(items.length);
    expect(await sending.house.metrics.text()).toContain(`\nonevisit_undelivered_notices ${items.length}\n`);
    const again = `/undelivered-notices/${listed.id}/resend`;
    const key = { 'Idempotency-Key': 'again-1' };
    for (const _click of [1, 2])
      expect(await boss().post(again, undefined, key)).toMatchObject({
        status: 200,
        body: { status: 'sending', can: { resend: false } },
      });
    expect((await boss().post(again)).body).toMatchObject({ status: 409, code: 'notice.under_way' });
    expect((await boss().post('/undelivered-notices/none/resend')).body).toMatchObject({ code: 'notice.not_found' });
    expect((await boss().get('/undelivered-notices?cursor=nonsense')).body.code).toBe('request.cursor');
  });

  it('are not sent again where nothing says where to', async () => {
    const designer = production.house.directory.people.find(({ role }) => role === 'designer')!;
    expect((await production.as(designer.id).post('/undelivered-notices/x/resend')).body).toMatchObject({
      status: 409,
      code: 'notice.no_channel',
    });
  });
});
