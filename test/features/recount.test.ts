import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import {
  silenceWaitsUntil,
  type CalendarSource,
  type CaseRow,
  type RecountRun,
  type Store,
} from '../../engine/index.ts';
import { workCalendar, type WorkCalendar } from '../../engine/time/index.ts';
import type { Supplement } from '../../engine/store/ports.ts';
import { closedRejection } from '../../engine/store/refusals.ts';
import { testStore, tries } from '../support/test-store.ts';
import { loadCalendar } from '../../processes/calendars/index.ts';
import { branchesOfCase } from '../../processes/casework/index.ts';
import { bpmn, chain, flow } from '../support/bpmn.ts';
import { graphOf } from '../support/graph-of.ts';
import { AMENDED_2027, countryAfter, NOTICE_2027 } from '../support/notices.ts';
import { at, DESIGNER, office, WANG, type Office } from '../support/office.ts';
import { patience } from '../support/patience.ts';

jest.setTimeout(patience(60_000));

const DAY = 86_400_000;
const permit = (limit: number, step: number) =>
  bpmn(
    `<startEvent id="s"/><userTask id="review" name="审核" ov:department="housing" ov:promise="${step}" ov:unit="workingDays"/><userTask id="look" ov:department="housing"/><endEvent id="e"/>${chain('s', 'review', 'look', 'e')}`,
    { id: 'permit', processAttrs: `ov:promise="${limit}" ov:unit="workingDays"` },
  );
const calendarOf = (now: string, ...notices: unknown[]) => countryAfter(...notices).get('cn', at(now)).calendar;
const noticed = calendarOf('2026-11-05', NOTICE_2027);
const amended = calendarOf('2026-11-20', NOTICE_2027, AMENDED_2027);
/** As by the usual weeks, but for New Year and days of January. */
const withDays = (version: string, { off, work = [] }: { off: readonly string[]; work?: readonly string[] }) => {
  const days = (some: readonly string[]) => some.map((day) => `2027-01-${day}`);
  return workCalendar({
    version,
    utcOffset: '+08:00',
    coverage: ['2026-01-01', '2027-12-31'],
    officeHours: ['08:30-12:00', '13:00-17:00'],
    years: { 2027: { papers: ['made up for tests'], off: days(off), work: days(work) } },
  });
};
const withOff = (version: string, ...days: string[]) => withDays(version, { off: ['01', ...days] });
const fridayOff = withOff('cn-2027.3', '08');
const close = (day: string) => at(`${day}T17:00:00+08:00`);
const because = { notice: 'cn-2027.1', papers: ['国办发明电〔2026〕7号'] };

/** The calendar on the wall: somebody may hang up another one. */
function wall(first: WorkCalendar = loadCalendar()): CalendarSource & { hang(calendar: WorkCalendar): void } {
  let hanging = first;
  return { current: () => hanging, refresh: () => Promise.resolve(), hang: (next) => void (hanging = next) };
}

interface Hall extends Office {
  hang(calendar: WorkCalendar): void;
  /** Hangs up another calendar and counts every open case again. */
  recount(calendar: WorkCalendar): Promise<RecountRun>;
  /** What the history says of dates that another calendar moved. */
  lines(caseId: string): Promise<unknown[]>;
}

function hall({ now = '2026-12-21', store = testStore() }: { now?: string; store?: Store } = {}): Hall {
  const calendar = wall();
  const desk = office({ store, now, calendar });
  return {
    ...desk,
    hang: calendar.hang,
    async recount(next) {
      calendar.hang(next);
      const { id } = await desk.engine.recountCases({ because }, DESIGNER);
      await desk.engine.runDueJobs();
      return desk.engine.getRecount(id);
    },
    async lines(caseId) {
      const events = await store.listEvents(caseId, 0, 1_000);
      return events.filter(({ type }) => type === 'deadline.recounted').map(({ data }) => data);
    },
  };
}

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

  describe('by which a date has passed already', () => {
    const shorter = loadCalendar();
    const accepted = permit(10, 9).replace('<userTask id="review"', '<userTask id="review" ov:milestone="accepted"');

    it('leaves a line about the expected end of a hold, after a preview, and that is told at once', async () => {
      const desk = hall();
      desk.hang(noticed);
      const { id } = await desk.open(permit(10, 9));
      const hold = { reason: 'test' as const, expectedDays: 10, notice: { number: '1' }, note: '检测' };
      await desk.engine.holdCase({ caseId: id, ...hold }, WANG);
      desk.clock.set(at('2027-01-06'));
      await desk.engine.runDueJobs();
      const moved = expect.objectContaining({ of: 'hold', was: close('2027-01-06'), is: close('2027-01-05') });
      const { affected } = await desk.engine.previewRecount({ calendar: shorter });
      expect(affected).toMatchObject([{ case: { id }, dates: [moved] }]);
      expect(await desk.recount(shorter)).toMatchObject({ changed: 1 });
      expect(await desk.lines(id)).toMatchObject([{ dueDates: [moved] }]);
      const overdue = (await desk.store.listEvents(id, 0, 1_000)).filter(({ type }) => type === 'clock.hold_overdue');
      expect(overdue).toMatchObject([{ at: desk.clock.now(), data: { expectedAt: close('2027-01-05') } }]);
      expect(await desk.recount(shorter)).toMatchObject({ changed: 0 });
    });

    const consulted = async () => {
      const consent = `ov:onOverdue="deemedConsent" ov:deemedBasis="某办法第二条" ov:deemedResult="{ ok: true }"`;
      const desk = hall({ now: '2026-12-29' });
      desk.hang(noticed);
      const { id } = await desk.open(permit(20, 5).replace('ov:promise="5"', `ov:promise="5" ${consent}`));
      const told = async (type: string) =>
        (await desk.store.listEvents(id, 0, 1_000)).filter((event) => event.type === type);
      const until = async (now: number) => {
        desk.clock.set(now);
        await desk.engine.runDueJobs();
      };
      await until(at('2027-01-07'));
      return { desk, id, told, until };
    };

    it.each(['before the notice', 'after it'])(
      'takes no silence for consent while the case is held: %s',
      async (when) => {
        const { desk, id, told, until } = await consulted();
        const hold = { reason: 'test' as const, expectedDays: 10, notice: { number: '1' }, note: '检测' };
        if (when === 'after it') await desk.recount(shorter);
        await desk.engine.holdCase({ caseId: id, ...hold }, WANG);
        if (when !== 'after it') await desk.recount(shorter);
        await until(at('2027-01-11'));
        expect([await desk.waiting(id), await told('deadline.passed')]).toEqual([['review'], []]);
        await desk.engine.resumeCase({ caseId: id, reason: 'test', note: '检测结束' }, WANG);
        await until(close('2027-01-12'));
        expect(await desk.waiting(id)).toEqual(['review']);
        expect((await told('task.consent_waits')).at(-1)).toMatchObject({ data: { until: close('2027-01-12') } });
        await until(close('2027-01-12') + 1);
        expect(await desk.waiting(id)).toEqual(['look']);
        expect([await told('deadline.passed'), await told('task.deemed')]).toMatchObject([[{}], [{}]]);
      },
    );

    it('takes no silence for consent before the close of the next working day, and tells who may still answer', async () => {
      const { desk, id, told, until } = await consulted();
      await desk.recount(shorter);
      await until(close('2027-01-08'));
      expect(await desk.waiting(id)).toEqual(['review']);
      expect(await told('task.consent_waits')).toMatchObject([
        { node: 'review', data: { until: close('2027-01-08'), groups: ['housing'], assignee: null } },
      ]);
      await until(close('2027-01-08') + 1);
      expect(await desk.waiting(id)).toEqual(['look']);
      expect(await told('task.deemed')).toHaveLength(1);
    });

    describe('of an acceptance review', () => {
      /** Received on 29 December: reviewed until 7 January by the notice, until the 6th by the shorter calendar. */
      const reviewed = async (now = at('2027-01-07'), model = accepted) => {
        const desk = hall({ now: '2026-12-29' });
        desk.hang(noticed);
        const { id } = await desk.open(model);
        desk.clock.set(now);
        await desk.engine.runDueJobs();
        const told = async (type: string) =>
          (await desk.store.listEvents(id, 0, 1_000)).filter((event) => event.type === type);
        const phases = async () => (await desk.engine.getCase(id)).clock!.phases!;
        const until = async (now: number) => {
          desk.clock.set(now);
          await desk.engine.runDueJobs();
        };
        const waitsUntil = async () => silenceWaitsUntil(await desk.engine.getCase(id), desk.clock.now());
        return { desk, id, told, phases, until, waitsUntil };
      };
      const limit = { value: 10, unit: 'workingDays' as const };
      const missing = { defects: [{ material: '图', problem: '缺少' }], limit };

      it('lets silence wait until the close of the next working day, says so, and accepts from receipt then', async () => {
        const { desk, id, told, phases, until, waitsUntil } = await reviewed();
        expect(await waitsUntil()).toBeUndefined();
        expect(await desk.recount(shorter)).toMatchObject({ changed: 1, failed: [] });
        expect(await waitsUntil()).toBe(close('2027-01-08'));
        expect(await desk.engine.getCase(id)).toMatchObject({ statutoryAt: close('2027-01-06') });
        expect(await told('case.silence_waits')).toMatchObject([{ data: { until: close('2027-01-08') } }]);
        expect(await told('deadline.passed')).toEqual([]);
        expect(await desk.recount(shorter)).toMatchObject({ changed: 0 });
        await until(close('2027-01-08'));
        expect(await phases()).toMatchObject({ now: 'acceptance' });
        await until(close('2027-01-08') + 1);
        expect(await phases()).toMatchObject({ now: 'handling', acceptedBy: 'silence', acceptedAt: at('2026-12-29') });
        expect(await desk.engine.getCase(id)).toMatchObject({ statutoryAt: null, dueAt: expect.any(Number) });
        expect(await waitsUntil()).toBeUndefined();
      });

      describe('of which the step has the same limit', () => {
        const stepped = accepted.replace('ov:promise="9" ov:unit="workingDays"', 'ov:promise="5" ov:statutory="5"');

        it('calls nobody late while silence waits, and the step once it has spoken', async () => {
          const { desk, told, until } = await reviewed(at('2027-01-07'), stepped);
          const late = async () => [await told('deadline.passed'), await told('deadline.statutory_passed')];
          await desk.recount(shorter);
          await until(close('2027-01-08'));
          expect(await late()).toEqual([[], []]);
          await until(close('2027-01-08') + 1);
          expect(await late()).toMatchObject([[{ node: 'review' }], [{ node: 'review' }]]);
        });

        it.each([
          ['moves the dates once more', withDays('cn-2027.5', { off: ['01'], work: ['02'] }), '08'],
          ['makes the day of the chance a day off', fridayOff, '11'],
        ])('calls nobody late while silence waits where another notice %s', async (_, another, day) => {
          const { desk, told, until } = await reviewed(at('2027-01-07'), stepped);
          const late = async () => [await told('deadline.passed'), await told('deadline.statutory_passed')];
          await desk.recount(shorter);
          desk.clock.set(at('2027-01-07') + 60_000);
          await desk.recount(another);
          await until(close(`2027-01-${day}`));
          expect(await late()).toEqual([[], []]);
          await until(close(`2027-01-${day}`) + 1);
          expect(await late()).toMatchObject([[{ node: 'review' }], [{ node: 'review' }]]);
        });

        it('calls nobody late while the case that called this one is held, and the step after the chance that follows', async () => {
          const desk = hall({ now: '2026-12-29' });
          desk.hang(noticed);
          await desk.deploy(stepped);
          const calls = `<startEvent id="s"/><callActivity id="call" calledElement="permit"/><endEvent id="e"/>${chain('s', 'call', 'e')}`;
          const caller = await desk.open(bpmn(calls, { id: 'calls', processAttrs: 'ov:promise="30"' }));
          await desk.engine.runDueJobs();
          const [called] = await desk.store.listCases({ definitionKey: 'permit', limit: 1 });
          const told = async (type: string) =>
            (await desk.store.listEvents(called!.id, 0, 1_000)).filter((event) => event.type === type);
          const until = async (now: number) => {
            desk.clock.set(now);
            await desk.engine.runDueJobs();
          };
          await until(at('2027-01-07'));
          await desk.recount(shorter);
          const hold = { reason: 'test' as const, expectedDays: 10, notice: { number: '1' }, note: '检测' };
          await desk.engine.holdCase({ caseId: caller.id, ...hold }, WANG);
          await desk.engine.runDueJobs();
          await until(at('2027-01-11'));
          expect([await told('deadline.passed'), await told('deadline.statutory_passed')]).toEqual([[], []]);
          await desk.engine.resumeCase({ caseId: caller.id, reason: 'test', note: '检测结束' }, WANG);
          await desk.engine.runDueJobs();
          await until(close('2027-01-12'));
          expect([await told('deadline.passed'), await told('deadline.statutory_passed')]).toEqual([[], []]);
          await until(close('2027-01-12') + 1);
          expect(await told('deadline.statutory_passed')).toMatchObject([{ node: 'review' }]);
        });

        it('has its department kept its time that accepts meanwhile', async () => {
          const { desk, id, until } = await reviewed(at('2027-01-07'), stepped);
          await desk.recount(shorter);
          await until(at('2027-01-08'));
          await desk.complete(id, 'review');
          const [row, tasks] = [await desk.engine.getCase(id), await desk.store.listTasksOfCase(id)];
          const given = {
            row,
            tasks,
            graph: await graphOf(stepped),
            left: new Map(),
            calendar: shorter,
            now: desk.clock.now(),
          };
          expect(branchesOfCase(given).parties).toMatchObject([{ kept: true, due: { dueAt: close('2027-01-06') } }]);
        });

        it('calls nobody late who told in time what is missing', async () => {
          const { desk, id, told, until } = await reviewed(at('2027-01-07'), stepped);
          await desk.engine.noticeSupplement({ caseId: id, ...missing }, WANG);
          await desk.recount(shorter);
          await until(at('2027-01-18'));
          expect([await told('deadline.passed'), await told('deadline.statutory_passed')]).toEqual([[], []]);
        });
      });

      it('makes no promise good that had passed before, and forgets both once the review begins anew', async () => {
        const sooner = accepted.replace('ov:promise="10"', 'ov:promise="10" ov:acceptance="3"');
        const { desk, id, told, phases } = await reviewed(at('2027-01-07'), sooner);
        expect(await told('deadline.passed')).toHaveLength(1);
        await desk.recount(shorter);
        expect(await phases()).toMatchObject({ silenceAfter: close('2027-01-08'), promiseMissed: true });
        expect(await told('deadline.passed')).toMatchObject([{}, { data: { since: close('2027-01-05') } }]);
        await desk.engine.noticeSupplement({ caseId: id, ...missing }, WANG);
        await desk.engine.answerSupplement({ caseId: id, note: '已补', files: [], variables: {} }, WANG);
        expect(Object.keys(await phases())).not.toContain('silenceAfter');
        expect(Object.keys(await phases())).not.toContain('promiseMissed');
      });

      it('waits no longer once the office has spoken, nor where another notice moves the end behind that', async () => {
        const told = await reviewed();
        await told.desk.recount(shorter);
        await told.desk.engine.noticeSupplement({ caseId: told.id, ...missing }, WANG);
        expect(await told.waitsUntil()).toBeUndefined();
        const moved = await reviewed();
        await moved.desk.recount(shorter);
        expect(await moved.waitsUntil()).toBe(close('2027-01-08'));
        await moved.desk.recount(withOff('cn-2027.4', '04', '05', '06', '07', '08'));
        expect(await moved.waitsUntil()).toBeUndefined();
      });

      it('gives the chance also where the end is moved to a few minutes from now', async () => {
        const { desk, told, phases, until } = await reviewed(Date.parse('2027-01-06T16:50:00+08:00'));
        await desk.recount(shorter);
        expect(await told('case.silence_waits')).toMatchObject([{ data: { until: close('2027-01-07') } }]);
        await until(close('2027-01-07'));
        expect(await phases()).toMatchObject({ now: 'acceptance' });
        await until(close('2027-01-07') + 1);
        expect(await phases()).toMatchObject({ acceptedBy: 'silence' });
      });

      it('moves the chance where another notice makes its day a day off', async () => {
        const { desk, told, phases, until } = await reviewed();
        await desk.recount(shorter);
        desk.clock.set(at('2027-01-07') + 60_000);
        await desk.recount(fridayOff);
        expect(Object.keys(await phases())).not.toContain('promiseMissed');
        const days = [close('2027-01-08'), close('2027-01-11')];
        expect((await told('case.silence_waits')).map(({ data }) => data.until)).toEqual(days);
        await until(days[0]! + 1);
        expect(await phases()).toMatchObject({ now: 'acceptance' });
        await until(days[1]! + 1);
        expect(await phases()).toMatchObject({ acceptedBy: 'silence' });
      });

      it('gives no second chance where the office was silent until the end that was in force', async () => {
        const { desk, told, phases } = await reviewed();
        desk.clock.set(close('2027-01-07') + 1);
        await desk.recount(shorter);
        expect(await told('case.silence_waits')).toEqual([]);
        expect(await phases()).toMatchObject({ acceptedBy: 'silence' });
      });

      it.each(['before the run', 'between the notice of holidays and the run'] as const)(
        'does not make an office silent that told what is missing %s',
        async (when) => {
          const { desk, id, told, phases, until } = await reviewed();
          if (when !== 'before the run') desk.hang(shorter);
          await desk.engine.noticeSupplement({ caseId: id, ...missing }, WANG);
          await desk.recount(shorter);
          await until(at('2027-01-18'));
          expect(await phases()).toMatchObject({ now: 'acceptance', supplements: [{ to: null }] });
          expect(await told('case.silence_waits')).toEqual([]);
          expect([await told('deadline.passed'), await told('deadline.statutory_passed')]).toEqual([[], []]);
          await desk.engine.answerSupplement({ caseId: id, note: '已补', files: [], variables: {} }, WANG);
          await until(close('2027-01-25'));
          expect(await phases()).toMatchObject({ now: 'acceptance' });
          await until(close('2027-01-25') + 1);
          expect(await phases()).toMatchObject({ acceptedBy: 'silence', acceptedAt: at('2027-01-18') });
        },
      );
    });

    it('lets an office speak that asked in time, where what it asked for comes to nothing afterwards', async () => {
      const asking = bpmn(
        `<startEvent id="s"/><exclusiveGateway id="g" default="g-review"/><userTask id="more" ov:assignee="=applicant" ov:supplement="true"/>
         <userTask id="review" ov:department="housing" ov:milestone="accepted"/><endEvent id="e"/>
         ${chain('s', 'g', 'review', 'e')}${flow('g', 'more', 'asks')}${flow('more', 'review')}`,
        { id: 'permit' },
      );
      const desk = hall({ now: '2026-12-29' });
      desk.hang(noticed);
      const { id } = await desk.open(asking, { asks: false });
      const move = (from: string, to: string) => {
        const operations = [{ do: 'move' as const, at: { element: from }, to: { element: to } }];
        return desk.engine.modifyCase({ caseId: id, operations, reason: '调整' }, DESIGNER);
      };
      const phases = async () => (await desk.engine.getCase(id)).clock!.phases!;
      desk.clock.set(at('2027-01-07'));
      await move('review', 'more');
      await desk.recount(shorter);
      desk.clock.set(at('2027-01-11'));
      await desk.engine.runDueJobs();
      expect(await phases()).toMatchObject({ now: 'acceptance', supplements: [{ to: null }] });
      await move('more', 'review');
      desk.clock.set(close('2027-01-12'));
      await desk.engine.runDueJobs();
      expect(await phases()).toMatchObject({ now: 'acceptance', supplements: [{ answered: false }] });
      desk.clock.set(close('2027-01-12') + 1);
      await desk.engine.runDueJobs();
      expect(await phases()).toMatchObject({ acceptedBy: 'silence', acceptedAt: at('2026-12-29') });
    });

    const askedUntil = async (desk: Hall, told: 'kept' | 'in its job alone' = 'kept') => {
      const { id } = await desk.open(accepted);
      const limit = { value: 10, unit: 'workingDays' as const };
      await desk.engine.noticeSupplement({ caseId: id, defects: [{ material: '图', problem: '缺少' }], limit }, WANG);
      const row = await desk.engine.getCase(id);
      const [{ toldUntil, ...before }] = row.clock!.phases!.supplements as [Supplement];
      expect(toldUntil).toBe(close('2027-01-06'));
      if (told === 'in its job alone') {
        const phases = { ...row.clock!.phases!, supplements: [before] };
        await rewrite(desk.store, { ...row, clock: { ...row.clock!, phases } });
      }
      desk.clock.set(at('2027-01-06'));
      await desk.engine.runDueJobs();
      return id;
    };

    it.each(['kept', 'in its job alone'] as const)(
      'never takes from an applicant the time that they were told: %s',
      async (told) => {
        const desk = hall();
        desk.hang(noticed);
        const id = await askedUntil(desk, told);
        expect((await desk.engine.previewRecount({ calendar: shorter })).affected).toEqual([]);
        expect(await desk.recount(shorter)).toMatchObject({ changed: 0, failed: [] });
        expect(await desk.lines(id)).toEqual([]);
        expect((await desk.store.findJob(`${id}.supplement`))?.dueAt).toBe(close('2027-01-06'));
        desk.clock.set(close('2027-01-06'));
        await desk.engine.answerSupplement({ caseId: id, note: '已补', files: [], variables: {} }, WANG);
        expect((await desk.engine.getCase(id)).clock?.phases?.supplements).toMatchObject([{ answered: true }]);
      },
    );

    it('returns an application without an answer when the time is over that the applicant was told last', async () => {
      const desk = hall();
      desk.hang(noticed);
      const id = await askedUntil(desk);
      expect(await desk.recount(amended)).toMatchObject({ changed: 1 });
      await desk.recount(shorter);
      desk.clock.set(close('2027-01-07') - 1);
      await desk.engine.runDueJobs();
      expect((await desk.engine.getCase(id)).status).toBe('active');
      desk.clock.set(close('2027-01-07') + 1);
      await desk.engine.runDueJobs();
      const returned = (await desk.store.listEvents(id, 0, 1_000)).find(({ type }) => type === 'case.returned');
      expect(returned?.data).toMatchObject({ until: close('2027-01-07') });
    });
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

/** Writes a case as no command does: as an older version left it, or something broke it. */
async function rewrite(store: Store, row: CaseRow): Promise<void> {
  await store.commit({
    caseId: row.id,
    expectedRev: row.rev,
    case: { ...row, rev: row.rev + 1 },
    events: [],
    tasks: [],
    jobs: { put: [], remove: [] },
    subscriptions: { put: [], remove: [] },
    incidents: { put: [], remove: [] },
  });
}
