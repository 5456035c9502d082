import { describe, expect, it } from '@jest/globals';
import { escalate } from '../../../processes/supervision/index.ts';
import { MORE_DAYS_OFF } from '../../support/notices.ts';
import { at, DESIGNER } from '../../support/office.ts';
import { phased, until, watchedOffice, type WatchedOffice } from '../../support/watched-office.ts';

const ONLY_CASE = { escalation: { task: { yellow: [], red: [], deepRed: [] } } };

/** What followed from dates of the case from a moment on, by light and department. */
async function followed(desk: WatchedOffice, caseId: string, from: string): Promise<string[]> {
  const events = await desk.store.listEvents(caseId, 0, 1_000);
  return events
    .filter(
      ({ type, at }) =>
        /^(deadline\.warned|case\.urged|reason\.asked|order\.issued)$/.test(type) && at >= Date.parse(from),
    )
    .map(({ type, data }) => [type, data.light as string, data.department as string].filter(Boolean).join(' '));
}

/** Received on Monday 2 March: the review ends on Monday 9 March, 17:00. */
describe('a phase that ended late', () => {
  it('is escalated by the date that it had then, though a later notice of holidays would give it another', async () => {
    const desk = watchedOffice({ now: '2026-03-09T09:00:00+08:00' });
    const item = { escalation: { case: { yellow: [], red: ['askReason'], deepRed: [] } } };
    const caseId = await desk.apply(item, phased('ov:acceptance="3" ov:promise="9"'));
    // accepted before anybody looked
    desk.clock.set(at('2026-03-13'));
    await desk.complete(caseId, 'accept');
    await desk.amend(MORE_DAYS_OFF);
    const dueAt = at('2026-03-12T17:00:00+08:00');
    await escalate(desk, { caseId, light: 'red', token: '', node: '', dueAt, of: 'acceptance' }, undefined);
    expect((await desk.supervision(caseId)).reasons).toMatchObject([{ of: 'acceptance', dueAt }]);
  });
});

describe('a phase that ends on the day on which the one before ended', () => {
  it.each([
    ['a promise', 'ov:promise="5" ov:statutory="20"', ['case.urged red', 'reason.asked window']],
    ['a limit by law alone', 'ov:statutory="5"', ['order.issued window']],
    [
      'a review that may take no longer than the promise',
      'ov:acceptance="3" ov:promise="3" ov:statutory="5"',
      ['case.urged red', 'reason.asked window', 'order.issued window'],
    ],
  ])('is escalated where silence accepted back to the receipt: %s', async (_, limits, steps) => {
    const desk = watchedOffice();
    const caseId = await desk.apply(ONLY_CASE, phased(limits));
    await until(desk, '2026-03-10T09:00:00+08:00');
    const done = (await followed(desk, caseId, '2026-03-09T17:00:00+08:00')).filter((step) => !step.includes('yellow'));
    expect(done).toEqual(steps);
    await until(desk, '2026-03-20T09:00:00+08:00');
    expect(await followed(desk, caseId, '2026-03-10T09:00:00+08:00')).toEqual([]);
  });

  it('warns its own people where it is yellow as soon as it begins', async () => {
    const desk = watchedOffice();
    const caseId = await desk.apply(ONLY_CASE, phased('ov:promise="1" ov:delivery="1"'));
    await until(desk, '2026-03-06T09:00:00+08:00');
    expect(await desk.notices()).toEqual(['deadline.warned 政务服务中心综合窗口', 'deadline.warned 周窗口']);
    await desk.complete(caseId, 'accept');
    await desk.pass(0);
    expect(await desk.notices()).toContain('deadline.warned 谭局长');
    const toWindow = async () =>
      (await desk.notices()).filter((notice) => notice === 'deadline.warned 政务服务中心综合窗口').length;
    expect(await toWindow()).toBe(1);
    await desk.complete(caseId, 'review');
    await desk.pass(0);
    expect(await toWindow()).toBe(2);
  });

  it('has its order named without ground by another version that gives it longer', async () => {
    const desk = watchedOffice();
    const item = { escalation: { case: { yellow: [], red: ['askReason', 'order'] } } };
    const caseId = await desk.apply(item, phased('ov:acceptance="2" ov:promise="9"'));
    await until(desk, '2026-03-05T09:00:00+08:00');
    const longer = { bytes: Buffer.from(phased('ov:acceptance="4" ov:promise="9"')), resources: { item } };
    const { version } = (await desk.engine.deploy(longer, DESIGNER)).definition;
    await desk.engine.migrateCase({ caseId, version, reason: '更正' }, DESIGNER);
    await desk.pass(0);
    const types = (await desk.store.listEvents(caseId, 0, 1_000)).map(({ type }) => type);
    expect(types.filter((type) => /^(reason|order)\./.test(type))).toEqual([
      'reason.asked',
      'order.issued',
      'reason.withdrawn',
      'order.unfounded',
    ]);
  });

  it('is called by its own name where it is the review or the delivery', async () => {
    const desk = watchedOffice();
    await desk.apply(
      { escalation: { case: { yellow: [], red: ['askReason', 'order'] } } },
      phased('ov:acceptance="3" ov:promise="9"'),
    );
    await until(desk, '2026-03-06T09:00:00+08:00');
    const text = (await desk.caught()).map((notice) => notice.text.zh).join('\n');
    expect(text).toContain('办件已超过受理审查期限（2026年3月5日（星期四）），请政务服务中心综合窗口公开超期原因');
    expect(text).toContain('办件超过受理审查期限，请立即办理');
  });

  it('is called so too where the order for it stands', async () => {
    const desk = watchedOffice();
    const caseId = await desk.apply(ONLY_CASE, phased('ov:promise="9" ov:delivery="2"'));
    for (const task of ['accept', 'review']) await desk.complete(caseId, task);
    await until(desk, '2026-03-17T09:00:00+08:00');
    const [order] = (await desk.supervision(caseId)).orders!;
    await desk.amend(MORE_DAYS_OFF);
    await until(desk, '2026-03-19T09:00:00+08:00');
    expect(await desk.told(caseId, 'order.stands')).toEqual([
      {
        zh: `办件的法定送达期限已于2026年3月18日（星期三）届满；督办单 ${order!.number} 尚未办结，不再另发`,
        en: `The case is past the statutory limit of delivery (Wed 18 Mar 2026); order ${order!.number} is still open, so no other is issued`,
      },
    ]);
  });

  it('has a public reason of its own: a notice that moves its date leaves that of the phase before', async () => {
    const desk = watchedOffice({ now: '2026-03-09T09:00:00+08:00' });
    const caseId = await desk.apply(ONLY_CASE, phased('ov:acceptance="4" ov:promise="4"'));
    await until(desk, '2026-03-18T09:00:00+08:00');
    const asked = async () => (await desk.supervision(caseId)).reasons!.map(({ of, dueAt }) => [of, dueAt]);
    const [before, after] = [at('2026-03-13T17:00:00+08:00'), at('2026-03-17T17:00:00+08:00')];
    expect(await asked()).toEqual([
      ['acceptance', before],
      [undefined, before],
    ]);
    await desk.amend(MORE_DAYS_OFF);
    expect(await asked()).toEqual([
      ['acceptance', before],
      [undefined, after],
    ]);
  });

  it('has an order of its own while that of the phase before is open', async () => {
    const desk = watchedOffice();
    const byTax = phased('ov:promise="2" ov:statutory="3" ov:delivery="2"').replaceAll('"window"', '"tax"');
    const caseId = await desk.apply(ONLY_CASE, byTax);
    await desk.complete(caseId, 'accept');
    await until(desk, '2026-03-06T09:00:00+08:00');
    await desk.complete(caseId, 'review');
    await until(desk, '2026-03-23T09:00:00+08:00');
    const { orders } = await desk.supervision(caseId);
    expect(orders!.map(({ what, of }) => [what.split('，')[0], of])).toEqual([
      ['办件超过法定时限', undefined],
      ['办件超过法定送达期限', 'delivery'],
    ]);
  });
});
