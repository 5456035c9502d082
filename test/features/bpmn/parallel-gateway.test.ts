import { expect, it } from '@jest/globals';
import { bpmn, chain, flow } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { office } from '../../support/office.ts';

const forked = (branches: string) =>
  bpmn(
    '<startEvent id="s"/><parallelGateway id="fork"/><userTask id="a"/><userTask id="b"/><parallelGateway id="join"/><userTask id="after"/><endEvent id="e"/>' +
      chain('s', 'fork', 'a', 'join', 'after', 'e') +
      branches,
  );

element('Parallel gateway', '13.4.1', () => {
  it('takes every outgoing flow, and waits for a token from every incoming one', async () => {
    const desk = office();
    const { id } = await desk.open(forked(chain('fork', 'b', 'join')));
    expect(await desk.waiting(id)).toEqual(['a', 'b']);
    await desk.complete(id, 'b');
    expect(await desk.waiting(id)).toEqual(['a']);
    await desk.complete(id, 'a');
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('waits through a rework loop in a branch', async () => {
    const desk = office();
    const { id } = await desk.open(
      forked(
        '<exclusiveGateway id="merge"/><exclusiveGateway id="check" default="check-join"/>' +
          chain('fork', 'merge', 'b', 'check', 'join') +
          flow('check', 'merge', 'again = true'),
      ),
    );
    await desk.complete(id, 'a');
    await desk.complete(id, 'b', { again: true });
    expect(await desk.waiting(id)).toEqual(['b']);
    await desk.complete(id, 'b', { again: false });
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('keeps a second token of one branch for its next firing', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        '<startEvent id="s"/><parallelGateway id="fork"/><task id="x"/><task id="y"/><exclusiveGateway id="m"/><userTask id="a"/><userTask id="b"/><parallelGateway id="join"/><userTask id="after"/><endEvent id="e"/>' +
          chain('s', 'fork', 'x', 'm', 'a', 'join', 'after', 'e') +
          chain('fork', 'y', 'm') +
          chain('fork', 'b', 'join'),
      ),
    );
    await desk.complete(id, 'a');
    await desk.complete(id, 'a');
    expect(await desk.waiting(id)).toEqual(['b']);
    await desk.complete(id, 'b');
    expect(await desk.waiting(id)).toEqual(['after']);
    await desk.complete(id, 'after');
    expect(await desk.incidents(id)).toEqual(['join.never_fires join']);
  });

  it('that can never be reached by its other branch is shown to a person', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        '<startEvent id="s"/><exclusiveGateway id="x" default="x-b"/><userTask id="a"/><userTask id="b"/><parallelGateway id="join"/><endEvent id="e"/>' +
          chain('s', 'x', 'b', 'join', 'e') +
          flow('x', 'a', 'false') +
          chain('a', 'join'),
      ),
    );
    await desk.complete(id, 'b');
    expect(await desk.incidents(id)).toEqual(['join.never_fires join']);
  });
});
