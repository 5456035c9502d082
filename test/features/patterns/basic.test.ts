import { expect, it } from '@jest/globals';
import { chain, flow } from '../../support/bpmn.ts';
import { pattern } from '../../support/conformance.ts';
import { office } from '../../support/office.ts';
import { exclusive, model, parallel } from './model.ts';

pattern(1, 'Sequence', 'yes', 'sequence flow', () => {
  it('begins a task when the one before it has ended', async () => {
    const desk = office();
    const { id } = await desk.open(model('a b', chain('s', 'a', 'b', 'e')));
    expect(await desk.waiting(id)).toEqual(['a']);
    await desk.complete(id, 'a');
    expect(await desk.waiting(id)).toEqual(['b']);
  });
});

pattern(2, 'Parallel split', 'yes', 'parallel gateway, or several flows out of one activity', () => {
  it.each([
    ['a gateway', parallel('f') + chain('s', 'f', 'a', 'e') + chain('f', 'b', 'e')],
    ['flows without conditions', chain('s', 'a', 'e') + chain('s', 'b', 'e')],
  ])('opens every branch at %s', async (_, rest) => {
    const desk = office();
    const { id } = await desk.open(model('a b', rest));
    expect(await desk.waiting(id)).toEqual(['a', 'b']);
  });
});

pattern(3, 'Synchronization', 'yes', 'parallel gateway', () => {
  it('goes on when every branch has come, whichever is last', async () => {
    const desk = office();
    const joined = model(
      'a b after',
      parallel('f', 'j') + chain('s', 'f', 'a', 'j', 'after', 'e') + chain('f', 'b', 'j'),
    );
    for (const [first, last] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      const { id } = await desk.open(joined);
      await desk.complete(id, first);
      expect(await desk.waiting(id)).toEqual([last]);
      await desk.complete(id, last);
      expect(await desk.waiting(id)).toEqual(['after']);
    }
  });
});

const choice = model(
  'a b after',
  exclusive('x', 'b') +
    exclusive('m') +
    chain('s', 'x', 'b', 'm', 'after', 'e') +
    flow('x', 'a', 'large') +
    chain('a', 'm'),
);

pattern(4, 'Exclusive choice', 'yes', 'exclusive gateway with FEEL conditions and a default flow', () => {
  it.each([
    [true, 'a'],
    [false, 'b'],
  ])('takes one branch: large = %s', async (large, taken) => {
    const desk = office();
    const { id } = await desk.open(choice, { large });
    expect(await desk.waiting(id)).toEqual([taken]);
  });
});

pattern(5, 'Simple merge', 'yes', 'exclusive gateway, or several flows into one activity', () => {
  it('passes on what the chosen branch brings', async () => {
    const desk = office();
    const { id } = await desk.open(choice, { large: true });
    await desk.complete(id, 'a');
    expect(await desk.waiting(id)).toEqual(['after']);
  });
});
