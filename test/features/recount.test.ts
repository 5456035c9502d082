import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { CaseRow, Store } from '../../engine/index.ts';
import { closedRejection } from '../../engine/store/refusals.ts';
import { testStore, tries } from '../support/test-store.ts';
import { loadCalendar } from '../../processes/calendars/index.ts';
import { bpmn, chain } from '../support/bpmn.ts';
import {
  amended,
  because,
  close,
  hall,
  noticed,
  permit,
  rewrite,
  withDays,
  withOff,
  type Hall,
} from '../support/notice-hall.ts';
import { at, DESIGNER, office, WANG } from '../support/office.ts';
import { patience } from '../support/patience.ts';

jest.setTimeout(patience(60_000));

const DAY = 86_400_000;

describe('when the notice of a new year is loaded', () => {
  it('the time that an applicant has to supplement moves, and when a hold was expected to end', async () => {
    const desk = hall();
    const accepted = permit(10, 9).replace('<userTask id="review"', '<userTask id="review" ov:milestone="accepted"');
    const { id } = await desk.open(accepted);
    const told = { defects: [{ material: '图', problem: '缺少' }], limit: { value: 10, unit: 'workingDays' as const } };
    await desk.engine.noticeSupplement({ caseId: id, ...told }, WANG);
    const dueOf = async (check: string) => (await desk.store.findJob(`${id}.${check}`))?.dueAt;
    expect(await dueOf('supplement')).toBe(close('2027-01-05'));
    expect(await desk.recount(noticed)).toMatchObject({ changed: 1, failed: [] });
    expect(await dueOf('supplement')).toBe(close('2027-01-06'));
    expect(await desk.recount(noticed)).toMatchObject({ changed: 0 });

    await desk.engine.answerSupplement({ caseId: id, note: '已补', files: [], variables: {} }, WANG);
    await desk.complete(id, 'review');
    const hold = { reason: 'test' as const, expectedDays: 10, notice: { number: '1' }, note: '检测' };
    desk.hang(loadCalendar());
    await desk.engine.holdCase({ caseId: id, ...hold }, WANG);
    expect(await dueOf('hold.test')).toBe(close('2027-01-05'));
    await desk.recount(noticed);
    expect(await dueOf('hold.test')).toBe(close('2027-01-06'));
  });

  it('a date that was provisional is counted again and made certain, in the case and in its task', async () => {
    const desk = hall();
    const { id, dueAt } = await desk.open(permit(10, 9));
    // ten working days by the days of the week alone
    expect([dueAt, (await desk.engine.getCase(id)).provisional]).toEqual([close('2027-01-05'), true]);
    expect(await desk.task(id, 'review')).toMatchObject({ dueAt: close('2027-01-04'), provisional: true });

    expect(await desk.recount(noticed)).toMatchObject({
      status: 'done',
      total: 1,
      checked: 1,
      changed: 1,
      failed: [],
      calendarVersion: 'cn-2027.1',
    });
    expect(await desk.engine.getCase(id)).toMatchObject({
      dueAt: close('2027-01-06'),
      provisional: false,
      calendarVersion: 'cn-2027.1',
    });
    expect(await desk.task(id, 'review')).toMatchObject({ dueAt: close('2027-01-05'), provisional: false });
    expect(await desk.lines(id)).toEqual([
      expect.objectContaining({
        ...because,
        calendarBefore: 'cn-2026.2',
        calendarVersion: 'cn-2027.1',
        dueDates: [
          expect.objectContaining({ element: '', was: close('2027-01-05'), is: close('2027-01-06') }),
          expect.objectContaining({ element: 'review', was: close('2027-01-04'), is: close('2027-01-05') }),
        ],
      }),
    ]);
  });

  it('the warning and the red light come by the new date', async () => {
    const desk = hall();
    const { id } = await desk.open(permit(10, 9));
    await desk.recount(noticed);
    const warned = async () => (await desk.events(id)).filter((event) => /^deadline\.(near|passed)$/.test(event));
    desk.clock.set(close('2027-01-05') + 1);
    await desk.engine.runDueJobs();
    expect(await warned()).toEqual(['deadline.near']);
    desk.clock.set(close('2027-01-06') + 1);
    await desk.engine.runDueJobs();
    expect(await warned()).toEqual(['deadline.near', 'deadline.passed']);
  });

  it('timers that hang on the promise move with it', async () => {
    const desk = hall();
    const { id } = await desk.open(
      permit(10, 9).replace(
        '<endEvent id="e"/>',
        '<endEvent id="e"/><boundaryEvent id="soon" attachedToRef="review" cancelActivity="false"><timerEventDefinition ov:before="promise" ov:of="case" ov:value="1"/></boundaryEvent><endEvent id="e2"/><sequenceFlow id="urge" sourceRef="soon" targetRef="e2"/>',
      ),
    );
    await desk.recount(noticed);
    const events = await desk.store.listEvents(id, 0, 1_000);
    expect(events.filter(({ type }) => type === 'timer.moved').map(({ data }) => data)).toEqual([
      { was: close('2027-01-04'), is: close('2027-01-05') },
    ]);
  });

  it.each([
    ['of the promise', 'ov:promise="10" ov:unit="workingDays"', undefined],
    ['of the law, where nothing is promised', 'ov:statutory="10" ov:statutoryUnit="workingDays"', 'statutory'],
  ])('a yellow light moves also where its date does not: %s', async (_, processAttrs, limit) => {
    const desk = hall({ now: '2027-01-04' });
    desk.hang(withOff('cn-2027.3'));
    const body = `<startEvent id="s"/><userTask id="review"/><endEvent id="e"/>${chain('s', 'review', 'e')}`;
    const { id } = await desk.open(bpmn(body, { id: 'permit', processAttrs }));
    const yellow = async () => (await desk.engine.getCase(id)).yellowAt;
    expect(await yellow()).toBe(at('2027-01-13T00:00:00+08:00'));
    const exchanged = withDays('cn-2027.4', { off: ['01', '13'], work: ['16'] });
    expect(await desk.recount(exchanged)).toMatchObject({ changed: 1 });
    expect(await yellow()).toBe(at('2027-01-14T00:00:00+08:00'));
    const stays = { element: '', was: close('2027-01-18'), is: close('2027-01-18'), ...(limit && { limit }) };
    expect(await desk.lines(id)).toEqual([expect.objectContaining({ dueDates: [expect.objectContaining(stays)] })]);
    expect(await desk.recount(exchanged)).toMatchObject({ changed: 0 });
  });

  it('a date that only becomes certain is told too', async () => {
    const desk = hall({ now: '2026-12-29' });
    const { id } = await desk.open(permit(1, 1));
    const far = await desk.engine.getCase(id);
    expect(far.provisional).toBe(false);
    const edge = await desk.start('permit');
    await desk.engine.runDueJobs();
    const { rev } = await desk.engine.getCase(edge.id);
    await desk.recount(noticed);
    expect((await desk.engine.getCase(edge.id)).rev).toBe(rev);
    expect(await desk.lines(id)).toEqual([]);
  });

  it('nothing is written of a case whose dates stay, nor of one that is over', async () => {
    const desk = hall({ now: '2026-03-02' });
    const stays = await desk.open(permit(10, 5));
    const over = await desk.start('permit');
    await desk.engine.cancelCase({ caseId: over.id, reason: '撤回' }, DESIGNER);
    const before = [await desk.engine.getCase(stays.id), await desk.engine.getCase(over.id)];
    expect(await desk.recount(noticed)).toMatchObject({ total: 1, checked: 1, changed: 0 });
    expect([await desk.engine.getCase(stays.id), await desk.engine.getCase(over.id)]).toEqual(before);
  });

  it('what is held and what was extended counts as before, by the new days', async () => {
    const desk = hall();
    const { id } = await desk.open(permit(10, 9));
    await desk.engine.extendCase({ caseId: id, value: 3, most: 10, note: '联合办理' }, WANG);
    await desk.pass(DAY);
    await desk.engine.holdCase(
      { caseId: id, reason: 'test', expectedDays: 90, notice: { number: '1' }, note: '检测' },
      WANG,
    );
    await desk.pass(2 * DAY);
    await desk.engine.resumeCase({ caseId: id, reason: 'test', note: '检测完毕' }, WANG);
    // 13 working days from 21 December, three of them held
    expect((await desk.engine.getCase(id)).dueAt).toBe(close('2027-01-13'));
    await desk.recount(noticed);
    expect((await desk.engine.getCase(id)).dueAt).toBe(close('2027-01-14'));
  });

  it('a clock that stands still has no date, before and after, and goes on by the new days', async () => {
    const desk = hall();
    const { id } = await desk.open(permit(10, 9));
    await desk.engine.holdCase(
      { caseId: id, reason: 'test', expectedDays: 90, notice: { number: '1' }, note: '检测' },
      WANG,
    );
    await desk.recount(noticed);
    expect((await desk.engine.getCase(id)).dueAt).toBeNull();
    await desk.pass(DAY);
    await desk.engine.resumeCase({ caseId: id, reason: 'test', note: '检测完毕' }, WANG);
    // held on the 22nd
    expect(await desk.engine.getCase(id)).toMatchObject({ dueAt: close('2027-01-07'), calendarVersion: 'cn-2027.1' });
  });
});

describe('a notice that comes while a case is held', () => {
  it('leaves no line of it in the history, nor in the preview, where no date is known before or after', async () => {
    const desk = hall({ now: '2027-01-05' });
    const { id } = await desk.open(permit(10, 9));
    await desk.engine.holdCase(
      { caseId: id, reason: 'test', expectedDays: 1, notice: { number: '1' }, note: '检测' },
      WANG,
    );
    const { affected } = await desk.engine.previewRecount({ calendar: noticed, limit: 10 });
    expect(affected).toEqual([]);
    expect(await desk.recount(noticed)).toMatchObject({ changed: 0 });
    expect(await desk.lines(id)).toEqual([]);
  });
});

describe('an amended notice', () => {
  it('moves what it touches once more, with a line of its own', async () => {
    const desk = hall();
    const { id } = await desk.open(permit(10, 9));
    await desk.recount(noticed);
    expect(await desk.recount(amended)).toMatchObject({ changed: 1 });
    expect(await desk.engine.getCase(id)).toMatchObject({
      dueAt: close('2027-01-07'),
      calendarVersion: 'cn-2027.2',
    });
    expect(await desk.lines(id)).toHaveLength(2);
  });

  it('waits until the run before has ended, and every case ends up by the newest days', async () => {
    const desk = hall();
    await desk.deploy(permit(10, 9));
    const cases: CaseRow[] = [];
    for (let i = 0; i < 450; i++) cases.push(await desk.start('permit'));
    desk.hang(noticed);
    const first = await desk.engine.recountCases({ because }, DESIGNER);
    desk.clock.advance(1);
    const second = await desk.engine.recountCases({ because: { notice: 'cn-2027.2' } }, DESIGNER);
    // both are due now; whoever comes first, one works at a time
    desk.hang(amended);
    await desk.engine.runDueJobs();
    expect(await desk.engine.getRecount(first.id)).toMatchObject({ status: 'done', changed: 450 });
    expect(await desk.engine.getRecount(second.id)).toMatchObject({ status: 'waiting', checked: 0 });
    await desk.pass(1_000);
    expect(await desk.engine.getRecount(second.id)).toMatchObject({ status: 'done', checked: 450, changed: 0 });
    expect((await desk.engine.listRecounts()).map(({ id }) => id)).toEqual([second.id, first.id]);
    for (const { id } of cases) expect((await desk.engine.getCase(id)).dueAt).toBe(close('2027-01-07'));
  });
});

describe('a run that is cut off', () => {
  it('goes on behind the last page that was finished, and nobody has two lines', async () => {
    const store = testStore();
    let left = 230;
    const hanging: (() => void)[] = [];
    const commit: Store['commit'] = (written) =>
      written.events.some(({ type }) => type === 'deadline.recounted') && left-- <= 0
        ? new Promise((_, reject) => hanging.push(() => reject(closedRejection())))
        : store.commit(written);
    const dying = new Proxy(store, {
      get: (of, name) => (name === 'commit' ? commit : of[name as 'findCase'].bind(of)),
    });
    const desk = hall({ store: dying });
    await desk.deploy(permit(10, 9));
    const cases: CaseRow[] = [];
    for (let i = 0; i < 450; i++) cases.push(await desk.start('permit'));
    desk.hang(noticed);
    const { id } = await desk.engine.recountCases({ because }, DESIGNER);
    const dead = desk.engine.runDueJobs();
    await until(() => left < -10);
    expect(await desk.engine.getRecount(id)).toMatchObject({ status: 'running', total: 450, checked: 200 });

    const other = office({ store, calendar: noticed });
    other.clock.set(desk.clock.now() + 11_000);
    await other.engine.runDueJobs();
    expect(await other.engine.getRecount(id)).toMatchObject({ status: 'done', checked: 450 });
    for (const row of cases) {
      expect(await desk.lines(row.id)).toHaveLength(1);
      expect((await store.findCase(row.id))!.dueAt).toBe(close('2027-01-06'));
    }
    hanging.forEach((end) => end());
    await dead;
  });

  it('does not stop at a case that cannot be counted, and says which', async () => {
    const store = testStore();
    const desk = hall({ store });
    const { id } = await desk.open(permit(10, 9));
    const broken = await desk.start('permit');
    const row = (await store.findCase(broken.id))!;
    await rewrite(store, { ...row, definitionId: 'gone:1' });
    const run = await desk.recount(noticed);
    expect(run).toMatchObject({ status: 'done', checked: 2, changed: 1 });
    expect(run.failed).toEqual([{ case: broken.id, number: broken.number, code: 'definition.not_found' }]);
    expect((await desk.engine.getCase(id)).calendarVersion).toBe('cn-2027.1');
  });
});

describe('before anything is changed', () => {
  it('a preview names every case and task that will move, a page at a time, and moves none', async () => {
    const desk = hall();
    await desk.deploy(permit(10, 9));
    const cases: CaseRow[] = [];
    for (let i = 0; i < 25; i++) cases.push(await desk.start('permit'));
    const found = new Map<string, unknown>();
    let checked = 0;
    for (let after: { startedAt: number; id: string } | undefined, more = true; more;) {
      const page = await desk.engine.previewRecount({ calendar: noticed, limit: 10, ...(after && { after }) });
      for (const { case: of, dates } of page.affected) found.set(of.id, dates);
      checked += page.checked;
      after = page.next;
      more = after !== undefined;
    }
    expect([checked, found.size]).toEqual([25, 25]);
    expect((await desk.engine.getCase(cases[0]!.id)).dueAt).toBe(close('2027-01-05'));
    await desk.recount(noticed);
    for (const { id } of cases) {
      const [line] = (await desk.lines(id)) as { dueDates: unknown }[];
      expect(line!.dueDates).toEqual(found.get(id));
    }
  });
});

describe('a case whose statutory date alone lies beyond the notices', () => {
  it('is named with that date; its promise was certain before and moves nowhere', async () => {
    const desk = hall();
    const lawful = bpmn(
      `<startEvent id="s"/><userTask id="review" ov:department="housing"/><endEvent id="e"/>${chain('s', 'review', 'e')}`,
      { id: 'lawful', processAttrs: 'ov:promise="5" ov:statutory="20" ov:statutoryBasis="《行政许可法》第四十二条"' },
    );
    const { id } = await desk.open(lawful);
    const [affected] = (await desk.engine.previewRecount({ calendar: noticed })).affected;
    expect(affected!.dates).toMatchObject([
      { limit: 'statutory', was: close('2027-01-19'), wasProvisional: true, isProvisional: false },
    ]);
    expect(affected!.dates).toHaveLength(1);
    await desk.recount(noticed);
    expect((await desk.engine.getCase(id)).dueAt).toBe(close('2026-12-28'));
  });
});

describe('a case whose own date stands still', () => {
  const previewed = async (desk: Hall) =>
    (await desk.engine.previewRecount({ calendar: noticed })).affected.flatMap(({ dates }) => dates);
  const moved = { was: close('2027-01-05'), is: close('2027-01-06'), wasProvisional: true, isProvisional: false };

  it('is named with the time that its applicant has to supplement', async () => {
    const desk = hall();
    const accepted = permit(10, 9).replace('<userTask id="review"', '<userTask id="review" ov:milestone="accepted"');
    const { id } = await desk.open(accepted);
    const told = { defects: [{ material: '图', problem: '缺少' }], limit: { value: 10, unit: 'workingDays' as const } };
    await desk.engine.noticeSupplement({ caseId: id, ...told }, WANG);
    expect(await previewed(desk)).toMatchObject([{ of: 'supplement', ...moved }]);
    await desk.recount(noticed);
    expect(await previewed(desk)).toEqual([]);
  });

  it('is named with the expected end of its hold', async () => {
    const desk = hall();
    const { id } = await desk.open(permit(10, 9));
    const hold = { reason: 'test' as const, expectedDays: 10, notice: { number: '1' }, note: '检测' };
    await desk.engine.holdCase({ caseId: id, ...hold }, WANG);
    expect(await previewed(desk)).toMatchObject([{ of: 'hold', ...moved }]);
  });

  it('is named with its acceptance review, and with a timer in working time', async () => {
    const desk = hall({ now: '2026-12-29' });
    await desk.open(
      bpmn(
        `<startEvent id="s"/><userTask id="review" ov:department="housing" ov:milestone="accepted"/><endEvent id="e"/>
         <boundaryEvent id="remind" name="提醒" attachedToRef="review" cancelActivity="false"><timerEventDefinition ov:value="5" ov:unit="workingDays"/></boundaryEvent><endEvent id="reminded"/>
         ${chain('s', 'review', 'e')}${chain('remind', 'reminded')}`,
        { processAttrs: 'ov:promise="20" ov:unit="workingDays"' },
      ),
    );
    expect((await previewed(desk)).map(({ of, name }) => `${of} ${name}`)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^acceptance /), 'timer 提醒']),
    );
  });
});

describe('counting again with the same calendar', () => {
  it('changes nothing, whatever has happened to a case', async () => {
    const happening = fc.record({
      pass: fc.integer({ min: 0, max: 20 }),
      what: fc.constantFrom('nothing', 'hold', 'resume', 'extend', 'complete'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 0, max: 20 }),
        fc.array(happening, { maxLength: 8 }),
        async (limit, step, happenings) => {
          const desk = hall({ now: '2026-12-08' });
          desk.hang(noticed);
          const { id } = await desk.open(permit(limit, step));
          for (const { pass, what } of happenings) {
            await desk.pass(pass * 0.7 * DAY);
            const by = { caseId: id, reason: 'test' as const, note: '检测' };
            const command = {
              nothing: async () => undefined,
              hold: () => desk.engine.holdCase({ ...by, expectedDays: 90, notice: { number: '1' } }, WANG),
              resume: () => desk.engine.resumeCase(by, WANG),
              extend: () => desk.engine.extendCase({ caseId: id, value: 2, most: 10, note: '延期' }, WANG),
              complete: () => desk.complete(id, 'review'),
            }[what];
            await command().catch(() => undefined); // what is refused has not happened
          }
          await desk.engine.runDueJobs();
          const [before, events] = [await desk.engine.getCase(id), await desk.events(id)];
          expect(await desk.recount(noticed)).toMatchObject({ checked: 1, changed: 0, failed: [] });
          expect(await desk.engine.getCase(id)).toEqual(before);
          expect(await desk.events(id)).toEqual(events);
        },
      ),
      { numRuns: tries(40) },
    );
  });
});

async function until(met: () => boolean): Promise<void> {
  while (!met()) await new Promise((resolve) => setImmediate(resolve));
}
