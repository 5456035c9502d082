import { expect, it } from '@jest/globals';
import { bpmn, chain } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { office } from '../../support/office.ts';

/** Two branches side by side; `a` leads to the end event under test. */
const fork = (end: string, inside = '') =>
  `<startEvent id="s${inside}"/><parallelGateway id="f${inside}"/><userTask id="a${inside}"/><userTask id="b${inside}"/><endEvent id="e${inside}"/>${end}` +
  chain(`s${inside}`, `f${inside}`, `a${inside}`, `end${inside}`) +
  chain(`f${inside}`, `b${inside}`, `e${inside}`);
const terminate = (id: string) => `<endEvent id="${id}"><terminateEventDefinition/></endEvent>`;
const error = (id: string, ref: string) => `<endEvent id="${id}"><errorEventDefinition errorRef="${ref}"/></endEvent>`;
const roots = '<error id="bad" errorCode="BAD"/><error id="worse" errorCode="WORSE"/>';

element('None end event', '13.5.6', () => {
  it('ends its own token; the case ends with the last', async () => {
    const desk = office();
    const { id } = await desk.open(bpmn(fork('<endEvent id="end"/>')));
    await desk.complete(id, 'a');
    expect((await desk.engine.getCase(id)).status).toBe('active');
    await desk.complete(id, 'b');
    expect((await desk.engine.getCase(id)).status).toBe('completed');
    expect((await desk.events(id)).at(-1)).toBe('case.completed');
  });
});

element('Terminate end event', '13.5.6', () => {
  it('ends the case at once, with every open task and timer', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        fork(terminate('end')) +
          '<boundaryEvent id="late" attachedToRef="b"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent><endEvent id="x"/>' +
          chain('late', 'x'),
      ),
    );
    await desk.complete(id, 'a');
    expect((await desk.engine.getCase(id)).status).toBe('terminated');
    expect(await desk.waiting(id)).toEqual([]);
    expect(await desk.store.nextJobAt()).toBeUndefined();
    expect(await desk.events(id)).toContain('element.cancelled b');
  });

  it('ends a sub-process, not what is around it', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><parallelGateway id="f"/><subProcess id="sub">${fork(terminate('endI'), 'I')}</subProcess><userTask id="after"/><userTask id="beside"/><endEvent id="e"/>` +
          chain('s', 'f', 'sub', 'after', 'e') +
          chain('f', 'beside', 'e'),
      ),
    );
    await desk.complete(id, 'aI');
    expect(await desk.waiting(id)).toEqual(['after', 'beside']);
  });

  it('ends one instance of a multi-instance sub-process, and the others go on', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><subProcess id="sub"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>${fork(terminate('endI'), 'I')}</subProcess><userTask id="after"/><endEvent id="e"/>` +
          chain('s', 'sub', 'after', 'e'),
      ),
    );
    await desk.complete(id, 'aI');
    expect(await desk.waiting(id)).toEqual(['aI', 'bI']);
    await desk.complete(id, 'aI');
    expect(await desk.waiting(id)).toEqual(['after']);
  });
});

element('Error end event', '13.5.6', () => {
  const caught = (inside: string, on = 'bad') =>
    bpmn(
      `<startEvent id="s"/><subProcess id="sub">${inside}</subProcess><boundaryEvent id="caught" attachedToRef="sub"><errorEventDefinition errorRef="${on}"/></boundaryEvent><userTask id="explain"/><userTask id="after"/><endEvent id="e"/>` +
        chain('s', 'sub', 'after', 'e') +
        chain('caught', 'explain', 'e'),
      { roots },
    );

  it('stops its scope at once: nothing after it runs there', async () => {
    const desk = office();
    const { id } = await desk.open(caught(fork(error('endI', 'bad'), 'I')));
    await desk.complete(id, 'aI');
    expect(await desk.waiting(id)).toEqual(['explain']);
    expect(await desk.events(id)).toContain('element.cancelled bI');
  });

  it('passes through the scopes that do not catch its code', async () => {
    const desk = office();
    const { id } = await desk.open(
      caught(
        `<startEvent id="is"/><subProcess id="inner">${fork(error('endI', 'bad'), 'I')}</subProcess><boundaryEvent id="other" attachedToRef="inner"><errorEventDefinition errorRef="worse"/></boundaryEvent><endEvent id="ie"/>` +
          chain('is', 'inner', 'ie') +
          chain('other', 'ie'),
      ),
    );
    await desk.complete(id, 'aI');
    expect(await desk.waiting(id)).toEqual(['explain']);
  });

  it('waits for a person when nobody catches its code, and the rest goes on', async () => {
    const desk = office();
    const { id } = await desk.open(caught(fork(error('endI', 'bad'), 'I'), 'worse'));
    await desk.complete(id, 'aI');
    expect(await desk.incidents(id)).toEqual(['error.uncaught endI']);
    expect(await desk.waiting(id)).toEqual(['bI']);
  });
});
