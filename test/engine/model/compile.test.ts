import { describe, expect, it } from '@jest/globals';
import { compileExpression } from '../../../engine/expressions/index.ts';
import { compile } from '../../../engine/model/compile.ts';
import type { ProcessGraph } from '../../../engine/model/graph.ts';
import { lintModel } from '../../../engine/model/lint/index.ts';
import { parseBpmn } from '../../../engine/model/parse.ts';
import { bpmn, chain, flow, type BpmnOptions } from '../../support/bpmn.ts';

async function graphOf(body: string, options?: BpmnOptions): Promise<ProcessGraph> {
  const model = await parseBpmn(bpmn(body, options));
  expect(lintModel(model, compileExpression).filter(({ severity }) => severity === 'error')).toEqual([]);
  return compile(model, compileExpression);
}

const MESSAGE = '<message id="m" name="缴费完成" ov:correlationKey="=caseNumber"/>';
const timer = (text: string) =>
  `<timerEventDefinition><timeDuration xsi:type="tFormalExpression">${text}</timeDuration></timerEventDefinition>`;

describe('a checked model becomes a graph', () => {
  it('with nodes, flows, entries and boundary events in document order', async () => {
    const graph = await graphOf(
      `<startEvent id="s"/><startEvent id="s2"><messageEventDefinition messageRef="m"/></startEvent>
      <userTask id="t" name="审核" ov:department="tax"/>
      <boundaryEvent id="b2" attachedToRef="t">${timer('P3D')}</boundaryEvent>
      <boundaryEvent id="b1" attachedToRef="t" cancelActivity="false">${timer('=reminder')}</boundaryEvent>
      <subProcess id="sub"><startEvent id="is"/><endEvent id="ie"/>${chain('is', 'ie')}</subProcess>
      <exclusiveGateway id="x" default="x-e"/><endEvent id="e"/><endEvent id="stop"><terminateEventDefinition/></endEvent>
      ${chain('s', 't', 'sub', 'x', 'e')}${flow('x', 't', 'amount > 100')}${flow('s2', 't')}${flow('b2', 'stop')}${flow('b1', 'e')}`,
      { roots: MESSAGE, processAttrs: 'ov:promise="7" ov:basis="第四十二条"', name: '一件事' },
    );
    expect(graph).toMatchObject({
      key: 'P',
      name: '一件事',
      limit: { value: 7, unit: 'workingDays', basis: '第四十二条' },
    });
    expect({ ...graph.entries }).toEqual({ '': ['s', 's2'], sub: ['is'] });
    expect(graph.nodes['t']).toMatchObject({
      kind: 'userTask',
      name: '审核',
      scope: '',
      incoming: ['s-t', 'x-t', 's2-t'],
      outgoing: ['t-sub'],
      boundary: ['b2', 'b1'],
      assignment: { candidateGroups: ['tax'], candidateUsers: [] },
    });
    expect(graph.nodes['is']!.scope).toBe('sub');
    expect(graph.nodes['b2']).toMatchObject({
      attachedTo: 't',
      interrupting: true,
      trigger: { type: 'timer', kind: 'duration' },
    });
    expect(graph.nodes['b1']!.interrupting).toBe(false);
    expect(graph.nodes['stop']!.trigger).toEqual({ type: 'terminate' });
    expect(graph.nodes['x']!.defaultFlow).toBe('x-e');
    expect(graph.flows['x-t']!.condition!.evaluate!({ amount: 101 })).toMatchObject({ ok: true, value: true });
    expect(graph.flows['t-sub']!.condition).toBeUndefined();
  });

  it('with fixed texts and FEEL both as expressions', async () => {
    const graph = await graphOf(
      `<startEvent id="s"/><intermediateCatchEvent id="fixed">${timer('P3D')}</intermediateCatchEvent>
      <intermediateCatchEvent id="computed">${timer('= "P" + string(days) + "D"')}</intermediateCatchEvent>
      <receiveTask id="r" messageRef="m"/><endEvent id="e"/>${chain('s', 'fixed', 'computed', 'r', 'e')}`,
      { roots: MESSAGE },
    );
    const valueOf = (id: string) => {
      const trigger = graph.nodes[id]!.trigger;
      return trigger?.type === 'timer' ? trigger.value.evaluate!({ days: 5 }) : undefined;
    };
    expect(valueOf('fixed')).toMatchObject({ value: 'P3D' });
    expect(valueOf('computed')).toMatchObject({ value: 'P5D' });
    expect(graph.nodes['r']!.trigger).toMatchObject({ type: 'message', name: '缴费完成', key: { text: 'caseNumber' } });
  });

  it('with the work of machines', async () => {
    const graph = await graphOf(
      `<startEvent id="s"/><serviceTask id="topic" ov:topic="check" ov:retries="5"/>
      <serviceTask id="http"><extensionElements><ov:http method="post" url="https://example.gov.cn/" body="={id: 1}" result="answer"/></extensionElements></serviceTask>
      <sendTask id="send" messageRef="m"/><businessRuleTask id="rule" ov:expression="1 + 1" ov:result="two"/>
      <scriptTask id="script" scriptFormat="FEEL" camunda:resultVariable="three"><script>1 + 2</script></scriptTask>
      <userTask id="multi" ov:department="tax"><multiInstanceLoopCharacteristics><loopCardinality xsi:type="tFormalExpression">3</loopCardinality></multiInstanceLoopCharacteristics></userTask>
      <endEvent id="e"/>${chain('s', 'topic', 'http', 'send', 'rule', 'script', 'multi', 'e')}`,
      { roots: MESSAGE },
    );
    expect(graph.nodes['topic']!.job).toEqual({ topic: 'check', retries: 5 });
    expect(graph.nodes['http']!.job).toMatchObject({
      topic: 'http',
      retries: 3,
      http: { method: 'POST', result: 'answer' },
    });
    expect(graph.nodes['http']!.job!.http!.url.evaluate!({})).toMatchObject({ value: 'https://example.gov.cn/' });
    expect(graph.nodes['send']!.job).toMatchObject({ topic: 'message', message: { name: '缴费完成' } });
    expect(graph.nodes['rule']).toMatchObject({ script: { result: 'two' } });
    expect(graph.nodes['rule']!.job).toBeUndefined();
    expect(graph.nodes['script']!.script).toMatchObject({ result: 'three' });
    expect(graph.nodes['multi']!.multi).toMatchObject({ sequential: false, cardinality: { text: '3' } });
  });

  it('that nobody can change', async () => {
    const graph = await graphOf(`<startEvent id="s"/><endEvent id="e"/>${chain('s', 'e')}`);
    for (const part of [graph, graph.nodes, graph.flows, graph.entries, graph.nodes['s'], graph.nodes['s']!.outgoing]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
    expect('constructor' in graph.nodes).toBe(false);
    expect('toString' in graph.entries).toBe(false);
  });

  it('knows for each flow into an inclusive join who can still reach it without passing the join', async () => {
    const task = (id: string) => `<userTask id="${id}" ov:department="tax"/>`;
    const graph = await graphOf(
      `<startEvent id="s"/><inclusiveGateway id="split" default="split-a"/>${task('a')}${task('b')}${task('rework')}
      <boundaryEvent id="late" attachedToRef="b">${timer('P1D')}</boundaryEvent>
      <inclusiveGateway id="join"/><exclusiveGateway id="x" default="x-e"/><endEvent id="e"/>
      ${chain('s', 'split', 'a', 'join', 'x', 'e')}${flow('split', 'b', 'two')}${flow('late', 'join')}${flow('b', 'join')}
      ${flow('x', 'rework', 'again')}${flow('rework', 'split')}`,
    );
    const reaching = (id: string) => [...graph.upstream['join']![id]!].sort();
    // x and rework reach the join only by passing it once, yet a token standing there does not have to
    expect(reaching('a-join')).toEqual(['a', 'rework', 's', 'split', 'x']);
    expect(reaching('b-join')).toEqual(['b', 'rework', 's', 'split', 'x']);
    expect(reaching('late-join')).toEqual(['b', 'late', 'rework', 's', 'split', 'x']);
    expect(graph.upstream['join']!['a-join']!.has('e')).toBe(false);
    expect(graph.upstream['join']!['a-join']!.size).toBe(5);
    // the rework loop leads back into the split, which makes it a join as well
    expect(Object.keys(graph.upstream)).toEqual(['split', 'join']);
  });

  it('in well under a second for 5,000 elements, inclusive joins everywhere', async () => {
    const parts = ['<startEvent id="s"/>', '<endEvent id="e"/>'];
    let last = 's';
    for (let i = 0; i < 700; i++) {
      parts.push(
        `<inclusiveGateway id="g${i}" default="d${i}"/><manualTask id="a${i}"/><inclusiveGateway id="j${i}"/>
        ${flow(last, `g${i}`)}${flow(`g${i}`, `a${i}`, 'x > 1')}${flow(`a${i}`, `j${i}`)}<sequenceFlow id="d${i}" sourceRef="g${i}" targetRef="j${i}"/>`,
      );
      last = `j${i}`;
    }
    const model = await parseBpmn(bpmn(`${parts.join('')}${flow(last, 'e')}`));
    const graph = compile(model, compileExpression);
    expect(graph.upstream['j699']!['a699-j699']!.size).toBe(3 * 700);
  });
});
