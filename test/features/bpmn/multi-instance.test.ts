import { expect, it } from '@jest/globals';
import { bpmn, chain } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { office } from '../../support/office.ts';

const reviewers = (attributes: string, inside = '') =>
  bpmn(
    `<startEvent id="s"/><userTask id="review"><multiInstanceLoopCharacteristics ${attributes}>${inside}</multiInstanceLoopCharacteristics></userTask><userTask id="after"/><endEvent id="e"/>` +
      chain('s', 'review', 'after', 'e'),
  );
const experts = 'ov:collection="=experts" ov:elementVariable="expert"';

element('Parallel multi-instance activity', '13.3.7', () => {
  it('is done once for each element of a list at the same time, and waits for all', async () => {
    const desk = office();
    const { id } = await desk.open(reviewers(experts), { experts: ['赵', '钱'] });
    expect(await desk.waiting(id)).toEqual(['review', 'review']);
    const names = await Promise.all(
      (await desk.store.listTasksOfCase(id)).map(async (task) => (await desk.engine.taskVariables(task)).expert),
    );
    expect(names.sort()).toEqual(['赵', '钱'].sort());
    await desk.complete(id, 'review');
    expect(await desk.waiting(id)).toEqual(['review']);
    await desk.complete(id, 'review');
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('ends early when its completion condition is met, and takes back the rest', async () => {
    const desk = office();
    const { id } = await desk.open(
      reviewers(
        '',
        '<loopCardinality>5</loopCardinality><completionCondition>nrOfCompletedInstances >= 2</completionCondition>',
      ),
    );
    await desk.complete(id, 'review');
    await desk.complete(id, 'review');
    expect(await desk.waiting(id)).toEqual(['after']);
    expect((await desk.store.listTasksOfCase(id)).filter(({ status }) => status === 'cancelled')).toHaveLength(3);
  });

  it('collects one output of each instance in the order of the list, whoever is first', async () => {
    const desk = office();
    const { id } = await desk.open(reviewers(`${experts} ov:outputCollection="opinions" ov:outputElement="=opinion"`), {
      experts: ['a', 'b'],
    });
    const tasks = (await desk.store.listTasksOfCase(id)).filter(({ node }) => node === 'review');
    for (const task of tasks.reverse()) {
      const { expert } = await desk.engine.taskVariables(task);
      const actor = { id: 'li', name: '李', groups: task.groups };
      await desk.engine.claimTask(task.id, actor);
      await desk.engine.completeTask({ taskId: task.id, variables: { opinion: `${expert as string}!` } }, actor);
    }
    expect(await desk.engine.taskVariables(await desk.task(id, 'after'))).toMatchObject({ opinions: ['a!', 'b!'] });
  });
});

element('Sequential multi-instance activity', '13.3.7', () => {
  it('is done for one element after the other', async () => {
    const desk = office();
    const { id } = await desk.open(reviewers(`isSequential="true" ${experts}`), { experts: ['first', 'second'] });
    for (const expert of ['first', 'second']) {
      expect(await desk.waiting(id)).toEqual(['review']);
      expect(await desk.engine.taskVariables(await desk.task(id, 'review'))).toMatchObject({ expert });
      await desk.complete(id, 'review');
    }
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('is passed over when there is nothing to do', async () => {
    const desk = office();
    const { id } = await desk.open(reviewers(`isSequential="true" ${experts}`), { experts: [] });
    expect(await desk.waiting(id)).toEqual(['after']);
  });
});
