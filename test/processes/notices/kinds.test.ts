import { describe, expect, it } from '@jest/globals';
import { NOTICE_KINDS, type NoticeKind } from '../../../processes/notices/index.ts';
import { giveReason, issueOrder, judgeOrder, replyToOrder, revokeOrder } from '../../../processes/supervision/index.ts';
import { loadCalendar } from '../../../processes/calendars/load.ts';
import { bpmn, chain, flow } from '../../support/bpmn.ts';
import { MORE_DAYS_OFF, withDaysOff } from '../../support/notices.ts';
import { APPLICANT, WANG } from '../../support/office.ts';
import { DAY, REVIEWED, until as passUntil, watchedOffice, type WatchedOffice } from '../../support/watched-office.ts';

/** What lets a kind of notice be sent. */
interface Scenario {
  /** Of REVIEWED, where absent. */
  readonly xml?: string;
  readonly happens: (desk: WatchedOffice, caseId: string) => Promise<unknown>;
  readonly to: readonly string[];
  /** Time alone brings it: not to a case whose task was done before. */
  readonly byTime?: true;
}

/** Nothing is promised when the whole case is to be quiet. */
const QUIET_CASE = REVIEWED.replace('ov:promise="10" ov:unit="workingDays"', '');
const overdue = (does: string) => QUIET_CASE.replace('ov:promise="5"', `ov:promise="5" ${does}`);
const CHECKED = bpmn(
  `<startEvent id="s"/><userTask id="review" ov:department="window"/><exclusiveGateway id="g" default="g-decide"/>
   <userTask id="decide" ov:department="tax" ov:milestone="decided"/>
   <endEvent id="no" ov:milestone="notAccepted"/><endEvent id="e"/>
   ${chain('s', 'review', 'g')}${flow('g', 'no', 'answer = "no"')}
   <sequenceFlow id="g-decide" sourceRef="g" targetRef="decide" ov:milestone="accepted"/>${chain('decide', 'e')}`,
  { id: 'reviewed', processAttrs: 'ov:promise="20"' },
);
const HANDLER_AND_HEAD = ['税务局', '谭局长'];

const until = (desk: WatchedOffice, day: string) => passUntil(desk, `${day}T09:00:00+08:00`);
const nothing = async () => {};
const hold = (desk: WatchedOffice, caseId: string) =>
  desk.engine.holdCase(
    { caseId, reason: 'expertReview', expectedDays: 3, notice: { number: '1' }, note: '专家评审' },
    WANG,
  );
const supplement = (desk: WatchedOffice, caseId: string) => {
  const defects = [{ material: '图', problem: '缺少' }];
  return desk.engine.noticeSupplement({ caseId, defects, limit: { value: 5, unit: 'workingDays' } }, WANG);
};
const order = (desk: WatchedOffice, caseId: string) =>
  issueOrder(desk, { cases: [caseId], department: 'tax', what: '请说明', days: 3 }, desk.person('supervisor-feng'));
const replied = async (desk: WatchedOffice, caseId: string) => {
  const { number } = await order(desk, caseId);
  return replyToOrder(desk, { number, text: '在办' }, desk.person('head-tan'));
};
const judged = (accepted: boolean) => async (desk: WatchedOffice, caseId: string) => {
  const { number } = await replied(desk, caseId);
  return judgeOrder(desk, { number, accepted, text: '阅' }, desk.person('supervisor-feng'));
};

/** It was, and by a notice that comes later it was not. */
const overdueNoMore = async (desk: WatchedOffice) => {
  await until(desk, '2026-03-17');
  await desk.amend(MORE_DAYS_OFF);
};

const SCENARIOS: Readonly<Record<NoticeKind, Scenario>> = {
  'deadline.warned': { xml: QUIET_CASE, happens: nothing, to: HANDLER_AND_HEAD, byTime: true },
  'task.reminded': { xml: overdue('ov:onOverdue="remind"'), happens: nothing, to: HANDLER_AND_HEAD, byTime: true },
  'task.escalated': { xml: overdue('ov:onOverdue="escalate"'), happens: nothing, to: HANDLER_AND_HEAD, byTime: true },
  'task.consent_waits': {
    xml: overdue(`ov:onOverdue="deemedConsent" ov:deemedBasis="某市办法第二十条" ov:deemedResult='{ ok: true }'`),
    // due on the 11th by the days in force until then, on the 9th by those that are from then on
    async happens(desk) {
      await desk.amend(withDaysOff('2026-03-04', '2026-03-05'));
      await until(desk, '2026-03-11');
      await desk.amend(loadCalendar());
    },
    to: HANDLER_AND_HEAD,
  },
  'task.deemed': {
    xml: overdue(`ov:onOverdue="deemedConsent" ov:deemedBasis="某市办法第二十条" ov:deemedResult='{ ok: true }'`),
    happens: nothing,
    to: ['谭局长'],
    byTime: true,
  },
  'case.urged': { xml: QUIET_CASE, happens: nothing, to: HANDLER_AND_HEAD, byTime: true },
  'reason.asked': { happens: nothing, to: ['谭局长'], byTime: true },
  'reason.given': {
    async happens(desk, caseId) {
      await until(desk, '2026-03-17');
      const { reasons } = await desk.supervision(caseId);
      await giveReason(desk, { id: reasons![0]!.id, text: '申请集中' }, desk.person('head-tan'));
    },
    to: ['陈买房'],
  },
  'reason.withdrawn': { happens: overdueNoMore, to: ['谭局长'] },
  'order.issued': {
    xml: REVIEWED.replace('ov:promise="10"', 'ov:promise="10" ov:statutory="12" ov:statutoryUnit="workingDays"'),
    happens: nothing,
    to: ['谭局长'],
    byTime: true,
  },
  'order.replied': { happens: replied, to: ['冯督办'] },
  'order.accepted': { happens: judged(true), to: ['谭局长'] },
  'order.returned': { happens: judged(false), to: ['谭局长'] },
  'order.revoked': {
    async happens(desk, caseId) {
      const { number } = await order(desk, caseId);
      await revokeOrder(desk, { number, text: '已办结' }, desk.person('supervisor-feng'));
    },
    to: ['谭局长'],
  },
  'order.unfounded': {
    xml: REVIEWED.replace('ov:promise="10"', 'ov:promise="10" ov:statutory="10"'),
    happens: overdueNoMore,
    to: ['冯督办'],
  },
  'order.stands': {
    xml: REVIEWED.replace('ov:promise="10"', 'ov:promise="10" ov:statutory="10"'),
    async happens(desk) {
      await overdueNoMore(desk);
      await until(desk, '2026-03-19T09:00:00+08:00');
    },
    to: ['冯督办'],
  },
  'clock.held': { happens: hold, to: ['陈买房'] },
  'clock.hold_ended': {
    async happens(desk, caseId) {
      await hold(desk, caseId);
      const notice = { number: '特〔2026〕2号' };
      await desk.engine.holdCase({ caseId, reason: 'test', expectedDays: 5, notice, note: '检测' }, WANG);
      await desk.engine.resumeCase({ caseId, reason: 'expertReview', note: '评审结束' }, WANG);
    },
    to: ['陈买房'],
  },
  'clock.resumed': {
    async happens(desk, caseId) {
      await hold(desk, caseId);
      await desk.engine.resumeCase({ caseId, reason: 'expertReview', note: '评审结束' }, WANG);
    },
    to: ['陈买房'],
  },
  'clock.extended': {
    happens: (desk, caseId) => desk.engine.extendCase({ caseId, value: 5, most: 10, note: '复杂' }, WANG),
    to: ['陈买房'],
  },
  'clock.hold_overdue': { happens: hold, to: HANDLER_AND_HEAD, byTime: true },
  'case.silence_waits': {
    xml: CHECKED,
    // the review ends on the 11th by the days in force until then, on the 9th by those that are from then on
    async happens(desk) {
      await desk.amend(withDaysOff('2026-03-04', '2026-03-05'));
      await until(desk, '2026-03-11');
      await desk.amend(loadCalendar());
    },
    to: ['周窗口', '政务服务中心综合窗口'],
  },
  'case.accepted': {
    xml: CHECKED,
    happens: (desk, caseId) => desk.complete(caseId, 'review', { answer: 'yes' }),
    to: ['陈买房'],
  },
  'case.not_accepted': {
    xml: CHECKED,
    happens: (desk, caseId) => desk.complete(caseId, 'review', { answer: 'no' }),
    to: ['陈买房'],
  },
  'supplement.noticed': { xml: CHECKED, happens: supplement, to: ['陈买房'] },
  'supplement.answered': {
    xml: CHECKED,
    async happens(desk, caseId) {
      await supplement(desk, caseId);
      await desk.engine.answerSupplement({ caseId, note: '已补', files: [], variables: {} }, APPLICANT);
    },
    to: ['周窗口', '政务服务中心综合窗口'],
  },
  'case.returned': { xml: CHECKED, happens: supplement, to: ['陈买房'], byTime: true },
};

/** Who was told of this kind, in order of their names. */
const toldOf = async (desk: WatchedOffice, kind: NoticeKind) =>
  (await desk.caught())
    .filter((notice) => notice.kind === kind)
    .map(({ to }) => to.name)
    .sort();

/** Every follow-up is handed out a second time, as when two nodes do it. */
function twice(desk: WatchedOffice): WatchedOffice {
  const claim = desk.store.claimDueJobs.bind(desk.store);
  desk.store.claimDueJobs = async (wanted) =>
    (await claim(wanted)).flatMap((job) => (job.kind === 'follow-up' ? [job, structuredClone(job)] : [job]));
  return desk;
}

describe('every kind of notice', () => {
  it.each(NOTICE_KINDS)('%s is sent to each who is concerned exactly once, however often it is tried', async (kind) => {
    const { xml, happens, to } = SCENARIOS[kind];
    const desk = twice(watchedOffice());
    const caseId = await desk.apply({}, xml);
    await happens(desk, caseId);
    await until(desk, '2026-03-24');
    await desk.pass(40 * DAY);
    expect(await toldOf(desk, kind)).toEqual([...to].sort());
  });

  it.each(NOTICE_KINDS.filter((kind) => SCENARIOS[kind].byTime))(
    '%s is not sent where the work was done before its time',
    async (kind) => {
      const { xml, happens } = SCENARIOS[kind];
      const desk = watchedOffice();
      const caseId = await desk.apply({}, xml);
      await happens(desk, caseId);
      if ((await desk.engine.getCase(caseId)).clock?.phases)
        await desk.engine.answerSupplement({ caseId, note: '已补', files: [], variables: {} }, APPLICANT);
      await desk.complete(caseId, 'review', { answer: 'no' });
      await until(desk, '2026-03-24');
      await desk.pass(40 * DAY);
      expect(await toldOf(desk, kind)).toEqual([]);
    },
  );
});
