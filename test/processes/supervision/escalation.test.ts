import { describe, expect, it } from '@jest/globals';
import { loadCalendar } from '../../../processes/calendars/load.ts';
import { escalate } from '../../../processes/supervision/escalate.ts';
import {
  giveReason,
  judgeOrder,
  listReasons,
  replyToOrder,
  wordsOfRule,
} from '../../../processes/supervision/index.ts';
import { bpmn, chain } from '../../support/bpmn.ts';
import { MORE_DAYS_OFF } from '../../support/notices.ts';
import { HOUR, REVIEWED, until, watchedOffice, type WatchedOffice } from '../../support/watched-office.ts';

const SOMEBODY = { id: 'x', name: 'x', groups: [] };
const HOLD = { reason: 'expertReview' as const, expectedDays: 100, notice: { number: '1' }, note: '委托专家评审' };

const kinds = async (desk: WatchedOffice, caseId: string) =>
  (await desk.store.listEvents(caseId, 0, 1000))
    .filter(({ type }) => /^(deadline\.warned|case\.urged|reason|order)/.test(type))
    .map(({ type, node, data }) => [type, node ?? 'case', data.light as string | undefined].filter(Boolean).join(' '));

describe('a deadline that comes near and passes', () => {
  it('warns at yellow; at red it urges and asks for the public reason; each once', async () => {
    const desk = watchedOffice();
    const caseId = await desk.apply();
    await until(desk, '2026-03-31T09:00:00+08:00');
    expect(await kinds(desk, caseId)).toEqual([
      'deadline.warned review yellow',
      'case.urged review red',
      'deadline.warned case yellow',
      'case.urged case red',
      'reason.asked case',
    ]);
    expect((await desk.notices()).sort()).toEqual(
      [
        ...['税务局', '谭局长'].flatMap((who) => [`case.urged ${who}`, `case.urged ${who}`]),
        ...['税务局', '谭局长'].flatMap((who) => [`deadline.warned ${who}`, `deadline.warned ${who}`]),
        'reason.asked 谭局长',
      ].sort(),
    );
  });

  it('asks whoever works for several departments once for each, by the name of the department', async () => {
    const desk = watchedOffice();
    const utilities = bpmn(
      `<startEvent id="s"/><parallelGateway id="f"/><userTask id="water" ov:department="water"/><userTask id="power" ov:department="power"/>
       <parallelGateway id="j"/><endEvent id="e"/>${chain('s', 'f', 'water', 'j', 'e')}${chain('f', 'power', 'j')}`,
      { id: 'reviewed', processAttrs: 'ov:department="window" ov:promise="2" ov:unit="workingDays"' },
    );
    const caseId = await desk.apply({}, utilities);
    await until(desk, '2026-03-06T09:00:00+08:00');
    const asked = (await desk.caught()).filter(({ kind }) => kind === 'reason.asked');
    expect(new Set(asked.map(({ to }) => to.id)).size).toBe(1);
    const names = ['water', 'power'].map((id) => desk.directory.getDepartment(id).name);
    expect(asked.map(({ text }) => text.zh).sort()).toEqual(
      names
        .map(
          (name) =>
            `办件 T-1（退税）：办件已超过承诺时限（2026年3月4日（星期三）），请${name}公开超期原因（《优化营商环境条例》第三十六条）。`,
        )
        .sort(),
    );
    for (const name of names)
      expect(asked.filter(({ text }) => text.en.includes(`${name}, please give the public reason`))).toHaveLength(1);
    expect((await desk.supervision(caseId)).reasons).toHaveLength(2);
  });

  it('warns of no moment that has passed already, where the house was closed meanwhile', async () => {
    const desk = watchedOffice();
    const caseId = await desk.apply();
    desk.clock.set(Date.parse('2026-03-31T09:00:00+08:00'));
    await desk.pass(0);
    expect(await kinds(desk, caseId)).toEqual(['case.urged review red', 'case.urged case red', 'reason.asked case']);
  });

  it('tells who holds the task, and when it is due', async () => {
    const desk = watchedOffice();
    const caseId = await desk.apply();
    const li = desk.person('handler-li');
    await desk.engine.claimTask((await desk.task(caseId, 'review')).id, { ...li, groups: li.departments });
    await until(desk, '2026-03-09T08:00:00+08:00');
    expect(await desk.notices()).toEqual(['deadline.warned 李税收', 'deadline.warned 谭局长']);
    expect((await desk.caught())[0]!.text.zh).toBe(
      '办件 T-1（退税）：税务局的“核税”将于2026年3月9日（星期一）17:00到期，请抓紧办理。',
    );
  });

  it('does what the item says instead, where it says something', async () => {
    const desk = watchedOffice();
    const caseId = await desk.apply({
      escalation: { task: { yellow: [], red: ['askReason', 'order'] }, case: { red: [] }, replyDays: 2 },
    });
    await until(desk, '2026-03-31T09:00:00+08:00');
    expect(await kinds(desk, caseId)).toEqual([
      'reason.asked review',
      'order.issued review',
      'deadline.warned case yellow',
    ]);
    expect(await desk.supervision(caseId)).toMatchObject({
      orders: [{ department: 'tax', rule: 'task.red', warning: 'red', status: 'issued', node: 'review' }],
    });
  });

  it('asks why the statutory limit passed where the item asks at deep red, and calls it that', async () => {
    const desk = watchedOffice();
    const lawful = REVIEWED.replace(
      'ov:promise="10"',
      'ov:promise="10" ov:statutory="12" ov:statutoryUnit="workingDays"',
    );
    const caseId = await desk.apply({ escalation: { case: { deepRed: ['askReason'] } } }, lawful);
    await until(desk, '2026-03-31T09:00:00+08:00');
    const { reasons } = await desk.supervision(caseId);
    expect(reasons!.map(({ limit }) => limit)).toEqual([undefined, 'statutory']);
    const asked = (await desk.caught()).filter(({ kind }) => kind === 'reason.asked').map(({ text }) => text.zh);
    expect(asked.map((zh) => /超过(..)时限（/.exec(zh)![1])).toEqual(['承诺', '法定']);
    const told = await desk.told(caseId, 'reason.asked');
    expect(told.map(({ zh }) => zh)).toEqual([
      '办件超过承诺时限，要求税务局公开超期原因',
      '办件超过法定时限，要求税务局公开超期原因',
    ]);
  });

  it('urges once for a due date that passed, also where the case is given more time and loses it again', async () => {
    const desk = watchedOffice();
    const caseId = await desk.apply({
      escalation: { task: { yellow: [], red: [] }, case: { yellow: [], red: ['urge'] } },
    });
    const longer = REVIEWED.replace('ov:promise="10"', 'ov:promise="30"');
    await desk.deploy(longer);
    await until(desk, '2026-03-20T10:00:00+08:00');
    for (const version of [2, 1]) {
      await desk.engine.migrateCase({ caseId, version, reason: '更正' }, SOMEBODY);
      await desk.pass(2 * HOUR);
    }
    const passed = (await desk.events(caseId)).filter((event) => event === 'deadline.passed');
    expect(passed).toHaveLength(2);
    expect(await kinds(desk, caseId)).toEqual(['case.urged case red']);
  });

  it('demands nothing again where a date moves to another that has passed as well: it is one delay', async () => {
    const desk = watchedOffice();
    const within = (promise: number, law: number) =>
      REVIEWED.replace(
        'ov:promise="10"',
        `ov:promise="${promise}" ov:statutory="${law}" ov:statutoryUnit="workingDays"`,
      );
    const caseId = await desk.apply(
      { escalation: { task: { yellow: [], red: [] }, case: { yellow: [] } } },
      within(10, 12),
    );
    await until(desk, '2026-03-31T10:00:00+08:00');
    const demanded = ['case.urged case red', 'reason.asked case', 'order.issued case'];
    expect(await kinds(desk, caseId)).toEqual(demanded);
    await desk.deploy(within(11, 13));
    await desk.engine.migrateCase({ caseId, version: 2, reason: '更正' }, SOMEBODY);
    await desk.pass(2 * HOUR);
    expect((await desk.events(caseId)).slice(-2)).toEqual(['deadline.passed', 'deadline.statutory_passed']);
    expect(await kinds(desk, caseId)).toEqual(demanded);
    // another delay is one of its own, but for the order, which still demands the same
    await desk.deploy(within(30, 40));
    await desk.engine.migrateCase({ caseId, version: 3, reason: '更正' }, SOMEBODY);
    await until(desk, '2026-04-30T10:00:00+08:00');
    expect(await kinds(desk, caseId)).toEqual([
      ...demanded,
      'reason.withdrawn case',
      'order.unfounded case',
      'deadline.warned case yellow',
      'case.urged case red',
      'reason.asked case',
      'order.stands case deepRed',
    ]);
  });

  it('says of no date that it moved where the other one did', async () => {
    const desk = watchedOffice();
    const promised = (days: number) =>
      REVIEWED.replace('ov:promise="10"', `ov:promise="${days}" ov:statutory="12" ov:statutoryUnit="workingDays"`);
    const caseId = await desk.apply({}, promised(10));
    await until(desk, '2026-03-31T10:00:00+08:00');
    await desk.deploy(promised(11));
    await desk.engine.migrateCase({ caseId, version: 2, reason: '更正' }, SOMEBODY);
    await desk.pass(2 * HOUR);
    const since = (await desk.store.listEvents(caseId, 0, 1_000))
      .filter(({ type, data }) => type.startsWith('deadline.') && 'since' in data)
      .map(({ type, data }) => [type, data.since]);
    expect(since).toEqual([['deadline.passed', Date.parse('2026-03-16T17:00:00+08:00')]]);
  });

  it('demands anew for the handling, where silence accepted a case whose acceptance was late too', async () => {
    const desk = watchedOffice();
    const caseId = await desk.apply(
      { escalation: { task: { yellow: [], red: [] }, case: { yellow: [] } } },
      REVIEWED.replace('ov:promise="10"', 'ov:acceptance="2" ov:promise="3"').replace(
        'id="review"',
        'id="review" ov:milestone="accepted"',
      ),
    );
    await until(desk, '2026-03-09T16:00:00+08:00');
    const demanded = ['case.urged case red', 'reason.asked case'];
    expect(await kinds(desk, caseId)).toEqual(demanded);
    await until(desk, '2026-03-10T10:00:00+08:00');
    expect(await desk.events(caseId)).toContain('case.accepted');
    expect(await kinds(desk, caseId)).toEqual([...demanded, ...demanded]);
  });

  it('orders each department to act when the limit of the law has passed, once', async () => {
    const desk = watchedOffice();
    const law = 'ov:promise="10" ov:statutory="12" ov:statutoryUnit="workingDays"';
    const caseId = await desk.apply(
      { escalation: { task: { yellow: [], red: [] }, case: { yellow: [], red: [] } } },
      REVIEWED.replace('ov:promise="10"', law),
    );
    await until(desk, '2026-03-18T16:00:00+08:00');
    expect(await kinds(desk, caseId)).toEqual([]);
    await until(desk, '2026-04-18T16:00:00+08:00');
    expect(await kinds(desk, caseId)).toEqual(['order.issued case']);
    const { orders } = await desk.supervision(caseId);
    expect(orders).toMatchObject([
      {
        department: 'tax',
        rule: 'case.deepRed',
        warning: 'deepRed',
        issuedBy: 'system',
        what: '办件超过法定时限，请立即办理，并回复超期原因和办结时间。',
        // found at the sweep of the next morning: three working days from there
        dueAt: Date.parse('2026-03-24T17:00:00+08:00'),
      },
    ]);
    expect(await desk.notices()).toEqual(['order.issued 谭局长']);
    const english =
      'The case is past its statutory limit: please act at once, and reply why it is late and when it will be done.';
    expect((await desk.caught())[0]!.text.en).toContain(`: ${english}`);
    expect(wordsOfRule(orders![0]!)).toEqual({ zh: orders![0]!.what, en: english });
    // as another version wrote it
    expect(wordsOfRule({ ...orders![0]!, what: '请立即办理。' })).toBeUndefined();
    const { number } = orders![0]!;
    await replyToOrder(desk, { number, text: '明日办结' }, desk.person('head-tan'));
    await judgeOrder(desk, { number, accepted: true, text: '同意' }, desk.person('supervisor-feng'));
    await desk.engine.runDueJobs();
    expect(await desk.notices()).toEqual(['order.issued 谭局长', 'order.replied 冯督办', 'order.accepted 谭局长']);
  });

  it('tells of a task that the model has reminded, and of silence that was taken for consent', async () => {
    const desk = watchedOffice();
    const none = { yellow: [], red: [], deepRed: [] };
    const consulted = REVIEWED.replace('ov:promise="5"', 'ov:promise="5" ov:onOverdue="remind"');
    await desk.apply({ escalation: { task: none, case: none } }, consulted);
    await until(desk, '2026-03-10T09:00:00+08:00');
    expect(await desk.notices()).toEqual(['task.reminded 税务局', 'task.reminded 谭局长']);

    const silent = watchedOffice();
    const deemed = REVIEWED.replace(
      'ov:promise="5"',
      `ov:promise="5" ov:onOverdue="deemedConsent" ov:deemedBasis="某市办法第二十条" ov:deemedResult='{ ok: true }'`,
    );
    await silent.apply({ escalation: { task: none, case: none } }, deemed);
    await until(silent, '2026-03-10T09:00:00+08:00');
    expect(await silent.notices()).toEqual(['task.deemed 谭局长']);
  });

  it('warns anew for a due date that moved', async () => {
    const desk = watchedOffice();
    const caseId = await desk.apply({ escalation: { task: { yellow: [], red: [] } } });
    await until(desk, '2026-03-14T10:00:00+08:00');
    expect(await kinds(desk, caseId)).toEqual(['deadline.warned case yellow']);
    await desk.engine.extendCase({ caseId, value: 5, most: 10, note: '复杂' }, SOMEBODY);
    await until(desk, '2026-03-20T10:00:00+08:00');
    expect(await kinds(desk, caseId)).toEqual(['deadline.warned case yellow', 'deadline.warned case yellow']);
  });

  it('does nothing while the clock stands still, nor after the end', async () => {
    const desk = watchedOffice();
    const caseId = await desk.apply();
    await desk.engine.holdCase({ caseId, ...HOLD }, SOMEBODY);
    await until(desk, '2026-04-30T10:00:00+08:00');
    expect(await kinds(desk, caseId)).toEqual([]);
    expect(await desk.notices()).toEqual(['clock.held 陈买房']);
    await desk.complete(caseId, 'review');
    await until(desk, '2026-05-30T10:00:00+08:00');
    expect(await kinds(desk, caseId)).toEqual([]);
  });

  /** Just before what follows from the promise of the case that has passed. */
  async function overtaken(desk: WatchedOffice, happen: () => Promise<unknown>) {
    const claim = desk.store.claimDueJobs.bind(desk.store);
    let once = false;
    desk.store.claimDueJobs = async (asked) => {
      const jobs = await claim(asked);
      const escalates = jobs.some(({ payload }) => {
        const { light, token } = (payload.escalate ?? {}) as { light?: string; token?: string };
        return light === 'red' && token === '';
      });
      if (escalates && !once) await happen();
      once ||= escalates;
      return jobs;
    };
    await until(desk, '2026-03-17T09:00:00+08:00');
    expect(once).toBe(true);
  }
  const ofCase = { escalation: { task: { yellow: [], red: [] } } };
  const LAWFUL = REVIEWED.replace('ov:promise="10"', 'ov:promise="10" ov:statutory="20"');

  it('escalates nothing for a date that moved between the check and its consequence', async () => {
    const desk = watchedOffice();
    const caseId = await desk.apply(ofCase, LAWFUL);
    const extend = { caseId, value: 5, most: 10, note: '复杂' };
    await overtaken(desk, () => desk.engine.extendCase(extend, SOMEBODY));
    expect(await kinds(desk, caseId)).not.toContain('case.urged case red');
    expect((await desk.supervision(caseId)).reasons).toBeUndefined();
  });

  it('escalates what had passed before the clock was stopped', async () => {
    const desk = watchedOffice();
    const caseId = await desk.apply(ofCase, LAWFUL);
    await overtaken(desk, () => desk.engine.holdCase({ caseId, ...HOLD }, SOMEBODY));
    expect(await kinds(desk, caseId)).toContain('case.urged case red');
    expect((await desk.supervision(caseId)).reasons).toHaveLength(1);
  });

  it('escalates nothing where the case was held between the check and its consequence', async () => {
    const desk = watchedOffice();
    const caseId = await desk.apply();
    const jobs = desk.store.claimDueJobs.bind(desk.store);
    let held = false;
    desk.store.claimDueJobs = async (claim) => {
      const claimed = await jobs(claim);
      if (!held && claimed.some(({ kind }) => kind === 'follow-up')) {
        held = true;
        await desk.engine.holdCase({ caseId, ...HOLD }, SOMEBODY);
      }
      return claimed;
    };
    await until(desk, '2026-03-09T08:00:00+08:00');
    expect([held, await kinds(desk, caseId)]).toEqual([true, []]);
  });
});

describe('the public reason', () => {
  async function asked() {
    const desk = watchedOffice();
    const caseId = await desk.apply({ escalation: { task: { yellow: [], red: [] } } });
    await until(desk, '2026-03-17T09:00:00+08:00');
    const { reasons } = await desk.supervision(caseId);
    return { desk, caseId, id: reasons![0]!.id };
  }

  it('is given by the department that is responsible, told to the applicant and kept', async () => {
    const { desk, caseId, id } = await asked();
    const feng = desk.person('supervisor-feng');
    expect(await listReasons(desk, { status: 'asked', limit: 9 }, feng)).toHaveLength(1);
    await giveReason(desk, { id, text: '申请集中' }, desk.person('handler-li'));
    await desk.engine.runDueJobs();
    expect((await desk.caught()).at(-1)).toMatchObject({
      kind: 'reason.given',
      to: { type: 'applicant', name: '陈买房' },
      text: { zh: '办件 T-1（退税）：税务局公开超期原因：申请集中。' },
    });
    expect(await desk.supervision(caseId)).toMatchObject({ reasons: [{ id, answer: { text: '申请集中' } }] });
    expect(await listReasons(desk, { status: 'asked', limit: 9 }, feng)).toEqual([]);
    expect(await listReasons(desk, { status: 'given', department: 'tax', limit: 9 }, feng)).toHaveLength(1);
  });

  it('is given once, by no other department, also after the case has ended', async () => {
    const { desk, caseId, id } = await asked();
    await desk.complete(caseId, 'review');
    await expect(giveReason(desk, { id, text: '不知道' }, desk.person('handler-wang'))).rejects.toMatchObject({
      code: 'reason.not_found',
    });
    await giveReason(desk, { id, text: '申请集中' }, desk.person('head-tan'));
    await expect(giveReason(desk, { id, text: '又' }, desk.person('head-tan'))).rejects.toMatchObject({
      code: 'reason.given_already',
      details: { by: 'head-tan' },
    });
    for (const unknown of ['x', '', 'x.1', `${caseId}.9`])
      await expect(giveReason(desk, { id: unknown, text: '?' }, desk.person('head-tan'))).rejects.toMatchObject({
        kind: 'not-found',
      });
  });
});

describe('nothing is sent twice', () => {
  it('when the catcher took a notice and the node died before it knew', async () => {
    const desk = watchedOffice();
    const caseId = await desk.apply();
    const done = desk.store.commitRecords.bind(desk.store);
    let lost = 0;
    desk.store.commitRecords = async (records) => {
      if (lost++ < 3) throw new Error('the node died here');
      return done(records);
    };
    await until(desk, '2026-03-09T08:00:00+08:00');
    expect(lost).toBeGreaterThan(3);
    expect(await desk.notices()).toEqual(['deadline.warned 税务局', 'deadline.warned 谭局长']);
    expect(await kinds(desk, caseId)).toEqual(['deadline.warned review yellow']);
  });

  it('when two nodes do the same follow-up: the escalation lands once', async () => {
    const desk = watchedOffice();
    const caseId = await desk.apply();
    const jobs = desk.store.claimDueJobs.bind(desk.store);
    // delivered twice: each claimed follow-up is handed out a second time
    desk.store.claimDueJobs = async (claim) =>
      (await jobs(claim)).flatMap((job) => (job.kind === 'follow-up' ? [job, structuredClone(job)] : [job]));
    await until(desk, '2026-03-31T09:00:00+08:00');
    expect(await kinds(desk, caseId)).toHaveLength(5);
    const caught = await desk.caught();
    expect(new Set(caught.map(({ id }) => id)).size).toBe(caught.length);
    expect(caught).toHaveLength(9);
  });
});

describe('a node that has not read a notice of holidays yet', () => {
  it.each(['case', 'task'] as const)('takes the steps for the date of the %s that another one counted', async (of) => {
    const desk = watchedOffice();
    const caseId = await desk.apply({}, REVIEWED.replace('ov:promise="5"', 'ov:promise="10"'));
    await desk.amend(MORE_DAYS_OFF);
    const [task] = await desk.store.listTasksOfCase(caseId);
    const { token, node, dueAt } =
      of === 'task' ? task! : { token: '', node: '', ...(await desk.engine.getCase(caseId)) };
    const lagging = { ...desk, calendar: loadCalendar() };
    const reach = (at: number) => escalate(lagging, { caseId, light: 'red', token, node, dueAt: at }, undefined);
    await reach(dueAt! + HOUR);
    expect(await kinds(desk, caseId)).toEqual([]);
    await reach(dueAt!);
    expect(await kinds(desk, caseId)).toContain(`case.urged ${of === 'task' ? 'review' : 'case'} red`);
  });
});
