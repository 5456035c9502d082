import { expect, it } from '@jest/globals';
import { bpmn, chain } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { office } from '../../support/office.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const timer = (kind: string, text: string) => `<timerEventDefinition><${kind}>${text}</${kind}></timerEventDefinition>`;
const waiting = (kind: string, text: string) =>
  bpmn(
    `<startEvent id="s"/><intermediateCatchEvent id="wait">${timer(kind, text)}</intermediateCatchEvent><userTask id="after"/><endEvent id="e"/>` +
      chain('s', 'wait', 'after', 'e'),
  );
const attached = (kind: string, text: string, attributes = '') =>
  bpmn(
    `<startEvent id="s"/><userTask id="work"/><endEvent id="e"/><boundaryEvent id="late" attachedToRef="work" ${attributes}>${timer(kind, text)}</boundaryEvent><userTask id="remind"/><endEvent id="e2"/>` +
      chain('s', 'work', 'e') +
      chain('late', 'remind', 'e2'),
  );

element('Timer intermediate catch event: date', '13.5.2', () => {
  it('holds the case until its moment, in the time zone it names', async () => {
    const desk = office({ now: '2026-03-02T09:00:00+08:00' });
    const { id } = await desk.open(waiting('timeDate', '2026-03-02T09:00:00Z'));
    await desk.pass(8 * HOUR - 1);
    expect(await desk.waiting(id)).toEqual([]);
    await desk.pass(1);
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('does not hold it when its moment has passed', async () => {
    const desk = office({ now: '2026-03-02' });
    const { id } = await desk.open(waiting('timeDate', '2026-03-01T00:00:00Z'));
    await desk.pass(0);
    expect(await desk.waiting(id)).toEqual(['after']);
  });
});

element('Timer intermediate catch event: duration', '13.5.2', () => {
  it('holds the case as long as it says, counted from its arrival', async () => {
    const desk = office();
    const { id } = await desk.open(waiting('timeDuration', 'P40DT1H'));
    await desk.pass(40 * DAY);
    expect(await desk.waiting(id)).toEqual([]);
    await desk.pass(HOUR);
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('reads its time from the data of the case', async () => {
    const desk = office();
    const { id } = await desk.open(waiting('timeDuration', '=pause'), { pause: 'PT2H' });
    await desk.pass(2 * HOUR);
    expect(await desk.waiting(id)).toEqual(['after']);
  });
});

element('Timer intermediate catch event: cycle', '13.5.2', () => {
  it('goes on at the first occurrence, once', async () => {
    const desk = office();
    const { id } = await desk.open(waiting('timeCycle', 'R3/PT1H'));
    for (let hour = 0; hour < 4; hour++) await desk.pass(HOUR);
    expect(await desk.waiting(id)).toEqual(['after']);
    expect((await desk.events(id)).filter((event) => event === 'timer.fired wait')).toHaveLength(1);
  });
});

element('Timer boundary event', '13.5.3', () => {
  it('takes over from an activity that takes too long', async () => {
    const desk = office();
    const { id } = await desk.open(attached('timeDuration', 'PT1H'));
    await desk.pass(HOUR);
    expect(await desk.waiting(id)).toEqual(['remind']);
    expect(await desk.events(id)).toContain('element.cancelled work');
  });

  it('is gone with the activity', async () => {
    const desk = office();
    const { id } = await desk.open(attached('timeDuration', 'PT1H'));
    await desk.complete(id, 'work');
    expect(await desk.pass(DAY)).toBe(0);
    expect((await desk.engine.getCase(id)).status).toBe('completed');
  });
});

element('Timer boundary event, non-interrupting', '13.5.3', () => {
  it('reminds as often as its cycle says, and the activity stays', async () => {
    const desk = office();
    const { id } = await desk.open(attached('timeCycle', 'R2/PT1H', 'cancelActivity="false"'));
    for (let hour = 0; hour < 4; hour++) await desk.pass(HOUR);
    expect(await desk.waiting(id)).toEqual(['remind', 'remind', 'work']);
  });

  it('leaves what it began running after the activity has ended', async () => {
    const desk = office();
    const { id } = await desk.open(attached('timeDuration', 'PT1H', 'cancelActivity="false"'));
    await desk.pass(HOUR);
    await desk.complete(id, 'work');
    expect((await desk.engine.getCase(id)).status).toBe('active');
    await desk.complete(id, 'remind');
    expect((await desk.engine.getCase(id)).status).toBe('completed');
  });
});
