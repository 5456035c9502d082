import { expect, it } from '@jest/globals';
import { bpmn, chain } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { office } from '../../support/office.ts';

const roots =
  '<escalation id="late" escalationCode="LATE"/><escalation id="dear" escalationCode="DEAR"/><escalation id="blank" name="不限"/>';
const escalation = (ref?: string, more = '') =>
  `<escalationEventDefinition ${ref ? `escalationRef="${ref}"` : ''} ${more}/>`;
const thrown = (id: string, ref: string, inside = '') =>
  `<intermediateThrowEvent id="${id}">${inside}${escalation(ref)}</intermediateThrowEvent>`;
const boundary = (id: string, on: string, definition: string, interrupting: boolean) =>
  `<boundaryEvent id="${id}" attachedToRef="${on}" cancelActivity="${interrupting}">${definition}</boundaryEvent><userTask id="${id}-task"/>` +
  chain(id, `${id}-task`, 'e');

/** A sub-process that escalates and then has work left, with boundary events on it. */
const escalating = (events: string, ref = 'late', inside = '') =>
  bpmn(
    `<startEvent id="s"/><subProcess id="sub"><startEvent id="is"/>${thrown('throw', ref, inside)}<userTask id="rest"/><endEvent id="ie"/>${chain('is', 'throw', 'rest', 'ie')}</subProcess>${events}<userTask id="after"/><endEvent id="e"/>` +
      chain('s', 'sub', 'after', 'e'),
    { roots },
  );

element('Escalation intermediate throw event', '13.5.2', () => {
  it('goes on with its own branch when nobody catches it, and the history tells', async () => {
    const desk = office();
    const { id } = await desk.open(escalating(boundary('on', 'sub', escalation('dear'), true)));
    expect(await desk.waiting(id)).toEqual(['rest']);
    expect(await desk.incidents(id)).toEqual([]);
    const events = await desk.store.listEvents(id, 0, 100);
    expect(events.find(({ type }) => type === 'escalation.thrown')).toMatchObject({
      node: 'throw',
      data: { code: 'LATE', caughtBy: null },
    });
  });

  it('tells the catching event its code and what it carries', async () => {
    const desk = office();
    const carried = '<extensionElements><ov:input target="days" source="= overdue * 2"/></extensionElements>';
    const caught = boundary('on', 'sub', escalation('late', 'ov:codeVariable="why"'), false);
    const { id } = await desk.open(escalating(caught, 'late', carried), { overdue: 3 });
    expect(await desk.engine.taskVariables(await desk.task(id, 'on-task'))).toEqual({
      overdue: 3,
      days: 6,
      why: 'LATE',
    });
  });

  it('may happen outside any sub-process', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(`<startEvent id="s"/>${thrown('throw', 'late')}<endEvent id="e"/>${chain('s', 'throw', 'e')}`, { roots }),
    );
    expect((await desk.engine.getCase(id)).status).toBe('completed');
  });
});

element('Escalation boundary event', '13.5.3', () => {
  it('runs beside the sub-process when it does not interrupt', async () => {
    const desk = office();
    const { id } = await desk.open(escalating(boundary('on', 'sub', escalation('late'), false)));
    expect(await desk.waiting(id)).toEqual(['on-task', 'rest']);
    await desk.complete(id, 'rest');
    expect(await desk.waiting(id)).toEqual(['after', 'on-task']);
  });

  it('ends the sub-process, and what would come after the throw, when it interrupts', async () => {
    const desk = office();
    const { id } = await desk.open(escalating(boundary('on', 'sub', escalation('late'), true)));
    expect(await desk.waiting(id)).toEqual(['on-task']);
    expect(await desk.events(id)).not.toContain('element.entered rest');
  });

  it.each([
    ['no escalation', escalation()],
    ['an escalation without code', escalation('blank')],
  ])('with %s catches every code', async (_, definition) => {
    const desk = office();
    const { id } = await desk.open(escalating(boundary('on', 'sub', definition, false)));
    expect(await desk.waiting(id)).toEqual(['on-task', 'rest']);
  });

  it('that names the code comes before one that catches all', async () => {
    const desk = office();
    const { id } = await desk.open(
      escalating(boundary('all', 'sub', escalation(), true) + boundary('on', 'sub', escalation('late'), false)),
    );
    expect(await desk.waiting(id)).toEqual(['on-task', 'rest']);
  });

  it('nearest to the throw catches, and the outer one sees nothing', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><subProcess id="outer"><startEvent id="os"/><subProcess id="inner"><startEvent id="is"/>${thrown('throw', 'late')}<userTask id="rest"/><endEvent id="ie"/>${chain('is', 'throw', 'rest', 'ie')}</subProcess>
        <boundaryEvent id="near" attachedToRef="inner" cancelActivity="false">${escalation()}</boundaryEvent><userTask id="near-task"/><endEvent id="oe"/>${chain('os', 'inner', 'oe')}${chain('near', 'near-task', 'oe')}</subProcess>
        ${boundary('far', 'outer', escalation('late'), true)}<endEvent id="e"/>` + chain('s', 'outer', 'e'),
        { roots },
      ),
    );
    expect(await desk.waiting(id)).toEqual(['near-task', 'rest']);
  });

  it('catches from every instance of a multi-instance sub-process', async () => {
    const desk = office();
    const model = escalating(boundary('on', 'sub', escalation('late'), false)).replace(
      '<subProcess id="sub">',
      '<subProcess id="sub"><multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>',
    );
    const { id } = await desk.open(model);
    expect(await desk.waiting(id)).toEqual(['on-task', 'on-task', 'on-task', 'rest', 'rest', 'rest']);
  });

  it('interrupts all instances at once', async () => {
    const desk = office();
    const model = escalating(boundary('on', 'sub', escalation('late'), true)).replace(
      '<subProcess id="sub">',
      '<subProcess id="sub"><multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>',
    );
    const { id } = await desk.open(model);
    expect(await desk.waiting(id)).toEqual(['on-task']);
  });
});

element('Escalation end event', '13.5.6', () => {
  const ending = (interrupting: boolean) =>
    bpmn(
      `<startEvent id="s"/><subProcess id="sub"><startEvent id="is"/><endEvent id="ie">${escalation('late')}</endEvent>${chain('is', 'ie')}</subProcess>${boundary('on', 'sub', escalation('late'), interrupting)}<userTask id="after"/><endEvent id="e"/>` +
        chain('s', 'sub', 'after', 'e'),
      { roots },
    );

  it('ends its branch, so that the sub-process goes on normally beside the handler', async () => {
    const desk = office();
    const { id } = await desk.open(ending(false));
    expect(await desk.waiting(id)).toEqual(['after', 'on-task']);
  });

  it('gives the way to an interrupting handler', async () => {
    const desk = office();
    const { id } = await desk.open(ending(true));
    expect(await desk.waiting(id)).toEqual(['on-task']);
  });
});

element('Escalation start event of an event sub-process', '13.5.4', () => {
  const handled = (interrupting: boolean, inside: string) =>
    bpmn(
      `<startEvent id="s"/>${thrown('throw', 'late')}<userTask id="rest"/><endEvent id="e"/>${chain('s', 'throw', 'rest', 'e')}
      <subProcess id="handler" triggeredByEvent="true"><startEvent id="hs" isInterrupting="${interrupting}">${escalation('late')}</startEvent>${inside}<userTask id="handle"/><endEvent id="he"/></subProcess>`,
      { roots },
    );

  it('runs beside its scope or takes its place', async () => {
    const desk = office();
    const beside = await desk.open(handled(false, chain('hs', 'handle', 'he')));
    expect(await desk.waiting(beside.id)).toEqual(['handle', 'rest']);
    const instead = await desk.open(handled(true, chain('hs', 'handle', 'he')).replaceAll('"P"', '"Q"'));
    expect(await desk.waiting(instead.id)).toEqual(['handle']);
  });

  it('does not catch what its own sub-process escalates', async () => {
    const desk = office();
    const { id } = await desk.open(handled(false, thrown('again', 'late') + chain('hs', 'again', 'handle', 'he')));
    expect(await desk.waiting(id)).toEqual(['handle', 'rest']);
  });
});
