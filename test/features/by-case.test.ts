import { describe, expect, it } from '@jest/globals';
import type { CalendarSource } from '../../engine/index.ts';
import { LIGHTS } from '../../engine/time/index.ts';
import { loadCalendar } from '../../processes/calendars/load.ts';
import { bpmn, chain } from '../support/bpmn.ts';
import { MORE_DAYS_OFF } from '../support/notices.ts';
import { APPLICANT, at, DESIGNER, office, WANG } from '../support/office.ts';
import { testStore } from '../support/test-store.ts';

const close = (day: string) => at(`${day}T17:00:00+08:00`);
const note = '委托检测';

/** `limits` of the whole; accepted, reviewed and delivered in steps without a limit, beside one that has `step`. */
const permit = (limits: string, step = 'ov:promise="1"') =>
  bpmn(
    `<startEvent id="s"/><userTask id="accept" ov:department="window" ov:milestone="accepted"/>
     <parallelGateway id="g"/><userTask id="review" ov:department="housing"/><userTask id="look" ov:department="tax" ${step}/>
     <parallelGateway id="j"/><userTask id="deliver" ov:department="window"/><endEvent id="e"/>
     ${chain('s', 'accept', 'g', 'review', 'j', 'deliver', 'e')}${chain('g', 'look', 'j')}`,
    { id: 'permit', processAttrs: limits },
  );
const TEN = 'ov:promise="10" ov:statutory="20" ov:statutoryBasis="《行政许可法》第四十二条"';

/** From Monday 2 March 2026, 09:00. */
async function opened(limits = TEN) {
  let hanging = loadCalendar();
  const calendar: CalendarSource = { current: () => hanging, refresh: () => Promise.resolve() };
  const desk = office({ store: testStore(), calendar });
  const { id } = await desk.open(permit(limits), { applicant: APPLICANT.id });
  return {
    desk,
    id,
    amend: (next: typeof hanging) => void (hanging = next),
    until: (day: string) => desk.pass(at(day) - desk.clock.now()),
    /** Open tasks by the light under which lists find them; the counts must agree. */
    async lights() {
      const now = desk.clock.now();
      const found: string[] = [];
      for (const light of LIGHTS) {
        const tasks = await desk.store.listTasks({ status: 'unfinished', light, now, limit: 99 });
        found.push(...tasks.map(({ node }) => `${node} ${light}`));
        const counts = await desk.store.countLights(now);
        expect(counts.reduce((sum, count) => sum + count[light], 0)).toBe(tasks.length);
      }
      return found.sort();
    },
    inOrder: async () => (await desk.store.listTasks({ status: 'unfinished', limit: 99 })).map(({ node }) => node),
  };
}

describe('a task without a limit of its own goes by the clock of its case', () => {
  it('that runs now: acceptance review, then handling; beside it, one with a limit by its own', async () => {
    const { desk, id, until, lights, inOrder } = await opened();
    expect(await lights()).toEqual(['accept green']);
    await until('2026-03-10');
    // silence has accepted the case meanwhile
    expect(await lights()).toEqual(['accept green']);
    expect((await desk.task(id, 'accept')).ofCase).toMatchObject({ dueAt: (await desk.engine.getCase(id)).dueAt });
    await desk.complete(id, 'accept');
    expect(await inOrder()).toEqual(['look', 'review']);
    await until('2026-03-16');
    expect(await lights()).toEqual(['look red', 'review yellow']);
    await until('2026-03-17');
    expect(await lights()).toEqual(['look red', 'review red']);
    expect(await inOrder()).toEqual(['look', 'review']);
    await until('2026-04-30');
    expect(await lights()).toEqual(['look red', 'review deepRed']);
  });

  it('that stands still, goes on and is extended', async () => {
    const { desk, id, until, lights } = await opened();
    await desk.complete(id, 'accept');
    const hold = { reason: 'test' as const, expectedDays: 5, notice: { number: '1' }, note };
    await desk.engine.holdCase({ caseId: id, ...hold }, WANG);
    expect(await lights()).toEqual(['look grey', 'review grey']);
    await until('2026-03-09');
    await desk.engine.resumeCase({ caseId: id, reason: 'test', note }, WANG);
    expect((await desk.task(id, 'review')).ofCase).toMatchObject({ dueAt: close('2026-03-23') });
    await desk.engine.extendCase({ caseId: id, value: 10, most: 10, note }, WANG);
    expect((await desk.task(id, 'review')).ofCase).toMatchObject({ dueAt: close('2026-04-07') });
    await until('2026-03-26');
    expect(await lights()).toEqual(['look red', 'review green']);
  });

  it('that waits while the applicant supplements', async () => {
    const { desk, id, lights } = await opened();
    const defects = [{ material: '营业执照', problem: '没有盖章' }];
    await desk.engine.noticeSupplement({ caseId: id, defects, limit: { value: 5, unit: 'workingDays' } }, WANG);
    expect(await lights()).toEqual(['accept grey']);
    await desk.engine.answerSupplement({ caseId: id, note: '已补齐', files: [], variables: {} }, APPLICANT);
    expect(await lights()).toEqual(['accept green']);
  });

  it('that a notice of holidays moves, which tells of the case alone', async () => {
    const { desk, id, amend } = await opened();
    await desk.complete(id, 'accept');
    await desk.engine.claimTask((await desk.task(id, 'review')).id, WANG);
    const before = await desk.task(id, 'review');
    expect(before.ofCase).toMatchObject({ dueAt: close('2026-03-16') });
    const preview = await desk.engine.previewRecount({ calendar: MORE_DAYS_OFF });
    expect(preview.affected.flatMap(({ dates }) => dates.map(({ element }) => element))).not.toContain('review');
    amend(MORE_DAYS_OFF);
    await desk.engine.recountCases({ because: {} }, DESIGNER);
    await desk.engine.runDueJobs();
    const after = await desk.task(id, 'review');
    expect(after).toEqual({
      ...before,
      ofCase: {
        ...before.ofCase,
        dueAt: close('2026-03-18'),
        yellowAt: after.ofCase!.yellowAt,
        statutoryAt: close('2026-04-01'),
      },
    });
    const [told] = (await desk.store.listEvents(id, 0, 99)).filter(({ type }) => type === 'deadline.recounted');
    expect(told!.data.dueDates).toMatchObject([{ element: '' }, { element: '', limit: 'statutory' }]);
  });

  it('that another version limits otherwise, until that limits the step itself', async () => {
    const { desk, id, lights } = await opened();
    await desk.complete(id, 'accept');
    const migrate = async (limits: string, step: string) => {
      await desk.deploy(permit(limits, step));
      const { version } = (await desk.store.latestDefinition('permit'))!;
      await desk.engine.migrateCase({ caseId: id, version, reason: '修订流程' }, DESIGNER);
    };
    await migrate('ov:promise="5"', '');
    expect((await desk.task(id, 'look')).ofCase).toMatchObject({ dueAt: close('2026-03-09'), statutoryAt: null });
    await desk.pass(at('2026-03-10') - desk.clock.now());
    expect(await lights()).toEqual(['look red', 'review red']);
    await migrate(TEN, 'ov:promise="2"');
    expect(await desk.task(id, 'look')).not.toHaveProperty('ofCase');
    expect(await lights()).toEqual(['look red', 'review green']);
    await migrate('', '');
    expect(await lights()).toEqual(['look none', 'review none']);
  });

  it('and is watched as before: its case is late, it is not', async () => {
    const { desk, id, until } = await opened('ov:promise="2"');
    await desk.complete(id, 'accept');
    await until('2026-03-20');
    const task = await desk.task(id, 'review');
    expect(task).toMatchObject({ dueAt: null, yellowAt: null, statutoryAt: null });
    // which of two checks of one moment comes first is left open
    expect((await desk.events(id)).filter((event) => event.startsWith('deadline.')).sort()).toEqual([
      'deadline.near',
      'deadline.near look',
      'deadline.passed',
      'deadline.passed look',
    ]);
    await desk.complete(id, 'review');
    expect(await desk.store.findTask(task.id)).not.toHaveProperty('ofCase');
  });
});
