import { describe, expect, it } from '@jest/globals';
import { step, type CaseState } from '../../../engine/core/index.ts';
import { compileExpression } from '../../../engine/expressions/index.ts';
import { compile } from '../../../engine/model/compile.ts';
import { parseBpmn } from '../../../engine/model/parse.ts';
import { bpmn, chain, escapeXml } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { office } from '../../support/office.ts';

const when = (condition: string) =>
  `<conditionalEventDefinition><condition xsi:type="tFormalExpression">${escapeXml(condition)}</condition></conditionalEventDefinition>`;
const caught = (id: string, condition: string) =>
  `<intermediateCatchEvent id="${id}">${when(condition)}</intermediateCatchEvent>`;
const script = (id: string, result: string, body: string) =>
  `<scriptTask id="${id}" scriptFormat="feel" ov:result="${result}"><script>${escapeXml(body)}</script></scriptTask>`;

/** One arm with the event; another in which a person says again and again what `amount` is. */
const besides = (arm: string) =>
  bpmn(
    `<startEvent id="s"/><parallelGateway id="fork"/>${arm}<userTask id="set"/><exclusiveGateway id="again" default="again-set"/><endEvent id="e"/>` +
      chain('s', 'fork', 'set', 'again', 'set') +
      `<sequenceFlow id="again-e" sourceRef="again" targetRef="e"><conditionExpression>amount = null</conditionExpression></sequenceFlow>`,
  );

element('Conditional intermediate catch event', '13.5.2', () => {
  it('lets the token pass at once when its condition is true already', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/>${caught('wait', 'amount > 100')}<userTask id="after"/><endEvent id="e"/>` +
          chain('s', 'wait', 'after', 'e'),
      ),
      { amount: 101 },
    );
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('waits until a variable makes it true, also one that is not there yet', async () => {
    const desk = office();
    const { id } = await desk.open(
      besides(caught('wait', 'amount > 100') + '<userTask id="after"/>' + chain('fork', 'wait', 'after', 'e')),
    );
    await desk.complete(id, 'set', { amount: 50 });
    expect(await desk.waiting(id)).toEqual(['set']);
    await desk.complete(id, 'set', { amount: 150 });
    expect(await desk.waiting(id)).toEqual(['after', 'set']);
    await desk.complete(id, 'set', { amount: 200 });
    expect(await desk.waiting(id)).toEqual(['after', 'set']);
  });

  it('sees a value that holds for a moment only', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><parallelGateway id="fork"/>${caught('wait', 'amount > 100')}<userTask id="after"/><userTask id="go"/>${script('up', 'amount', '200')}${script('down', 'amount', '0')}<endEvent id="e"/>` +
          chain('s', 'fork', 'wait', 'after', 'e') +
          chain('fork', 'go', 'up', 'down', 'e'),
      ),
    );
    await desk.complete(id, 'go');
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('waits for each instance of a multi-instance sub-process on its own', async () => {
    const desk = office();
    const { id } = await desk.open(
      besides(
        `<subProcess id="sub"><multiInstanceLoopCharacteristics ov:collection="[10, 100]" ov:elementVariable="limit"/><startEvent id="is"/>${caught('wait', 'amount >= limit')}<userTask id="each"/><endEvent id="ie"/>${chain('is', 'wait', 'each', 'ie')}</subProcess>` +
          chain('fork', 'sub', 'e'),
      ),
    );
    await desk.complete(id, 'set', { amount: 20 });
    expect(await desk.waiting(id)).toEqual(['each', 'set']);
    await desk.complete(id, 'set', { amount: 100 });
    expect(await desk.waiting(id)).toEqual(['each', 'each', 'set']);
  });

  it('is judged in the worker where its cost has no bound', async () => {
    const desk = office();
    const heavy = 'count(for x in 1..n, y in 1..n return x * y) > 100';
    const { id } = await desk.open(
      besides(caught('wait', heavy) + '<userTask id="after"/>' + chain('fork', 'wait', 'after', 'e')),
      { n: 3 },
    );
    await desk.complete(id, 'set', { amount: 1 });
    expect(await desk.waiting(id)).toEqual(['set']);
    await desk.complete(id, 'set', { amount: 1, n: 20 });
    expect(await desk.waiting(id)).toEqual(['after', 'set']);
  });
});

element('Conditional boundary event', '13.5.3', () => {
  const boundary = (attributes: string) =>
    `<userTask id="work"/><boundaryEvent id="on" attachedToRef="work" ${attributes}>${when('amount > 100')}</boundaryEvent><userTask id="handle"/>` +
    chain('fork', 'work', 'e') +
    chain('on', 'handle', 'e');

  it('interrupts its activity when the condition becomes true', async () => {
    const desk = office();
    const { id } = await desk.open(besides(boundary('')));
    await desk.complete(id, 'set', { amount: 99 });
    expect(await desk.waiting(id)).toEqual(['set', 'work']);
    await desk.complete(id, 'set', { amount: 101 });
    expect(await desk.waiting(id)).toEqual(['handle', 'set']);
  });

  it('interrupts an activity at its beginning when the condition is true then', async () => {
    const desk = office();
    const { id } = await desk.open(besides(boundary('')), { amount: 500 });
    expect(await desk.waiting(id)).toEqual(['handle', 'set']);
    const tasks = await desk.store.listTasksOfCase(id);
    expect(tasks.filter(({ status }) => status === 'open' || status === 'claimed')).toHaveLength(2);
  });

  it('that does not interrupt happens once each time the condition becomes true', async () => {
    const desk = office();
    const { id } = await desk.open(besides(boundary('cancelActivity="false"')));
    for (const amount of [200, 300, 50, 60, 400]) await desk.complete(id, 'set', { amount });
    expect((await desk.waiting(id)).filter((node) => node === 'handle')).toHaveLength(2);
  });

  it('is judged no longer when its activity has ended', async () => {
    const desk = office();
    const { id } = await desk.open(besides(boundary('')));
    await desk.complete(id, 'work', { amount: 500 });
    await desk.complete(id, 'set', { amount: 501 });
    expect(await desk.waiting(id)).toEqual(['set']);
    expect((await desk.engine.getCase(id)).state.conditions).toBeUndefined();
  });

  it('interrupts a sub-process by what happens inside it', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><subProcess id="sub"><startEvent id="is"/>${script('up', 'amount', '200')}<userTask id="never"/><endEvent id="ie"/>${chain('is', 'up', 'never', 'ie')}</subProcess><boundaryEvent id="on" attachedToRef="sub">${when('amount > 100')}</boundaryEvent><userTask id="handle"/><endEvent id="e"/>` +
          chain('s', 'sub', 'e') +
          chain('on', 'handle', 'e'),
      ),
    );
    expect(await desk.waiting(id)).toEqual(['handle']);
    expect(await desk.events(id)).not.toContain('element.entered never');
  });

  it('ends with an incident, not in a hang, where two conditions set each other off', async () => {
    const desk = office();
    const toggling = (id: string, name: string, other: string) =>
      `<boundaryEvent id="${id}" attachedToRef="work" cancelActivity="false">${when(`${name} = true`)}</boundaryEvent>${script(`${id}1`, name, 'false')}${script(`${id}2`, other, 'true')}` +
      chain(id, `${id}1`, `${id}2`, 'e');
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><userTask id="work"/>${toggling('a', 'x', 'y')}${toggling('b', 'y', 'x')}<endEvent id="e"/>` +
          chain('s', 'work', 'e'),
      ),
      { x: true, y: false },
    );
    expect((await desk.incidents(id))[0]).toMatch(/^case\.step_budget/);
  });
});

element('Conditional start event of an event sub-process', '13.5.4', () => {
  it('begins its sub-process when the condition becomes true', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><userTask id="set"/><userTask id="rest"/><endEvent id="e"/>${chain('s', 'set', 'rest', 'e')}<subProcess id="h" triggeredByEvent="true"><startEvent id="hs" isInterrupting="false">${when('amount > 100')}</startEvent><userTask id="handle"/><endEvent id="he"/>${chain('hs', 'handle', 'he')}</subProcess>`,
      ),
    );
    await desk.complete(id, 'set', { amount: 101 });
    expect(await desk.waiting(id)).toEqual(['handle', 'rest']);
  });
});

describe('the cost of conditions', () => {
  it('follows those that read what has changed', async () => {
    const arms = Array.from({ length: 50 }, (_, i) => caught(`w${i}`, `v${i} = true`) + chain('fork', `w${i}`, 'e'));
    const model = await parseBpmn(besides(arms.join('')));
    const judged: string[] = [];
    const graph = compile(model, (text) => {
      const compiled = compileExpression(text);
      if (!compiled.ok || !text.startsWith('v')) return compiled;
      const { expression } = compiled;
      const evaluate = (variables: Parameters<NonNullable<typeof expression.evaluate>>[0]) => {
        judged.push(text);
        return expression.evaluate!(variables);
      };
      return { ok: true, expression: { ...expression, evaluate } };
    });
    const take = (state: CaseState | null, command: Parameters<typeof step>[2]) => {
      const result = step(graph, state, command, { now: 0 });
      if (!result.done) throw new Error('expected no worker');
      return result.state;
    };
    const started = take(null, { type: 'start', variables: {} });
    expect(judged).toHaveLength(50);
    judged.length = 0;
    const task = Object.values(started.tokens).find(({ node }) => node === 'set')!;
    take(started, { type: 'complete-task', token: task.id, variables: { v7: true, amount: 1 } });
    expect(judged).toEqual(['v7 = true']);
  });
});
