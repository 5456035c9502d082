import { expect, it } from '@jest/globals';
import { bpmn, chain } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { DESIGNER, office } from '../../support/office.ts';

const two = bpmn(
  '<startEvent id="s"/><startEvent id="told"><messageEventDefinition messageRef="m"/></startEvent><userTask id="a"/><userTask id="b"/><endEvent id="e"/>' +
    chain('s', 'a', 'e') +
    chain('told', 'b', 'e'),
  { roots: '<message id="m" name="来件"/>' },
);

element('None start event', '13.5.1', () => {
  it('begins a case that a person starts, with the data the person brought', async () => {
    const desk = office();
    const { id } = await desk.open(two, { name: '房屋' });
    expect(await desk.waiting(id)).toEqual(['a']);
    expect(await desk.engine.taskVariables(await desk.task(id, 'a'))).toEqual({ name: '房屋' });
    expect((await desk.events(id)).slice(0, 2)).toEqual(['case.started s', 'element.completed s']);
  });

  it('begins each time a case of its own', async () => {
    const desk = office();
    const first = await desk.open(two);
    const second = await desk.start('P');
    await desk.complete(first.id, 'a');
    expect(await desk.waiting(second.id)).toEqual(['a']);
  });

  it('is missing where only messages start a case: a person cannot', async () => {
    const desk = office();
    const key = await desk.deploy(
      bpmn(
        '<startEvent id="told"><messageEventDefinition messageRef="m"/></startEvent><userTask id="b"/><endEvent id="e"/>' +
          chain('told', 'b', 'e'),
        { roots: '<message id="m" name="来件"/>' },
      ),
    );
    await expect(desk.start(key)).rejects.toMatchObject({ code: 'case.no_start_event' });
  });
});

element('Message start event', '13.5.1', () => {
  const told = (name: string) => ({ name, key: null, variables: { from: '税务' } });

  it('begins a case with what the message carries, and not at the other start events', async () => {
    const desk = office();
    await desk.deploy(two);
    const { caseId, started } = await desk.engine.correlateMessage(told('来件'), DESIGNER);
    expect(started).toBe(true);
    expect(await desk.waiting(caseId)).toEqual(['b']);
    expect(await desk.engine.taskVariables(await desk.task(caseId, 'b'))).toEqual({ from: '税务' });
  });

  it('begins another case with each message', async () => {
    const desk = office();
    await desk.deploy(two);
    const first = await desk.engine.correlateMessage(told('来件'), DESIGNER);
    const second = await desk.engine.correlateMessage(told('来件'), DESIGNER);
    expect(second.caseId).not.toBe(first.caseId);
  });

  it('is begun by its own message only', async () => {
    const desk = office();
    await desk.deploy(two);
    await expect(desk.engine.correlateMessage(told('别件'), DESIGNER)).rejects.toMatchObject({
      code: 'message.nobody_waits',
    });
  });
});
