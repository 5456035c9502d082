import { describe, expect, it } from '@jest/globals';
import { loadCalendar } from '../../../processes/calendars/load.ts';
import { findOrder, giveReason, issueOrder, listReasons, revokeOrder } from '../../../processes/supervision/index.ts';
import { MORE_DAYS_OFF, withDaysOff } from '../../support/notices.ts';
import { at, DESIGNER } from '../../support/office.ts';
import { HOUR, REVIEWED, until, watchedOffice } from '../../support/watched-office.ts';

/** Ten working days from Monday 2 March, by promise and by law: until the 16th, with two more days off until the 18th. */
const LAWFUL = REVIEWED.replace('ov:promise="10"', 'ov:promise="10" ov:statutory="10"');
const close = (day: string) => at(`${day}T17:00:00+08:00`);

async function overdue(xml = LAWFUL) {
  const desk = watchedOffice();
  const caseId = await desk.apply({ escalation: { task: { yellow: [], red: [], deepRed: [] } } }, xml);
  await until(desk, '2026-03-17T09:00:00+08:00');
  const tan = desk.person('head-tan');
  const feng = desk.person('supervisor-feng');
  const listed = async (status: 'asked' | 'withdrawn') =>
    (await listReasons(desk, { status, limit: 9 }, feng)).map(({ reason }) => reason.dueAt);
  const told = async (kind: string) =>
    (await desk.caught()).filter((notice) => notice.kind === kind).map(({ to, text }) => [to.name, text.zh]);
  return { desk, caseId, tan, feng, listed, told };
}

describe('a notice by which a limit had not passed after all', () => {
  it('withdraws the request for a public reason, tells the department, and asks for the new date when that has passed', async () => {
    const { desk, caseId, tan, listed, told } = await overdue();
    const [asked] = (await desk.supervision(caseId)).reasons!;
    await desk.amend(MORE_DAYS_OFF);
    expect([await listed('asked'), await listed('withdrawn')]).toEqual([[], [close('2026-03-16')]]);
    expect(await told('reason.withdrawn')).toEqual([
      [
        '谭局长',
        '办件 T-1（退税）：按放假通知重新计算后，办件的时限不在2026年3月16日（星期一）届满，不再要求税务局公开超期原因。',
      ],
    ]);
    await expect(giveReason(desk, { id: asked!.id, text: '?' }, tan)).rejects.toMatchObject({
      code: 'reason.withdrawn',
      details: { at: desk.clock.now() },
    });
    await until(desk, '2026-03-19T09:00:00+08:00');
    expect(await listed('asked')).toEqual([close('2026-03-18')]);
  });

  it('asks again where a corrected notice brings the date back', async () => {
    const { desk, caseId, listed } = await overdue();
    await desk.amend(MORE_DAYS_OFF);
    await desk.amend(loadCalendar());
    await desk.pass(HOUR);
    expect([await listed('asked'), await listed('withdrawn')]).toEqual([[close('2026-03-16')], [close('2026-03-16')]]);
    expect((await desk.supervision(caseId)).orders).toHaveLength(1);
  });

  it('asks again about a task too', async () => {
    const promised = REVIEWED.replace('ov:promise="10"', 'ov:promise="30"').replace(
      'ov:promise="5"',
      'ov:promise="10"',
    );
    const desk = watchedOffice();
    const task = { yellow: [], red: ['askReason'], deepRed: [] };
    const caseId = await desk.apply({ escalation: { task } }, promised);
    await until(desk, '2026-03-17T09:00:00+08:00');
    await desk.amend(MORE_DAYS_OFF);
    await desk.amend(loadCalendar());
    await desk.pass(HOUR);
    const { reasons } = await desk.supervision(caseId);
    expect(reasons!.map(({ node, withdrawnAt }) => [node, withdrawnAt === undefined])).toEqual([
      ['review', false],
      ['review', true],
    ]);
  });

  it('leaves the order to a supervisor, who is told that it lost its ground', async () => {
    const { desk, caseId, feng, told } = await overdue();
    await issueOrder(desk, { cases: [caseId], department: 'tax', what: '请说明', days: 3 }, feng);
    const [order] = (await desk.supervision(caseId)).orders!;
    await desk.amend(MORE_DAYS_OFF);
    expect(await told('order.unfounded')).toEqual([
      [
        '冯督办',
        `办件 T-1（退税）：按放假通知重新计算后，督办单 ${order!.number} 所依据的时限尚未届满，是否撤销由督办人决定。`,
      ],
    ]);
    expect(await findOrder(desk, order!.number)).toMatchObject({ status: 'issued' });
  });

  it('lets the request go on with the new date where that has passed as well', async () => {
    const { desk, listed, told } = await overdue();
    await until(desk, '2026-03-19T09:00:00+08:00');
    await desk.amend(MORE_DAYS_OFF);
    expect([await listed('asked'), await listed('withdrawn')]).toEqual([[close('2026-03-18')], []]);
    expect(await told('order.unfounded')).toEqual([]);
  });

  it('leaves what was given', async () => {
    const { desk, caseId, tan, listed } = await overdue();
    const [asked] = (await desk.supervision(caseId)).reasons!;
    await giveReason(desk, { id: asked!.id, text: '申请集中' }, tan);
    await desk.amend(MORE_DAYS_OFF);
    expect(await desk.supervision(caseId)).toMatchObject({ reasons: [{ ...asked, answer: { text: '申请集中' } }] });
    expect(await listed('withdrawn')).toEqual([]);
  });

  it('issues no second order while the first is open, but says that it stands', async () => {
    const { desk, caseId } = await overdue();
    const [order] = (await desk.supervision(caseId)).orders!;
    await desk.amend(MORE_DAYS_OFF);
    await until(desk, '2026-03-19T09:00:00+08:00');
    expect((await desk.supervision(caseId)).orders).toEqual([order]);
    const stands = (await desk.store.listEvents(caseId, 0, 1_000)).filter(({ type }) => type === 'order.stands');
    expect(stands.map(({ data }) => [data.number, data.limit])).toEqual([[order!.number, close('2026-03-18')]]);
  });

  it('tells it each time the order loses its ground, once for each', async () => {
    const { desk, told } = await overdue();
    const lost = async () => (await told('order.unfounded')).length;
    await desk.amend(MORE_DAYS_OFF);
    // the limit is still to come, and moves by another day
    await desk.amend(withDaysOff('2026-03-10', '2026-03-11', '2026-03-12'));
    expect(await lost()).toBe(1);
    await until(desk, '2026-03-20T09:00:00+08:00');
    expect(await told('order.stands')).toHaveLength(1);
    await desk.amend(withDaysOff('2026-03-10', '2026-03-11', '2026-03-12', '2026-03-13'));
    expect(await lost()).toBe(2);
    await until(desk, '2026-03-23T09:00:00+08:00');
    expect(await told('order.stands')).toHaveLength(2);
  });

  it('lets an order that warned stand as a warning, and names no lost ground of it', async () => {
    const desk = watchedOffice();
    const task = { yellow: [], red: [], deepRed: [] };
    const caseId = await desk.apply({ escalation: { task, case: { ...task, yellow: ['order'] } } });
    await until(desk, '2026-03-13T09:00:00+08:00');
    const [order] = (await desk.supervision(caseId)).orders!;
    await desk.amend(MORE_DAYS_OFF);
    await until(desk, '2026-03-19T09:00:00+08:00');
    await desk.amend(withDaysOff('2026-03-10', '2026-03-11', '2026-03-12', '2026-03-13'));
    const told = (await desk.told(caseId, 'order.stands', 'order.unfounded')).map(({ zh }) => zh);
    const stands = `督办单 ${order!.number} 尚未办结，不再另发`;
    expect(told).toEqual([
      `办件临近承诺时限（2026年3月18日（星期三））；${stands}`,
      `办件临近承诺时限（2026年3月20日（星期五））；${stands}`,
    ]);
  });

  it('issues another where the first was revoked', async () => {
    const { desk, caseId, feng } = await overdue();
    const [order] = (await desk.supervision(caseId)).orders!;
    await desk.amend(MORE_DAYS_OFF);
    await revokeOrder(desk, { number: order!.number, text: '放假通知' }, feng);
    await until(desk, '2026-03-19T09:00:00+08:00');
    const { orders } = await desk.supervision(caseId);
    expect(orders!.map(({ number }) => number === order!.number)).toEqual([false]);
  });
});

describe('another version of the process by which a limit had not passed after all', () => {
  it('withdraws the request, names the order, and demands nothing twice when the right limit passes', async () => {
    const { desk, caseId, listed, told } = await overdue();
    const [order] = (await desk.supervision(caseId)).orders!;
    const longer = LAWFUL.replace('ov:promise="10" ov:statutory="10"', 'ov:promise="12" ov:statutory="12"');
    const { version } = (await desk.engine.deploy({ bytes: Buffer.from(longer) }, DESIGNER)).definition;
    await desk.engine.migrateCase({ caseId, version, reason: '更正' }, DESIGNER);
    await desk.pass(0);
    expect([await listed('asked'), await listed('withdrawn')]).toEqual([[], [close('2026-03-16')]]);
    expect(await told('reason.withdrawn')).toEqual([
      [
        '谭局长',
        '办件 T-1（退税）：办件迁移到新版本、时限重新计算后，办件的时限不在2026年3月16日（星期一）届满，不再要求税务局公开超期原因。',
      ],
    ]);
    expect((await told('order.unfounded'))[0]![1]).toContain(
      `办件迁移到新版本、时限重新计算后，督办单 ${order!.number}`,
    );
    await until(desk, '2026-03-19T09:00:00+08:00');
    expect(await listed('asked')).toEqual([close('2026-03-18')]);
    expect((await desk.supervision(caseId)).orders).toEqual([order]);
  });

  it('finds what was demanded about a task again where the version renames its step', async () => {
    const promised = REVIEWED.replace('ov:promise="10"', 'ov:promise="60"');
    const task = (limits: string) => promised.replace('ov:promise="5"', limits);
    const desk = watchedOffice();
    const steps = { yellow: [], red: ['askReason'], deepRed: ['order'] };
    const item = { escalation: { task: steps } };
    const caseId = await desk.apply(item, task('ov:promise="2" ov:statutory="3"'));
    await until(desk, '2026-03-09T09:00:00+08:00');
    const [order] = (await desk.supervision(caseId)).orders!;
    const renamed = task('ov:promise="10" ov:statutory="11"').replaceAll('"review"', '"check"');
    const next = { bytes: Buffer.from(renamed), resources: { item } };
    const { version } = (await desk.engine.deploy(next, DESIGNER)).definition;
    await desk.engine.migrateCase({ caseId, version, mapping: { review: 'check' }, reason: '更正' }, DESIGNER);
    await until(desk, '2026-03-20T09:00:00+08:00');
    const history = (await desk.store.listEvents(caseId, 0, 1_000)).filter(({ type }) =>
      /^(reason|order)\./.test(type),
    );
    expect(history.map(({ type, node }) => [type, node])).toEqual([
      ['reason.asked', 'review'],
      ['order.issued', 'review'],
      ['reason.withdrawn', 'check'],
      ['order.unfounded', 'check'],
      ['reason.asked', 'check'],
      ['order.stands', 'check'],
    ]);
    expect((await desk.supervision(caseId)).orders).toEqual([order]);
  });
});
