import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../engine/kernel/json.ts';
import { bpmn, chain, flow } from '../support/bpmn.ts';
import { auditedOffice } from '../support/audited-office.ts';
import { APPLICANT, at, WANG } from '../support/office.ts';

const DAY = 24 * 3_600_000;
const MINUTE = 60_000;
const close = (day: string) => at(`${day}T17:00:00+08:00`);

/** Received on Monday 2 March 2026: acceptance is to be reviewed until Monday the 9th, handling takes 10 working days. */
const PERMIT = bpmn(
  `<startEvent id="s"/>
  <userTask id="accept" ov:department="window" ov:promise="1"/>
  <exclusiveGateway id="g" default="g-review"/>
  <userTask id="supplement" ov:assignee="=applicant" ov:supplement="true"/>
  <userTask id="review" ov:department="housing"/>
  <userTask id="decide" ov:department="housing" ov:milestone="decided"/>
  <userTask id="deliver" ov:department="window" ov:milestone="delivered"/>
  <endEvent id="no" ov:milestone="notAccepted"/><endEvent id="e"/>
  ${chain('s', 'accept', 'g')}${flow('g', 'no', 'answer = "no"')}${flow('g', 'supplement', 'answer = "supplement"')}
  ${flow('supplement', 'accept')}
  <sequenceFlow id="g-review" sourceRef="g" targetRef="review" ov:milestone="accepted"/>
  ${chain('review', 'decide', 'deliver', 'e')}`,
  { id: 'permit', processAttrs: 'ov:promise="10"' },
);

let desk: ReturnType<typeof auditedOffice>;
let id: string;

/** Every case is looked through when its test is over. */
afterEach(() => desk.check(id));

beforeEach(async () => {
  desk = auditedOffice();
  ({ id } = await desk.open(PERMIT, { applicant: APPLICANT.id }));
});

const row = () => desk.engine.getCase(id);
const phases = async () => (await row()).clock!.phases!;
const dueAt = async () => (await row()).dueAt;
const event = async (type: string) =>
  (await desk.store.listEvents(id, 0, 1_000)).filter((each) => each.type === type).at(-1);
const until = async (day: string, time = '09:00') => {
  await desk.pass(at(`${day}T${time}:00+08:00`) - desk.clock.now());
  await desk.check(id);
};
const decide = (answer: string) => desk.complete(id, 'accept', { answer });
const DEFECTS = [
  { material: '营业执照', problem: '没有盖章' },
  { material: '平面图', problem: '缺少比例尺' },
];
const notice = (more: JsonObject = {}) =>
  desk.engine.noticeSupplement(
    { caseId: id, defects: DEFECTS, limit: { value: 5, unit: 'workingDays' }, ...more },
    WANG,
  );
const answer = (note = '已补齐') =>
  desk.engine.answerSupplement({ caseId: id, note, files: [], variables: {} }, APPLICANT);

describe('the three clocks of a case', () => {
  it('begin with the acceptance review: five working days from receipt', async () => {
    expect(await phases()).toMatchObject({ now: 'acceptance', receivedAt: desk.clock.now() });
    expect(await dueAt()).toBe(close('2026-03-09'));
  });

  it('go on to handling when the case is accepted, counted from that day', async () => {
    await until('2026-03-04');
    await decide('yes');
    expect(await phases()).toMatchObject({ now: 'handling', acceptedAt: desk.clock.now(), acceptedBy: 'decision' });
    expect(await dueAt()).toBe(close('2026-03-18'));
    expect(await event('case.accepted')).toMatchObject({
      data: {
        by: 'decision',
        dueDates: [
          { element: '', was: close('2026-03-09'), is: close('2026-03-18') },
          { element: '', was: close('2026-03-09'), is: null, limit: 'statutory' },
        ],
      },
    });
  });

  it('go on to delivery when it is decided: ten working days from the decision', async () => {
    await decide('yes');
    await desk.complete(id, 'review');
    await until('2026-03-05');
    await desk.complete(id, 'decide');
    expect(await phases()).toMatchObject({ now: 'delivery', decidedAt: desk.clock.now() });
    expect(await dueAt()).toBe(close('2026-03-19'));
    await desk.complete(id, 'deliver');
    expect(await phases()).toMatchObject({ now: null, deliveredAt: desk.clock.now() });
    expect(await row()).toMatchObject({ status: 'completed', dueAt: null, calendarVersion: expect.any(String) });
    expect(await desk.store.nextJobAt()).toBeUndefined();
  });

  it('keep the dates, the calendar and the version by which they ended', async () => {
    const { definitionId } = await row();
    const stood = (day: string) => ({ dueAt: close(day), definitionId, calendarVersion: expect.any(String) });
    await decide('yes');
    await desk.complete(id, 'review');
    expect((await phases()).ended).toMatchObject({ acceptance: stood('2026-03-09') });
    await until('2026-03-05');
    await desk.engine.holdCase(
      { caseId: id, reason: 'test', expectedDays: 3, notice: { number: '1' }, note: '检测' },
      WANG,
    );
    await until('2026-03-06');
    // the decision ends the hold: two days of it, which are given back
    await desk.complete(id, 'decide');
    await desk.complete(id, 'deliver');
    expect((await phases()).ended).toEqual({
      acceptance: expect.objectContaining(stood('2026-03-09')),
      handling: expect.objectContaining(stood('2026-03-18')),
      delivery: expect.objectContaining(stood('2026-03-20')),
    });
  });

  it('end when the case is not accepted', async () => {
    await decide('no');
    expect(await phases()).toMatchObject({ now: null, notAcceptedAt: desk.clock.now() });
    expect((await phases()).ended).toMatchObject({ acceptance: { dueAt: close('2026-03-09') } });
    expect((await event('case.not_accepted'))!.data).not.toHaveProperty('late');
    expect(await desk.store.nextJobAt()).toBeUndefined();
  });

  it('tell each milestone directly after the step that reached it', async () => {
    await decide('yes');
    const told = await desk.events(id);
    expect(told[told.indexOf('case.accepted g') - 1]).toBe('element.completed g');
  });

  it('take limits of the model instead of the law', async () => {
    const short = auditedOffice();
    const xml = PERMIT.replace('ov:promise="10"', 'ov:promise="10" ov:acceptance="2" ov:delivery="3"');
    const other = await short.open(xml, { applicant: APPLICANT.id });
    expect(other.dueAt).toBe(close('2026-03-04'));
  });

  it('leave a model without milestones as it was: handling from the start', async () => {
    const plain = auditedOffice();
    const other = await plain.open(
      bpmn(`<startEvent id="s"/><userTask id="t" ov:department="tax"/><endEvent id="e"/>${chain('s', 't', 'e')}`, {
        processAttrs: 'ov:promise="10"',
      }),
    );
    expect(other.clock).toBeUndefined();
    expect(other.dueAt).toBe(close('2026-03-16'));
  });
});

describe('silence', () => {
  it('accepts the case when five working days have passed, from the day of receipt on', async () => {
    const { receivedAt } = await phases();
    await until('2026-03-09', '16:59');
    expect(await phases()).toMatchObject({ now: 'acceptance' });
    await until('2026-03-09', '17:01');
    expect(await phases()).toMatchObject({ now: 'handling', acceptedAt: receivedAt, acceptedBy: 'silence' });
    // ten working days from Monday the 2nd, not from the 9th
    expect(await dueAt()).toBe(close('2026-03-16'));
    expect(await event('case.accepted')).toMatchObject({
      actor: 'system',
      data: { by: 'silence', acceptedAt: receivedAt, basis: '《行政许可法》第三十二条第一款第四项' },
    });
    expect(await event('deadline.passed')).toMatchObject({ node: 'accept' });
  });

  it('is as long as the law gives, where the office promises to review sooner', async () => {
    const xml = PERMIT.replace('ov:promise="10"', 'ov:promise="10" ov:acceptance="2"');
    ({ id } = await desk.open(xml.replace('id="permit"', 'id="quick"'), { applicant: APPLICANT.id }));
    expect(await row()).toMatchObject({ dueAt: close('2026-03-04'), statutoryAt: close('2026-03-09') });
    await until('2026-03-09', '17:00');
    expect(await phases()).toMatchObject({ now: 'acceptance' });
    expect((await desk.events(id)).filter((each) => each === 'deadline.passed')).toHaveLength(1);
    await until('2026-03-09', '17:01');
    expect(await phases()).toMatchObject({ now: 'handling', acceptedBy: 'silence' });
  });

  it('does not accept while the applicant supplements, also where a promise that had passed moves', async () => {
    const promised = (days: number) =>
      PERMIT.replace('ov:promise="10"', `ov:promise="10" ov:acceptance="${days}"`).replace('id="permit"', 'id="moved"');
    ({ id } = await desk.open(promised(2), { applicant: APPLICANT.id }));
    await until('2026-03-06');
    await notice();
    await until('2026-03-10');
    await desk.deploy(promised(3));
    await desk.engine.migrateCase({ caseId: id, version: 2, reason: '改版' }, WANG);
    await until('2026-03-11');
    expect(await event('deadline.passed')).toMatchObject({ node: null, data: { dueAt: close('2026-03-05') } });
    expect(await phases()).toMatchObject({ now: 'acceptance', supplements: [{ to: null }] });
    // begins anew with the answer, and so does silence
    await answer();
    await until('2026-03-19');
    expect(await phases()).toMatchObject({ acceptedBy: 'silence', acceptedAt: at('2026-03-11') });
  });

  it('leaves the task open, warns of the new date, and does not accept twice', async () => {
    await until('2026-03-10');
    expect(await desk.waiting(id)).toEqual(['accept']);
    await decide('yes');
    expect(await phases()).toMatchObject({ acceptedBy: 'silence', acceptedAt: at('2026-03-02') });
    expect((await desk.events(id)).filter((each) => each.startsWith('case.accepted'))).toHaveLength(1);
    await until('2026-03-17');
    expect(await event('deadline.passed')).toMatchObject({ node: null, data: { dueAt: close('2026-03-16') } });
  });

  it('makes a later refusal unlawful, and the history says so', async () => {
    await until('2026-03-10');
    await decide('no');
    expect(await event('case.not_accepted')).toMatchObject({
      data: { late: true, acceptedBy: 'silence', acceptedAt: at('2026-03-02') },
    });
    expect(await phases()).not.toHaveProperty('notAcceptedAt');
  });

  it('does not accept a case that ended before', async () => {
    await desk.engine.cancelCase({ caseId: id, reason: '撤件' }, APPLICANT);
    await desk.pass(30 * DAY);
    expect(await event('case.accepted')).toBeUndefined();
  });
});

describe('a notice of everything that is missing', () => {
  it('stops the acceptance review and the task, and is on record with every defect and until when', async () => {
    await until('2026-03-03');
    await notice({ note: '请一次补齐' });
    expect(await row()).toMatchObject({ dueAt: null });
    expect(await desk.task(id, 'accept')).toMatchObject({ dueAt: null, held: true });
    expect(await event('supplement.noticed')).toMatchObject({
      actor: WANG.id,
      data: { defects: DEFECTS, until: close('2026-03-10'), note: '请一次补齐' },
    });
    expect((await event('supplement.noticed'))!.data).not.toHaveProperty('again');
  });

  it('begins the review anew when the applicant answers, for the case and for the task', async () => {
    await until('2026-03-06');
    await notice();
    await until('2026-03-11');
    await answer();
    expect(await dueAt()).toBe(close('2026-03-18'));
    expect(await desk.task(id, 'accept')).toMatchObject({ dueAt: close('2026-03-12') });
    expect((await phases()).supplements).toMatchObject([{ answered: true, answer: { note: '已补齐' } }]);
  });

  it('after it, silence accepts from the receipt of the answer', async () => {
    await notice();
    await until('2026-03-05');
    await answer();
    const answeredAt = desk.clock.now();
    await until('2026-03-13');
    expect(await phases()).toMatchObject({ acceptedBy: 'silence', acceptedAt: answeredAt });
  });

  it('keeps what the applicant corrects in the application and what it was before, with the files', async () => {
    await notice();
    const remedies = [{ defect: 0, files: [{ id: 'f1', name: '执照.pdf' }] }];
    for (const area of [80, 90]) {
      await desk.engine.answerSupplement({ caseId: id, files: [], remedies, variables: { area } }, APPLICANT);
      await notice({ again: '面积仍不一致' });
    }
    const answers = (await phases()).supplements.map((each) => each.answer);
    expect(answers).toEqual([
      { files: [], remedies, changes: [{ field: 'area', before: null, after: 80 }] },
      { files: [], remedies, changes: [{ field: 'area', before: 80, after: 90 }] },
      undefined,
    ]);
    expect(await desk.engine.taskVariables(await desk.task(id, 'accept'))).toMatchObject({ area: 90 });
  });

  it('needs a reason the second time, and is flagged', async () => {
    await notice();
    await answer();
    await expect(notice()).rejects.toMatchObject({ code: 'supplement.needs_reason' });
    await notice({ again: '补正的平面图与现状不符' });
    expect(await event('supplement.noticed')).toMatchObject({
      data: { again: true, reason: '补正的平面图与现状不符' },
    });
  });

  it('returns the application when the applicant does not answer in time, not a minute earlier', async () => {
    await notice();
    await until('2026-03-09', '16:59');
    expect(await row()).toMatchObject({ status: 'active' });
    await until('2026-03-09', '17:00');
    expect(await row()).toMatchObject({ status: 'cancelled' });
    expect(await phases()).toMatchObject({
      now: null,
      returnedAt: close('2026-03-09'),
      supplements: [{ answered: false, to: null }],
    });
    expect(await event('case.returned')).toMatchObject({
      actor: 'system',
      data: { code: 'supplement.unanswered', until: close('2026-03-09') },
    });
    expect(await event('case.cancelled')).toMatchObject({ data: { reason: 'supplement.unanswered' } });
    expect(await desk.waiting(id)).toEqual([]);
    expect(await desk.store.nextJobAt()).toBeUndefined();
  });

  it('does not return what was answered', async () => {
    await notice();
    await answer();
    await until('2026-03-09', '12:00');
    expect(await row()).toMatchObject({ status: 'active' });
  });

  it('takes no answer after the time is over, even where nobody has looked yet', async () => {
    await notice();
    desk.clock.set(close('2026-03-09') + MINUTE);
    await expect(answer()).rejects.toMatchObject({ code: 'supplement.too_late' });
  });

  it('may count the time of the applicant in calendar days', async () => {
    await notice({ limit: { value: 15, unit: 'calendarDays' } });
    expect(await event('supplement.noticed')).toMatchObject({ data: { until: close('2026-03-17') } });
  });

  it('ends where the case is accepted all the same', async () => {
    await notice();
    await until('2026-03-04');
    await decide('yes');
    expect(await phases()).toMatchObject({ now: 'handling', supplements: [{ to: desk.clock.now(), answered: false }] });
    await until('2026-03-12');
    expect(await row()).toMatchObject({ status: 'active', dueAt: close('2026-03-18') });
  });

  it('is refused twice at a time, without a defect, after acceptance, and in a model without an acceptance', async () => {
    await expect(notice({ defects: [] })).rejects.toMatchObject({ code: 'supplement.no_defects' });
    await expect(notice({ defects: [{ material: '图', problem: ' ' }] })).rejects.toMatchObject({
      code: 'supplement.no_defects',
    });
    await expect(answer()).rejects.toMatchObject({ code: 'supplement.none_open' });
    await notice();
    await expect(notice({ again: '漏列' })).rejects.toMatchObject({ code: 'supplement.open_already' });
    await decide('yes');
    await expect(notice({ again: '漏列' })).rejects.toMatchObject({
      code: 'supplement.not_in_review',
      details: { phase: 'handling' },
    });
  });
});

describe('a task of the model in which the applicant supplements', () => {
  it('stops the review while it is open, and begins it anew after it', async () => {
    await until('2026-03-06');
    await decide('supplement');
    expect(await row()).toMatchObject({ dueAt: null });
    await until('2026-04-20');
    expect(await phases()).toMatchObject({ now: 'acceptance' });
    await desk.complete(id, 'supplement', {}, APPLICANT);
    expect(await dueAt()).toBe(close('2026-04-27'));
    expect(await desk.events(id)).toEqual(
      expect.arrayContaining(['supplement.noticed supplement', 'supplement.answered supplement']),
    );
  });

  it('is flagged the second time', async () => {
    for (const again of [undefined, true]) {
      await decide('supplement');
      expect((await event('supplement.noticed'))!.data.again).toBe(again);
      await desk.complete(id, 'supplement', {}, APPLICANT);
    }
  });

  it('is the place to answer: a command is not', async () => {
    await decide('supplement');
    await expect(answer()).rejects.toMatchObject({ code: 'supplement.none_open' });
  });

  it('beside another one stops the review until none is left', async () => {
    const both = bpmn(
      `<startEvent id="s"/><parallelGateway id="fork"/><userTask id="plan" ov:assignee="=applicant" ov:supplement="true"/>
       <userTask id="permit" ov:assignee="=applicant" ov:supplement="true"/><parallelGateway id="join"/>
       <userTask id="accept" ov:milestone="accepted"/><endEvent id="e"/>
       ${chain('s', 'fork', 'plan', 'join', 'accept', 'e')}${chain('fork', 'permit', 'join')}`,
      { id: 'both' },
    );
    ({ id } = await desk.open(both, { applicant: APPLICANT.id }));
    await until('2026-03-04');
    await desk.complete(id, 'plan', {}, APPLICANT);
    expect(await event('supplement.answered')).toBeUndefined();
    const other = await desk.task(id, 'permit');
    await until('2026-04-20');
    expect(await phases()).toMatchObject({ now: 'acceptance', supplements: [{ to: null }] });
    await desk.complete(id, other.node, {}, APPLICANT);
    expect(await dueAt()).toBe(close('2026-04-27'));
    expect((await phases()).supplements).toMatchObject([{ to: desk.clock.now(), answered: true }]);
  });

  it('that is completed answers no notice, and stops the review on when that is answered', async () => {
    const aside = PERMIT.replace('id="permit"', 'id="aside"').replace(
      '<endEvent id="e"/>',
      `<boundaryEvent id="look" attachedToRef="accept" cancelActivity="false"><timerEventDefinition><timeDuration>PT26H</timeDuration></timerEventDefinition></boundaryEvent>
       <userTask id="more" ov:assignee="=applicant" ov:supplement="true"/><endEvent id="e2"/>${chain('look', 'more', 'e2')}<endEvent id="e"/>`,
    );
    const opened = async () => {
      ({ id } = await desk.open(aside, { applicant: APPLICANT.id }));
      await notice();
      await desk.pass(26 * 3_600_000);
      expect(await desk.waiting(id)).toEqual(['accept', 'more']);
    };
    await opened();
    await desk.complete(id, 'more', {}, APPLICANT);
    expect(await event('supplement.answered')).toBeUndefined();
    expect((await phases()).supplements).toMatchObject([{ to: null, defects: DEFECTS }]);
    await answer();
    expect((await phases()).supplements).toMatchObject([{ answered: true }]);
    await opened();
    await answer();
    expect(await phases()).toMatchObject({ supplements: [{ answered: true }, { to: null, defects: [] }] });
    await desk.complete(id, 'more', {}, APPLICANT);
    expect((await phases()).supplements).toMatchObject([{ answered: true }, { to: desk.clock.now(), answered: true }]);
  });

  it('changes no clock once the case is accepted', async () => {
    await until('2026-03-10');
    await decide('supplement');
    expect(await dueAt()).toBe(close('2026-03-16'));
  });
});

describe('a called case that is returned', () => {
  const calling = (version: string, more = '') =>
    bpmn(
      `<startEvent id="s"/><callActivity id="call" calledElement="permit"/><userTask id="after"/><endEvent id="e"/>
       ${chain('s', 'call', 'after', 'e')}${more}`,
      { id: version, roots: '<error id="unanswered" errorCode="supplement.unanswered"/>' },
    );
  const CATCHES = `<boundaryEvent id="caught" attachedToRef="call"><errorEventDefinition errorRef="unanswered"/></boundaryEvent>
    <userTask id="close" ov:department="housing"/><endEvent id="e2"/>${chain('caught', 'close', 'e2')}`;
  const childOf = async (caller: string) => (await desk.store.listCases({ parent: caller, limit: 10 }))[0]!.id;
  const allChildren = async (caller: string) => desk.store.listCases({ parent: caller, limit: 10 });
  /** Opens a case that calls the permit, at whatever depth, and lets its applicant answer nothing. */
  const returned = async (xml: string, depth = 1) => {
    const caller = (await desk.open(xml, { applicant: APPLICANT.id })).id;
    id = caller;
    for (let i = 0; i < depth; i++) {
      await desk.pass(0);
      id = await childOf(id);
    }
    await notice();
    await desk.pass(8 * DAY);
    expect(await row()).toMatchObject({ status: 'cancelled', clock: { phases: { returnedAt: expect.any(Number) } } });
    return caller;
  };

  it('goes on in its caller where that catches the error', async () => {
    id = await returned(calling('calls', CATCHES));
    expect(await desk.waiting(id)).toEqual(['close']);
    expect(await event('error.thrown')).toMatchObject({ node: 'caught', data: { code: 'supplement.unanswered' } });
  });

  it('else waits for somebody, and trying again opens no other one', async () => {
    id = await returned(calling('calls'));
    expect(await desk.incidents(id)).toEqual(['call.returned call']);
    const retry = async () => {
      const [incident] = await desk.store.listIncidents({ caseId: id, limit: 1 });
      await desk.engine.retryIncident(incident!.id, WANG);
      await desk.pass(0);
    };
    const opened = await event('incident.opened');
    await retry();
    expect(await desk.incidents(id)).toEqual(['call.returned call']);
    expect((await event('incident.opened'))!.data).toEqual(opened!.data);
    expect(await allChildren(id)).toHaveLength(1);
    await desk.deploy(calling('calls', CATCHES));
    await desk.engine.migrateCase({ caseId: id, version: 2, reason: '补充处理' }, WANG);
    await retry();
    expect(await desk.waiting(id)).toEqual(['close']);
    expect(await allChildren(id)).toHaveLength(1);
  });

  it('ends a case in the middle that does not catch it, and waits at the top', async () => {
    await desk.deploy(calling('middle'));
    id = await returned(calling('top').replace('calledElement="permit"', 'calledElement="middle"'), 2);
    expect(await desk.engine.getCase(await childOf(id))).toMatchObject({ status: 'terminated' });
    expect(await desk.incidents(id)).toEqual(['call.returned call']);
  });
});

describe('timers in working time', () => {
  const timer = (of: string, definition: string) =>
    PERMIT.replace('<endEvent id="e"/>', () => {
      const event = `<boundaryEvent id="late" attachedToRef="${of}"><timerEventDefinition ${definition}/></boundaryEvent>`;
      return `<endEvent id="e"/>${event}<userTask id="look" ov:department="housing"/><endEvent id="e2"/>${chain('late', 'look', 'e2')}`;
    });
  const timers = () => [...desk.rows.jobs.values()].filter(({ kind }) => kind === 'timer').map(({ dueAt }) => dueAt);
  const opened = async (of: string, definition: string) => {
    desk = auditedOffice();
    ({ id } = await desk.open(timer(of, definition), { applicant: APPLICANT.id }));
  };

  it('beside the promise wait for acceptance, and are armed once by the clock that begins with it', async () => {
    await opened('accept', 'ov:before="promise" ov:of="case" ov:value="2"');
    expect(timers()).toEqual([]);
    await until('2026-03-10');
    // accepted by silence: ten working days from the 2nd end on the 16th
    expect(timers()).toEqual([close('2026-03-12')]);
    await opened('review', 'ov:before="promise" ov:of="case" ov:value="2"');
    await decide('yes');
    expect(timers()).toEqual([close('2026-03-12')]);
  });

  const urging = (definition: string) =>
    `<subProcess id="urge" triggeredByEvent="true"><startEvent id="us" isInterrupting="false"><timerEventDefinition ${definition}/></startEvent><userTask id="look" ov:department="housing"/><endEvent id="ue"/>${chain('us', 'look', 'ue')}</subProcess>`;
  const decidedOn = async (xml: string, day: string) => {
    desk = auditedOffice();
    ({ id } = await desk.open(xml, { applicant: APPLICANT.id }));
    await decide('yes');
    await until(day);
    await desk.complete(id, 'review');
    await desk.complete(id, 'decide');
  };

  it.each(['ov:before="promise" ov:value="2"', 'ov:after="promise" ov:value="1" ov:times="unbounded"'])(
    'beside the promise (%s) come no more once the case was decided within it',
    async (definition) => {
      await decidedOn(
        PERMIT.replace('<endEvent id="e"/>', (end) => `${end}${urging(definition)}`),
        '2026-03-12',
      );
      expect(timers()).toEqual([]);
      await until('2026-03-31');
      expect(await desk.waiting(id)).toEqual(['deliver']);
    },
  );

  it('after the promise still come where it had passed before the decision', async () => {
    const late = urging('ov:after="promise" ov:value="2"');
    await decidedOn(
      PERMIT.replace('<endEvent id="e"/>', (end) => `${end}${late}`),
      '2026-03-17',
    );
    expect(timers()).toEqual([close('2026-03-18')]);
    await until('2026-03-19');
    expect(await desk.waiting(id)).toEqual(['deliver', 'look']);
  });

  it('for which the flow itself waits come though the case was decided in time: it goes on by them', async () => {
    const wait =
      '<intermediateCatchEvent id="wait"><timerEventDefinition ov:after="promise" ov:value="1"/></intermediateCatchEvent>';
    const waits = PERMIT.replace(
      chain('review', 'decide', 'deliver', 'e'),
      () => wait + chain('review', 'decide', 'wait', 'deliver', 'e'),
    );
    await decidedOn(waits, '2026-03-05');
    expect(timers()).toEqual([close('2026-03-17')]);
    await until('2026-03-18');
    expect(await desk.waiting(id)).toEqual(['deliver']);
  });

  it('stand still while the applicant supplements, and begin anew with the answer', async () => {
    await opened('accept', 'ov:value="2"');
    expect(timers()).toEqual([close('2026-03-04')]);
    await until('2026-03-03');
    await notice();
    expect(timers()).toEqual([]);
    await until('2026-03-06');
    expect(await desk.waiting(id)).toEqual(['accept']);
    await answer();
    expect(timers()).toEqual([close('2026-03-10')]);
    await until('2026-03-10', '17:00');
    expect(await desk.waiting(id)).toEqual(['look']);
  });

  it('around the task in which the applicant supplements run on', async () => {
    desk = auditedOffice();
    const around = bpmn(
      `<startEvent id="s"/><subProcess id="sub"><startEvent id="ss"/><userTask id="supplement" ov:assignee="=applicant" ov:supplement="true"/><endEvent id="se"/>
       ${chain('ss', 'supplement', 'se')}</subProcess><userTask id="accept" ov:milestone="accepted"/><endEvent id="e"/>${chain('s', 'sub', 'accept', 'e')}
       <boundaryEvent id="late" attachedToRef="sub"><timerEventDefinition ov:value="3"/></boundaryEvent><endEvent id="e2"/>${chain('late', 'e2')}`,
      { id: 'around' },
    );
    ({ id } = await desk.open(around, { applicant: APPLICANT.id }));
    expect(timers()).toEqual([close('2026-03-05')]);
  });

  it('at the task in which the applicant supplements run in the time of the applicant', async () => {
    await opened('supplement', 'ov:value="3"');
    await decide('supplement');
    await until('2026-03-05', '17:01');
    expect(await desk.waiting(id)).toEqual(['look']);
    expect((await phases()).supplements).toMatchObject([{ to: desk.clock.now(), answered: false }]);
    expect(await event('supplement.ended')).toBeDefined();
  });
});

describe('a hold', () => {
  const hold = () =>
    desk.engine.holdCase(
      { caseId: id, reason: 'expertReview', expectedDays: 3, notice: { number: '特〔2026〕1号' }, note: '评审' },
      WANG,
    );

  it('is refused before acceptance and after the decision', async () => {
    await expect(hold()).rejects.toMatchObject({ code: 'clock.not_in_handling', details: { phase: 'acceptance' } });
    await decide('yes');
    await desk.complete(id, 'review');
    await desk.complete(id, 'decide');
    await expect(hold()).rejects.toMatchObject({ code: 'clock.not_in_handling', details: { phase: 'delivery' } });
  });

  it('states its basis, its notice and how long it takes, and tells when that has passed, but does not end', async () => {
    await decide('yes');
    await hold();
    expect(await event('clock.held')).toMatchObject({
      data: {
        basis: '《行政许可法》第四十五条',
        expectedDays: 3,
        expectedAt: close('2026-03-05'),
        notice: { number: '特〔2026〕1号', toldAt: desk.clock.now() },
      },
    });
    await until('2026-03-05', '16:59');
    expect(await event('clock.hold_overdue')).toBeUndefined();
    await until('2026-03-05', '17:00');
    expect(await event('clock.hold_overdue')).toMatchObject({
      actor: 'system',
      data: { reason: 'expertReview', expectedAt: close('2026-03-05') },
    });
    expect(await row()).toMatchObject({ dueAt: null });
    await until('2026-03-20');
    expect((await desk.events(id)).filter((each) => each === 'clock.hold_overdue')).toHaveLength(1);
  });

  it('of a local reason says by its name that it takes too long', async () => {
    await decide('yes');
    const local = { key: 'weather', zh: '极端天气', en: 'extreme weather' };
    await desk.engine.holdCase(
      { caseId: id, reason: 'local', local, basis: '省规定', expectedDays: 3, notice: { number: '1' }, note: '暴雪' },
      WANG,
    );
    await until('2026-03-05', '17:00');
    expect(await event('clock.hold_overdue')).toMatchObject({ data: { reason: 'local', local } });
  });

  it('of a local reason that is named like one of the law has an expected end of its own beside it', async () => {
    await decide('yes');
    const asked = (days: number) => ({ caseId: id, expectedDays: days, notice: { number: '1' }, note: '听证' });
    const local = { key: 'hearing', zh: '社区听证', en: 'community hearing' };
    const house = { reason: 'local' as const, local, basis: '省规定' };
    await desk.engine.holdCase({ ...asked(2), ...house }, WANG);
    await desk.engine.holdCase({ ...asked(4), reason: 'hearing' }, WANG);
    const told = async () =>
      (await desk.store.listEvents(id, 0, 1_000)).filter(({ type }) => type === 'clock.hold_overdue');
    await until('2026-03-05');
    expect(await told()).toMatchObject([{ data: { reason: 'local', local, expectedAt: close('2026-03-04') } }]);
    await desk.engine.resumeCase({ caseId: id, reason: 'local', local: local.key, note: '结束' }, WANG);
    await until('2026-03-09');
    expect(await told()).toMatchObject([{}, { data: { reason: 'hearing', expectedAt: close('2026-03-06') } }]);
  });

  it('that has ended is not told by a check that an older version wrote under an id of two holds', async () => {
    await decide('yes');
    await hold();
    const [check] = [...desk.rows.jobs.values()].filter(({ payload }) => payload.check === 'hold');
    const payload = { ...check!.payload, reason: 'local', local: 'expertReview' };
    await desk.store.commitRecords({ jobs: { put: [{ ...check!, payload }], remove: [] } });
    await until('2026-03-06');
    expect(await event('clock.hold_overdue')).toBeUndefined();
  });

  it('that ends in time is not told', async () => {
    await decide('yes');
    await hold();
    await until('2026-03-04');
    await desk.engine.resumeCase({ caseId: id, reason: 'expertReview', note: '评审结束' }, WANG);
    await until('2026-03-09');
    expect(await event('clock.hold_overdue')).toBeUndefined();
  });

  it('is over when the case is decided', async () => {
    await decide('yes');
    await hold();
    await desk.complete(id, 'review');
    await until('2026-03-04');
    await desk.complete(id, 'decide');
    expect((await row()).clock!.holds).toMatchObject([{ to: desk.clock.now() }]);
    expect(await dueAt()).toBe(close('2026-03-18'));
  });
});

describe('an extension', () => {
  const extend = () => desk.engine.extendCase({ caseId: id, value: 10, most: 10, note: '情况复杂' }, WANG);

  it('is of the handling, keeps what the applicant was told, and is refused before acceptance', async () => {
    await expect(extend()).rejects.toMatchObject({ code: 'clock.not_in_handling' });
    await decide('yes');
    await extend();
    expect((await row()).clock!.extensions).toEqual([
      { value: 10, unit: 'workingDays', note: '情况复杂', toldAt: desk.clock.now() },
    ]);
    expect(await dueAt()).toBe(close('2026-03-30'));
  });
});
