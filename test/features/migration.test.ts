import { describe, expect, it } from '@jest/globals';
import { extensionsOf, verifyChain, type CaseRow, type Engine, type MigrationMapping } from '../../engine/index.ts';
import { memoryStore } from '../../engine/store/memory/index.ts';
import { unavailableRejection } from '../../engine/store/refusals.ts';
import { auditedOffice } from '../support/audited-office.ts';
import { bpmn, chain, flow } from '../support/bpmn.ts';
import { APPLICANT, at, office, WANG } from '../support/office.ts';

const DING = { id: 'ding', name: '丁设计', groups: [] };
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** An office with two versions of a process, a case of the first, and somebody who looks through the books. */
async function twoVersions(first: string, second: string, variables = {}) {
  const desk = auditedOffice();
  const { id } = await desk.open(first, variables);
  await desk.deploy(second);
  const check = () => desk.check(id);
  return {
    ...desk,
    id,
    check,
    async migrate(mapping: MigrationMapping = {}) {
      await desk.engine.migrateCase({ caseId: id, version: 2, mapping, reason: '修订流程' }, DING);
      return check();
    },
    async refusal(mapping: MigrationMapping = {}) {
      const before = await desk.engine.getCase(id);
      const refused = await desk.engine.migrateCase({ caseId: id, version: 2, mapping, reason: '修订流程' }, DING).then(
        () => undefined,
        (error: { code: string; details: { problems?: object[] } }) => error,
      );
      expect(await desk.engine.getCase(id)).toEqual(before);
      return refused;
    },
  };
}

const line = (task: string, attrs = '', process = '') =>
  bpmn(
    `<startEvent id="s"/><userTask id="${task}" name="审核" ${attrs}/><userTask id="next"/><endEvent id="e"/>${chain('s', task, 'next', 'e')}`,
    { processAttrs: process },
  );

describe('a case goes over to another version', () => {
  it('and runs on by its rules', async () => {
    const shop = await twoVersions(
      line('review'),
      bpmn(
        `<startEvent id="s"/><userTask id="review"/><userTask id="publish"/><endEvent id="e"/>${chain('s', 'review', 'publish', 'e')}`,
      ),
    );
    expect(await shop.migrate()).toMatchObject({ definitionId: 'P:2', definitionVersion: 2 });
    await shop.complete(shop.id, 'review');
    expect(await shop.waiting(shop.id)).toEqual(['publish']);
    await shop.complete(shop.id, 'publish');
    expect((await shop.check()).status).toBe('completed');
  });

  it('with its tasks as old as they are and in the hands of whoever holds them', async () => {
    const shop = await twoVersions(
      line('review', 'ov:department="housing" ov:promise="2" ov:form="old"'),
      line('review', 'ov:department="tax" ov:promise="4" ov:form="new"'),
    );
    const task = await shop.task(shop.id, 'review');
    await shop.engine.claimTask(task.id, WANG);
    await shop.pass(3 * HOUR);
    await shop.migrate();
    expect(await shop.engine.getTask(task.id)).toMatchObject({
      status: 'claimed',
      assignee: 'wang',
      createdAt: task.createdAt,
      definitionId: 'P:2',
      form: 'new',
      department: 'tax',
      groups: ['tax'],
    });
    await shop.engine.completeTask({ taskId: task.id, variables: {} }, WANG);
    expect(await shop.waiting(shop.id)).toEqual(['next']);
  });

  it('and its limits count from the same start by the new rules, on record', async () => {
    const shop = await twoVersions(
      line('review', 'ov:promise="2"', 'ov:promise="5"'),
      line('review', 'ov:promise="4"', 'ov:promise="10"'),
    );
    const before = await shop.engine.getCase(shop.id);
    const task = await shop.task(shop.id, 'review');
    await shop.pass(DAY);
    const after = await shop.migrate();
    const moved = await shop.task(shop.id, 'review');
    expect(moved.dueAt).toBe(task.dueAt! + 2 * DAY);
    expect(after.dueAt).toBe(before.dueAt! + 7 * DAY);
    const event = (await shop.store.listEvents(shop.id, 0, 100)).find(({ type }) => type === 'case.migrated')!;
    expect(event.data.dueDates).toEqual([
      { element: '', was: before.dueAt, is: after.dueAt },
      { element: 'review', was: task.dueAt, is: moved.dueAt },
    ]);
    await shop.pass(moved.dueAt! + 1 - shop.clock.now());
    const passed = (await shop.events(shop.id)).filter((text) => text.startsWith('deadline.passed'));
    expect(passed).toEqual(['deadline.passed review']);
  });

  it('whose version has no limit for the whole is let run on again, tasks and all, where it was held', async () => {
    const shop = await twoVersions(line('review', '', 'ov:promise="5"'), line('review', 'ov:promise="2"'));
    const hold = { caseId: shop.id, reason: 'hearing' as const, note: '听证' };
    await shop.engine.holdCase({ ...hold, expectedDays: 5, notice: { number: '1' } }, WANG);
    await shop.migrate();
    expect(await shop.task(shop.id, 'review')).toMatchObject({ dueAt: null, held: true });
    await shop.engine.resumeCase(hold, WANG);
    await shop.check();
    const { dueAt } = await shop.task(shop.id, 'review');
    await shop.pass(dueAt! + 1 - shop.clock.now());
    expect(await shop.events(shop.id)).toContain('deadline.passed review');
    await expect(
      shop.engine.holdCase({ ...hold, expectedDays: 5, notice: { number: '2' } }, WANG),
    ).rejects.toMatchObject({ code: 'clock.no_limit' });
  });

  describe('whose limit was extended', () => {
    const limited = (unit: string, attrs = '') => line('review', '', `ov:promise="10" ov:unit="${unit}" ${attrs}`);
    const extended = async (second: string) => {
      const shop = await twoVersions(limited('workingDays'), second);
      await shop.engine.extendCase({ caseId: shop.id, value: 10, most: 10, note: '情况复杂' }, WANG);
      return shop;
    };

    it('keeps the extension as long as it was approved', async () => {
      const shop = await extended(limited('workingDays', 'ov:statutory="20" ov:statutoryBasis="某法第一条"'));
      const { dueAt } = await shop.engine.getCase(shop.id);
      expect(await shop.migrate()).toMatchObject({
        dueAt,
        clock: { extensions: [{ value: 10, unit: 'workingDays' }] },
      });
    });

    it.each([
      ['the promise', limited('calendarDays')],
      ['the statutory limit', limited('workingDays', 'ov:statutory="30" ov:statutoryUnit="calendarDays"')],
    ])('stays where %s is counted in another unit, as its plan says', async (_, second) => {
      const shop = await extended(second);
      const refused = {
        code: 'migration.extension_of_other_unit',
        details: { unit: 'workingDays', limit: 'calendarDays' },
      };
      expect(await shop.refusal()).toMatchObject(refused);
      await expect(shop.engine.planCaseMigration({ caseId: shop.id, version: 2 })).rejects.toMatchObject(refused);
    });

    it('stays there also by way of a version without limits', async () => {
      const shop = await extended(line('review'));
      await shop.deploy(limited('calendarDays'));
      await shop.migrate();
      await expect(
        shop.engine.migrateCase({ caseId: shop.id, version: 3, reason: '修订流程' }, DING),
      ).rejects.toMatchObject({ code: 'migration.extension_of_other_unit' });
    });

    it('before units were kept, has it in that of its limit', async () => {
      const shop = await extended(line('review'));
      const older = { clock: { holds: [], extensions: [{ value: 10 }] } };
      expect(extensionsOf(older, await shop.engine.getGraph('P:1'))).toEqual([{ value: 10, unit: 'workingDays' }]);
    });
  });

  it('whose version has no limit any more stops the clock', async () => {
    const shop = await twoVersions(line('review', 'ov:promise="1"', 'ov:promise="2"'), line('review'));
    const after = await shop.migrate();
    expect([after.dueAt, (await shop.task(shop.id, 'review')).dueAt]).toEqual([null, null]);
    expect([...shop.rows.jobs.values()]).toEqual([]);
  });

  it('and says who did it and why, in an unbroken chain', async () => {
    const shop = await twoVersions(line('review'), line('review', 'ov:form="f"'));
    await shop.migrate();
    const events = await shop.store.listEvents(shop.id, 0, 100);
    expect(events.find(({ type }) => type === 'case.migrated')).toMatchObject({
      actor: 'ding',
      data: { reason: '修订流程', from: 1, to: 2, notes: [{ code: 'form_changed', element: 'review', is: 'f' }] },
    });
    expect(verifyChain(events)).toEqual({ ok: true });
  });

  it('and back', async () => {
    const shop = await twoVersions(line('review'), line('review', 'ov:form="f"'));
    await shop.migrate();
    await shop.engine.migrateCase({ caseId: shop.id, version: 1, reason: '改回' }, DING);
    expect((await shop.check()).definitionVersion).toBe(1);
  });

  it('by a mapping where an element has another id', async () => {
    const shop = await twoVersions(line('review'), line('check'));
    expect(await shop.refusal()).toMatchObject({
      code: 'migration.state_would_be_lost',
      details: { problems: [{ code: 'no_target', element: 'review' }] },
    });
    const task = await shop.task(shop.id, 'review');
    await shop.migrate({ review: 'check' });
    expect(await shop.engine.getTask(task.id)).toMatchObject({ node: 'check', status: 'open' });
    await shop.complete(shop.id, 'check');
    expect(await shop.waiting(shop.id)).toEqual(['next']);
  });

  it('and an open incident is taken up again there: a repaired model repairs the case', async () => {
    const gate = (condition: string) =>
      bpmn(
        `<startEvent id="s"/><exclusiveGateway id="g"/><userTask id="a"/><userTask id="b"/><endEvent id="e"/>
         ${chain('s', 'g')}${flow('g', 'a', condition)}${flow('g', 'b', 'false')}${chain('a', 'e')}${chain('b', 'e')}`,
      );
    const shop = await twoVersions(gate('amount > 5'), gate('amount > 0'), { amount: 3 });
    const [incident] = await shop.store.listIncidents({ caseId: shop.id, limit: 10 });
    await shop.migrate();
    await shop.engine.retryIncident(incident!.id, DING);
    expect(await shop.waiting(shop.id)).toEqual(['a']);
    await shop.check();
  });
});

const timed = (boundary: string) =>
  bpmn(
    `<startEvent id="s"/><userTask id="work"/>${boundary}<userTask id="late"/><endEvent id="e"/>${chain('s', 'work', 'e')}${chain('late', 'e')}`,
    { roots: '<message id="m" name="news"/><message id="m2" name="other"/>' },
  );
const timer = (id: string, hours: number, interrupting = true) =>
  `<boundaryEvent id="${id}" attachedToRef="work" cancelActivity="${interrupting}"><timerEventDefinition><timeDuration>PT${hours}H</timeDuration></timerEventDefinition></boundaryEvent>${flow(id, 'late')}`;
const message = (id: string, ref: string) =>
  `<boundaryEvent id="${id}" attachedToRef="work"><messageEventDefinition messageRef="${ref}"/></boundaryEvent>${flow(id, 'late')}`;

describe('what is armed', () => {
  it('keeps its due date although the new version gives more time', async () => {
    const shop = await twoVersions(timed(timer('t', 2)), timed(timer('t', 200)));
    await shop.pass(HOUR);
    await shop.migrate();
    await shop.pass(HOUR);
    expect(await shop.waiting(shop.id)).toEqual(['late']);
  });

  it('goes with its event where that has another id', async () => {
    const shop = await twoVersions(timed(timer('t', 2)), timed(timer('t2', 200)));
    await shop.migrate({ t: 't2' });
    await shop.pass(2 * HOUR);
    expect(await shop.events(shop.id)).toContain('timer.fired t2');
  });

  it('is disarmed where the new version has no such event, with a note', async () => {
    const shop = await twoVersions(timed(timer('t', 2)), timed(message('news', 'm')));
    await shop.migrate();
    await shop.pass(3 * HOUR);
    expect(await shop.waiting(shop.id)).toEqual(['work']);
    const event = (await shop.store.listEvents(shop.id, 0, 100)).find(({ type }) => type === 'case.migrated')!;
    expect(event.data.notes).toEqual([
      { code: 'event_removed', element: 'work', to: 'work', event: 't' },
      { code: 'event_added', element: 'work', to: 'work', event: 'news' },
    ]);
  });

  it('includes from now on what the new version adds', async () => {
    const shop = await twoVersions(timed(''), timed(timer('t', 2)));
    await shop.pass(5 * HOUR);
    await shop.migrate();
    await shop.pass(HOUR);
    expect(await shop.waiting(shop.id)).toEqual(['work']);
    await shop.pass(HOUR);
    expect(await shop.waiting(shop.id)).toEqual(['late']);
  });

  it('does not go off twice: a timer that has fired stays silent', async () => {
    const shop = await twoVersions(timed(timer('t', 2, false)), timed(timer('t', 3, false)));
    await shop.pass(2 * HOUR);
    await shop.migrate();
    await shop.pass(9 * HOUR);
    expect((await shop.events(shop.id)).filter((text) => text === 'timer.fired t')).toHaveLength(1);
  });

  it('waits for the message by its new name', async () => {
    const shop = await twoVersions(timed(message('news', 'm')), timed(message('news', 'm2')));
    await shop.migrate();
    await expect(shop.engine.correlateMessage({ name: 'news', key: null, variables: {} }, WANG)).rejects.toMatchObject({
      code: 'message.nobody_waits',
    });
    await shop.engine.correlateMessage({ name: 'other', key: null, variables: {} }, WANG);
    expect(await shop.waiting(shop.id)).toEqual(['late']);
  });

  it('that cannot be evaluated refuses the migration', async () => {
    const bad = timed(
      `<boundaryEvent id="t" attachedToRef="work"><timerEventDefinition><timeDuration xsi:type="tFormalExpression">=amount</timeDuration></timerEventDefinition></boundaryEvent>${flow('t', 'late')}`,
    );
    const shop = await twoVersions(timed(''), bad, { amount: 7 });
    expect(await shop.refusal()).toMatchObject({ code: 'timer.bad_value' });
  });
});

describe('a job that is out', () => {
  const service = (id: string, topic: string) =>
    bpmn(`<startEvent id="s"/><serviceTask id="${id}" ov:topic="${topic}"/><endEvent id="e"/>${chain('s', id, 'e')}`);

  it('stays with the worker who holds it while the work is the same', async () => {
    const shop = await twoVersions(
      service('w', 'work'),
      service('w', 'work').replace('<endEvent id="e"/>', '<endEvent id="e" name="完"/>'),
    );
    const [job] = await shop.engine.fetchJobs({ worker: 'x', topics: ['work'], max: 1, leaseMs: 60_000 });
    await shop.migrate();
    await shop.engine.completeJob({ jobId: job!.id, fence: job!.fence, variables: {} }, WANG);
    expect((await shop.check()).status).toBe('completed');
  });

  it('is given out anew under another topic or element', async () => {
    const shop = await twoVersions(service('w', 'work'), service('w2', 'other'));
    const [job] = await shop.engine.fetchJobs({ worker: 'x', topics: ['work'], max: 1, leaseMs: 60_000 });
    await shop.migrate({ w: 'w2' });
    await expect(
      shop.engine.completeJob({ jobId: job!.id, fence: job!.fence, variables: {} }, WANG),
    ).rejects.toMatchObject({ code: 'job.not_found' });
    const [again] = await shop.engine.fetchJobs({ worker: 'x', topics: ['other'], max: 1, leaseMs: 60_000 });
    await shop.engine.completeJob({ jobId: again!.id, fence: again!.fence, variables: {} }, WANG);
    expect((await shop.check()).status).toBe('completed');
  });
});

const branches = (...tasks: string[]) =>
  bpmn(
    `<startEvent id="s"/><parallelGateway id="fork"/>${tasks.map((id) => `<userTask id="${id}"/>`).join('')}<parallelGateway id="join"/><userTask id="after"/><endEvent id="e"/>
     ${chain('s', 'fork')}${tasks.map((id) => chain('fork', id, 'join')).join('')}${chain('join', 'after', 'e')}`,
  );

describe('a join', () => {
  it('keeps what it holds, also where its flows have other ids', async () => {
    const renamed = branches('a', 'b').replaceAll('a-join', 'from-a').replaceAll('b-join', 'from-b');
    const shop = await twoVersions(branches('a', 'b'), renamed);
    await shop.complete(shop.id, 'a');
    const { state } = await shop.migrate();
    expect(state.scopes['0']!.joins).toEqual({ join: { 'from-a': 1 } });
    await shop.complete(shop.id, 'b');
    expect(await shop.waiting(shop.id)).toEqual(['after']);
  });

  it('fires where the new version waits for no more', async () => {
    const shop = await twoVersions(branches('a', 'b', 'c'), branches('a', 'b'));
    await shop.complete(shop.id, 'a');
    await shop.complete(shop.id, 'b');
    await shop.migrate({ c: 'after' });
    expect(await shop.waiting(shop.id)).toEqual(['after', 'after']);
  });

  it('is refused a version in which a held token has no flow', async () => {
    const shop = await twoVersions(branches('a', 'b', 'c'), branches('b', 'c'));
    await shop.complete(shop.id, 'a');
    expect(await shop.refusal()).toMatchObject({
      details: { problems: [{ code: 'flow_missing', element: 'join', flow: 'a-join' }] },
    });
    await shop.migrate({ 'a-join': 'b-join' });
    await shop.complete(shop.id, 'c');
    expect(await shop.waiting(shop.id)).toEqual(['after', 'b']);
  });

  it('waits for a branch that the new version adds, and says that none will come', async () => {
    const shop = await twoVersions(branches('a', 'b'), branches('a', 'b', 'c'));
    await shop.complete(shop.id, 'a');
    await shop.migrate();
    await shop.complete(shop.id, 'b');
    expect(await shop.incidents(shop.id)).toEqual(['join.never_fires join']);
    await shop.check();
  });
});

const inside = (open: string, attrs = '') =>
  bpmn(
    `<startEvent id="s"/><subProcess id="sub">${open}<startEvent id="ss"/><userTask id="in"/><endEvent id="se"/>${chain('ss', 'in', 'se')}</subProcess><endEvent id="e"/>${chain('s', 'sub', 'e')}${attrs}`,
    { roots: '<message id="m" name="news"/>' },
  );
const FLAT = bpmn(`<startEvent id="s"/><userTask id="in"/><endEvent id="e"/>${chain('s', 'in', 'e')}`);
const panel = (loop: string) =>
  bpmn(`<startEvent id="s"/><userTask id="sign">${loop}</userTask><endEvent id="e"/>${chain('s', 'sign', 'e')}`);
const many = (sequential: boolean, count: number) =>
  `<multiInstanceLoopCharacteristics isSequential="${sequential}"><loopCardinality>${count}</loopCardinality></multiInstanceLoopCharacteristics>`;

describe('a case that goes over to the first version with milestones', () => {
  const steps = ['accept', 'review', 'deliver'];
  const permit = (milestones: readonly string[]) => {
    const tasks = steps.map((id, index) => {
      const milestone = milestones[index];
      return `<userTask id="${id}" ${milestone ? `ov:milestone="${milestone}"` : ''}/>`;
    });
    return bpmn(`<startEvent id="s"/>${tasks.join('')}<endEvent id="e"/>${chain('s', ...steps, 'e')}`, {
      processAttrs: 'ov:promise="10"',
    });
  };
  const hold = { reason: 'hearing' as const, expectedDays: 5, notice: { number: '1' }, note: '听证' };
  const opened = () => twoVersions(permit([]), permit(['accepted', 'decided', 'delivered']));
  const notesOf = async ({ store, id }: Awaited<ReturnType<typeof opened>>) =>
    (await store.listEvents(id, 0, 100)).find(({ type }) => type === 'case.migrated')!.data.notes;

  it('counts as accepted at its start, and its decision begins the delivery', async () => {
    const shop = await opened();
    const { dueAt } = await shop.engine.getCase(shop.id);
    await shop.pass(DAY);
    const after = await shop.migrate();
    expect(after).toMatchObject({ dueAt, clock: { phases: { now: 'handling', acceptedAt: after.startedAt } } });
    expect(await notesOf(shop)).toEqual([]);
    await shop.complete(shop.id, 'accept');
    await shop.complete(shop.id, 'review');
    expect(await shop.events(shop.id)).toEqual(expect.arrayContaining(['case.decided review']));
    expect(await shop.check()).toMatchObject({ clock: { phases: { now: 'delivery', decidedAt: shop.clock.now() } } });
    await expect(shop.engine.holdCase({ caseId: shop.id, ...hold }, WANG)).rejects.toMatchObject({
      code: 'clock.not_in_handling',
      details: { phase: 'delivery' },
    });
    await shop.complete(shop.id, 'deliver');
    expect(await shop.events(shop.id)).toContain('case.delivered deliver');
  });

  it('keeps the time that it was held and its extension', async () => {
    const shop = await opened();
    await shop.engine.extendCase({ caseId: shop.id, value: 3, most: 10, note: '复杂' }, WANG);
    await shop.engine.holdCase({ caseId: shop.id, ...hold }, WANG);
    expect(await shop.migrate()).toMatchObject({
      held: true,
      clock: { holds: [{ to: null }], extensions: [{ value: 3 }], phases: { now: 'handling' } },
    });
    await shop.complete(shop.id, 'accept');
    await shop.pass(DAY);
    await shop.complete(shop.id, 'review');
    expect((await shop.check()).clock).toMatchObject({ holds: [{ to: shop.clock.now() }] });
  });

  it('is told before where it waits behind the decision, and stays in handling', async () => {
    const shop = await opened();
    for (const step of ['accept', 'review']) await shop.complete(shop.id, step);
    const { elements } = await shop.engine.planCaseMigration({ caseId: shop.id, version: 2 });
    const note = { code: 'decision_behind', element: 'deliver', to: 'deliver' };
    expect(elements.filter(({ to }) => steps.includes(to!)).map(({ notes }) => notes)).toEqual([[], [], [note]]);
    expect(await shop.migrate()).toMatchObject({ clock: { phases: { now: 'handling' } } });
    expect(await notesOf(shop)).toEqual([note]);
  });
});

describe('a case whose applicant supplements in a task', () => {
  const permit = (step: string, attrs: string) =>
    bpmn(
      `<startEvent id="s"/><userTask id="${step}" ov:assignee="=applicant" ${attrs}/><userTask id="accept" ov:milestone="accepted"/>
       <userTask id="review" ov:milestone="decided"/><endEvent id="e"/>${chain('s', step, 'accept', 'review', 'e')}`,
      { processAttrs: 'ov:promise="10"' },
    );
  const SUPPLEMENTS = 'ov:supplement="true"';
  const applicant = { applicant: APPLICANT.id };
  const supplementsOf = async (shop: { check(): Promise<CaseRow> }) => (await shop.check()).clock!.phases!.supplements;
  const notesOf = async ({ engine, id }: { engine: Engine; id: string }, element: string, mapping = {}) => {
    const { elements } = await engine.planCaseMigration({ caseId: id, version: 2, mapping });
    return elements.find((each) => each.element === element)!.notes.map(({ code }) => code);
  };

  it.each([
    ['no longer asks for that', permit('more', ''), {}],
    ['goes on elsewhere', permit('other', SUPPLEMENTS), { more: 'accept' }],
  ])('is reviewed on where the task %s: silence comes, a notice is possible', async (_, second, mapping) => {
    const shop = await twoVersions(permit('more', SUPPLEMENTS), second, applicant);
    await shop.pass(DAY);
    expect(await notesOf(shop, 'more', mapping)).toContain('supplement_ends');
    const before = shop.clock.now();
    await shop.migrate(mapping);
    expect(await supplementsOf(shop)).toMatchObject([{ to: before, answered: false }]);
    expect(await shop.events(shop.id)).toContain('supplement.ended');
    // five working days of which none was used; the 2nd and the 3rd were the applicant's
    expect((await shop.check()).dueAt).toBe(at('2026-03-10T17:00:00+08:00'));
    const limit = { value: 5, unit: 'workingDays' as const };
    const defects = [{ material: '图', problem: '缺' }];
    await shop.engine.noticeSupplement({ caseId: shop.id, defects, limit, again: '漏列' }, WANG);
    await shop.engine.answerSupplement({ caseId: shop.id, note: '已补', files: [], variables: {} }, APPLICANT);
    await shop.pass(14 * DAY);
    expect(await shop.check()).toMatchObject({ clock: { phases: { now: 'handling', acceptedBy: 'silence' } } });
  });

  it('has the review stand still from the moment in which the new version makes the task one', async () => {
    const shop = await twoVersions(permit('more', ''), permit('more', SUPPLEMENTS), applicant);
    await shop.pass(DAY);
    expect(await notesOf(shop, 'more')).toEqual(['supplement_begins']);
    await shop.migrate();
    expect(await supplementsOf(shop)).toMatchObject([{ from: shop.clock.now(), to: null }]);
    await shop.pass(30 * DAY);
    expect(await shop.check()).toMatchObject({ dueAt: null, clock: { phases: { now: 'acceptance' } } });
    await shop.complete(shop.id, 'more');
    expect(await supplementsOf(shop)).toMatchObject([{ to: shop.clock.now(), answered: true }]);
  });

  it('supplements on where another task stands for it', async () => {
    const shop = await twoVersions(permit('more', SUPPLEMENTS), permit('other', SUPPLEMENTS), applicant);
    expect(await notesOf(shop, 'more', { more: 'other' })).toEqual([]);
    await shop.migrate({ more: 'other' });
    expect(await supplementsOf(shop)).toMatchObject([{ to: null }]);
    await shop.complete(shop.id, 'other');
    expect(await supplementsOf(shop)).toMatchObject([{ answered: true }]);
  });

  it('keeps a notice that waits for an answer', async () => {
    const shop = await twoVersions(permit('more', ''), permit('more', 'ov:form="f"'), applicant);
    const defects = [{ material: '图', problem: '缺' }];
    const limit = { value: 5, unit: 'workingDays' as const };
    await shop.engine.noticeSupplement({ caseId: shop.id, defects, limit }, WANG);
    await shop.migrate();
    expect(await supplementsOf(shop)).toMatchObject([{ to: null, defects }]);
  });

  it('and is moved by hand is reviewed on there, and stands still where it is moved back', async () => {
    const shop = await twoVersions(permit('more', SUPPLEMENTS), permit('more', SUPPLEMENTS), applicant);
    const move = async (from: string, to: string) => {
      const modify = {
        caseId: shop.id,
        operations: [{ do: 'move' as const, at: { element: from }, to: { element: to } }],
      };
      const { notes } = await shop.engine.previewModification(modify);
      await shop.engine.modifyCase({ ...modify, reason: '有误' }, DING);
      return notes.map(({ code }) => code);
    };
    await shop.pass(DAY);
    expect(await move('more', 'accept')).toEqual(['supplement_ends']);
    expect(await supplementsOf(shop)).toMatchObject([{ to: shop.clock.now(), answered: false }]);
    expect(await move('accept', 'more')).toEqual(['supplement_begins']);
    expect(await supplementsOf(shop)).toMatchObject([{}, { to: null }]);
  });
});

describe('a case that a migration takes past a milestone', () => {
  const permit = (...steps: string[]) => {
    const milestones: Record<string, string> = { accept: 'accepted', review: 'decided', deliver: 'delivered' };
    const tasks = steps.map((id) => `<userTask id="${id}" ov:milestone="${milestones[id]}"/>`);
    return bpmn(`<startEvent id="s"/>${tasks.join('')}<endEvent id="e"/>${chain('s', ...steps, 'e')}`, {
      processAttrs: 'ov:promise="10"',
    });
  };
  const STEPS = ['accept', 'review', 'deliver'];
  const notesOf = async ({ engine, id }: { engine: Engine; id: string }, mapping: MigrationMapping) =>
    (await engine.planCaseMigration({ caseId: id, version: 2, mapping })).elements.flatMap(({ notes }) => notes);

  it('is told before, and its clock goes on where all of it has come there', async () => {
    const shop = await twoVersions(permit(...STEPS), permit(...STEPS).replace('name="P"', 'name="Q"'));
    await shop.complete(shop.id, 'accept');
    await shop.pass(DAY);
    const mapping = { review: 'deliver' };
    const note = { code: 'phase_later', element: 'review', to: 'deliver', was: 'handling', is: 'delivery' };
    expect(await notesOf(shop, {})).toEqual([]);
    expect(await notesOf(shop, mapping)).toEqual([note]);
    const after = await shop.migrate(mapping);
    expect(after).toMatchObject({ clock: { phases: { now: 'delivery', decidedAt: shop.clock.now() } } });
    const told = await shop.store.listEvents(shop.id, 0, 100);
    expect(told.slice(-2)).toMatchObject([
      { type: 'case.migrated', data: { notes: [note], dueDates: [{ is: after.dueAt }, { limit: 'statutory' }] } },
      { type: 'case.decided', data: { carried: true } },
    ]);
  });

  it('out of its acceptance review is accepted then, not by silence afterwards', async () => {
    const shop = await twoVersions(permit(...STEPS), permit(...STEPS, 'file').replace(' ov:milestone="undefined"', ''));
    await shop.pass(DAY);
    const at = shop.clock.now();
    await shop.migrate({ accept: 'review' });
    await shop.pass(14 * DAY);
    const { clock } = await shop.check();
    expect(clock!.phases).toMatchObject({ now: 'handling', acceptedAt: at, acceptedBy: 'decision' });
  });

  it.each([
    ['a review', permit('review', 'deliver'), { accept: 'review' }],
    ['milestones', permit(...STEPS).replaceAll(/ ov:milestone="[a-z]+"/g, ''), {}],
  ])(
    'to a version without %s is accepted with that, as is told before; silence does not',
    async (_, second, mapping) => {
      const shop = await twoVersions(permit(...STEPS), second);
      await shop.pass(DAY);
      const at = shop.clock.now();
      const to = 'accept' in mapping ? 'review' : 'accept';
      expect(await notesOf(shop, mapping)).toContainEqual({ code: 'review_ends', element: 'accept', to });
      const after = await shop.migrate(mapping);
      expect(after).toMatchObject({ statutoryAt: null, dueAt: expect.any(Number) });
      await shop.pass(30 * DAY);
      const { clock } = await shop.check();
      expect(clock!.phases).toMatchObject({ now: 'handling', acceptedAt: at, acceptedBy: 'decision' });
      expect(clock!.phases!.ended).toMatchObject({ acceptance: { dueAt: expect.any(Number) } });
      const told = await shop.store.listEvents(shop.id, 0, 100);
      expect(told.filter(({ type }) => type === 'case.accepted')).toMatchObject([
        { actor: DING.id, data: { carried: true, noReview: true } },
      ]);
    },
  );

  it('ends the time to supplement where the new version has no review', async () => {
    const shop = await twoVersions(permit(...STEPS), permit('review', 'deliver'));
    const limit = { value: 5, unit: 'workingDays' as const };
    await shop.engine.noticeSupplement({ caseId: shop.id, defects: [{ material: '图', problem: '缺' }], limit }, WANG);
    await shop.migrate({ accept: 'review' });
    await shop.pass(30 * DAY);
    // not returned for want of an answer
    expect(await shop.check()).toMatchObject({ status: 'active', clock: { phases: { now: 'handling' } } });
    const told = await shop.store.listEvents(shop.id, 0, 100);
    expect(told.find(({ type }) => type === 'case.accepted')).toMatchObject({
      data: { carried: true, noReview: true, unanswered: true },
    });
  });

  it('to a version without milestones stays in handling or delivery, and that is told', async () => {
    const shop = await twoVersions(permit(...STEPS), permit(...STEPS).replaceAll(/ ov:milestone="[a-z]+"/g, ''));
    const untold = (element: string, was: string) => ({ code: 'phase_untold', element, to: element, was });
    expect(await notesOf(shop, {})).toEqual(
      expect.arrayContaining([untold('review', 'handling'), untold('deliver', 'delivery')]),
    );
    for (const step of ['accept', 'review']) await shop.complete(shop.id, step);
    expect(await shop.migrate({})).toMatchObject({ clock: { phases: { now: 'delivery' } } });
  });
});

describe('a join that is complete in the new version', () => {
  it('takes the case past the milestone behind it', async () => {
    const branches = (more: string) =>
      bpmn(
        `<startEvent id="s"/><parallelGateway id="fork"/><userTask id="a"/>${more && `<userTask id="${more}"/>`}<parallelGateway id="join"/>
         <userTask id="review" ov:milestone="decided"/><endEvent id="e"/>
         ${chain('s', 'fork', 'a', 'join')}${more && chain('fork', more, 'join')}<sequenceFlow id="ok" sourceRef="join" targetRef="review" ov:milestone="accepted"/>${chain('review', 'e')}`,
        { processAttrs: 'ov:promise="10"' },
      );
    const shop = await twoVersions(branches('b'), branches(''));
    await shop.complete(shop.id, 'a');
    const after = await shop.migrate({ b: 'review' });
    expect(after).toMatchObject({ clock: { phases: { now: 'handling', acceptedAt: shop.clock.now() } } });
    expect(await shop.events(shop.id)).toContain('case.accepted join');
  });
});

describe('state that would be lost', () => {
  it.each<[string, string, string, object[]]>([
    [
      'an element of another kind',
      line('review'),
      line('review')
        .replaceAll('userTask id="review"', 'manualTask id="review"')
        .replaceAll('</userTask>', '</manualTask>'),
      [{ code: 'kind_changed', element: 'review', was: 'userTask', is: 'manualTask' }],
    ],
    [
      'a sub-process taken away',
      inside(''),
      FLAT,
      [
        { code: 'no_target', element: 'sub' },
        { code: 'scope_changed', element: 'in' },
      ],
    ],
    ['a sub-process put around', FLAT, inside(''), [{ code: 'scope_changed', element: 'in', was: '', is: 'sub' }]],
    [
      'many instances made one',
      panel(many(false, 2)),
      panel(''),
      [{ code: 'multi_instance_changed', element: 'sign', was: 'parallel ', is: '' }],
    ],
    [
      'many at once made one after another',
      panel(many(false, 2)),
      panel(many(true, 2)),
      [{ code: 'multi_instance_changed', element: 'sign' }],
    ],
  ])('%s is refused by name', async (_, first, second, problems) => {
    const shop = await twoVersions(first, second);
    const refused = await shop.refusal();
    expect(refused).toMatchObject({ code: 'migration.state_would_be_lost', details: { problems } });
  });

  it.each<[string, MigrationMapping, string]>([
    ['an element that the old version has not', { nowhere: 'review' }, 'migration.unknown_element'],
    ['an element that the new version has not', { review: 'nowhere' }, 'migration.unknown_element'],
    ['nothing on purpose', { review: null }, 'migration.state_would_be_lost'],
  ])('a mapping that names %s is refused', async (_, mapping, code) => {
    const shop = await twoVersions(line('review'), line('review', 'ov:form="f"'));
    expect(await shop.refusal(mapping)).toMatchObject({ code });
  });

  it('the same version, an unknown one, a closed case and a missing reason are refused', async () => {
    const shop = await twoVersions(line('review'), line('review', 'ov:form="f"'));
    const to = (version: number, reason = '修订') =>
      shop.engine.migrateCase({ caseId: shop.id, version, reason }, DING).then(
        () => 'done',
        (error: { code: string }) => error.code,
      );
    expect(await to(1)).toBe('migration.same_version');
    expect(await to(9)).toBe('definition.not_found');
    expect(await to(2, ' ')).toBe('case.reason_missing');
    expect(await to(2, '因'.repeat(501))).toBe('case.reason_too_long');
    await shop.engine.cancelCase({ caseId: shop.id, reason: '撤件' }, DING);
    expect(await to(2)).toBe('case.closed');
  });
});

describe('running repetitions and event sub-processes', () => {
  it('a multi-instance activity goes on with its counters', async () => {
    const shop = await twoVersions(panel(many(false, 3)), panel(many(false, 5)));
    await shop.complete(shop.id, 'sign');
    await shop.migrate();
    await shop.complete(shop.id, 'sign');
    await shop.complete(shop.id, 'sign');
    expect((await shop.check()).status).toBe('completed');
  });

  it('an event sub-process that the new version adds listens in the open scope', async () => {
    const on = `<subProcess id="on" triggeredByEvent="true"><startEvent id="os"><messageEventDefinition messageRef="m"/></startEvent><userTask id="handle"/><endEvent id="oe"/>${chain('os', 'handle', 'oe')}</subProcess>`;
    const shop = await twoVersions(inside(''), inside(on));
    await shop.migrate();
    await shop.engine.correlateMessage({ name: 'news', key: null, variables: {} }, WANG);
    expect(await shop.waiting(shop.id)).toEqual(['handle']);
    await shop.check();
  });

  it('one that the new version drops listens no more, unless it runs: then the case stays', async () => {
    const on = `<subProcess id="on" triggeredByEvent="true"><startEvent id="os"><messageEventDefinition messageRef="m"/></startEvent><userTask id="handle"/><endEvent id="oe"/>${chain('os', 'handle', 'oe')}</subProcess>`;
    const quiet = await twoVersions(inside(on), inside(''));
    await quiet.migrate();
    await expect(quiet.engine.correlateMessage({ name: 'news', key: null, variables: {} }, WANG)).rejects.toMatchObject(
      { code: 'message.nobody_waits' },
    );
    const running = await twoVersions(inside(on), inside(''));
    await running.engine.correlateMessage({ name: 'news', key: null, variables: {} }, WANG);
    expect(await running.refusal()).toMatchObject({ code: 'migration.state_would_be_lost' });
  });
});

describe('many cases', () => {
  it('go over one by one, each with its own result, and again where the work was cut off', async () => {
    const desk = auditedOffice();
    const key = await desk.deploy(line('review'));
    const cases = [];
    for (let i = 0; i < 5; i++) {
      cases.push(await desk.start(key));
      desk.clock.advance(1_000);
    }
    await desk.complete(cases[1]!.id, 'review');
    await desk.complete(cases[2]!.id, 'review');
    await desk.complete(cases[2]!.id, 'next');
    await desk.deploy(line('check'));
    const migrate = { definitionKey: key, from: 1, to: 2, reason: '修订流程' };

    const first = await desk.engine.migrateCases({ ...migrate, limit: 2 }, DING);
    expect(first.results.map(({ outcome, code }) => [outcome, code])).toEqual([
      ['refused', 'migration.state_would_be_lost'],
      ['refused', 'migration.state_would_be_lost'],
    ]);
    const rest = await desk.engine.migrateCases({ ...migrate, after: first.next!, limit: 10 }, DING);
    expect(rest.results.map(({ caseId, outcome }) => [caseId, outcome])).toEqual([
      [cases[1]!.id, 'migrated'],
      [cases[0]!.id, 'refused'],
    ]);
    expect(rest.next).toBeUndefined();

    const again = await desk.engine.migrateCases({ ...migrate, mapping: { review: 'check' } }, DING);
    expect(again.results.map(({ outcome }) => outcome)).toEqual(['migrated', 'migrated', 'migrated']);
    const named = await desk.engine.migrateCases({ ...migrate, caseIds: [cases[1]!.id, cases[2]!.id, 'nobody'] }, DING);
    expect(named.results.map(({ outcome, code }) => [outcome, code])).toEqual([
      ['already', undefined],
      ['refused', 'case.closed'],
      ['refused', 'case.not_found'],
    ]);
    for (const { id } of cases) await desk.check(id);
  });
});

describe('a store that stumbles', () => {
  it('refuses no case: the same call goes on, and names what was migrated already', async () => {
    const store = memoryStore();
    const desk = office({ store });
    const key = await desk.deploy(line('review'));
    const caseIds = [(await desk.start(key)).id, (await desk.start(key)).id];
    await desk.deploy(line('review', 'ov:promise="2"'));
    const { commit } = store;
    store.commit = async (...args) => {
      store.commit = commit;
      await commit.apply(store, args);
      throw unavailableRejection('the answer is lost');
    };
    const migrate = () =>
      desk.engine.migrateCases({ definitionKey: key, from: 1, to: 2, reason: '修订流程', caseIds }, DING);
    await expect(migrate()).rejects.toMatchObject({ code: 'store.unavailable' });
    expect((await migrate()).results.map(({ outcome }) => outcome)).toEqual(['already', 'migrated']);
  });
});

describe('a plan', () => {
  it('says without a case what goes where, what is missing and what would change', async () => {
    const shop = await twoVersions(line('review', 'ov:promise="2"'), line('check', 'ov:promise="3"'));
    const plan = await shop.engine.planMigration({ definitionKey: 'P', from: 1, to: 2 });
    expect(
      plan.map(({ element, to, given, problems }) => [element, to, given, problems.map(({ code }) => code)]),
    ).toEqual([
      ['s', 's', false, []],
      ['review', null, false, ['no_target']],
      ['next', 'next', false, []],
      ['e', 'e', false, []],
    ]);
    const mapped = await shop.engine.planMigration({
      definitionKey: 'P',
      from: 1,
      to: 2,
      mapping: { review: 'check' },
    });
    expect(mapped[1]).toMatchObject({
      element: 'review',
      to: 'check',
      given: true,
      problems: [],
      notes: [{ code: 'limit_changed', was: '2 workingDays', is: '3 workingDays' }],
    });
  });

  it('says for a case where it waits and what refuses it', async () => {
    const shop = await twoVersions(line('review'), line('check'));
    const { rev } = await shop.engine.getCase(shop.id);
    expect(await shop.engine.planCaseMigration({ caseId: shop.id, version: 2 })).toMatchObject({
      rev,
      tokens: { review: 1 },
      blocking: [{ code: 'no_target', element: 'review' }],
    });
  });
});

describe('a called case', () => {
  it('comes back to the version its caller has gone over to', async () => {
    const desk = auditedOffice();
    await desk.deploy(
      bpmn(`<startEvent id="cs"/><userTask id="inner"/><endEvent id="ce"/>${chain('cs', 'inner', 'ce')}`, {
        id: 'child',
      }),
    );
    const caller = (call: string) =>
      bpmn(
        `<startEvent id="s"/><callActivity id="${call}" calledElement="child"/><userTask id="after"/><endEvent id="e"/>${chain('s', call, 'after', 'e')}`,
      );
    const { id } = await desk.open(caller('call'));
    await desk.pass(0);
    await desk.deploy(caller('call2'));
    await desk.engine.migrateCase({ caseId: id, version: 2, mapping: { call: 'call2' }, reason: '改版' }, DING);
    const [child] = await desk.store.listCases({ parent: id, limit: 10 });
    await desk.complete(child!.id, 'inner');
    await desk.pass(0);
    expect(await desk.waiting(id)).toEqual(['after']);
    expect((await desk.check(id)).definitionId).toBe('P:2');
  });
});

describe('what a task computes', () => {
  it('is computed anew, dates counted from when the task began', async () => {
    const computed = (groups: string, due: string) =>
      bpmn(
        `<startEvent id="s"/><userTask id="review" camunda:candidateGroups="\${${groups}}" camunda:dueDate="${due}"/><endEvent id="e"/>${chain('s', 'review', 'e')}`,
      );
    const shop = await twoVersions(computed('first', 'P1D'), computed('second', 'P3D'), {
      first: 'tax',
      second: 'land',
    });
    const { createdAt } = await shop.task(shop.id, 'review');
    await shop.pass(5 * HOUR);
    await shop.migrate();
    expect(await shop.task(shop.id, 'review')).toMatchObject({ groups: ['land'], dueAt: createdAt + 3 * DAY });
  });
});

describe('what was done and may have to be undone', () => {
  const undo = (
    handler: string,
    boundary = `<boundaryEvent id="c" attachedToRef="pay"><compensateEventDefinition/></boundaryEvent><userTask id="${handler}" isForCompensation="true"/><association id="as" sourceRef="c" targetRef="${handler}" associationDirection="One"/>`,
  ) =>
    bpmn(
      `<startEvent id="s"/><userTask id="pay"/>${boundary}<userTask id="check"/>
       <intermediateThrowEvent id="undo"><compensateEventDefinition/></intermediateThrowEvent><endEvent id="e"/>${chain('s', 'pay', 'check', 'undo', 'e')}`,
    );

  it('is undone by the handler of the new version', async () => {
    const shop = await twoVersions(undo('refund'), undo('return'));
    await shop.complete(shop.id, 'pay');
    await shop.migrate();
    await shop.complete(shop.id, 'check');
    expect(await shop.waiting(shop.id)).toEqual(['return']);
    await shop.complete(shop.id, 'return');
    expect((await shop.check()).status).toBe('completed');
  });

  it('goes over while it is being undone', async () => {
    const shop = await twoVersions(undo('refund'), undo('return'));
    await shop.complete(shop.id, 'pay');
    await shop.complete(shop.id, 'check');
    await shop.migrate({ refund: 'return' });
    expect(await shop.waiting(shop.id)).toEqual(['return']);
    await shop.complete(shop.id, 'return');
    expect((await shop.check()).status).toBe('completed');
  });

  it('refuses a version in which nothing could undo it', async () => {
    const shop = await twoVersions(
      undo('refund'),
      undo('refund', '<!-- -->').replace(
        '<intermediateThrowEvent id="undo"><compensateEventDefinition/></intermediateThrowEvent>',
        '<task id="undo"/>',
      ),
    );
    await shop.complete(shop.id, 'pay');
    expect(await shop.refusal()).toMatchObject({
      details: { problems: [{ code: 'compensation_lost', element: 'pay' }] },
    });
  });
});

describe('a choice between events', () => {
  const choice = (first: string, second: string) =>
    bpmn(
      `<startEvent id="s"/><eventBasedGateway id="wait"/><intermediateCatchEvent id="late">${first}</intermediateCatchEvent>
       <intermediateCatchEvent id="met">${second}</intermediateCatchEvent><userTask id="a"/><userTask id="b"/><endEvent id="e"/>
       ${chain('s', 'wait', 'late', 'a', 'e')}${chain('wait', 'met', 'b', 'e')}`,
    );
  const after = (hours: number) =>
    `<timerEventDefinition><timeDuration>PT${hours}H</timeDuration></timerEventDefinition>`;
  const when = (condition: string) =>
    `<conditionalEventDefinition><condition xsi:type="tFormalExpression">${condition}</condition></conditionalEventDefinition>`;

  it('keeps the time it has run, and judges the condition of the new version at once', async () => {
    const early = await twoVersions(choice(after(2), when('false')), choice(after(9), when('false')));
    await early.pass(HOUR);
    await early.migrate();
    await early.pass(HOUR);
    expect(await early.waiting(early.id)).toEqual(['a']);

    const met = await twoVersions(choice(after(2), when('paid = 1')), choice(after(2), when('paid = 2')), { paid: 2 });
    await met.migrate();
    expect(await met.waiting(met.id)).toEqual(['b']);
    await met.check();
  });
});

describe('a complex gateway', () => {
  it('that has fired goes over and waits for the rest', async () => {
    const two = (name: string) =>
      bpmn(
        `<startEvent id="s"/><parallelGateway id="fork"/><userTask id="a"/><userTask id="b"/><userTask id="c"/>
         <complexGateway id="enough" name="${name}"><activationCondition xsi:type="tFormalExpression">activationCount &gt;= 2</activationCondition></complexGateway>
         <userTask id="after"/><endEvent id="e"/>${chain('s', 'fork', 'a', 'enough', 'after', 'e')}${chain('fork', 'b', 'enough')}${chain('fork', 'c', 'enough')}`,
      );
    const shop = await twoVersions(two('甲'), two('乙'));
    await shop.complete(shop.id, 'a');
    await shop.migrate();
    await shop.complete(shop.id, 'b');
    expect(await shop.waiting(shop.id)).toEqual(['after', 'c']);
    await shop.engine.migrateCase({ caseId: shop.id, version: 1, reason: '改回' }, DING);
    await shop.complete(shop.id, 'after');
    await shop.complete(shop.id, 'c');
    expect((await shop.check()).status).toBe('completed');
  });
});
