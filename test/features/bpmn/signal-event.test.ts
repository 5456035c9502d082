import { describe, expect, it } from '@jest/globals';
import { bpmn, chain, flow } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { office } from '../../support/office.ts';

const roots = '<signal id="storm" name="台风预警"/><signal id="calm" name="解除预警"/>';
const signal = (id: string) => `<signalEventDefinition signalRef="${id}"/>`;
const caught = (id: string, of = 'storm') =>
  `<intermediateCatchEvent id="${id}">${signal(of)}</intermediateCatchEvent>`;
const thrown = (id: string, of = 'storm', inside = '') =>
  `<intermediateThrowEvent id="${id}">${inside}${signal(of)}</intermediateThrowEvent>`;

/** Two arms: one that waits or works, one in which a person sets the signal off. */
const besides = (arm: string, more = '') =>
  bpmn(
    `<startEvent id="s"/><parallelGateway id="fork"/>${arm}<userTask id="warn"/>${thrown('throw')}<endEvent id="e"/>${more}` +
      chain('s', 'fork', 'warn', 'throw', 'e'),
    { roots },
  );

element('Signal intermediate catch event', '13.5.2', () => {
  it('waits for a signal of its name, thrown in another branch', async () => {
    const desk = office();
    const { id } = await desk.open(
      besides(caught('wait') + caught('other', 'calm') + '<userTask id="after"/>' + chain('fork', 'wait', 'after', 'e')) //
        .replace('</process>', flow('fork', 'other') + flow('other', 'e') + '</process>'),
    );
    await desk.complete(id, 'warn');
    expect(await desk.waiting(id)).toEqual(['after']);
    expect(await desk.events(id)).toEqual(
      expect.arrayContaining(['signal.awaited wait', 'signal.thrown throw', 'signal.caught wait']),
    );
    expect(await desk.events(id)).not.toContain('signal.caught other');
  });

  it('does not see a signal that was thrown before it waited', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/>${thrown('throw')}${caught('wait')}<endEvent id="e"/>` + chain('s', 'throw', 'wait', 'e'),
        { roots },
      ),
    );
    expect((await desk.engine.getCase(id)).status).toBe('active');
    expect(await desk.events(id)).not.toContain('signal.caught wait');
  });

  it('is reached with all others that wait, and takes over what the signal carries', async () => {
    const desk = office();
    const carried = '<extensionElements><ov:input target="level" source="= grade + 1"/></extensionElements>';
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><parallelGateway id="fork"/>${caught('w1')}${caught('w2')}<userTask id="a1"/><userTask id="a2"/><userTask id="warn"/>${thrown('throw', 'storm', carried)}<endEvent id="e"/>` +
          chain('s', 'fork', 'w1', 'a1', 'e') +
          chain('fork', 'w2', 'a2', 'e') +
          chain('fork', 'warn', 'throw', 'e'),
        { roots },
      ),
      { grade: 2 },
    );
    await desk.complete(id, 'warn');
    expect(await desk.waiting(id)).toEqual(['a1', 'a2']);
    expect(await desk.engine.taskVariables(await desk.task(id, 'a2'))).toEqual({ grade: 2, level: 3 });
  });
});

element('Signal start event of an event sub-process', '13.5.4', () => {
  it('begins its sub-process each time the signal comes, as long as the scope around it lives', async () => {
    const desk = office();
    const { id } = await desk.open(
      besides(
        `<userTask id="work"/>${chain('fork', 'work', 'e')}<subProcess id="h" triggeredByEvent="true"><startEvent id="hs" isInterrupting="false">${signal('storm')}</startEvent><userTask id="shelter"/><endEvent id="he"/>${chain('hs', 'shelter', 'he')}</subProcess>`,
      ),
    );
    await desk.complete(id, 'warn');
    expect(await desk.waiting(id)).toEqual(['shelter', 'work']);
    await desk.complete(id, 'work');
    await desk.complete(id, 'shelter');
    expect((await desk.engine.getCase(id)).status).toBe('completed');
    expect(await desk.store.findSubscriptions('台风预警', null)).toEqual([]);
  });
});

element('Names of signals and messages', '10.5.5', () => {
  it('may be computed where an event waits or throws', async () => {
    const desk = office();
    const roots =
      '<signal id="storm" name="= area + &quot;.storm&quot;"/><signal id="named" name="= area + &quot;.storm&quot;"/><message id="m" name="= &quot;paid.&quot; + area"/>';
    const model = bpmn(
      `<startEvent id="s"/><parallelGateway id="fork"/>${caught('wait')}<userTask id="warn"/>${thrown('throw', 'named')}<intermediateCatchEvent id="hear"><messageEventDefinition messageRef="m"/></intermediateCatchEvent><userTask id="after"/><endEvent id="e"/>` +
        chain('s', 'fork', 'wait', 'after', 'e') +
        chain('fork', 'warn', 'throw', 'hear', 'e'),
      { roots },
    );
    const { id } = await desk.open(model, { area: '330100' });
    await desk.complete(id, 'warn');
    expect(await desk.waiting(id)).toEqual(['after']);
    expect(await desk.store.findSubscriptions('paid.330100', null)).toMatchObject([{ caseId: id }]);
    expect(await desk.incidents((await desk.start('P', { area: 5 })).id)).toEqual(['event.bad_name wait']);
  });
});

element('Signal boundary event', '13.5.3', () => {
  const boundary = (attributes: string) =>
    `<userTask id="work"/><boundaryEvent id="on" attachedToRef="work" ${attributes}>${signal('storm')}</boundaryEvent><userTask id="shelter"/>` +
    chain('fork', 'work', 'e') +
    chain('on', 'shelter', 'e');

  it('interrupts its activity', async () => {
    const desk = office();
    const { id } = await desk.open(besides(boundary('')));
    await desk.complete(id, 'warn');
    expect(await desk.waiting(id)).toEqual(['shelter']);
  });

  it('runs beside its activity when it does not interrupt, each time the signal comes', async () => {
    const desk = office();
    const twice = besides(boundary('cancelActivity="false"'), thrown('again') + chain('throw', 'again', 'e'));
    const { id } = await desk.open(twice.replace(flow('throw', 'e'), ''));
    await desk.complete(id, 'warn');
    expect(await desk.waiting(id)).toEqual(['shelter', 'shelter', 'work']);
  });

  it('waits no longer once its activity has ended', async () => {
    const desk = office();
    const { id } = await desk.open(besides(boundary('')));
    await desk.complete(id, 'work');
    await desk.complete(id, 'warn');
    expect(await desk.waiting(id)).toEqual([]);
    expect((await desk.engine.getCase(id)).status).toBe('completed');
  });

  it('ends the sub-process in which the signal was thrown, and what comes after it there', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><subProcess id="sub"><startEvent id="is"/><parallelGateway id="fork"/><userTask id="side"/>${thrown('throw')}<userTask id="never"/><endEvent id="ie"/>${chain('is', 'fork', 'side', 'ie')}${chain('fork', 'throw', 'never', 'ie')}</subProcess>
        <boundaryEvent id="on" attachedToRef="sub">${signal('storm')}</boundaryEvent><userTask id="shelter"/><endEvent id="e"/>` +
          chain('s', 'sub', 'e') +
          chain('on', 'shelter', 'e'),
        { roots },
      ),
    );
    expect(await desk.waiting(id)).toEqual(['shelter']);
    expect(await desk.events(id)).not.toContain('element.entered never');
  });

  it('catches for each instance of a multi-instance sub-process what it waits for inside', async () => {
    const desk = office();
    const { id } = await desk.open(
      besides(
        `<subProcess id="sub"><multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics><startEvent id="is"/>${caught('wait')}<userTask id="each"/><endEvent id="ie"/>${chain('is', 'wait', 'each', 'ie')}</subProcess>` +
          chain('fork', 'sub', 'e'),
      ),
    );
    await desk.complete(id, 'warn');
    expect(await desk.waiting(id)).toEqual(['each', 'each', 'each']);
  });
});

element('Signal end event', '13.5.6', () => {
  it('broadcasts its signal and ends its branch only', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><parallelGateway id="fork"/><userTask id="warn"/><endEvent id="end">${signal('storm')}</endEvent>${caught('wait')}<userTask id="after"/><endEvent id="e"/>` +
          chain('s', 'fork', 'warn', 'end') +
          chain('fork', 'wait', 'after', 'e'),
        { roots },
      ),
    );
    await desk.complete(id, 'warn');
    expect(await desk.waiting(id)).toEqual(['after']);
    await desk.complete(id, 'after');
    expect((await desk.engine.getCase(id)).status).toBe('completed');
  });
});

describe('a signal in the store', () => {
  it('is awaited under its own kind, so that no message can take its place', async () => {
    const desk = office();
    const { id } = await desk.open(besides(caught('wait') + chain('fork', 'wait', 'e')));
    expect(await desk.store.findSubscriptions('台风预警', null)).toMatchObject([{ caseId: id, kind: 'signal' }]);
    await expect(
      desk.engine.correlateMessage({ name: '台风预警', key: null, variables: {} }, { id: 'x', name: 'x', groups: [] }),
    ).rejects.toMatchObject({ code: 'message.nobody_waits' });
    await desk.complete(id, 'warn');
    expect(await desk.store.findSubscriptions('台风预警', null)).toEqual([]);
  });

  it('is waited for no longer when the case is cancelled', async () => {
    const desk = office();
    const { id } = await desk.open(besides(caught('wait') + chain('fork', 'wait', 'e')));
    await desk.engine.cancelCase({ caseId: id, reason: '申请人撤回' }, { id: 'x', name: 'x', groups: [] });
    expect(await desk.store.findSubscriptions('台风预警', null)).toEqual([]);
  });
});
