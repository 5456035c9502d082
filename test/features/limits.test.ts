import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../engine/kernel/json.ts';
import { lightOf } from '../../engine/time/index.ts';
import { bpmn, chain } from '../support/bpmn.ts';
import { at, DESIGNER, office, WANG } from '../support/office.ts';

const DAY = 86_400_000;
/** 2026-03-02 is a Monday. */
const model = (ofCase: string, ofTask = '') =>
  bpmn(
    `<startEvent id="s"/><userTask id="review" ov:department="housing" ${ofTask}/><endEvent id="e"/>${chain('s', 'review', 'e')}`,
    { id: 'permit', processAttrs: ofCase },
  );
const midnight = (day: string) => at(`${day}T00:00:00+08:00`);
const close = (day: string) => at(`${day}T17:00:00+08:00`);
const note = '委托专家评审';

async function opened(xml: string, resources: JsonObject = {}) {
  const desk = office();
  await desk.engine.deploy({ bytes: Buffer.from(xml), resources }, DESIGNER);
  const { id } = await desk.engine.startCase(
    { definitionKey: 'permit', number: 'T-1', title: 'P', applicant: null, department: null, variables: {} },
    WANG,
  );
  const row = () => desk.engine.getCase(id);
  const task = () => desk.task(id, 'review');
  const light = async () => lightOf(await row(), desk.clock.now());
  const checks = async () => (await desk.events(id)).filter((event) => event.startsWith('deadline.'));
  return { desk, id, row, task, light, checks };
}
const BOTH = 'ov:promise="5" ov:statutory="20" ov:statutoryBasis="《行政许可法》第四十二条"';

describe('a statutory limit beside the promise', () => {
  it('gives the case and the task a date of its own, in a unit of its own', async () => {
    const { row, task } = await opened(
      model(
        BOTH,
        'ov:promise="2" ov:statutory="7" ov:statutoryUnit="calendarDays" ov:statutoryBasis="《建筑法》第八条"',
      ),
    );
    expect(await row()).toMatchObject({ dueAt: close('2026-03-09'), statutoryAt: close('2026-03-30') });
    expect(await task()).toMatchObject({ dueAt: close('2026-03-04'), statutoryAt: close('2026-03-09') });
  });

  it('turns the light red, later deep red, and each is put on record once', async () => {
    const { desk, light, checks } = await opened(model(BOTH));
    const seen = [await light()];
    for (const day of ['2026-03-06T08:00', '2026-03-10T08:00', '2026-03-31T08:00']) {
      await desk.pass(at(`${day}:00+08:00`) - desk.clock.now());
      seen.push(await light());
    }
    expect(seen).toEqual(['green', 'yellow', 'red', 'deepRed']);
    await desk.pass(100 * DAY);
    expect(await checks()).toEqual(['deadline.near', 'deadline.passed', 'deadline.statutory_passed']);
  });

  it('alone warns before it ends, and there is no red', async () => {
    const { desk, row, light, checks } = await opened(model('ov:statutory="10"'));
    expect(await row()).toMatchObject({
      dueAt: null,
      yellowAt: midnight('2026-03-11'),
      statutoryAt: close('2026-03-16'),
    });
    await desk.pass(close('2026-03-16') - desk.clock.now());
    expect(await light()).toBe('yellow');
    await desk.pass(1);
    expect(await light()).toBe('deepRed');
    expect(await checks()).toEqual(['deadline.near', 'deadline.statutory_passed']);
  });
});

describe('holds and the extension', () => {
  it('stop both clocks, and give the days back to both', async () => {
    const { desk, id, row, task, light } = await opened(model(BOTH, BOTH));
    await desk.pass(DAY);
    await desk.engine.holdCase(
      { caseId: id, reason: 'expertReview', expectedDays: 60, notice: { number: '1' }, note },
      WANG,
    );
    expect([await row(), await task()]).toMatchObject([
      { dueAt: null, statutoryAt: null, held: true },
      { dueAt: null, statutoryAt: null, held: true },
    ]);
    expect(await light()).toBe('grey');
    await desk.pass(2 * DAY);
    await desk.engine.resumeCase({ caseId: id, reason: 'expertReview', note }, WANG);
    const [resumed, of] = [await row(), await task()];
    expect(resumed.held).toBeUndefined();
    // three working days were touched
    expect([resumed.dueAt, resumed.statutoryAt]).toEqual([close('2026-03-12'), close('2026-04-02')]);
    expect([of.dueAt, of.statutoryAt]).toEqual([resumed.dueAt, resumed.statutoryAt]);
  });

  it('leave what has passed as it is: red stays red, and only the statutory date moves', async () => {
    const { desk, id, row, light, checks } = await opened(model(BOTH));
    await desk.pass(close('2026-03-10') - desk.clock.now());
    await desk.engine.holdCase({ caseId: id, reason: 'test', expectedDays: 60, notice: { number: '1' }, note }, WANG);
    expect(await row()).toMatchObject({ dueAt: close('2026-03-09'), statutoryAt: null, held: true });
    expect(await light()).toBe('red');
    await desk.pass(30 * DAY);
    await desk.engine.resumeCase({ caseId: id, reason: 'test', note }, WANG);
    await desk.pass(100 * DAY);
    expect(await checks()).toEqual(['deadline.near', 'deadline.passed', 'deadline.statutory_passed']);
  });

  it('move both dates by an extension, and say so', async () => {
    const { desk, id, row } = await opened(model(BOTH));
    await desk.engine.extendCase({ caseId: id, value: 10, most: 10, note }, WANG);
    expect(await row()).toMatchObject({ dueAt: close('2026-03-23'), statutoryAt: close('2026-04-14') });
    const events = await desk.store.listEvents(id, 0, 100);
    expect(events.find(({ type }) => type === 'clock.extended')!.data.dueDates).toEqual([
      { element: '', was: close('2026-03-09'), is: close('2026-03-23') },
      { element: '', was: close('2026-03-30'), is: close('2026-04-14'), limit: 'statutory' },
    ]);
  });

  it('cannot extend limits of two units: nobody could say by how much', async () => {
    const { desk, id } = await opened(model('ov:promise="5" ov:statutory="30" ov:statutoryUnit="calendarDays"'));
    await expect(desk.engine.extendCase({ caseId: id, value: 10, most: 10, note }, WANG)).rejects.toMatchObject({
      code: 'time.extension_of_other_unit',
    });
  });
});

describe('how limits are counted', () => {
  it.each([
    ['the next working day', '', close('2026-03-09')],
    ['the same day', 'ov:startRule="sameDay"', close('2026-03-06')],
    ['to the minute', 'ov:startRule="minuteExact"', at('2026-03-09T09:00:00+08:00')],
  ])('starts on %s', async (_, rule, dueAt) => {
    const desk = office({ now: '2026-03-02T09:00:00+08:00' });
    const { id } = await desk.open(model(`ov:promise="5" ${rule}`));
    expect((await desk.engine.getCase(id)).dueAt).toBe(dueAt);
  });

  it.each([
    ['by the common rule', '', midnight('2026-03-11')],
    ['at half of the limit', 'ov:yellow="50%"', midnight('2026-03-09')],
    ['when one day is left', 'ov:yellow="1"', midnight('2026-03-13')],
  ])('warns %s', async (_, yellow, yellowAt) => {
    const { row } = await opened(model(`ov:promise="10" ${yellow}`));
    expect(await row()).toMatchObject({ dueAt: close('2026-03-16'), yellowAt });
  });

  it('never warns where the model says so, and records the promise that passed all the same', async () => {
    const { desk, row, light, checks } = await opened(model('ov:promise="0" ov:yellow="none"'));
    expect(await row()).toMatchObject({ yellowAt: null });
    await desk.pass((await row()).dueAt! - desk.clock.now());
    expect(await light()).toBe('green');
    await desk.pass(1);
    expect([await light(), await checks()]).toEqual(['red', ['deadline.passed']]);
  });
});

describe('what the item states', () => {
  const item = {
    promise: { value: 3, unit: 'workingDays' },
    statutory: { value: 20, unit: 'workingDays', basis: '《行政许可法》第四十二条' },
    yellow: '1',
    limits: { review: { promise: { value: 2 }, startRule: 'sameDay' }, nowhere: { promise: { value: 1 } } },
  };

  it('counts where the model is silent, for the case and for a step', async () => {
    const { desk, row, task } = await opened(model(''), { item });
    expect(await row()).toMatchObject({ dueAt: close('2026-03-05'), statutoryAt: close('2026-03-30') });
    expect(await task()).toMatchObject({ dueAt: close('2026-03-03'), statutoryAt: null });
    const graph = await desk.engine.getGraph('permit:1');
    expect(graph.statutory!.basis).toBe('《行政许可法》第四十二条');
    expect(Object.keys(graph.nodes)).not.toContain('nowhere');
  });

  it('leads the cases of its process, unless the model names who does', async () => {
    const led = { ...item, department: 'tax' };
    const { desk } = await opened(model(''), { item: led });
    expect((await desk.engine.getGraph('permit:1')).department).toBe('tax');
    const { desk: other } = await opened(model('ov:department="housing"'), { item: led });
    expect((await other.engine.getGraph('permit:1')).department).toBe('housing');
  });

  it('gives way to the model, limit by limit', async () => {
    const { row, task } = await opened(model('ov:promise="5"', 'ov:promise="4" ov:startRule="nextWorkingDay"'), {
      item,
    });
    expect(await row()).toMatchObject({ dueAt: close('2026-03-09'), statutoryAt: close('2026-03-30') });
    expect(await task()).toMatchObject({ dueAt: close('2026-03-06') });
  });

  it('is what timers, reminders and departments of the model are checked against', async () => {
    const soon = bpmn(
      `<startEvent id="s"/><userTask id="review" ov:department="housing" ov:onOverdue="remind"/>
       <boundaryEvent id="soon" attachedToRef="review" cancelActivity="false"><timerEventDefinition ov:before="promise" ov:value="1"/></boundaryEvent>
       <endEvent id="e"/><endEvent id="told"/>${chain('s', 'review', 'e')}${chain('soon', 'told')}`,
      { id: 'permit' },
    );
    await expect(opened(soon)).rejects.toMatchObject({ code: 'definition.findings' });
    const { desk, id } = await opened(soon, { item });
    await desk.pass(at('2026-03-03T20:00:00+08:00') - desk.clock.now());
    expect(await desk.events(id)).toEqual(expect.arrayContaining(['timer.fired soon', 'task.reminded review']));
  });

  it('does not let the model promise more than the law allows by the item', async () => {
    await expect(opened(model('ov:promise="25"'), { item })).rejects.toMatchObject({
      details: {
        findings: expect.arrayContaining([expect.objectContaining({ rule: 'statutory-valid', severity: 'error' })]),
      },
    });
  });

  it('of an element that the model does not have is told of at the upload', async () => {
    const { findings } = await office().engine.checkUpload(Buffer.from(model('')), {
      itemOf: async () => ({ limits: { reviewed: { promise: { value: 2 } } } }),
    });
    expect(findings).toEqual([
      expect.objectContaining({ rule: 'promise-valid', severity: 'warning', element: 'permit' }),
    ]);
    expect(findings[0]!.zh).toContain('reviewed');
  });

  it('is not believed where it makes no sense', async () => {
    const odd = {
      promise: { value: -1 },
      statutory: { value: 2, unit: 'moons' },
      startRule: 'never',
      yellow: 'soon',
      limits: { review: 5, __proto__: null },
    };
    const { row, task, light } = await opened(model(''), { item: odd });
    expect(await row()).toMatchObject({ dueAt: null, statutoryAt: null, calendarVersion: null });
    expect(await task()).toMatchObject({ dueAt: null });
    expect(await light()).toBe('none');
  });
});

describe('the acceptance review and the delivery', () => {
  const phased = (attributes: string) =>
    bpmn(
      `<startEvent id="s"/><userTask id="accept" ov:department="window" ov:milestone="accepted"/>
       <userTask id="review" ov:department="housing" ov:milestone="decided"/>
       <userTask id="deliver" ov:department="window" ov:milestone="delivered"/><endEvent id="e"/>
       ${chain('s', 'accept', 'review', 'deliver', 'e')}`,
      { id: 'permit', processAttrs: `ov:promise="10" ${attributes}` },
    );
  const stated = {
    acceptance: { promise: { value: 3, unit: 'workingDays' }, startRule: 'sameDay', yellow: '1' },
    delivery: { promise: { value: 4, unit: 'workingDays' }, yellow: 'none' },
  };

  it.each([
    ['the law', '', {}, close('2026-03-09'), midnight('2026-03-06'), close('2026-03-16'), midnight('2026-03-11')],
    [
      'the model',
      'ov:acceptanceStartRule="sameDay" ov:acceptanceYellow="2" ov:deliveryYellow="none"',
      {},
      close('2026-03-06'),
      midnight('2026-03-04'),
      close('2026-03-16'),
      null,
    ],
    ['the item', '', stated, close('2026-03-04'), midnight('2026-03-03'), close('2026-03-06'), null],
    [
      'the model before the item',
      'ov:acceptance="2" ov:deliveryYellow="1"',
      stated,
      close('2026-03-03'),
      midnight('2026-03-02'),
      close('2026-03-06'),
      midnight('2026-03-05'),
    ],
  ])('are counted and warn as %s says', async (_, attributes, own, review, warned, deliver, late) => {
    const { desk, id, row } = await opened(phased(attributes), { item: own });
    expect(await row()).toMatchObject({ dueAt: review, yellowAt: warned });
    await desk.complete(id, 'accept');
    // neither rule nor warning is the handling's
    expect(await row()).toMatchObject({ dueAt: close('2026-03-16'), yellowAt: midnight('2026-03-11') });
    await desk.complete(id, 'review');
    expect(await row()).toMatchObject({ dueAt: deliver, yellowAt: late });
  });
});
