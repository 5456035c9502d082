import { describe, expect, it, jest } from '@jest/globals';
import { silenceWaitsUntil } from '../../engine/index.ts';
import type { Supplement } from '../../engine/store/ports.ts';
import { loadCalendar } from '../../processes/calendars/index.ts';
import { branchesOfCase } from '../../processes/casework/index.ts';
import { bpmn, chain, flow } from '../support/bpmn.ts';
import { graphOf } from '../support/graph-of.ts';
import {
  amended,
  close,
  hall,
  noticed,
  permit,
  rewrite,
  withDays,
  withOff,
  type Hall,
} from '../support/notice-hall.ts';
import { at, DESIGNER, WANG } from '../support/office.ts';
import { patience } from '../support/patience.ts';

jest.setTimeout(patience(60_000));

const fridayOff = withOff('cn-2027.3', '08');

describe('a notice by which a date has passed already', () => {
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

  const consulted = async ({ limits = '', result = '{ ok: true }' } = {}) => {
    const consent = `${limits} ov:onOverdue="deemedConsent" ov:deemedBasis="某办法第二条" ov:deemedResult="${result}"`;
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

  it('has a department kept its time that answers in the time that it was left', async () => {
    const { desk, id, until } = await consulted();
    await desk.recount(shorter);
    await until(at('2027-01-08'));
    await desk.complete(id, 'review');
    const row = await desk.engine.getCase(id);
    const graph = await graphOf(permit(20, 5));
    const given = { row, tasks: await desk.store.listTasksOfCase(id), graph, left: new Map(), calendar: shorter };
    const { parties } = branchesOfCase({ ...given, now: desk.clock.now() });
    expect(parties).toMatchObject([{ kept: true, due: { dueAt: close('2027-01-06') } }]);
  });

  it('moves the time to answer where another notice makes its day a day off, and tells of it', async () => {
    const { desk, id, told, until } = await consulted();
    await desk.recount(shorter);
    desk.clock.set(at('2027-01-07') + 60_000);
    await desk.recount(fridayOff);
    const days = [close('2027-01-08'), close('2027-01-11')];
    expect((await told('task.consent_waits')).map(({ data }) => data.until)).toEqual(days);
    await until(days[0]! + 1);
    expect(await desk.waiting(id)).toEqual(['review']);
    await until(days[1]! + 1);
    expect(await desk.waiting(id)).toEqual(['look']);
  });

  it('takes silence for consent in the end also where another notice moves the limit of the law alone', async () => {
    const { desk, id, told, until } = await consulted({ limits: 'ov:statutory="10"' });
    await desk.recount(shorter);
    desk.clock.set(at('2027-01-07') + 60_000);
    await desk.recount(withOff('cn-2027.6', '12'));
    await until(close('2027-01-08') + 1);
    expect([await desk.waiting(id), await told('task.deemed')]).toMatchObject([['look'], [{}]]);
  });

  it('calls nobody late of the limit of the law either who may still answer', async () => {
    const { desk, told, until } = await consulted({ limits: 'ov:statutory="5"' });
    await desk.recount(shorter);
    await until(close('2027-01-08') + 1);
    expect([await told('deadline.statutory_passed'), await told('task.deemed')]).toMatchObject([[], [{}]]);
  });

  it('does not ask again after a hold whose consent could not be entered', async () => {
    const { desk, id, told, until } = await consulted({ result: '[opinion]' });
    await until(close('2027-01-07') + 1);
    const hold = { reason: 'test' as const, expectedDays: 10, notice: { number: '1' }, note: '检测' };
    await desk.engine.holdCase({ caseId: id, ...hold }, WANG);
    await until(at('2027-01-11'));
    await desk.engine.resumeCase({ caseId: id, reason: 'test', note: '检测结束' }, WANG);
    await until(at('2027-01-18'));
    expect([await told('task.consent_waits'), await told('task.escalated')]).toMatchObject([[], [{}]]);
  });

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

      it('calls a step that begins meanwhile late only after that', async () => {
        const two = accepted.replace('ov:promise="9" ov:unit="workingDays"', 'ov:promise="1" ov:unit="workingHours"');
        const glance = two
          .replace('<userTask id="review"', '<userTask id="glance" ov:department="housing"/><userTask id="review"')
          .replace('sourceRef="s" targetRef="review"', 'sourceRef="s" targetRef="glance"')
          .replace('</process>', `${flow('glance', 'review')}</process>`);
        const { desk, id, told, until } = await reviewed(at('2027-01-07'), glance);
        await desk.recount(shorter);
        await desk.complete(id, 'glance');
        await until(close('2027-01-08'));
        expect(await told('deadline.passed')).toEqual([]);
        await until(close('2027-01-08') + 1);
        expect(await told('deadline.passed')).toMatchObject([{ node: 'review' }]);
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
