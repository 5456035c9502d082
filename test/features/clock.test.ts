import { describe, expect, it } from '@jest/globals';
import { bpmn, chain } from '../support/bpmn.ts';
import { at, DESIGNER, office, WANG, type Office } from '../support/office.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** 2026-03-02 is a Monday; ten working days end on Monday the 16th. */
const model = (limit = 'ov:promise="10" ov:unit="workingDays"') =>
  bpmn(
    `<startEvent id="s"/><userTask id="review" ov:department="housing" ov:promise="5" ov:unit="workingDays"/><userTask id="decide" ov:department="housing" ov:promise="3" ov:unit="workingDays"/><endEvent id="e"/>${chain('s', 'review', 'decide', 'e')}`,
    { id: 'permit', processAttrs: limit },
  );
const note = '委托专家评审';
/** What every hold states. */
const told = { expectedDays: 30, notice: { number: '特〔2026〕1号' }, note };

async function opened(limit?: string): Promise<{ desk: Office; id: string }> {
  const desk = office();
  const { id } = await desk.open(model(limit));
  return { desk, id };
}
const due = async ({ desk, id }: { desk: Office; id: string }) => (await desk.engine.getCase(id)).dueAt;
const close = (day: string) => at(`${day}T17:00:00+08:00`);

describe('a clock that stops', () => {
  it('stands still from the notice on, for the case and its open task', async () => {
    const it = await opened();
    expect(await due(it)).toBe(close('2026-03-16'));
    await it.desk.pass(2 * DAY);
    const row = await it.desk.engine.holdCase({ caseId: it.id, reason: 'expertReview', ...told }, WANG);
    expect(row).toMatchObject({ dueAt: null, clock: { holds: [{ reason: 'expertReview', to: null }] } });
    expect(await it.desk.task(it.id, 'review')).toMatchObject({ dueAt: null, yellowAt: null });
    // only the look at whether the review takes longer than was told is left
    expect(await it.desk.store.nextJobAt()).toBe(close('2026-04-16'));
  });

  it('gives every day back when it runs on', async () => {
    const it = await opened();
    await it.desk.pass(DAY);
    await it.desk.engine.holdCase({ caseId: it.id, reason: 'expertReview', ...told }, WANG);
    // held on five working days: Tuesday the 3rd to Monday the 9th; it runs on before the office opens on the 10th
    await it.desk.pass(6 * DAY + 23 * HOUR);
    await it.desk.engine.resumeCase({ caseId: it.id, reason: 'expertReview', note: '评审结束' }, WANG);
    expect(await due(it)).toBe(close('2026-03-23'));
    expect(await it.desk.task(it.id, 'review')).toMatchObject({ dueAt: close('2026-03-16') });
  });

  it('does not warn while it stands still, and warns of the new date afterwards', async () => {
    const it = await opened();
    await it.desk.engine.holdCase({ caseId: it.id, reason: 'appraisal', ...told }, WANG);
    await it.desk.pass(60 * DAY);
    expect((await it.desk.events(it.id)).filter((event) => event.startsWith('deadline.'))).toEqual([]);
    await it.desk.engine.resumeCase({ caseId: it.id, reason: 'appraisal', note: '鉴定结束' }, WANG);
    await it.desk.pass(30 * DAY);
    const warned = (await it.desk.events(it.id)).filter((event) => event.startsWith('deadline.'));
    expect(warned.sort()).toEqual([
      'deadline.near',
      'deadline.near review',
      'deadline.passed',
      'deadline.passed review',
    ]);
  });

  it('counts what two holds cover once, and runs on when the last has ended', async () => {
    const it = await opened();
    await it.desk.pass(DAY - 2 * HOUR);
    await it.desk.engine.holdCase({ caseId: it.id, reason: 'inspection', ...told }, WANG);
    await it.desk.pass(DAY);
    await it.desk.engine.holdCase({ caseId: it.id, reason: 'hearing', ...told }, WANG);
    await it.desk.pass(DAY);
    await it.desk.engine.resumeCase({ caseId: it.id, reason: 'inspection', note }, WANG);
    expect(await due(it)).toBeNull();
    await it.desk.pass(DAY);
    await it.desk.engine.resumeCase({ caseId: it.id, reason: 'hearing', note }, WANG);
    expect((await it.desk.events(it.id)).filter((type) => /^clock\.(hold_ended|resumed)/.test(type))).toEqual([
      'clock.hold_ended',
      'clock.resumed',
    ]);
    // held on the 3rd, 4th and 5th
    expect(await due(it)).toBe(close('2026-03-19'));
  });

  it('does not run for a task that arrives meanwhile', async () => {
    const it = await opened();
    await it.desk.engine.holdCase({ caseId: it.id, reason: 'test', ...told }, WANG);
    await it.desk.complete(it.id, 'review');
    expect(await it.desk.task(it.id, 'decide')).toMatchObject({ dueAt: null });
    await it.desk.pass(DAY - 2 * HOUR);
    await it.desk.engine.resumeCase({ caseId: it.id, reason: 'test', note }, WANG);
    expect(await it.desk.task(it.id, 'decide')).toMatchObject({ dueAt: close('2026-03-05') });
  });

  it('is on record with who stopped it, why, and which dates moved', async () => {
    const it = await opened();
    await it.desk.engine.holdCase({ caseId: it.id, reason: 'local', basis: '某市条例第八条', ...told }, WANG);
    const held = (await it.desk.store.listEvents(it.id, 0, 100)).find(({ type }) => type === 'clock.held');
    expect(held).toMatchObject({
      actor: WANG.id,
      data: {
        reason: 'local',
        basis: '某市条例第八条',
        note,
        dueDates: [
          { element: '', was: close('2026-03-16'), is: null },
          { element: 'review', was: close('2026-03-09'), is: null },
        ],
      },
    });
  });

  it.each([
    ['a local reason without a basis', { ...told, reason: 'local' as const }, 'time.hold_without_basis'],
    ['no note to the applicant', { ...told, reason: 'hearing' as const, note: ' ' }, 'case.reason_missing'],
    ['no time that it takes', { ...told, reason: 'hearing' as const, expectedDays: 0 }, 'clock.bad_expected_days'],
    ['no written notice', { ...told, reason: 'hearing' as const, notice: { number: ' ' } }, 'clock.no_notice'],
  ])('is refused for %s, and nothing changes', async (_, hold, code) => {
    const it = await opened();
    await expect(it.desk.engine.holdCase({ caseId: it.id, ...hold }, WANG)).rejects.toMatchObject({ code });
    expect(await due(it)).toBe(close('2026-03-16'));
  });

  it('is refused twice for one reason, where it does not stand still, without a limit, and after the end', async () => {
    const it = await opened();
    const hold = { caseId: it.id, reason: 'hearing' as const, ...told };
    await expect(it.desk.engine.resumeCase(hold, WANG)).rejects.toMatchObject({ code: 'clock.not_held' });
    await it.desk.engine.holdCase(hold, WANG);
    await expect(it.desk.engine.holdCase(hold, WANG)).rejects.toMatchObject({ code: 'clock.held_already' });
    await it.desk.engine.cancelCase({ caseId: it.id, reason: '撤件' }, DESIGNER);
    await expect(it.desk.engine.resumeCase(hold, WANG)).rejects.toMatchObject({ code: 'case.closed' });
    const free = await opened('');
    await expect(free.desk.engine.holdCase({ ...hold, caseId: free.id }, WANG)).rejects.toMatchObject({
      code: 'clock.no_limit',
    });
  });
});

describe('a limit that is extended', () => {
  it('moves the due date of the case by so many working days, not those of its tasks', async () => {
    const it = await opened();
    await it.desk.engine.extendCase({ caseId: it.id, value: 10, most: 10, note: '情况复杂' }, WANG);
    expect(await due(it)).toBe(close('2026-03-30'));
    expect(await it.desk.task(it.id, 'review')).toMatchObject({ dueAt: close('2026-03-09') });
  });

  it('is extended once, by no more than the law allows', async () => {
    const it = await opened();
    const extend = { caseId: it.id, value: 11, most: 10, note: '情况复杂' };
    await expect(it.desk.engine.extendCase(extend, WANG)).rejects.toMatchObject({ code: 'clock.extension_too_long' });
    await it.desk.engine.extendCase({ ...extend, value: 5 }, WANG);
    await expect(it.desk.engine.extendCase({ ...extend, value: 1 }, WANG)).rejects.toMatchObject({
      code: 'clock.extended_already',
    });
    expect(await due(it)).toBe(close('2026-03-23'));
  });

  it('may still be extended after the promise where the law gives longer, not after what the law gives', async () => {
    const extend = { value: 10, most: 10, note: '情况复杂' };
    const late = await opened('ov:promise="5" ov:statutory="10" ov:statutoryBasis="《行政许可法》第四十二条"');
    await late.desk.pass(close('2026-03-16') - late.desk.clock.now());
    await late.desk.engine.extendCase({ caseId: late.id, ...extend }, WANG);
    expect(await late.desk.engine.getCase(late.id)).toMatchObject({ statutoryAt: close('2026-03-30') });

    const over = await opened('ov:promise="5" ov:statutory="10" ov:statutoryBasis="《行政许可法》第四十二条"');
    await over.desk.pass(close('2026-03-16') + 1 - over.desk.clock.now());
    await expect(over.desk.engine.extendCase({ caseId: over.id, ...extend }, WANG)).rejects.toMatchObject({
      code: 'clock.limit_passed',
      details: { until: close('2026-03-16') },
    });
    // a hold does not bring it back, and nothing was moved
    await over.desk.engine.holdCase({ caseId: over.id, reason: 'hearing', ...told }, WANG);
    await expect(over.desk.engine.extendCase({ caseId: over.id, ...extend }, WANG)).rejects.toMatchObject({
      code: 'clock.limit_passed',
    });
    expect(await over.desk.engine.getCase(over.id)).toMatchObject({ statutoryAt: close('2026-03-16') });
  });

  it('where the law gives nothing is extended until the promise has passed, also while it is held by then', async () => {
    const extend = { value: 10, most: 10, note: '情况复杂' };
    const held = await opened();
    await held.desk.engine.holdCase({ caseId: held.id, reason: 'hearing', ...told }, WANG);
    await held.desk.pass(60 * DAY);
    expect(await held.desk.engine.extendCase({ caseId: held.id, ...extend }, WANG)).toMatchObject({ dueAt: null });

    const over = await opened();
    await over.desk.pass(close('2026-03-16') + 1 - over.desk.clock.now());
    await expect(over.desk.engine.extendCase({ caseId: over.id, ...extend }, WANG)).rejects.toMatchObject({
      code: 'clock.limit_passed',
    });
  });

  it('may be held as well', async () => {
    const it = await opened();
    await it.desk.engine.extendCase({ caseId: it.id, value: 5, most: 10, note: '情况复杂' }, WANG);
    await it.desk.pass(DAY - 2 * HOUR);
    await it.desk.engine.holdCase({ caseId: it.id, reason: 'hearing', ...told }, WANG);
    await it.desk.pass(DAY);
    await it.desk.engine.resumeCase({ caseId: it.id, reason: 'hearing', note }, WANG);
    expect(await due(it)).toBe(close('2026-03-24'));
  });
});
