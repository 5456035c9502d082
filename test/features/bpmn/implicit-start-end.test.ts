import { expect, it } from '@jest/globals';
import { bpmn, chain, flow } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { APPLICANT, office } from '../../support/office.ts';

element('Implicit start', '10.4.2', () => {
  it('begins a process without start event at everything that no flow leads to', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn('<userTask id="a"/><userTask id="b"/><userTask id="c"/><endEvent id="e"/>' + chain('a', 'c', 'e')),
      { amount: 3 },
    );
    expect(await desk.waiting(id)).toEqual(['a', 'b']);
    await desk.complete(id, 'b');
    await desk.complete(id, 'a');
    expect(await desk.waiting(id)).toEqual(['c']);
    await desk.complete(id, 'c');
    expect((await desk.engine.getCase(id)).status).toBe('completed');
  });

  it('begins a sub-process in the same way, its multi-instance activities with all their instances', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        '<startEvent id="s"/><subProcess id="sub"><userTask id="a"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></userTask><userTask id="b"/></subProcess><userTask id="after"/>' +
          chain('s', 'sub', 'after'),
      ),
    );
    expect(await desk.waiting(id)).toEqual(['a', 'a', 'b']);
    for (const node of ['a', 'b', 'a']) await desk.complete(id, node);
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('leaves boundary events and event sub-processes alone', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        '<userTask id="a"/><boundaryEvent id="late" attachedToRef="a"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent><userTask id="b"/>' +
          '<subProcess id="h" triggeredByEvent="true"><startEvent id="hs"><timerEventDefinition><timeDuration>PT2H</timeDuration></timerEventDefinition></startEvent><userTask id="c"/>' +
          chain('hs', 'c') +
          '</subProcess>' +
          chain('late', 'b'),
      ),
    );
    expect(await desk.waiting(id)).toEqual(['a']);
  });

  it('is not for messages: a receive task in front waits, it does not start cases', async () => {
    const desk = office();
    await desk.deploy(bpmn('<receiveTask id="r" messageRef="m"/>', { roots: '<message id="m" name="news"/>' }));
    const news = { name: 'news', key: null, variables: {} };
    await expect(desk.engine.correlateMessage(news, APPLICANT)).rejects.toMatchObject({ code: 'message.nobody_waits' });
    const { id } = await desk.start('P');
    expect(await desk.engine.correlateMessage(news, APPLICANT)).toEqual({ caseId: id, started: false });
    expect((await desk.engine.getCase(id)).status).toBe('completed');
  });
});

element('Implicit end', '13.3.2', () => {
  it('ends the token where no flow goes on, and the case with its last token', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn('<startEvent id="s"/><userTask id="a"/><userTask id="b"/>' + chain('s', 'a') + chain('s', 'b')),
    );
    await desk.complete(id, 'a');
    expect((await desk.engine.getCase(id)).status).toBe('active');
    await desk.complete(id, 'b');
    expect((await desk.engine.getCase(id)).status).toBe('completed');
  });
});

element('Conditional and default flow', '13.2.1', () => {
  const model = (conditions: [string, string | undefined][], attributes = '') =>
    bpmn(
      `<startEvent id="s"/><userTask id="ask" ${attributes}/>${conditions.map(([to]) => `<userTask id="${to}"/>`).join('')}` +
        chain('s', 'ask') +
        conditions.map(([to, condition]) => flow('ask', to, condition)).join(''),
    );

  it('takes every flow out of an activity whose condition is true, and those without condition', async () => {
    const desk = office();
    const { id } = await desk.open(
      model([
        ['a', 'n > 1'],
        ['b', 'n > 2'],
        ['c', 'n > 5'],
        ['d', undefined],
      ]),
    );
    await desk.complete(id, 'ask', { n: 3 });
    expect(await desk.waiting(id)).toEqual(['a', 'b', 'd']);
  });

  it('takes the default flow only when no condition is true', async () => {
    const desk = office();
    const xml = model(
      [
        ['a', 'n > 1'],
        ['b', undefined],
      ],
      'default="ask-b"',
    );
    const { id } = await desk.open(xml);
    await desk.complete(id, 'ask', { n: 3 });
    expect(await desk.waiting(id)).toEqual(['a']);
    const other = await desk.open(xml);
    await desk.complete(other.id, 'ask', { n: 0 });
    expect(await desk.waiting(other.id)).toEqual(['b']);
  });

  it('waits for a person when none is true and there is no default', async () => {
    const desk = office();
    const { id } = await desk.open(
      model([
        ['a', 'n > 1'],
        ['b', 'n > 2'],
      ]),
    );
    await desk.complete(id, 'ask', { n: 0 });
    expect(await desk.incidents(id)).toEqual(['gateway.no_flow_taken ask']);
  });
});

element('Uncontrolled split and merge', '13.2.1', () => {
  it('opens each outgoing flow, and each token that arrives begins the activity again', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        '<startEvent id="s"/><userTask id="a"/><userTask id="b"/><userTask id="c"/><userTask id="d"/>' +
          chain('s', 'a', 'b', 'd') +
          chain('a', 'c', 'd'),
      ),
    );
    await desk.complete(id, 'a');
    expect(await desk.waiting(id)).toEqual(['b', 'c']);
    await desk.complete(id, 'b');
    expect(await desk.waiting(id)).toEqual(['c', 'd']);
    await desk.complete(id, 'c');
    expect(await desk.waiting(id)).toEqual(['d', 'd']);
    await desk.complete(id, 'd');
    expect((await desk.engine.getCase(id)).status).toBe('active');
    await desk.complete(id, 'd');
    expect((await desk.engine.getCase(id)).status).toBe('completed');
  });
});
