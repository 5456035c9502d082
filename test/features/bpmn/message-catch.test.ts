import { expect, it } from '@jest/globals';
import { bpmn, chain } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { DESIGNER, office, type Office } from '../../support/office.ts';

const roots = '<message id="m" name="paid" ov:correlationKey="=orderNo"/>';
const definition = '<messageEventDefinition messageRef="m"/>';
const catching = bpmn(
  `<startEvent id="s"/><intermediateCatchEvent id="wait">${definition}</intermediateCatchEvent><userTask id="after"/><endEvent id="e"/>` +
    chain('s', 'wait', 'after', 'e'),
  { roots },
);
const attached = (attributes: string) =>
  bpmn(
    `<startEvent id="s"/><userTask id="work"/><endEvent id="e"/><boundaryEvent id="on" attachedToRef="work" ${attributes}>${definition}</boundaryEvent><userTask id="read"/><endEvent id="e2"/>` +
      chain('s', 'work', 'e') +
      chain('on', 'read', 'e2'),
    { roots },
  );
const pay = (desk: Office, key: string, variables = {}) =>
  desk.engine.correlateMessage({ name: 'paid', key, variables }, DESIGNER);

element('Message intermediate catch event', '13.5.2', () => {
  it('waits for its name and the key of its own case', async () => {
    const desk = office();
    const first = await desk.open(catching, { orderNo: 'A1' });
    const second = await desk.start('P', { orderNo: 'A2' });
    await pay(desk, 'A2', { amount: 5 });
    expect(await desk.waiting(first.id)).toEqual([]);
    expect(await desk.waiting(second.id)).toEqual(['after']);
    expect(await desk.engine.taskVariables(await desk.task(second.id, 'after'))).toEqual({ orderNo: 'A2', amount: 5 });
  });

  it('takes one message and is done', async () => {
    const desk = office();
    await desk.open(catching, { orderNo: 'A1' });
    await pay(desk, 'A1');
    await expect(pay(desk, 'A1')).rejects.toMatchObject({ code: 'message.nobody_waits' });
  });
});

element('Message boundary event', '13.5.3', () => {
  it('takes over from its activity', async () => {
    const desk = office();
    const { id } = await desk.open(attached(''), { orderNo: 'A1' });
    await pay(desk, 'A1');
    expect(await desk.waiting(id)).toEqual(['read']);
  });

  it('hears nothing after its activity has ended', async () => {
    const desk = office();
    const { id } = await desk.open(attached(''), { orderNo: 'A1' });
    await desk.complete(id, 'work');
    await expect(pay(desk, 'A1')).rejects.toMatchObject({ code: 'message.nobody_waits' });
  });
});

element('Message boundary event, non-interrupting', '13.5.3', () => {
  it('hears every message while its activity goes on', async () => {
    const desk = office();
    const { id } = await desk.open(attached('cancelActivity="false"'), { orderNo: 'A1' });
    for (let times = 0; times < 3; times++) await pay(desk, 'A1');
    expect(await desk.waiting(id)).toEqual(['read', 'read', 'read', 'work']);
  });
});
