import { describe, expect, it } from '@jest/globals';
import { bpmn, chain, flow } from '../../support/bpmn.ts';
import { office } from '../../support/office.ts';

const start = '<startEvent id="s"/>';
const end = '<endEvent id="e"/>';
const user = (id: string) => `<userTask id="${id}"/>`;

/** Branch `a` beside a branch in which a check may send the work back: 补正 inside a parallel branch. */
const REWORK = bpmn(
  start +
    end +
    user('a') +
    user('b') +
    user('after') +
    '<parallelGateway id="fork"/><parallelGateway id="join"/><exclusiveGateway id="merge"/><exclusiveGateway id="check" default="check-join"/>' +
    chain('s', 'fork', 'a', 'join', 'after', 'e') +
    chain('fork', 'merge', 'b', 'check') +
    flow('check', 'merge', 'again = true') +
    flow('check', 'join'),
);

describe('exclusive gateway', () => {
  const model = bpmn(
    start +
      end +
      user('small') +
      user('large') +
      '<exclusiveGateway id="x" default="x-small"/>' +
      chain('s', 'x', 'small', 'e') +
      flow('x', 'large', 'amount > 100') +
      flow('large', 'e'),
  );

  it('takes the first flow whose condition is true', async () => {
    const desk = office();
    const { id } = await desk.open(model, { amount: 500 });
    expect(await desk.waiting(id)).toEqual(['large']);
  });

  it('takes the default flow when no condition is true', async () => {
    const desk = office();
    const { id } = await desk.open(model, { amount: 5 });
    expect(await desk.waiting(id)).toEqual(['small']);
  });

  it('opens an incident, rather than guessing, when the data is missing', async () => {
    const desk = office();
    const { id } = await desk.open(model);
    expect(await desk.incidents(id)).toEqual(['condition.not_boolean x']);
  });
});

describe('parallel gateway', () => {
  it('opens every branch and joins when all have ended', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        start +
          end +
          user('a') +
          user('b') +
          user('after') +
          '<parallelGateway id="fork"/><parallelGateway id="join"/>' +
          chain('s', 'fork', 'a', 'join', 'after', 'e') +
          chain('fork', 'b', 'join'),
      ),
    );
    expect(await desk.waiting(id)).toEqual(['a', 'b']);
    await desk.complete(id, 'b');
    expect(await desk.waiting(id)).toEqual(['a']);
    await desk.complete(id, 'a');
    expect(await desk.waiting(id)).toEqual(['after']);
    await desk.complete(id, 'after');
    expect((await desk.engine.getCase(id)).status).toBe('completed');
  });

  it('waits for a branch that is sent back for rework', async () => {
    const desk = office();
    const { id } = await desk.open(REWORK);
    await desk.complete(id, 'a');
    await desk.complete(id, 'b', { again: true });
    expect(await desk.waiting(id)).toEqual(['b']);
    await desk.complete(id, 'b', { again: true });
    await desk.complete(id, 'b', { again: false });
    expect(await desk.waiting(id)).toEqual(['after']);
    await desk.complete(id, 'after');
    expect((await desk.engine.getCase(id)).status).toBe('completed');
  });

  it('takes an exclusive merge inside a branch as one arrival', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        start +
          end +
          user('a') +
          user('b') +
          user('after') +
          '<parallelGateway id="fork"/><parallelGateway id="join"/><exclusiveGateway id="x" default="x-m"/><exclusiveGateway id="m"/>' +
          chain('s', 'fork', 'a', 'join', 'after', 'e') +
          flow('fork', 'x') +
          flow('x', 'b', 'full = true') +
          flow('x', 'm') +
          chain('b', 'm', 'join'),
      ),
      { full: true },
    );
    await desk.complete(id, 'a');
    expect(await desk.waiting(id)).toEqual(['b']);
    await desk.complete(id, 'b');
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('says so when a join can never fire', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        start +
          end +
          user('a') +
          user('b') +
          '<exclusiveGateway id="x" default="x-a"/><parallelGateway id="join"/>' +
          chain('s', 'x', 'a', 'join', 'e') +
          flow('x', 'b', 'false') +
          flow('b', 'join'),
      ),
    );
    await desk.complete(id, 'a');
    expect(await desk.incidents(id)).toEqual(['join.never_fires join']);
  });

  it('lets two tokens pass an exclusive merge one after the other', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        start +
          end +
          user('a') +
          user('b') +
          user('c') +
          '<parallelGateway id="fork"/><exclusiveGateway id="m"/>' +
          chain('s', 'fork', 'a', 'm', 'c', 'e') +
          chain('fork', 'b', 'm'),
      ),
    );
    await desk.complete(id, 'a');
    await desk.complete(id, 'b');
    expect(await desk.waiting(id)).toEqual(['c', 'c']);
  });
});

describe('inclusive gateway', () => {
  const model = bpmn(
    start +
      end +
      user('water') +
      user('power') +
      user('none') +
      user('after') +
      '<inclusiveGateway id="split" default="split-none"/><inclusiveGateway id="join"/>' +
      chain('s', 'split') +
      flow('split', 'water', 'water = true') +
      flow('split', 'power', 'power = true') +
      flow('split', 'none') +
      chain('water', 'join', 'after', 'e') +
      chain('power', 'join') +
      chain('none', 'join'),
  );

  it('opens the chosen branches and waits for exactly those', async () => {
    const desk = office();
    const { id } = await desk.open(model, { water: true, power: true });
    expect(await desk.waiting(id)).toEqual(['power', 'water']);
    await desk.complete(id, 'water');
    expect(await desk.waiting(id)).toEqual(['power']);
    await desk.complete(id, 'power');
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('goes on at once when one branch was chosen', async () => {
    const desk = office();
    const { id } = await desk.open(model, { water: false, power: true });
    await desk.complete(id, 'power');
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('waits while a token can still come back through a rework loop', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        start +
          end +
          user('a') +
          user('b') +
          user('after') +
          '<inclusiveGateway id="split"/><inclusiveGateway id="join"/><exclusiveGateway id="m"/><exclusiveGateway id="check" default="check-join"/>' +
          chain('s', 'split') +
          flow('split', 'a', 'true') +
          flow('split', 'm', 'true') +
          chain('m', 'b', 'check') +
          flow('check', 'm', 'again = true') +
          flow('check', 'join') +
          chain('a', 'join', 'after', 'e'),
      ),
    );
    await desk.complete(id, 'a');
    await desk.complete(id, 'b', { again: true });
    expect(await desk.waiting(id)).toEqual(['b']);
    await desk.complete(id, 'b', { again: false });
    expect(await desk.waiting(id)).toEqual(['after']);
  });
});
