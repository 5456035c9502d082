import { expect, it } from '@jest/globals';
import { bpmn, chain, flow } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { DESIGNER, office } from '../../support/office.ts';

const HOUR = 3_600_000;
const roots =
  '<message id="paid" name="缴费"/><message id="amended" name="补正"/><message id="keyed" name="材料" ov:correlationKey="=no"/><message id="keyed2" name="照片" ov:correlationKey="=no"/><signal id="storm" name="台风"/><escalation id="late" escalationCode="LATE"/><error id="bad" errorCode="BAD"/>';
const message = (ref: string) => `<messageEventDefinition messageRef="${ref}"/>`;
const signal = '<signalEventDefinition signalRef="storm"/>';
const timer = (text = '<timeDuration>PT1H</timeDuration>') => `<timerEventDefinition>${text}</timerEventDefinition>`;
const tell = (name: string, variables = {}, key: string | null = null) => ({ name, key, variables });
const waiting = (definitions: string, attributes = '') =>
  bpmn(
    `<startEvent id="s"/><intermediateCatchEvent id="wait" ${attributes}>${definitions}</intermediateCatchEvent><userTask id="after"/><endEvent id="e"/>` +
      chain('s', 'wait', 'after', 'e'),
    { roots },
  );
const attached = (definitions: string, attributes: string) =>
  bpmn(
    `<startEvent id="s"/><userTask id="work"/><boundaryEvent id="on" attachedToRef="work" ${attributes}>${definitions}</boundaryEvent><userTask id="handle"/><endEvent id="e"/>` +
      chain('s', 'work', 'e') +
      chain('on', 'handle', 'e'),
    { roots },
  );

element('Multiple intermediate catch event', '13.5.2', () => {
  it.each(['缴费', '补正'])('goes on at the first of its events: %s', async (name) => {
    const desk = office();
    const { id } = await desk.open(waiting(message('paid') + message('amended') + timer()));
    await desk.engine.correlateMessage(tell(name), DESIGNER);
    expect(await desk.waiting(id)).toEqual(['after']);
    expect(await desk.pass(2 * HOUR)).toBe(0);
    expect(await desk.store.findSubscriptions('缴费', null)).toEqual([]);
    expect(await desk.store.findSubscriptions('补正', null)).toEqual([]);
  });

  it('goes on at its timer', async () => {
    const desk = office();
    const { id } = await desk.open(waiting(message('paid') + timer()));
    await desk.pass(HOUR);
    expect(await desk.waiting(id)).toEqual(['after']);
  });
});

element('Parallel multiple intermediate catch event', '13.5.2', () => {
  it('goes on when all of its events have happened, in any order, each once', async () => {
    const desk = office();
    const { id } = await desk.open(waiting(message('paid') + message('amended') + timer(), 'parallelMultiple="true"'));
    await desk.engine.correlateMessage(tell('补正', { page: 3 }), DESIGNER);
    await expect(desk.engine.correlateMessage(tell('补正'), DESIGNER)).rejects.toMatchObject({
      code: 'message.nobody_waits',
    });
    await desk.pass(HOUR);
    expect(await desk.waiting(id)).toEqual([]);
    await desk.engine.correlateMessage(tell('缴费', { amount: 5 }), DESIGNER);
    expect(await desk.waiting(id)).toEqual(['after']);
    expect(await desk.engine.taskVariables(await desk.task(id, 'after'))).toEqual({ page: 3, amount: 5 });
  });
});

element('Multiple boundary event', '13.5.3', () => {
  it('that does not interrupt happens with each of its events', async () => {
    const desk = office();
    const { id } = await desk.open(
      attached(message('paid') + timer('<timeCycle>R2/PT1H</timeCycle>'), 'cancelActivity="false"'),
    );
    await desk.engine.correlateMessage(tell('缴费'), DESIGNER);
    for (let hour = 0; hour < 4; hour++) await desk.pass(HOUR);
    await desk.engine.correlateMessage(tell('缴费'), DESIGNER);
    expect(await desk.waiting(id)).toEqual(['handle', 'handle', 'handle', 'handle', 'work']);
  });

  it('may catch an error as well as a time', async () => {
    const desk = office();
    const model = (id: string) =>
      bpmn(
        `<startEvent id="s"/><subProcess id="work"><startEvent id="is"/><userTask id="check"/><endEvent id="ie"><errorEventDefinition errorRef="bad"/></endEvent>${chain('is', 'check', 'ie')}</subProcess><boundaryEvent id="on" attachedToRef="work">${timer()}<errorEventDefinition errorRef="bad"/></boundaryEvent><userTask id="handle"/><endEvent id="e"/>` +
          chain('s', 'work', 'e') +
          chain('on', 'handle', 'e'),
        { roots, id },
      );
    const late = await desk.open(model('P'));
    await desk.pass(HOUR);
    expect(await desk.waiting(late.id)).toEqual(['handle']);
    const failed = await desk.open(model('Q'));
    await desk.complete(failed.id, 'check');
    expect(await desk.waiting(failed.id)).toEqual(['handle']);
  });
});

element('Parallel multiple boundary event', '13.5.3', () => {
  const both = message('paid') + message('amended');

  it('interrupts when all of its events have happened', async () => {
    const desk = office();
    const { id } = await desk.open(attached(both, 'parallelMultiple="true"'));
    await desk.engine.correlateMessage(tell('缴费'), DESIGNER);
    expect(await desk.waiting(id)).toEqual(['work']);
    await desk.engine.correlateMessage(tell('补正'), DESIGNER);
    expect(await desk.waiting(id)).toEqual(['handle']);
  });

  it('that does not interrupt awaits them all again afterwards', async () => {
    const desk = office();
    const { id } = await desk.open(attached(both, 'parallelMultiple="true" cancelActivity="false"'));
    for (const name of ['缴费', '补正', '补正', '缴费', '缴费'])
      await desk.engine.correlateMessage(tell(name), DESIGNER);
    expect(await desk.waiting(id)).toEqual(['handle', 'handle', 'work']);
    await desk.complete(id, 'work');
    expect(await desk.store.findSubscriptions('补正', null)).toEqual([]);
  });

  it('with a time that does not come again happens once', async () => {
    const desk = office();
    const { id } = await desk.open(
      attached(message('paid') + timer(), 'parallelMultiple="true" cancelActivity="false"'),
    );
    await desk.pass(HOUR);
    await desk.engine.correlateMessage(tell('缴费'), DESIGNER);
    expect(await desk.waiting(id)).toEqual(['handle', 'work']);
    await expect(desk.engine.correlateMessage(tell('缴费'), DESIGNER)).rejects.toMatchObject({
      code: 'message.nobody_waits',
    });
  });
});

element('Multiple throw and end events', '13.5.6', () => {
  const receiver = (name: string, id: string) =>
    bpmn(
      `<startEvent id="s"/><intermediateCatchEvent id="hear">${message('m')}</intermediateCatchEvent><userTask id="heard"/><endEvent id="e"/>` +
        chain('s', 'hear', 'heard', 'e'),
      { id, roots: `<message id="m" name="${name}"/>` },
    );

  it('throw everything they hold, their messages first', async () => {
    const desk = office();
    const first = await desk.open(receiver('缴费', 'R1'));
    const second = await desk.open(receiver('补正', 'R2'));
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><parallelGateway id="fork"/><intermediateThrowEvent id="throw">${message('paid')}${signal}${message('amended')}</intermediateThrowEvent><userTask id="after"/><intermediateCatchEvent id="wait">${signal}</intermediateCatchEvent><userTask id="warned"/><endEvent id="e"/>` +
          chain('s', 'fork', 'throw', 'after', 'e') +
          chain('fork', 'wait', 'warned', 'e'),
        { roots },
      ),
    );
    expect(await desk.waiting(id)).toEqual([]);
    for (let sent = 0; sent < 2; sent++) await desk.pass(0);
    expect(await desk.waiting(id)).toEqual(['after', 'warned']);
    expect(await desk.waiting(first.id)).toEqual(['heard']);
    expect(await desk.waiting(second.id)).toEqual(['heard']);
    expect((await desk.events(id)).filter((event) => event === 'message.sent throw')).toHaveLength(2);
  });

  it('end the scope after all else was thrown', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><subProcess id="sub"><startEvent id="is"/><endEvent id="ie"><terminateEventDefinition/><escalationEventDefinition escalationRef="late"/></endEvent><parallelGateway id="fork"/><userTask id="side"/>${chain('is', 'fork', 'side')}${flow('fork', 'ie')}</subProcess><boundaryEvent id="on" attachedToRef="sub" cancelActivity="false"><escalationEventDefinition/></boundaryEvent><userTask id="handle"/><userTask id="after"/><endEvent id="e"/>` +
          chain('s', 'sub', 'after', 'e') +
          chain('on', 'handle', 'e'),
        { roots },
      ),
    );
    expect(await desk.waiting(id)).toEqual(['after', 'handle']);
  });
});

element('Multiple start event', '13.5.1', () => {
  it('begins a case with any of its messages', async () => {
    const desk = office();
    await desk.deploy(
      bpmn(
        `<startEvent id="ms">${message('paid')}${message('amended')}</startEvent><userTask id="a"/><endEvent id="e"/>` +
          chain('ms', 'a', 'e'),
        { roots },
      ),
    );
    for (const name of ['缴费', '补正']) {
      const { caseId, started } = await desk.engine.correlateMessage(tell(name), DESIGNER);
      expect([started, await desk.waiting(caseId)]).toEqual([true, ['a']]);
    }
  });

  it('in parallel begins a case with the first and waits in it for the others', async () => {
    const desk = office();
    await desk.deploy(
      bpmn(
        `<startEvent id="ms" parallelMultiple="true">${message('keyed')}${message('keyed2')}</startEvent><userTask id="a"/><endEvent id="e"/>` +
          chain('ms', 'a', 'e'),
        { roots },
      ),
    );
    const { caseId } = await desk.engine.correlateMessage(tell('照片', { no: 'A1' }), DESIGNER);
    expect(await desk.waiting(caseId)).toEqual([]);
    expect(await desk.engine.correlateMessage(tell('材料', {}, 'A1'), DESIGNER)).toEqual({ caseId, started: false });
    expect(await desk.waiting(caseId)).toEqual(['a']);
  });
});
