import { describe, expect, it } from '@jest/globals';
import { bpmn, chain, flow } from '../../support/bpmn.ts';
import { office } from '../../support/office.ts';

const outer = (inside: string, more = '') =>
  bpmn(
    `<startEvent id="s"/><endEvent id="e"/><userTask id="after"/><subProcess id="sub">${inside}</subProcess>${more}` +
      chain('s', 'sub', 'after', 'e'),
    { roots: '<error id="refused" errorCode="REFUSED"/>' },
  );
const inner = '<startEvent id="is"/><endEvent id="ie"/>';

describe('embedded sub-process', () => {
  it('runs inside and goes on when nothing is left in it', async () => {
    const desk = office();
    const { id } = await desk.open(
      outer(
        inner +
          '<parallelGateway id="f"/><userTask id="a"/><userTask id="b"/>' +
          chain('is', 'f', 'a', 'ie') +
          chain('f', 'b', 'ie'),
      ),
    );
    expect(await desk.waiting(id)).toEqual(['a', 'b']);
    await desk.complete(id, 'a');
    expect(await desk.waiting(id)).toEqual(['b']);
    await desk.complete(id, 'b');
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('keeps its own variables apart from the case', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><endEvent id="e"/><userTask id="after"/><subProcess id="sub">
          <extensionElements><ov:input target="local" source="=amount * 2"/><ov:output target="total" source="=local + 1"/></extensionElements>
          ${inner}<userTask id="a"/>${chain('is', 'a', 'ie')}</subProcess>` + chain('s', 'sub', 'after', 'e'),
      ),
      { amount: 10 },
    );
    expect(await desk.engine.taskVariables(await desk.task(id, 'a'))).toMatchObject({ amount: 10, local: 20 });
    await desk.complete(id, 'a');
    expect(await desk.engine.taskVariables(await desk.task(id, 'after'))).toEqual({ amount: 10, total: 21 });
  });

  it('ends only itself on a terminate end event', async () => {
    const desk = office();
    const { id } = await desk.open(
      outer(
        inner +
          '<parallelGateway id="f"/><userTask id="a"/><userTask id="b"/><endEvent id="stop"><terminateEventDefinition/></endEvent>' +
          chain('is', 'f', 'a', 'stop') +
          chain('f', 'b', 'ie'),
      ),
    );
    await desk.complete(id, 'a');
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('leaves by its error boundary event, and nothing inside goes on', async () => {
    const desk = office();
    const { id } = await desk.open(
      outer(
        inner +
          '<parallelGateway id="f"/><userTask id="a"/><userTask id="b"/><endEvent id="err"><errorEventDefinition errorRef="refused"/></endEvent>' +
          chain('is', 'f', 'a', 'err') +
          chain('f', 'b', 'ie'),
        '<boundaryEvent id="caught" attachedToRef="sub"><errorEventDefinition errorRef="refused"/></boundaryEvent><userTask id="explain"/><endEvent id="e2"/>' +
          chain('caught', 'explain', 'e2'),
      ),
    );
    await desk.complete(id, 'a');
    expect(await desk.waiting(id)).toEqual(['explain']);
    expect(await desk.events(id)).toContain('element.cancelled b');
    await desk.complete(id, 'explain');
    expect((await desk.engine.getCase(id)).status).toBe('completed');
  });

  it('waits with an incident when nobody catches the error', async () => {
    const desk = office();
    const { id } = await desk.open(
      outer(
        inner.replace(
          '<endEvent id="ie"/>',
          '<endEvent id="ie"><errorEventDefinition errorRef="refused"/></endEvent>',
        ) + chain('is', 'ie'),
      ),
    );
    expect(await desk.incidents(id)).toEqual(['error.uncaught ie']);
    expect((await desk.engine.getCase(id)).status).toBe('active');
  });
});

describe('terminate end event of the process', () => {
  it('ends the case and every open task', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        '<startEvent id="s"/><parallelGateway id="f"/><userTask id="a"/><userTask id="b"/><endEvent id="e"/><endEvent id="stop"><terminateEventDefinition/></endEvent>' +
          chain('s', 'f', 'a', 'stop') +
          chain('f', 'b', 'e'),
      ),
    );
    await desk.complete(id, 'a');
    expect((await desk.engine.getCase(id)).status).toBe('terminated');
    expect(await desk.waiting(id)).toEqual([]);
    expect((await desk.store.listTasksOfCase(id)).map((task) => task.status).sort()).toEqual([
      'cancelled',
      'completed',
    ]);
  });
});

describe('cancelling a case', () => {
  it('closes tasks, timers and messages, and keeps the reason', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        '<startEvent id="s"/><userTask id="a"/><endEvent id="e"/><boundaryEvent id="late" attachedToRef="a"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>' +
          chain('s', 'a', 'e') +
          flow('late', 'e'),
      ),
    );
    const row = await desk.engine.cancelCase(
      { caseId: id, reason: '申请人撤回' },
      { id: 'boss', name: 'boss', groups: [] },
    );
    expect(row.status).toBe('cancelled');
    expect(await desk.waiting(id)).toEqual([]);
    expect(await desk.store.nextJobAt()).toBeUndefined();
    await expect(
      desk.engine.cancelCase({ caseId: id, reason: 'again' }, { id: 'boss', name: 'boss', groups: [] }),
    ).rejects.toMatchObject({ code: 'case.closed' });
  });
});
