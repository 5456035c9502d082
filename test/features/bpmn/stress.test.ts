import { describe, expect, it, jest } from '@jest/globals';
import { step, type CaseState } from '../../../engine/core/index.ts';
import type { ProcessGraph } from '../../../engine/model/graph.ts';
import { bpmn, chain } from '../../support/bpmn.ts';
import { stateFaults } from '../../support/consistency.ts';
import { graphOf } from '../../support/graph-of.ts';
import { office } from '../../support/office.ts';
import { patience } from '../../support/patience.ts';

jest.setTimeout(patience(60_000));

const NOW = Date.parse('2026-03-02T01:00:00Z');

function take(graph: ProcessGraph, state: CaseState | null, command: Parameters<typeof step>[2]) {
  const result = step(graph, state, command, { now: NOW });
  if (!result.done) throw new Error('needs the worker');
  return result;
}

describe('an error', () => {
  it('stops its scope at once: of what was about to happen beside it, nothing does', async () => {
    const desk = office();
    const branches = Array.from(
      { length: 20 },
      (_, i) =>
        `<scriptTask id="t${i}" scriptFormat="feel" ov:result="ran"><script>true</script></scriptTask><userTask id="u${i}"/>${chain('f', `t${i}`, `u${i}`)}`,
    );
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><subProcess id="sub"><startEvent id="is"/><parallelGateway id="f"/><endEvent id="fail"><errorEventDefinition errorRef="no"/></endEvent>${chain('is', 'f', 'fail')}${branches.join('')}</subProcess>` +
          `<boundaryEvent id="caught" attachedToRef="sub"><errorEventDefinition errorRef="no"/></boundaryEvent><userTask id="after"/>${chain('s', 'sub')}${chain('caught', 'after')}`,
        { roots: '<error id="no" errorCode="NO"/>' },
      ),
    );
    expect(await desk.waiting(id)).toEqual(['after']);
    expect((await desk.engine.getCase(id)).state.scopes['0']!.variables).toEqual({});
    expect((await desk.events(id)).filter((event) => / [tu]\d+$/.test(event))).toEqual([]);
  });

  it('of one of many instances ends all of them, and none of their tasks can be completed any more', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><subProcess id="sub"><multiInstanceLoopCharacteristics><loopCardinality>50</loopCardinality></multiInstanceLoopCharacteristics><startEvent id="is"/><userTask id="work"/><exclusiveGateway id="x" default="x-ok"/><endEvent id="ok"/><endEvent id="fail"><errorEventDefinition errorRef="no"/></endEvent>${chain('is', 'work', 'x', 'ok')}` +
          '<sequenceFlow id="x-fail" sourceRef="x" targetRef="fail"><conditionExpression>bad</conditionExpression></sequenceFlow></subProcess>' +
          `<boundaryEvent id="caught" attachedToRef="sub"><errorEventDefinition errorRef="no"/></boundaryEvent><userTask id="after"/>${chain('s', 'sub')}${chain('caught', 'after')}`,
        { roots: '<error id="no" errorCode="NO"/>' },
      ),
    );
    await desk.complete(id, 'work', { bad: false });
    await desk.complete(id, 'work', { bad: true });
    expect(await desk.waiting(id)).toEqual(['after']);
    expect(Object.keys((await desk.engine.getCase(id)).state.scopes)).toEqual(['0']);
  });
});

describe('one activity', () => {
  it('may be active many times in one scope, each with its own holder and data', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        '<startEvent id="s"/><task id="many" completionQuantity="200"/><userTask id="t"/>' + chain('s', 'many', 't'),
      ),
    );
    expect(await desk.waiting(id)).toHaveLength(200);
    for (let done = 0; done < 3; done++) await desk.complete(id, 't');
    expect(await desk.waiting(id)).toHaveLength(197);
    const row = await desk.engine.getCase(id);
    expect(stateFaults(await desk.engine.getGraph(row.definitionId), row.state)).toEqual([]);
  });
});

describe('a large model', () => {
  it('of 500 scripts in a row runs through in one step', async () => {
    const ids = Array.from({ length: 500 }, (_, i) => `t${i}`);
    const scripts = ids.map(
      (id) => `<scriptTask id="${id}" scriptFormat="feel" ov:result="n"><script>n + 1</script></scriptTask>`,
    );
    const graph = await graphOf(
      bpmn(`<startEvent id="s"/>${scripts.join('')}<endEvent id="e"/>${chain('s', ...ids, 'e')}`),
    );
    const { state } = take(graph, null, { type: 'start', variables: { n: 0 } });
    expect([state.status, state.scopes['0']!.variables.n]).toEqual(['completed', 500]);
  });

  it('of 5,000 elements runs without trouble, and its state is as small as that of a small one', async () => {
    const ids = Array.from({ length: 2_500 }, (_, i) => `t${i}`);
    const tasks = ids.map((id, i) => (i % 100 === 99 ? `<userTask id="${id}"/>` : `<task id="${id}"/>`));
    const graph = await graphOf(
      bpmn(`<startEvent id="s"/>${tasks.join('')}<endEvent id="e"/>${chain('s', ...ids, 'e')}`),
    );
    let { state } = take(graph, null, { type: 'start', variables: {} });
    for (let waits = 0; waits < 25; waits++) {
      expect(JSON.stringify(state).length).toBeLessThan(300);
      const [token] = Object.keys(state.tokens);
      ({ state } = take(graph, state, { type: 'complete-task', token: token!, variables: {} }));
    }
    expect(state.status).toBe('completed');
  });

  it('of 60 levels of sub-processes opens and closes them all', async () => {
    let inside = '<userTask id="deep"/>';
    for (let level = 60; level > 0; level--) inside = `<subProcess id="l${level}">${inside}</subProcess>`;
    const graph = await graphOf(bpmn(inside));
    const opened = take(graph, null, { type: 'start', variables: {} }).state;
    expect(Object.keys(opened.scopes)).toHaveLength(61);
    const token = Object.values(opened.tokens).find(({ wait }) => wait === 'task')!;
    expect(take(graph, opened, { type: 'complete-task', token: token.id, variables: {} }).state.status).toBe(
      'completed',
    );
  });
});

describe('10,000 instances', () => {
  const many = (activity: string) =>
    `<startEvent id="s"/>${activity}<userTask id="after"/>${chain('s', 'many', 'after')}`;
  const loop =
    '<multiInstanceLoopCharacteristics><loopCardinality>n</loopCardinality></multiInstanceLoopCharacteristics>';

  it('of a task open, and the counts stay right while some are completed', async () => {
    const graph = await graphOf(bpmn(many(`<userTask id="many">${loop}</userTask>`)));
    let { state } = take(graph, null, { type: 'start', variables: { n: 10_000 } });
    const tasks = Object.values(state.tokens).filter(({ wait }) => wait === 'task');
    expect(tasks).toHaveLength(10_000);
    for (const token of [tasks[0]!, tasks[5_000]!, tasks[9_999]!])
      ({ state } = take(graph, state, { type: 'complete-task', token: token.id, variables: {} }));
    const body = Object.values(state.scopes).find(({ kind }) => kind === 'multi')!;
    expect(body.variables).toEqual({
      nrOfInstances: 10_000,
      nrOfActiveInstances: 9_997,
      nrOfCompletedInstances: 3,
    });
    const cancelled = take(graph, state, { type: 'cancel', reason: 'withdrawn' }).state;
    expect([Object.keys(cancelled.tokens), Object.keys(cancelled.scopes)]).toEqual([[], ['0']]);
  });

  it('of a sub-process that waits for nothing all run and end in one step', async () => {
    const graph = await graphOf(
      bpmn(
        many(
          `<subProcess id="many">${loop}<parallelGateway id="f"/><task id="a"/><task id="b"/><inclusiveGateway id="j"/>${chain('f', 'a', 'j')}${chain('f', 'b', 'j')}</subProcess>`,
        ),
      ),
    );
    const { state } = take(graph, null, { type: 'start', variables: { n: 2_000 } });
    expect(Object.values(state.tokens).map(({ node }) => node)).toEqual(['after']);
  });

  it('and no more: what asks for 10,001 waits for a person', async () => {
    const graph = await graphOf(bpmn(many(`<userTask id="many">${loop}</userTask>`)));
    const { state } = take(graph, null, { type: 'start', variables: { n: 10_001 } });
    expect(Object.values(state.tokens).map(({ incident }) => incident?.code)).toEqual(['multi_instance.too_many']);
  });
});
