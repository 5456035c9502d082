import { expect, it } from '@jest/globals';
import { bpmn, chain, escapeXml } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { office } from '../../support/office.ts';

const loop = (attributes: string, condition?: string) =>
  `<standardLoopCharacteristics ${attributes}>${condition === undefined ? '' : `<loopCondition xsi:type="tFormalExpression">${escapeXml(condition)}</loopCondition>`}</standardLoopCharacteristics>`;
const model = (activity: string, more = '') =>
  bpmn(
    `<startEvent id="s"/>${activity}<userTask id="after"/><endEvent id="e"/>${chain('s', 'work', 'after', 'e')}${more}`,
    { roots: '<error id="refused" errorCode="REFUSED"/>' },
  );
const task = (characteristics: string, inside = '') => `<userTask id="work">${inside}${characteristics}</userTask>`;
const script = (characteristics: string) =>
  `<scriptTask id="work" scriptFormat="feel" ov:result="sum">${characteristics}<script>sum + loopCounter</script></scriptTask>`;

element('Standard loop', '13.3.6', () => {
  it('does the task again while the condition is true, one after the other', async () => {
    const desk = office();
    const { id } = await desk.open(model(task(loop('', 'result != "ok"'))), { result: '' });
    await desk.complete(id, 'work', { result: 'incomplete' });
    expect(await desk.waiting(id)).toEqual(['work']);
    expect(await desk.engine.taskVariables(await desk.task(id, 'work'))).toMatchObject({ loopCounter: 2 });
    await desk.complete(id, 'work', { result: 'ok' });
    expect(await desk.waiting(id)).toEqual(['after']);
    expect(await desk.engine.taskVariables(await desk.task(id, 'after'))).toEqual({ result: 'ok' });
  });

  it('does it once before it asks, unless it tests before', async () => {
    const desk = office();
    const after = await desk.open(model(task(loop('', 'false'))));
    expect(await desk.waiting(after.id)).toEqual(['work']);
    const before = await desk.open(model(task(loop('testBefore="true"', 'false'))));
    expect(await desk.waiting(before.id)).toEqual(['after']);
  });

  it.each([
    ['testBefore="true"', 'loopCounter < 3', 1 + 2 + 3],
    ['testBefore="false"', 'loopCounter < 3', 1 + 2 + 3],
    ['loopMaximum="4"', 'true', 1 + 2 + 3 + 4],
    ['loopMaximum="2"', undefined, 1 + 2],
    ['testBefore="true" loopMaximum="2"', 'loopCounter < 9', 1 + 2],
  ])('with %s while %s counts its iterations from 1', async (attributes, condition, sum) => {
    const desk = office();
    const { id } = await desk.open(model(script(loop(attributes, condition))), { sum: 0 });
    expect(await desk.engine.taskVariables(await desk.task(id, 'after'))).toEqual({ sum });
  });

  it('repeats a sub-process with everything in it', async () => {
    const desk = office();
    const { id } = await desk.open(
      model(
        `<subProcess id="work">${loop('loopMaximum="2"')}<startEvent id="is"/><userTask id="a"/><userTask id="b"/><endEvent id="ie"/>${chain('is', 'a', 'b', 'ie')}</subProcess>`,
      ),
    );
    for (const node of ['a', 'b', 'a', 'b']) await desk.complete(id, node);
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('may stand in a multi-instance sub-process: each instance counts for itself', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><subProcess id="each"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>${task(loop('loopMaximum="2"'))}</subProcess><userTask id="after"/>${chain('s', 'each', 'after')}`,
      ),
    );
    for (let done = 0; done < 4; done++) {
      expect(await desk.waiting(id)).not.toContain('after');
      await desk.complete(id, 'work');
    }
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('is left for good by an interrupting boundary event, which spans all its iterations', async () => {
    const desk = office();
    const { id } = await desk.open(
      model(
        task(loop('', 'true')),
        '<boundaryEvent id="late" attachedToRef="work"><timerEventDefinition><timeDuration>PT2H</timeDuration></timerEventDefinition></boundaryEvent>' +
          chain('late', 'after'),
      ),
    );
    await desk.pass(3_600_000);
    await desk.complete(id, 'work');
    await desk.pass(3_600_000);
    expect(await desk.waiting(id)).toEqual(['after']);
    const { state } = await desk.engine.getCase(id);
    expect(Object.keys(state.scopes)).toEqual(['0']);
  });

  it('ends with an error thrown in one iteration', async () => {
    const desk = office();
    const { id } = await desk.open(
      model(
        `<subProcess id="work">${loop('', 'true')}<startEvent id="is"/><userTask id="a"/><endEvent id="ie"><errorEventDefinition errorRef="refused"/></endEvent>${chain('is', 'a', 'ie')}</subProcess>`,
        '<boundaryEvent id="no" attachedToRef="work"><errorEventDefinition errorRef="refused"/></boundaryEvent>' +
          chain('no', 'after'),
      ),
    );
    await desk.complete(id, 'a');
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('waits for a person when its condition gives neither true nor false, and goes on when it does', async () => {
    const desk = office();
    const { id } = await desk.open(model(task(loop('', 'again'))));
    await desk.complete(id, 'work');
    expect(await desk.incidents(id)).toEqual(['condition.not_boolean work']);
    expect(await desk.waiting(id)).toEqual([]);
  });

  it('without end becomes an incident when it waits for nothing', async () => {
    const desk = office();
    const { id } = await desk.open(model(script(loop('', 'true'))), { sum: 0 });
    expect(await desk.incidents(id)).toEqual(['case.step_budget s']);
  });

  it('may run thousands of times when it says so', async () => {
    const desk = office();
    const { id } = await desk.open(model(script(loop('loopMaximum="8000"'))), { sum: 0 });
    expect(await desk.engine.taskVariables(await desk.task(id, 'after'))).toEqual({ sum: (8000 * 8001) / 2 });
  });

  it('leaves nothing behind when the case is cancelled in the middle', async () => {
    const desk = office();
    const { id } = await desk.open(model(task(loop('', 'true'))));
    await desk.complete(id, 'work');
    await desk.engine.cancelCase({ caseId: id, reason: 'withdrawn' }, { id: 'x', name: 'x', groups: [] });
    const { state } = await desk.engine.getCase(id);
    expect(state.tokens).toEqual({});
    expect(Object.keys(state.scopes)).toEqual(['0']);
  });
});
