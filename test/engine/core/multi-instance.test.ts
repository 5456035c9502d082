import { describe, expect, it } from '@jest/globals';
import { bpmn, chain } from '../../support/bpmn.ts';
import { office } from '../../support/office.ts';

const around = (review: string, more = '') =>
  bpmn(
    `<startEvent id="s"/>${review}<userTask id="after"/><endEvent id="e"/>${more}` + chain('s', 'review', 'after', 'e'),
  );
const reviewers = (attributes: string, inside = '') =>
  around(
    `<userTask id="review"><multiInstanceLoopCharacteristics ${attributes}>${inside}</multiInstanceLoopCharacteristics></userTask>`,
  );

describe('parallel multi-instance', () => {
  it('opens one task for each element of a collection and waits for all', async () => {
    const desk = office();
    const { id } = await desk.open(reviewers('ov:collection="=experts" ov:elementVariable="expert"'), {
      experts: ['赵', '钱', '孙'],
    });
    expect(await desk.waiting(id)).toEqual(['review', 'review', 'review']);
    const first = await desk.task(id, 'review');
    expect(await desk.engine.taskVariables(first)).toMatchObject({
      expert: '赵',
      loopCounter: 1,
      nrOfInstances: 3,
      nrOfActiveInstances: 3,
      nrOfCompletedInstances: 0,
    });
    await desk.complete(id, 'review');
    await desk.complete(id, 'review');
    expect(await desk.engine.taskVariables(await desk.task(id, 'review'))).toMatchObject({
      nrOfActiveInstances: 1,
      nrOfCompletedInstances: 2,
    });
    await desk.complete(id, 'review');
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('stops early on the completion condition and cancels the rest', async () => {
    const desk = office();
    const { id } = await desk.open(
      reviewers(
        '',
        '<loopCardinality>4</loopCardinality><completionCondition>nrOfCompletedInstances >= 2</completionCondition>',
      ),
    );
    await desk.complete(id, 'review');
    await desk.complete(id, 'review');
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('collects one output for each instance, in the order of the collection', async () => {
    const desk = office();
    const { id } = await desk.open(
      reviewers(
        'ov:collection="=experts" ov:elementVariable="expert" ov:outputCollection="opinions" ov:outputElement="=opinion"',
      ),
      { experts: ['a', 'b'] },
    );
    const tasks = await desk.store.listTasksOfCase(id);
    const [first, second] = tasks.filter((task) => task.node === 'review');
    const actor = { id: 'li', name: '李', groups: [] };
    for (const [task, opinion] of [
      [second!, 'no'],
      [first!, 'yes'],
    ] as const) {
      await desk.engine.claimTask(task.id, actor);
      await desk.engine.completeTask({ taskId: task.id, variables: { opinion } }, actor);
    }
    const { opinions } = await desk.engine.taskVariables(await desk.task(id, 'after'));
    expect((opinions as string[]).sort()).toEqual(['no', 'yes']);
  });

  it('goes on at once over an empty collection', async () => {
    const desk = office();
    const { id } = await desk.open(reviewers('ov:collection="=experts" ov:elementVariable="expert"'), { experts: [] });
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('opens an incident for a million instances or for no list at all', async () => {
    const desk = office();
    const million = await desk.open(reviewers('', '<loopCardinality>=count</loopCardinality>'), { count: 1_000_000 });
    expect(await desk.incidents(million.id)).toEqual(['multi_instance.too_many review']);
    const text = await desk.open(reviewers('ov:collection="=experts" ov:elementVariable="expert"'), {
      experts: 'nobody',
    });
    expect(await desk.incidents(text.id)).toEqual(['multi_instance.not_a_list review']);
  });

  it('opens 10,000 instances', async () => {
    const desk = office();
    const { id } = await desk.open(reviewers('', '<loopCardinality>=count</loopCardinality>'), { count: 10_000 });
    expect(await desk.waiting(id)).toHaveLength(10_000);
  });
});

describe('sequential multi-instance', () => {
  it('opens one task after the other', async () => {
    const desk = office();
    const { id } = await desk.open(reviewers('isSequential="true"', '<loopCardinality>2</loopCardinality>'));
    expect(await desk.waiting(id)).toEqual(['review']);
    await desk.complete(id, 'review');
    expect(await desk.engine.taskVariables(await desk.task(id, 'review'))).toMatchObject({ loopCounter: 2 });
    await desk.complete(id, 'review');
    expect(await desk.waiting(id)).toEqual(['after']);
  });
});

describe('multi-instance sub-process', () => {
  it('runs the whole inside for each element', async () => {
    const desk = office();
    const { id } = await desk.open(
      around(
        '<subProcess id="review"><multiInstanceLoopCharacteristics ov:collection="=items" ov:elementVariable="item"/><startEvent id="is"/><userTask id="x"/><userTask id="y"/><endEvent id="ie"/>' +
          chain('is', 'x', 'y', 'ie') +
          '</subProcess>',
      ),
      { items: [1, 2] },
    );
    expect(await desk.waiting(id)).toEqual(['x', 'x']);
    await desk.complete(id, 'x');
    expect(await desk.waiting(id)).toEqual(['x', 'y']);
    await desk.complete(id, 'x');
    await desk.complete(id, 'y');
    await desk.complete(id, 'y');
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('is cancelled as a whole by a boundary timer on the activity', async () => {
    const desk = office();
    const { id } = await desk.open(
      around(
        '<userTask id="review"><multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics></userTask>',
        '<boundaryEvent id="late" attachedToRef="review"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent><userTask id="decide"/><endEvent id="e2"/>' +
          chain('late', 'decide', 'e2'),
      ),
    );
    await desk.complete(id, 'review');
    await desk.pass(3_600_000);
    expect(await desk.waiting(id)).toEqual(['decide']);
  });
});
