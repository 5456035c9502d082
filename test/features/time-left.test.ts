import { describe, expect, it, jest } from '@jest/globals';
import { loadCalendar } from '../../processes/calendars/index.ts';
import { branchesOfCase } from '../../processes/casework/index.ts';
import { bpmn, chain, flow } from '../support/bpmn.ts';
import { graphOf } from '../support/graph-of.ts';
import { close, hall, noticed, permit, rewrite } from '../support/notice-hall.ts';
import { at, DESIGNER, WANG } from '../support/office.ts';
import { patience } from '../support/patience.ts';

jest.setTimeout(patience(60_000));

const HOUR = 3_600_000;
const TEST = { reason: 'test' as const, note: '检测' };
const HOLD = { ...TEST, expectedDays: 10, notice: { number: '1' } };
const MISSING = { defects: [{ material: '图', problem: '缺少' }], limit: { value: 10, unit: 'workingDays' as const } };
/** By this calendar what was due on 7 January was due on the 6th. */
const shorter = loadCalendar();

const consulted = (result = '{ ok: true }') =>
  permit(20, 5).replace(
    'ov:promise="5"',
    `ov:promise="5" ov:onOverdue="deemedConsent" ov:deemedBasis="某办法第二条" ov:deemedResult="${result}"`,
  );
const accepted = permit(10, 9).replace('<userTask id="review"', '<userTask id="review" ov:milestone="accepted"');

/** A case opened on 29 December, on the morning of 7 January. */
async function begin(model: string, now = at('2027-01-07')) {
  const desk = hall({ now: '2026-12-29' });
  desk.hang(noticed);
  const { id } = await desk.open(model);
  const told = async (type: string) =>
    (await desk.store.listEvents(id, 0, 1_000)).filter((event) => event.type === type);
  const until = async (moment: number) => {
    desk.clock.set(moment);
    await desk.engine.runDueJobs();
  };
  await until(now);
  return {
    desk,
    id,
    told,
    until,
    times: async (type: string) => (await told(type)).length,
    /** The moments until which somebody was told that they have time. */
    waits: async (type: string) => (await told(type)).map(({ data }) => data.until),
    /** A version of it that has another limit, or consents to nothing. */
    async migrate(next: string, mapping?: Record<string, string>) {
      await desk.deploy(next);
      const change = { caseId: id, version: 2, reason: '修订流程', ...(mapping && { mapping }) };
      await desk.engine.migrateCase(change, DESIGNER);
    },
    /** As a version left it that did not keep with the case who was called late, nor who was left time. */
    async asBefore() {
      const { late: _late, clock, ...row } = await desk.engine.getCase(id);
      const { consents: _consents, ...kept } = clock ?? { holds: [], extensions: [] };
      await rewrite(desk.store, { ...row, clock: kept });
    },
  };
}

describe('a department that is left time to answer', () => {
  it.each([
    ['before the time that it was left is over', '2027-01-08', '2027-01-11'],
    ['on the same day', '2027-01-07T10:00:00+08:00', '2027-01-08'],
  ])('is told of it where that begins in a hold, and anew when the case runs on: %s', async (_, resumed, day) => {
    const { desk, id, until, waits, times } = await begin(consulted());
    await desk.engine.holdCase({ caseId: id, ...HOLD }, WANG);
    await until(at('2027-01-07') + 60_000);
    await desk.recount(shorter);
    expect(await waits('task.consent_waits')).toEqual([]);
    await until(at(resumed));
    await desk.engine.resumeCase({ caseId: id, ...TEST }, WANG);
    expect(await waits('task.consent_waits')).toEqual([close(day)]);
    await until(close(day));
    expect(await times('task.deemed')).toBe(0);
    await until(close(day) + 1);
    expect(await times('task.deemed')).toBe(1);
  });

  describe('because another version takes its silence for consent, though it was late before', () => {
    it.each([
      ['is late once', '{ ok: true }', { deemed: 1, escalated: 0 }],
      ['has its silence escalated where that gives nothing', '[opinion]', { deemed: 0, escalated: 1 }],
    ])('%s', async (_, result, { deemed, escalated }) => {
      const { told, until, times, waits, migrate } = await begin(permit(20, 5), at('2027-01-08'));
      await migrate(consulted(result));
      expect(await waits('task.consent_waits')).toEqual([close('2027-01-11')]);
      await until(at('2027-01-13'));
      expect((await told('deadline.passed')).filter(({ data }) => data.since === undefined)).toHaveLength(1);
      expect([await times('task.deemed'), await times('task.escalated')]).toEqual([deemed, escalated]);
    });

    it('has not kept its limit where it answers then', async () => {
      const { desk, id, migrate } = await begin(permit(20, 5), at('2027-01-08'));
      await migrate(consulted());
      await desk.complete(id, 'review');
      const given = { tasks: await desk.store.listTasksOfCase(id), left: new Map(), calendar: shorter };
      const graph = await graphOf(consulted());
      const { parties } = branchesOfCase({
        ...given,
        row: await desk.engine.getCase(id),
        graph,
        now: desk.clock.now(),
      });
      expect(parties).toMatchObject([{ kept: false }]);
    });
  });

  it('is called late by the name that its step has in another version', async () => {
    const { desk, told, until, migrate } = await begin(consulted());
    await desk.recount(shorter);
    await migrate(
      consulted().replace(/"review"|\breview-look|s-review/g, (name) => name.replace('review', 'ask')),
      {
        review: 'ask',
      },
    );
    await until(at('2027-01-11'));
    expect(await told('deadline.passed')).toMatchObject([{ node: 'ask' }]);
  });

  it.each(['held', 'not held'])(
    'is left time anew where a version before kept nothing of it, and its silence is consent then: %s',
    async (how) => {
      const { desk, id, until, times, asBefore } = await begin(consulted());
      await desk.recount(shorter);
      await asBefore();
      if (how === 'held') {
        await desk.engine.holdCase({ caseId: id, ...HOLD }, WANG);
        await until(at('2027-01-11'));
        expect([await desk.waiting(id), await times('task.deemed')]).toEqual([['review'], 0]);
        await desk.engine.resumeCase({ caseId: id, ...TEST }, WANG);
      } else await desk.recount(noticed);
      await until(at('2027-01-20'));
      expect([await desk.waiting(id), await times('task.deemed')]).toEqual([['look'], 1]);
    },
  );
});

describe('the steps of a review for whose office silence waits', () => {
  it('are not called late before, also once somebody else has accepted', async () => {
    const together = bpmn(
      `<startEvent id="s"/><parallelGateway id="f"/><userTask id="review" ov:department="housing" ov:milestone="accepted"/>
       <userTask id="check" ov:department="tax" ov:promise="5" ov:onOverdue="escalate"/><parallelGateway id="j"/><userTask id="look" ov:department="housing"/><endEvent id="e"/>
       ${chain('s', 'f', 'review', 'j', 'look', 'e')}${flow('f', 'check')}${flow('check', 'j')}`,
      { id: 'permit', processAttrs: 'ov:promise="10" ov:unit="workingDays"' },
    );
    const { desk, id, told, until, waits } = await begin(together);
    await desk.recount(shorter);
    expect(await waits('case.silence_waits')).toEqual([close('2027-01-08')]);
    await desk.complete(id, 'review');
    await until(close('2027-01-08'));
    expect(await told('deadline.passed')).toEqual([]);
    await until(close('2027-01-08') + 1);
    expect(await told('deadline.passed')).toMatchObject([{ node: 'check' }]);
  });

  it('are not called late of a date that the model states while the applicant supplements', async () => {
    const stated = 'camunda:dueDate="2027-01-08T12:00:00+08:00"';
    const { desk, id, until, times } = await begin(accepted.replace('ov:promise="9" ov:unit="workingDays"', stated));
    await desk.recount(shorter);
    await until(desk.clock.now() + HOUR);
    await desk.engine.noticeSupplement({ caseId: id, ...MISSING }, WANG);
    await until(at('2027-01-11'));
    expect(await times('deadline.passed')).toBe(0);
  });
});
