import { expect, it } from '@jest/globals';
import { bpmn, chain, flow } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { APPLICANT, office } from '../../support/office.ts';

const ROOTS = '<message id="news" name="news"/><error id="refused" errorCode="REFUSED"/>';

/** A user task with a compensation handler `undo-<id>`. */
const done = (id: string, loop = '') =>
  `<userTask id="${id}">${loop}</userTask><userTask id="undo-${id}" isForCompensation="true"/>` + undoes(id);
const undoes = (id: string) =>
  `<boundaryEvent id="on-${id}" attachedToRef="${id}"><compensateEventDefinition/></boundaryEvent>` +
  `<association id="link-${id}" associationDirection="One" sourceRef="on-${id}" targetRef="undo-${id}"/>`;
const compensate = (id: string, attributes = '', type = 'intermediateThrowEvent') =>
  `<${type} id="${id}"><compensateEventDefinition ${attributes}/></${type}>`;
const multi = (attributes: string) => `<multiInstanceLoopCharacteristics ${attributes}/>`;
const model = (body: string) => bpmn(body, { roots: ROOTS });

const abc = (last: string, more = '') =>
  model(
    `<startEvent id="s"/>${done('a')}${done('b')}<userTask id="c"/>${last}<userTask id="after"/><endEvent id="e"/>${more}` +
      chain('s', 'a', 'b', 'c', 'undo', 'after', 'e'),
  );

element('Compensation', '13.5.5', () => {
  it('undoes what was completed, last done first, and goes on when all of it is undone', async () => {
    const desk = office();
    const { id } = await desk.open(abc(compensate('undo')));
    for (const node of ['a', 'b', 'c']) await desk.complete(id, node);
    expect(await desk.waiting(id)).toEqual(['undo-b']);
    await desk.complete(id, 'undo-b');
    expect(await desk.waiting(id)).toEqual(['undo-a']);
    await desk.complete(id, 'undo-a');
    expect(await desk.waiting(id)).toEqual(['after']);
    expect((await desk.events(id)).filter((event) => event.includes('undo'))).toContain('compensation.thrown undo');
  });

  it('interrupted by an event sub-process that compensates as well, undoes what was left, and nothing twice', async () => {
    const desk = office();
    const { id } = await desk.open(
      abc(
        compensate('undo'),
        `<subProcess id="h" triggeredByEvent="true"><startEvent id="hs"><messageEventDefinition messageRef="news"/></startEvent>${compensate('again')}<userTask id="told"/>${chain('hs', 'again', 'told')}</subProcess>`,
      ).replace('<userTask id="c"/>', done('c')),
    );
    for (const node of ['a', 'b', 'c', 'undo-c']) await desk.complete(id, node);
    await desk.engine.correlateMessage({ name: 'news', key: null, variables: {} }, APPLICANT);
    for (const node of ['undo-b', 'undo-a', 'told']) {
      expect(await desk.waiting(id)).toEqual([node]);
      await desk.complete(id, node);
    }
    expect((await desk.engine.getCase(id)).status).toBe('completed');
  });

  it('undoes only the activity the event names', async () => {
    const desk = office();
    const { id } = await desk.open(abc(compensate('undo', 'activityRef="a"')));
    for (const node of ['a', 'b', 'c']) await desk.complete(id, node);
    expect(await desk.waiting(id)).toEqual(['undo-a']);
    await desk.complete(id, 'undo-a');
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('does not wait where the event says so; the case lives until the handlers have ended', async () => {
    const desk = office();
    const { id } = await desk.open(abc(compensate('undo', 'waitForCompletion="false"')));
    for (const node of ['a', 'b', 'c']) await desk.complete(id, node);
    expect(await desk.waiting(id)).toEqual(['after', 'undo-b']);
    await desk.complete(id, 'after');
    await desk.complete(id, 'undo-b');
    expect(await desk.waiting(id)).toEqual(['undo-a']);
    await desk.complete(id, 'undo-a');
    expect((await desk.engine.getCase(id)).status).toBe('completed');
  });

  it('may be thrown by an end event', async () => {
    const desk = office();
    const { id } = await desk.open(
      model(`<startEvent id="s"/>${done('a')}${compensate('undo', '', 'endEvent')}` + chain('s', 'a', 'undo')),
    );
    await desk.complete(id, 'a');
    expect(await desk.waiting(id)).toEqual(['undo-a']);
    await desk.complete(id, 'undo-a');
    expect((await desk.engine.getCase(id)).status).toBe('completed');
  });

  it('undoes each completion once, as often as the activity was done', async () => {
    const desk = office();
    const { id } = await desk.open(
      model(
        `<startEvent id="s"/><exclusiveGateway id="m"/>${done('a')}<exclusiveGateway id="x" default="x-undo"/>${compensate('undo')}${compensate('again')}<userTask id="after"/>` +
          chain('s', 'm', 'a', 'x', 'undo', 'again', 'after') +
          flow('x', 'm', 'more'),
      ),
    );
    await desk.complete(id, 'a', { more: true });
    await desk.complete(id, 'a', { more: false });
    await desk.complete(id, 'undo-a');
    await desk.complete(id, 'undo-a');
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('leaves alone what was never done or is still under way', async () => {
    const desk = office();
    const { id } = await desk.open(
      model(
        `<startEvent id="s"/><parallelGateway id="f"/>${done('a')}${done('b')}<userTask id="go"/>${compensate('undo')}<userTask id="after"/>` +
          chain('s', 'f', 'a', 'b') +
          chain('f', 'go', 'undo', 'after'),
      ),
    );
    await desk.complete(id, 'go');
    expect(await desk.waiting(id)).toEqual(['a', 'after']);
    await desk.complete(id, 'a');
    expect(await desk.waiting(id)).toEqual(['after', 'b']);
  });

  it('undoes each instance of a multi-instance activity, with the variables of that instance', async () => {
    const desk = office();
    const { id } = await desk.open(
      model(
        `<startEvent id="s"/>${done('a', multi('isSequential="true" ov:collection="=parts" ov:elementVariable="part"'))}${compensate('undo')}<userTask id="after"/>` +
          chain('s', 'a', 'undo', 'after'),
      ),
      { parts: ['x', 'y'] },
    );
    await desk.complete(id, 'a');
    await desk.complete(id, 'a');
    for (const part of ['y', 'x']) {
      expect(await desk.engine.taskVariables(await desk.task(id, 'undo-a'))).toMatchObject({ part });
      await desk.complete(id, 'undo-a');
    }
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('undoes each iteration of a loop', async () => {
    const desk = office();
    const { id } = await desk.open(
      model(
        `<startEvent id="s"/>${done('a', '<standardLoopCharacteristics loopMaximum="3"/>')}${compensate('undo')}<userTask id="after"/>` +
          chain('s', 'a', 'undo', 'after'),
      ),
    );
    for (let round = 0; round < 3; round++) await desk.complete(id, 'a');
    for (const loopCounter of [3, 2, 1]) {
      expect(await desk.engine.taskVariables(await desk.task(id, 'undo-a'))).toMatchObject({ loopCounter });
      await desk.complete(id, 'undo-a');
    }
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('takes a handler that is multi-instance or a sub-process as one step of it', async () => {
    const desk = office();
    const { id } = await desk.open(
      model(
        `<startEvent id="s"/><userTask id="a"/><subProcess id="undo-a" isForCompensation="true">${multi('ov:collection="=[1,2]" ov:elementVariable="n"')}<userTask id="step"/></subProcess>${undoes('a')}${compensate('undo')}<userTask id="after"/>` +
          chain('s', 'a', 'undo', 'after'),
      ),
    );
    await desk.complete(id, 'a');
    expect(await desk.waiting(id)).toEqual(['step', 'step']);
    await desk.complete(id, 'step');
    await desk.complete(id, 'step');
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('leaves an error of a handler to the scope in which compensation was thrown', async () => {
    const desk = office();
    const { id } = await desk.open(
      model(
        `<startEvent id="s"/><subProcess id="sub"><startEvent id="is"/><userTask id="a"/><subProcess id="undo-a" isForCompensation="true"><endEvent id="fail"><errorEventDefinition errorRef="refused"/></endEvent></subProcess>${undoes('a')}${compensate('undo')}<userTask id="inside"/>${chain('is', 'a', 'undo', 'inside')}</subProcess>` +
          `<boundaryEvent id="caught" attachedToRef="sub"><errorEventDefinition errorRef="refused"/></boundaryEvent><userTask id="after"/>` +
          chain('s', 'sub') +
          chain('caught', 'after'),
      ),
    );
    await desk.complete(id, 'a');
    expect(await desk.waiting(id)).toEqual(['after']);
    expect(Object.keys((await desk.engine.getCase(id)).state.scopes)).toEqual(['0']);
  });

  it('finds a catcher outside also for a handler nobody waits for', async () => {
    const desk = office();
    const { id } = await desk.open(
      model(
        `<startEvent id="s"/><subProcess id="sub"><startEvent id="is"/><userTask id="a"/><subProcess id="undo-a" isForCompensation="true"><userTask id="try"/><endEvent id="fail"><errorEventDefinition errorRef="refused"/></endEvent>${chain('try', 'fail')}</subProcess>${undoes('a')}${compensate('undo', 'waitForCompletion="false"')}<userTask id="inside"/>${chain('is', 'a', 'undo', 'inside')}</subProcess>` +
          `<boundaryEvent id="caught" attachedToRef="sub"><errorEventDefinition errorRef="refused"/></boundaryEvent><userTask id="after"/>` +
          chain('s', 'sub') +
          chain('caught', 'after'),
      ),
    );
    await desk.complete(id, 'a');
    expect(await desk.waiting(id)).toEqual(['inside', 'try']);
    await desk.complete(id, 'try');
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('survives a stop in the middle, and leaves nothing behind when the case is cancelled', async () => {
    const desk = office();
    const { id } = await desk.open(abc(compensate('undo')));
    for (const node of ['a', 'b', 'c']) await desk.complete(id, node);
    const again = office({ store: desk.store });
    await again.complete(id, 'undo-b');
    expect(await again.waiting(id)).toEqual(['undo-a']);
    await again.engine.cancelCase({ caseId: id, reason: 'withdrawn' }, APPLICANT);
    const { state } = await again.engine.getCase(id);
    expect(state.tokens).toEqual({});
    expect(Object.keys(state.scopes)).toEqual(['0']);
  });
});

const order = (handler: string, more = '', throws = compensate('undo')) =>
  model(
    `<startEvent id="s"/><subProcess id="order"><extensionElements><ov:input target="number" source="=next"/></extensionElements>` +
      `<startEvent id="is"/>${done('a')}${done('b')}<userTask id="c"/><endEvent id="ie"/>${chain('is', 'a', 'b', 'c', 'ie')}${handler}</subProcess>` +
      `<userTask id="go"/>${throws}<userTask id="after"/>${more}${chain('s', 'order', 'go', 'undo', 'after')}`,
  );
const handler = (inside: string) =>
  `<subProcess id="h" triggeredByEvent="true"><startEvent id="hs"><compensateEventDefinition/></startEvent>${inside}</subProcess>`;

element('Compensation of a sub-process', '10.7.1', () => {
  it('runs the handlers of what was done inside, with the variables the sub-process had', async () => {
    const desk = office();
    const { id } = await desk.open(order(''), { next: 7 });
    for (const node of ['a', 'b', 'c']) await desk.complete(id, node);
    await desk.complete(id, 'go', { next: 8 });
    expect(await desk.waiting(id)).toEqual(['undo-b']);
    expect(await desk.engine.taskVariables(await desk.task(id, 'undo-b'))).toMatchObject({ number: 7, next: 8 });
    await desk.complete(id, 'undo-b');
    await desk.complete(id, 'undo-a');
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('runs its compensation event sub-process instead, where it has one', async () => {
    const desk = office();
    const { id } = await desk.open(order(handler(`<userTask id="u"/>${chain('hs', 'u')}`)), { next: 7 });
    for (const node of ['a', 'b', 'c', 'go']) await desk.complete(id, node);
    expect(await desk.waiting(id)).toEqual(['u']);
    expect(await desk.engine.taskVariables(await desk.task(id, 'u'))).toMatchObject({ number: 7 });
    await desk.complete(id, 'u');
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('lets that event sub-process call the inner handlers itself', async () => {
    const desk = office();
    const { id } = await desk.open(
      order(
        handler(
          `<userTask id="u"/>${compensate('inner', 'activityRef="a"')}<userTask id="v"/>${chain('hs', 'u', 'inner', 'v')}`,
        ),
      ),
      { next: 7 },
    );
    for (const node of ['a', 'b', 'c', 'go', 'u']) await desk.complete(id, node);
    expect(await desk.waiting(id)).toEqual(['undo-a']);
    await desk.complete(id, 'undo-a');
    await desk.complete(id, 'v');
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('runs the handler attached to it, and nothing inside, where there is one', async () => {
    const desk = office();
    const { id } = await desk.open(
      order(
        handler(`<userTask id="u"/>${chain('hs', 'u')}`),
        `<userTask id="undo-order" isForCompensation="true"/>${undoes('order')}`,
      ),
      { next: 7 },
    );
    for (const node of ['a', 'b', 'c', 'go']) await desk.complete(id, node);
    expect(await desk.waiting(id)).toEqual(['undo-order']);
    await desk.complete(id, 'undo-order');
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('does nothing for a sub-process that was left by an interrupting event', async () => {
    const desk = office();
    const { id } = await desk.open(
      order(
        handler(`<userTask id="u"/>${chain('hs', 'u')}`),
        `<boundaryEvent id="late" attachedToRef="order"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>${chain('late', 'go')}`,
      ),
      { next: 7 },
    );
    await desk.complete(id, 'a');
    await desk.pass(3_600_000);
    await desk.complete(id, 'go');
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('undoes each instance of a multi-instance sub-process, last completed first', async () => {
    const desk = office();
    const { id } = await desk.open(
      model(
        `<startEvent id="s"/><subProcess id="order">${multi('ov:collection="=numbers" ov:elementVariable="number"')}${done('a')}</subProcess>${compensate('undo')}<userTask id="after"/>` +
          chain('s', 'order', 'undo', 'after'),
      ),
      { numbers: [1, 2] },
    );
    const [first, second] = (await desk.store.listTasksOfCase(id)).sort((x, y) => Number(x.token) - Number(y.token));
    for (const task of [second!, first!]) {
      await desk.engine.claimTask(task.id, APPLICANT);
      await desk.engine.completeTask({ taskId: task.id, variables: {} }, APPLICANT);
    }
    for (const number of [1, 2]) {
      expect(await desk.engine.taskVariables(await desk.task(id, 'undo-a'))).toMatchObject({ number });
      await desk.complete(id, 'undo-a');
    }
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('is called by an event sub-process for the scope it interrupted', async () => {
    const desk = office();
    const { id } = await desk.open(
      model(
        `<startEvent id="s"/>${done('a')}${done('b')}<userTask id="c"/>${chain('s', 'a', 'b', 'c')}` +
          `<subProcess id="h" triggeredByEvent="true"><startEvent id="hs"><messageEventDefinition messageRef="news"/></startEvent>${done('d')}${compensate('all')}<userTask id="told"/>${chain('hs', 'd', 'all', 'told')}</subProcess>`,
      ),
    );
    await desk.complete(id, 'a');
    await desk.complete(id, 'b');
    await desk.engine.correlateMessage({ name: 'news', key: null, variables: {} }, APPLICANT);
    await desk.complete(id, 'd');
    for (const node of ['undo-d', 'undo-b', 'undo-a']) {
      expect(await desk.waiting(id)).toEqual([node]);
      await desk.complete(id, node);
    }
    expect(await desk.waiting(id)).toEqual(['told']);
  });

  it('keeps nothing of scopes in which there is nothing to compensate', async () => {
    const desk = office();
    const { id } = await desk.open(
      model(
        `<startEvent id="s"/><subProcess id="sub"><extensionElements><ov:input target="big" source="=next"/></extensionElements><userTask id="a"/></subProcess><userTask id="after"/>${chain('s', 'sub', 'after')}`,
      ),
      { next: 7 },
    );
    await desk.complete(id, 'a');
    expect((await desk.engine.getCase(id)).state.scopes).toEqual({
      '0': { id: '0', node: '', kind: 'process', variables: { next: 7 }, live: 1 },
    });
  });
});
