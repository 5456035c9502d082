import { expect, it } from '@jest/globals';
import { auditedOffice } from '../../support/audited-office.ts';
import { bpmn, chain } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { at, LI, WANG } from '../../support/office.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const note = '委托检验';
const close = (day: string) => at(`${day}T17:00:00+08:00`);

const timer = (attributes: string) => `<timerEventDefinition ${attributes}/>`;
const attached = (attributes: string, { task = 'ov:promise="5"', more = 'cancelActivity="false"' } = {}) =>
  bpmn(
    `<startEvent id="s"/><userTask id="review" ov:department="housing" ${task}/><boundaryEvent id="soon" attachedToRef="review" ${more}>${timer(attributes)}</boundaryEvent><userTask id="urge" ov:department="housing"/><endEvent id="e"/><endEvent id="e2"/>` +
      chain('s', 'review', 'e') +
      chain('soon', 'urge', 'e2'),
    { processAttrs: 'ov:promise="10"' },
  );
const waiting = (attributes: string) =>
  bpmn(
    `<startEvent id="s"/><intermediateCatchEvent id="wait">${timer(attributes)}</intermediateCatchEvent><userTask id="after" ov:department="housing"/><endEvent id="e"/>` +
      chain('s', 'wait', 'after', 'e'),
    { processAttrs: 'ov:promise="10"' },
  );
/** Urges beside all else when the promise of the case is about to end. */
const watched = bpmn(
  `<startEvent id="s"/><userTask id="review" ov:department="housing"/><endEvent id="e"/>${chain('s', 'review', 'e')}` +
    `<subProcess id="watch" triggeredByEvent="true"><startEvent id="soon" isInterrupting="false">${timer('ov:before="promise" ov:value="2"')}</startEvent><userTask id="urge" ov:department="housing"/><endEvent id="we"/>${chain('soon', 'urge', 'we')}</subProcess>`,
  { processAttrs: 'ov:promise="10"' },
);

/** 2026-03-02 is a Monday: ten working days end on Monday the 16th, five on the 9th. */
async function opened(xml: string, options: { now?: string; variables?: Record<string, number> } = {}) {
  const desk = auditedOffice(options);
  const { id } = await desk.open(xml, options.variables);
  const timers = async () =>
    Object.values((await desk.check(id)).state.tokens).flatMap(({ armed }) =>
      Object.values(armed ?? {}).map((each) => (each.type === 'timer' ? each.dueAt : undefined)),
    );
  /** Lets the time pass until then, everything due in its order. */
  const until = async (moment: number) => {
    await desk.pass(moment - desk.clock.now());
    await desk.check(id);
  };
  const hold = () =>
    desk.engine.holdCase({ caseId: id, reason: 'inspection', expectedDays: 20, notice: { number: '1' }, note }, WANG);
  const resume = () => desk.engine.resumeCase({ caseId: id, reason: 'inspection', note: '检验结束' }, WANG);
  return { ...desk, id, timers, until, hold, resume, waits: () => desk.waiting(id) };
}

element('Timer in working time', '13.5.2', () => {
  it('is due at close of office on its last working day', async () => {
    const desk = await opened(waiting('ov:value="3"'), { now: '2026-09-29' });
    // National Day is no working day
    expect(await desk.timers()).toEqual([close('2026-10-09')]);
    await desk.until(close('2026-10-09') - 1);
    expect(await desk.waits()).toEqual([]);
    await desk.until(close('2026-10-09'));
    expect(await desk.waits()).toEqual(['after']);
  });

  it.each([
    ['office hours', 'ov:value="5.5" ov:unit="workingHours"', at('2026-03-02T16:00:00+08:00')],
    ['calendar days that end on a Sunday', 'ov:value="6" ov:unit="calendarDays"', close('2026-03-09')],
    ['what the data say', 'ov:value="=2 * days"', close('2026-03-06')],
  ])('counts %s', async (_, attributes, dueAt) => {
    const desk = await opened(waiting(attributes), { variables: { days: 2 } });
    expect(await desk.timers()).toEqual([dueAt]);
  });

  it('is an incident where the data give no amount', async () => {
    const desk = await opened(waiting('ov:value="=days"'), { variables: { days: 1.5 } });
    expect(await desk.incidents(desk.id)).toEqual(['timer.bad_value wait']);
  });

  it('comes again and again in working time, so many times', async () => {
    const desk = await opened(attached('ov:value="2" ov:times="3"'), { now: '2026-09-24' });
    const urges: number[] = [];
    for (const day of ['2026-09-28', '2026-09-30', '2026-10-09', '2026-10-12', '2026-10-13']) {
      await desk.until(close(day));
      urges.push((await desk.waits()).filter((node) => node === 'urge').length);
    }
    // counted: Mon 28 Sep and Tue 29; Wed 30 and Thu 8 Oct; Fri 9 and the make-up Saturday 10
    expect(urges).toEqual([0, 1, 2, 3, 3]);
    expect(await desk.timers()).toEqual([]);
  });

  it('stands still while the case is held, and goes on where it was', async () => {
    const desk = await opened(waiting('ov:value="3"'));
    await desk.until(at('2026-03-03T09:00:00+08:00'));
    await desk.hold();
    expect(await desk.timers()).toEqual([null]);
    await desk.pass(20 * DAY);
    expect(await desk.waits()).toEqual([]);
    // held from Tuesday on; the three days are now Monday the 23rd to Wednesday
    await desk.until(at('2026-03-23T08:00:00+08:00'));
    await desk.resume();
    expect(await desk.timers()).toEqual([close('2026-03-25')]);
  });
});

element('Timer before or after a due date', '13.5.3', () => {
  it('leaves just so many working days of the task it is attached to', async () => {
    const desk = await opened(attached('ov:before="promise" ov:value="2"'));
    expect(await desk.task(desk.id, 'review')).toMatchObject({ dueAt: close('2026-03-09') });
    expect(await desk.timers()).toEqual([close('2026-03-05')]);
    await desk.until(close('2026-03-05'));
    expect(await desk.waits()).toEqual(['review', 'urge']);
  });

  it('may take the task away once its promise has passed', async () => {
    const desk = await opened(attached('ov:after="promise" ov:value="0"', { more: '' }));
    await desk.until(close('2026-03-09'));
    expect(await desk.waits()).toEqual(['urge']);
  });

  it('urges every working day from the promise of the case on', async () => {
    const desk = await opened(
      attached('ov:after="promise" ov:of="case" ov:value="1" ov:times="unbounded"', { task: '' }),
    );
    expect(await desk.timers()).toEqual([close('2026-03-17')]);
    for (const day of ['2026-03-17', '2026-03-18', '2026-03-19', '2026-03-20']) await desk.until(close(day));
    expect((await desk.waits()).filter((node) => node === 'urge')).toHaveLength(4);
    expect(await desk.timers()).toEqual([close('2026-03-23')]);
  });

  it('hangs on the statutory limit where it says so', async () => {
    const task = 'ov:promise="5" ov:statutory="7"';
    const desk = await opened(attached('ov:before="statutory" ov:value="1"', { task }));
    expect(await desk.timers()).toEqual([close('2026-03-10')]);
    await desk.until(at('2026-03-04T09:00:00+08:00'));
    await desk.hold();
    await desk.until(at('2026-03-06T08:00:00+08:00'));
    await desk.resume();
    // the 4th and 5th were held
    expect(await desk.timers()).toEqual([close('2026-03-12')]);
  });

  it('hangs on the case where it begins an event sub-process', async () => {
    const desk = await opened(watched);
    expect(await desk.timers()).toEqual([close('2026-03-12')]);
    await desk.until(close('2026-03-12'));
    expect(await desk.waits()).toEqual(['review', 'urge']);
  });

  it('moves with the hold, the resumption and the extension of the case', async () => {
    const desk = await opened(watched);
    await desk.until(at('2026-03-04T08:00:00+08:00'));
    await desk.hold();
    expect(await desk.timers()).toEqual([null]);
    await desk.until(at('2026-03-18T08:00:00+08:00'));
    expect(await desk.waits()).toEqual(['review']);
    await desk.resume();
    // ten of the days from the 4th to the 17th were held
    expect(await desk.timers()).toEqual([close('2026-03-26')]);
    await desk.engine.extendCase({ caseId: desk.id, value: 5, most: 10, note: '情况复杂' }, WANG);
    expect(await desk.timers()).toEqual([close('2026-04-02')]);
    const moves = (await desk.store.listEvents(desk.id, 0, 100)).filter(({ type }) => type === 'timer.moved');
    expect(moves.map(({ node, data }) => [node, data.is])).toEqual([
      ['soon', null],
      ['soon', close('2026-03-26')],
      ['soon', close('2026-04-02')],
    ]);
    await desk.until(close('2026-04-02'));
    expect(await desk.waits()).toEqual(['review', 'urge']);
  });

  it('happens at once where its time has passed when it is armed', async () => {
    const desk = await opened(waiting('ov:before="promise" ov:value="10"'));
    await desk.until(close('2026-03-02'));
    expect(await desk.waits()).toEqual(['after']);
    const late = await opened(attached('ov:before="promise" ov:of="case" ov:value="=20"'));
    await late.pass(0);
    expect(await late.waits()).toEqual(['review', 'urge']);
  });

  it('does not happen twice when the clock is held and runs on in one moment', async () => {
    const desk = await opened(watched);
    await desk.until(close('2026-03-12'));
    await desk.hold();
    await desk.resume();
    await desk.pass(30 * DAY);
    expect(await desk.waits()).toEqual(['review', 'urge']);
  });

  it('ends with what it is attached to', async () => {
    const desk = await opened(attached('ov:before="promise" ov:value="2"'));
    await desk.complete(desk.id, 'review');
    expect((await desk.check(desk.id)).status).toBe('completed');
  });
});

element('Timer in working time of another version', '13.5.3', () => {
  const migrate = async (desk: Awaited<ReturnType<typeof opened>>, xml: string) => {
    await desk.deploy(xml);
    await desk.engine.migrateCase({ caseId: desk.id, version: 2, reason: '改版' }, LI);
    return desk.timers();
  };

  it('moves the timers that hang on them', async () => {
    const desk = await opened(attached('ov:before="promise" ov:value="2"'));
    expect(await migrate(desk, attached('ov:before="promise" ov:value="2"', { task: 'ov:promise="8"' }))).toEqual([
      close('2026-03-10'),
    ]);
  });

  it('has its own times beside them', async () => {
    const desk = await opened(attached('ov:before="promise" ov:value="2"'));
    expect(await migrate(desk, attached('ov:before="promise" ov:value="3"'))).toEqual([close('2026-03-04')]);
  });

  it('leaves a timer of its own the time it has', async () => {
    const desk = await opened(attached('ov:value="4"'));
    expect(await migrate(desk, attached('ov:value="9"'))).toEqual([close('2026-03-06')]);
  });
});
