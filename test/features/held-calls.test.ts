import { describe, expect, it } from '@jest/globals';
import type { CaseRow } from '../../engine/index.ts';
import { testStore } from '../support/test-store.ts';
import { bpmn, chain } from '../support/bpmn.ts';
import { at, office, WANG, type Office } from '../support/office.ts';

const DAY = 86_400_000;
const PROMISED = 'ov:promise="10" ov:unit="workingDays"';
/** 2026-03-02 is a Monday; ten working days end on Monday the 16th. */
const CHECKED = bpmn(
  `<startEvent id="s"/><userTask id="check" ov:department="tax" ov:promise="5" ov:unit="workingDays"/><endEvent id="e"/>${chain('s', 'check', 'e')}`,
  { id: 'checked', processAttrs: PROMISED },
);
const calling = (id: string, called: string, before = '') =>
  bpmn(
    `<startEvent id="s"/>${before}<callActivity id="call" calledElement="${called}"/><endEvent id="e"/>${chain('s', ...(before === '' ? [] : ['first']), 'call', 'e')}`,
    { id, processAttrs: PROMISED },
  );
const HOLD = {
  reason: 'expertReview' as const,
  expectedDays: 30,
  notice: { number: '特〔2026〕1号' },
  note: '专家评审',
};
const END = { reason: HOLD.reason, note: '评审结束' };
const close = (day: string) => at(`${day}T17:00:00+08:00`);

async function opened(xml = calling('whole', 'checked')): Promise<{ desk: Office; id: string }> {
  const desk = office();
  await desk.deploy(CHECKED);
  const { id } = await desk.open(xml);
  return { desk, id };
}

async function called({ store }: Office, parent: string): Promise<CaseRow> {
  const [row] = await store.listCases({ parent, limit: 9 });
  return row!;
}

describe('a case that another one called', () => {
  it('stands still with its caller, task and all, and gets every day back when that runs on', async () => {
    const { desk, id } = await opened();
    await desk.pass(DAY);
    await desk.engine.holdCase({ caseId: id, ...HOLD }, WANG);
    await desk.pass(0);
    const child = await called(desk, id);
    expect(child).toMatchObject({ dueAt: null, held: true });
    expect(await desk.task(child.id, 'check')).toMatchObject({ dueAt: null, held: true });
    // held on five working days: Tuesday the 3rd to Monday the 9th; both run on before the office opens on the 10th
    await desk.pass(6 * DAY + 23 * 3_600_000);
    await desk.engine.resumeCase({ caseId: id, ...END }, WANG);
    await desk.pass(0);
    expect(await called(desk, id)).toMatchObject({ dueAt: close('2026-03-23') });
    expect((await called(desk, id)).held).toBeUndefined();
    expect(await desk.task(child.id, 'check')).toMatchObject({ dueAt: close('2026-03-16') });
    const ofClock = (await desk.events(child.id)).filter((event) => /^(clock|deadline)/.test(event));
    expect(ofClock).toEqual(['clock.held_along', 'clock.resumed_along']);
  });

  it('begins held where its caller is held, from its own start on', async () => {
    const { desk, id } = await opened(calling('whole', 'checked', '<userTask id="first" ov:department="tax"/>'));
    await desk.engine.holdCase({ caseId: id, ...HOLD }, WANG);
    await desk.pass(DAY);
    await desk.complete(id, 'first');
    await desk.pass(0);
    const child = await called(desk, id);
    expect(child).toMatchObject({ dueAt: null, held: true, clock: { holds: [{ from: child.startedAt, to: null }] } });
    await desk.engine.resumeCase({ caseId: id, ...END }, WANG);
    await desk.pass(0);
    expect(await called(desk, id)).toMatchObject({ dueAt: close('2026-03-17') });
  });

  it('is held where the hold came before the case was opened', async () => {
    const { desk, id } = await opened();
    await desk.engine.holdCase({ caseId: id, ...HOLD }, WANG);
    await desk.pass(0);
    await desk.pass(10_000);
    expect(await called(desk, id)).toMatchObject({ dueAt: null, held: true });
    expect(await desk.store.nextJobAt()).toBe(close('2026-04-14'));
  });

  it('hands the hold on to the case that it called itself', async () => {
    const desk = office();
    await desk.deploy(CHECKED);
    await desk.deploy(calling('middle', 'checked'));
    const { id } = await desk.open(calling('whole', 'middle'));
    await desk.pass(0);
    await desk.engine.holdCase({ caseId: id, ...HOLD }, WANG);
    await desk.pass(0);
    const middle = await called(desk, id);
    expect(await called(desk, middle.id)).toMatchObject({ dueAt: null, held: true });
    await desk.pass(DAY);
    await desk.engine.resumeCase({ caseId: id, ...END }, WANG);
    await desk.pass(0);
    expect(await called(desk, middle.id)).toMatchObject({ dueAt: close('2026-03-17') });
  });

  it('keeps a hold of its own, also for the same reason, and cannot end that of its caller', async () => {
    const { desk, id } = await opened();
    await desk.pass(0);
    const child = await called(desk, id);
    await desk.engine.holdCase({ caseId: id, ...HOLD }, WANG);
    await desk.pass(0);
    const ending = desk.engine.resumeCase({ caseId: child.id, ...END }, WANG);
    await expect(ending).rejects.toMatchObject({ code: 'clock.held_by_caller' });
    await desk.engine.holdCase({ caseId: child.id, ...HOLD }, WANG);
    await desk.pass(DAY);
    await desk.engine.resumeCase({ caseId: id, ...END }, WANG);
    await desk.pass(0);
    expect(await called(desk, id)).toMatchObject({ dueAt: null, held: true });
    expect((await desk.events(child.id)).at(-1)).toBe('clock.hold_ended_along');
    await desk.engine.resumeCase({ caseId: child.id, ...END }, WANG);
    expect(await called(desk, id)).toMatchObject({ dueAt: close('2026-03-17') });
  });

  it('says that one of two holds of its caller has ended, not that another has begun', async () => {
    const { desk, id } = await opened();
    await desk.pass(0);
    await desk.engine.holdCase({ caseId: id, ...HOLD }, WANG);
    await desk.pass(0);
    await desk.engine.holdCase({ caseId: id, ...HOLD, reason: 'test' }, WANG);
    await desk.pass(DAY);
    await desk.engine.resumeCase({ caseId: id, ...END }, WANG);
    await desk.pass(0);
    const ofClock = (await desk.store.listEvents((await called(desk, id)).id, 0, 99))
      .filter(({ type }) => type.startsWith('clock.'))
      .map(({ type, data }) => [type, ...(data.reasons as { reason: string }[]).map(({ reason }) => reason)]);
    expect(ofClock).toEqual([
      ['clock.held_along', 'expertReview'],
      ['clock.held_along', 'test'],
      ['clock.hold_ended_along'],
    ]);
  });

  it('runs on when the decision of its caller ends the hold', async () => {
    const decided = bpmn(
      `<startEvent id="s"/><parallelGateway id="f"/><callActivity id="call" calledElement="checked"/>
       <userTask id="decide" ov:department="tax" ov:milestone="decided"/><parallelGateway id="j"/><endEvent id="e"/>
       ${chain('s', 'f', 'call', 'j', 'e')}${chain('f', 'decide', 'j')}`,
      { id: 'whole', processAttrs: PROMISED },
    );
    const { desk, id } = await opened(decided);
    await desk.pass(0);
    await desk.engine.holdCase({ caseId: id, ...HOLD }, WANG);
    await desk.pass(DAY);
    await desk.complete(id, 'decide');
    await desk.pass(0);
    expect(await called(desk, id)).toMatchObject({ dueAt: close('2026-03-17') });
  });

  it('is not accepted by silence while its caller is held', async () => {
    const desk = office();
    await desk.deploy(
      CHECKED.replace('<userTask', '<userTask ov:milestone="accepted"').replace(
        '<endEvent',
        '<endEvent ov:milestone="decided"',
      ),
    );
    const { id } = await desk.open(calling('whole', 'checked'));
    await desk.pass(0);
    await desk.engine.holdCase({ caseId: id, ...HOLD }, WANG);
    await desk.pass(20 * DAY);
    const child = await called(desk, id);
    expect(child).toMatchObject({ held: true, clock: { phases: { now: 'acceptance' } } });
    await desk.engine.resumeCase({ caseId: id, ...END }, WANG);
    await desk.pass(20 * DAY);
    expect(await called(desk, id)).toMatchObject({ clock: { phases: { acceptedBy: 'silence' } } });
  });

  it('is held and runs on once, where answers of writes are lost and the hold ends before it was handed on', async () => {
    const store = testStore();
    const desk = office({ store });
    await desk.deploy(CHECKED);
    const { id } = await desk.open(calling('whole', 'checked'));
    await desk.pass(0);
    const commit = store.commit.bind(store);
    await desk.engine.holdCase({ caseId: id, ...HOLD }, WANG);
    desk.clock.advance(DAY);
    await desk.engine.resumeCase({ caseId: id, ...END }, WANG);
    let lost = false;
    store.commit = async (write) => {
      const result = await commit(write);
      if (!lost && write.case.parent) {
        lost = true;
        throw new Error('the answer is lost');
      }
      return result;
    };
    await desk.pass(0);
    await desk.pass(60_000);
    expect(lost).toBe(true);
    const child = await called(desk, id);
    expect(child).toMatchObject({ dueAt: close('2026-03-17') });
    expect((await desk.events(child.id)).filter((event) => event.startsWith('clock.'))).toEqual([
      'clock.resumed_along',
    ]);
  });
});
