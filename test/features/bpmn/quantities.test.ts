import { expect, it } from '@jest/globals';
import { bpmn, chain } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { office } from '../../support/office.ts';

const fork = '<startEvent id="s"/><parallelGateway id="fork"/>';

element('Start and completion quantity', '13.3.2', () => {
  it('begins once as many tokens have arrived as the start quantity says', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        `${fork}<userTask id="a"/><userTask id="b"/><userTask id="pack" startQuantity="2"/>` +
          chain('s', 'fork', 'a', 'pack') +
          chain('fork', 'b', 'pack'),
      ),
    );
    await desk.complete(id, 'a');
    expect(await desk.waiting(id)).toEqual(['b']);
    await desk.complete(id, 'b');
    expect(await desk.waiting(id)).toEqual(['pack']);
    await desk.complete(id, 'pack');
    expect((await desk.engine.getCase(id)).status).toBe('completed');
  });

  it('counts tokens that come one after the other by the same flow, and begins again with the next ones', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        '<startEvent id="s"/><task id="pick" completionQuantity="5"/><userTask id="pack" startQuantity="2"/><userTask id="left"/><parallelGateway id="fork"/>' +
          chain('s', 'fork', 'pick', 'pack') +
          chain('fork', 'left', 'pack'),
      ),
    );
    expect(await desk.waiting(id)).toEqual(['left', 'pack', 'pack']);
    await desk.complete(id, 'left');
    expect(await desk.waiting(id)).toEqual(['pack', 'pack', 'pack']);
  });

  it('sends as many tokens on each flow as the completion quantity says', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        '<startEvent id="s"/><userTask id="order" completionQuantity="2"/><userTask id="a"/><userTask id="b"/>' +
          chain('s', 'order', 'a') +
          chain('order', 'b'),
      ),
    );
    await desk.complete(id, 'order');
    expect(await desk.waiting(id)).toEqual(['a', 'a', 'b', 'b']);
    for (const node of ['a', 'b', 'a']) await desk.complete(id, node);
    expect((await desk.engine.getCase(id)).status).toBe('active');
    await desk.complete(id, 'b');
    expect((await desk.engine.getCase(id)).status).toBe('completed');
  });

  it('opens all instances of a multi-instance activity once for the collected tokens', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        '<startEvent id="s"/><task id="pick" completionQuantity="2"/><userTask id="pack" startQuantity="2"><multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics></userTask>' +
          chain('s', 'pick', 'pack'),
      ),
    );
    expect(await desk.waiting(id)).toEqual(['pack', 'pack', 'pack']);
  });

  it('keeps the collected tokens when the activity cannot begin, so that it can be tried again', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        '<startEvent id="s"/><task id="pick" completionQuantity="2"/><userTask id="pack" startQuantity="2"><multiInstanceLoopCharacteristics ov:collection="=parts" ov:elementVariable="part"/></userTask>' +
          '<userTask id="list"/><parallelGateway id="fork"/>' +
          chain('s', 'fork', 'pick', 'pack') +
          chain('fork', 'list'),
      ),
    );
    expect(await desk.incidents(id)).toEqual(['multi_instance.not_a_list pack']);
    await desk.complete(id, 'list', { parts: ['x'] });
    const [incident] = await desk.store.listIncidents({ caseId: id, limit: 10 });
    await desk.engine.retryIncident(incident!.id, { id: 'x', name: 'x', groups: [] });
    expect(await desk.waiting(id)).toEqual(['pack']);
  });

  it('says so when the tokens it waits for can never come', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn('<startEvent id="s"/><userTask id="pack" startQuantity="2"/>' + chain('s', 'pack')),
    );
    expect(await desk.incidents(id)).toEqual(['join.never_fires pack']);
  });
});
