import { describe, expect, it } from '@jest/globals';
import { bpmn, chain } from '../../support/bpmn.ts';
import { until, watchedOffice, type WatchedOffice } from '../../support/watched-office.ts';

const ONLY_CASE = { escalation: { task: { yellow: [], red: [], deepRed: [] } } };

/** The window accepts and delivers, tax decides. Received on Monday 2 March: the review ends on Monday 9 March, 17:00. */
const phased = (limits: string) =>
  bpmn(
    `<startEvent id="s"/><userTask id="accept" ov:department="window" ov:milestone="accepted"/>
     <userTask id="review" ov:department="tax" ov:milestone="decided"/>
     <userTask id="deliver" ov:department="window" ov:milestone="delivered"/><endEvent id="e"/>
     ${chain('s', 'accept', 'review', 'deliver', 'e')}`,
    { id: 'reviewed', processAttrs: limits },
  );

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

describe('a phase that ends on the day on which the one before ended', () => {
  it.each([
    ['a promise', 'ov:promise="5" ov:statutory="20"', ['case.urged red', 'reason.asked window']],
    ['a limit by law alone', 'ov:statutory="5"', ['order.issued window']],
    [
      'a review that may take no longer than the promise',
      'ov:acceptance="3" ov:promise="3" ov:statutory="5"',
      // the window was asked for the reason when the review passed that date
      ['case.urged red', 'order.issued window'],
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
});
