import { expect, it } from '@jest/globals';
import { bpmn, chain } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { DESIGNER, office } from '../../support/office.ts';

const roots =
  '<error id="bad" name="材料有误" errorCode="BAD"/><error id="worse" errorCode="WORSE"/><error id="blank" name="不限"/>';
const error = (ref?: string, more = '') => `<errorEventDefinition ${ref ? `errorRef="${ref}"` : ''} ${more}/>`;
const boundary = (id: string, on: string, definition: string, to = 'e') =>
  `<boundaryEvent id="${id}" attachedToRef="${on}">${definition}</boundaryEvent><userTask id="${id}-task"/>` +
  chain(id, `${id}-task`, to);
/** A sub-process that throws at its end, in one of two branches. */
const throwing = (events: string, ref = 'bad', inside = '') =>
  bpmn(
    `<startEvent id="s"/><subProcess id="sub"><startEvent id="is"/><parallelGateway id="fork"/><userTask id="side"/><userTask id="check"/><endEvent id="throw" name="退回">${inside}${error(ref)}</endEvent><endEvent id="ie"/>${chain('is', 'fork', 'side', 'ie')}${chain('fork', 'check', 'throw')}</subProcess>${events}<userTask id="after"/><endEvent id="e"/>` +
      chain('s', 'sub', 'after', 'e'),
    { roots },
  );

element('Error end event', '13.5.6', () => {
  it('ends its sub-process at once with all that goes on there, and goes on at the event that catches it', async () => {
    const desk = office();
    const { id } = await desk.open(throwing(boundary('on', 'sub', error('bad'))));
    await desk.complete(id, 'check');
    expect(await desk.waiting(id)).toEqual(['on-task']);
    expect(await desk.events(id)).toContain('element.cancelled side');
  });

  it('leaves its token with an incident where nothing catches it, and the rest of the case goes on', async () => {
    const desk = office();
    const { id } = await desk.open(throwing(boundary('on', 'sub', error('worse'))));
    await desk.complete(id, 'check');
    expect(await desk.incidents(id)).toEqual(['error.uncaught throw']);
    expect(await desk.waiting(id)).toEqual(['side']);
  });

  it('brings what its input mappings say out of the sub-process', async () => {
    const desk = office();
    const inside = '<extensionElements><ov:input target="reason" source="= remark"/></extensionElements>';
    const { id } = await desk.open(throwing(boundary('on', 'sub', error('bad')), 'bad', inside));
    await desk.complete(id, 'check', { remark: '缺页' });
    expect(await desk.engine.taskVariables(await desk.task(id, 'on-task'))).toMatchObject({ reason: '缺页' });
  });
});

element('Error boundary event', '13.5.3', () => {
  it('tells code and message in the variables it names', async () => {
    const desk = office();
    const named = error('bad', 'ov:codeVariable="code" ov:messageVariable="message"');
    const { id } = await desk.open(throwing(boundary('on', 'sub', named)));
    await desk.complete(id, 'check');
    expect(await desk.engine.taskVariables(await desk.task(id, 'on-task'))).toEqual({ code: 'BAD', message: '退回' });
  });

  it('keeps what its output mappings say of the error', async () => {
    const desk = office();
    const event = `<boundaryEvent id="on" attachedToRef="work"><extensionElements><ov:output target="why" source="= detail.text"/></extensionElements>${error()}</boundaryEvent><userTask id="on-task"/>${chain('on', 'on-task', 'e')}`;
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><serviceTask id="work" ov:topic="w"/>${event}<endEvent id="e"/>${chain('s', 'work', 'e')}`,
        { roots },
      ),
    );
    const [job] = await desk.engine.fetchJobs({ worker: 'w', topics: ['w'], max: 1, leaseMs: 60_000 });
    const thrown = { code: 'X', message: '', variables: { detail: { text: '超限' } } };
    await desk.engine.throwJobError({ jobId: job!.id, fence: job!.fence, ...thrown }, DESIGNER);
    expect(await desk.engine.taskVariables(await desk.task(id, 'on-task'))).toEqual({ why: '超限' });
  });

  it.each([
    ['no error', error()],
    ['an error without code', error('blank')],
  ])('with %s catches every code', async (_, definition) => {
    const desk = office();
    const { id } = await desk.open(throwing(boundary('on', 'sub', definition)));
    await desk.complete(id, 'check');
    expect(await desk.waiting(id)).toEqual(['on-task']);
  });

  it('that names the code comes before one that catches all, wherever it is drawn', async () => {
    const desk = office();
    const { id } = await desk.open(
      throwing(
        boundary('all', 'sub', error()) +
          boundary('other', 'sub', error('worse')) +
          boundary('on', 'sub', error('bad')),
      ),
    );
    await desk.complete(id, 'check');
    expect(await desk.waiting(id)).toEqual(['on-task']);
  });

  it('that catches all nearer to the error comes before one that names the code further out', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><subProcess id="outer"><startEvent id="os"/><subProcess id="inner"><startEvent id="is"/><endEvent id="throw">${error('bad')}</endEvent>${chain('is', 'throw')}</subProcess>${boundary('near', 'inner', error(), 'oe')}<endEvent id="oe"/>${chain('os', 'inner', 'oe')}</subProcess>${boundary('far', 'outer', error('bad'))}<endEvent id="e"/>` +
          chain('s', 'outer', 'e'),
        { roots },
      ),
    );
    expect(await desk.waiting(id)).toEqual(['near-task']);
  });

  it('does not catch what is thrown on the way from another boundary event of its activity', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><subProcess id="sub"><startEvent id="is"/><endEvent id="throw">${error('bad')}</endEvent>${chain('is', 'throw')}</subProcess><boundaryEvent id="first" attachedToRef="sub">${error('bad')}</boundaryEvent><boundaryEvent id="second" attachedToRef="sub">${error('worse')}</boundaryEvent><endEvent id="again">${error('worse')}</endEvent><endEvent id="e"/>` +
          chain('s', 'sub', 'e') +
          chain('first', 'again') +
          chain('second', 'e'),
        { roots },
      ),
    );
    expect(await desk.incidents(id)).toEqual(['error.uncaught again']);
  });

  it('takes the place of a whole multi-instance activity when one instance fails', async () => {
    const desk = office();
    const model = throwing(boundary('on', 'sub', error('bad'))).replace(
      '<subProcess id="sub">',
      '<subProcess id="sub"><multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>',
    );
    const { id } = await desk.open(model);
    expect(await desk.waiting(id)).toHaveLength(6);
    await desk.complete(id, 'check');
    expect(await desk.waiting(id)).toEqual(['on-task']);
  });
});
