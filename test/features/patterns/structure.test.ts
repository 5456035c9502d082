import { expect, it } from '@jest/globals';
import { bpmn, chain, flow } from '../../support/bpmn.ts';
import { pattern } from '../../support/conformance.ts';
import { office } from '../../support/office.ts';
import { exclusive, model, parallel } from './model.ts';

pattern(10, 'Arbitrary cycles', 'yes', 'sequence flow may go back to any element of its scope', () => {
  it('runs a cycle with two ways in and two ways out', async () => {
    const desk = office();
    const { id } = await desk.open(
      model(
        'a b',
        exclusive('in', 'm1') +
          exclusive('m1') +
          exclusive('m2') +
          exclusive('out1', 'm2') +
          exclusive('out2', 'm1') +
          chain('s', 'in', 'm1', 'a', 'out1', 'm2', 'b', 'out2', 'm1') +
          flow('in', 'm2', 'late') +
          flow('out1', 'e', 'done') +
          flow('out2', 'e', 'done'),
      ),
      { late: true, done: false },
    );
    expect(await desk.waiting(id)).toEqual(['b']);
    await desk.complete(id, 'b');
    await desk.complete(id, 'a');
    expect(await desk.waiting(id)).toEqual(['b']);
    await desk.complete(id, 'b', { done: true });
    expect((await desk.engine.getCase(id)).status).toBe('completed');
  });
});

pattern(11, 'Implicit termination', 'yes', 'a case ends when no token is left in it', () => {
  it('ends with its last task, wherever that leads', async () => {
    const desk = office();
    const { id } = await desk.open(model('a b', parallel('f') + chain('s', 'f', 'a', 'e') + chain('f', 'b')));
    await desk.complete(id, 'a');
    expect((await desk.engine.getCase(id)).status).toBe('active');
    await desk.complete(id, 'b');
    expect((await desk.engine.getCase(id)).status).toBe('completed');
  });
});

pattern(21, 'Structured loop', 'yes', 'standard loop: while (testBefore) and repeat, with a maximum', () => {
  const loop = (attributes: string) =>
    model(
      'after',
      `<userTask id="work"><standardLoopCharacteristics ${attributes}><loopCondition>again</loopCondition></standardLoopCharacteristics></userTask>` +
        chain('s', 'work', 'after', 'e'),
    );

  it('repeats a task until its condition is no longer true', async () => {
    const desk = office();
    const { id } = await desk.open(loop(''), { again: true });
    await desk.complete(id, 'work');
    expect(await desk.waiting(id)).toEqual(['work']);
    await desk.complete(id, 'work', { again: false });
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('asks first where the model says so', async () => {
    const desk = office();
    const { id } = await desk.open(loop('testBefore="true"'), { again: false });
    expect(await desk.waiting(id)).toEqual(['after']);
  });
});

pattern(43, 'Explicit termination', 'yes', 'terminate end event', () => {
  it('ends the case at a state the model names, and takes back the work that is left', async () => {
    const desk = office();
    const { id } = await desk.open(
      model(
        'a b',
        '<endEvent id="stop"><terminateEventDefinition/></endEvent>' +
          parallel('f') +
          chain('s', 'f', 'a', 'stop') +
          chain('f', 'b', 'e'),
      ),
    );
    await desk.complete(id, 'a');
    expect((await desk.engine.getCase(id)).status).toBe('terminated');
    expect(await desk.waiting(id)).toEqual([]);
  });
});

pattern(22, 'Recursion', 'yes', 'call activity that calls its own process', () => {
  it('opens a case within a case of the same process until the data ends it', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        '<startEvent id="s"/><exclusiveGateway id="x" default="x-e"/><callActivity id="call" calledElement="P"><extensionElements><ov:input target="depth" source="=depth - 1"/></extensionElements></callActivity><endEvent id="e"/>' +
          chain('s', 'x', 'e') +
          flow('x', 'call', 'depth > 0') +
          chain('call', 'e'),
      ),
      { depth: 3 },
    );
    for (let i = 0; i < 10; i++) await desk.pass(0);
    expect((await desk.engine.getCase(id)).status).toBe('completed');
    let depth = 0;
    for (let parent = id; ; depth++) {
      const [child] = await desk.store.listCases({ parent, limit: 10 });
      if (!child) break;
      parent = child.id;
    }
    expect(depth).toBe(3);
  });
});
