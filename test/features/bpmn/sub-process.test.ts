import { expect, it } from '@jest/globals';
import { bpmn, chain } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { office } from '../../support/office.ts';

const around = (inside: string, attributes = '') =>
  bpmn(
    `<startEvent id="s"/><subProcess id="sub" ${attributes}>${inside}</subProcess><userTask id="after"/><endEvent id="e"/>` +
      chain('s', 'sub', 'after', 'e'),
  );

element('Embedded sub-process', '13.3.4', () => {
  it('holds the case until nothing is left inside', async () => {
    const desk = office();
    const { id } = await desk.open(
      around(
        '<startEvent id="is"/><parallelGateway id="f"/><userTask id="a"/><userTask id="b"/><endEvent id="ie"/>' +
          chain('is', 'f', 'a', 'ie') +
          chain('f', 'b', 'ie'),
      ),
    );
    await desk.complete(id, 'b');
    expect(await desk.waiting(id)).toEqual(['a']);
    await desk.complete(id, 'a');
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('sees the data around it, and keeps its own to itself', async () => {
    const desk = office();
    const { id } = await desk.open(
      around(
        '<extensionElements><ov:input target="own" source="=amount * 2"/></extensionElements><startEvent id="is"/><userTask id="a"/><endEvent id="ie"/>' +
          chain('is', 'a', 'ie'),
      ),
      { amount: 10 },
    );
    expect(await desk.engine.taskVariables(await desk.task(id, 'a'))).toEqual({ amount: 10, own: 20 });
    await desk.complete(id, 'a', { own: 30, seen: true });
    expect(await desk.engine.taskVariables(await desk.task(id, 'after'))).toEqual({ amount: 10, seen: true });
  });

  it('runs many times side by side when several tokens reach it', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><parallelGateway id="f"/><task id="x"/><task id="y"/><subProcess id="sub"><startEvent id="is"/><userTask id="a"/><userTask id="b"/><endEvent id="ie"/>${chain('is', 'a', 'b', 'ie')}</subProcess><endEvent id="e"/>` +
          chain('s', 'f', 'x', 'sub', 'e') +
          chain('f', 'y', 'sub'),
      ),
    );
    await desk.complete(id, 'a');
    expect(await desk.waiting(id)).toEqual(['a', 'b']);
  });
});
