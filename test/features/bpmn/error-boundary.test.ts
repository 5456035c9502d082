import { expect, it } from '@jest/globals';
import { bpmn, chain } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { office, type Office } from '../../support/office.ts';

const roots = '<error id="seized" errorCode="SEIZED"/><error id="lost" errorCode="LOST"/>';
const caught = (id: string, on: string, definition: string, task: string) =>
  `<boundaryEvent id="${id}" attachedToRef="${on}">${definition}</boundaryEvent><userTask id="${task}"/><endEvent id="${id}-end"/>` +
  chain(id, task, `${id}-end`);
const work = (catchers: string, loop = '') =>
  bpmn(
    `<startEvent id="s"/><serviceTask id="check" ov:topic="registry">${loop}</serviceTask><userTask id="after"/><endEvent id="e"/>${catchers}` +
      chain('s', 'check', 'after', 'e'),
    { roots },
  );
const worker = { id: 'worker', name: 'worker', groups: [] };

async function fail(desk: Office, code: string): Promise<void> {
  const [job] = await desk.engine.fetchJobs({ worker: 'w', topics: ['registry'], max: 1, leaseMs: 60_000 });
  const { id: jobId, fence } = job!;
  await desk.engine.throwJobError({ jobId, fence, code, message: '已查封', variables: { by: '法院' } }, worker);
}

element('Error boundary event', '13.5.3', () => {
  it('takes over from the activity when its code is thrown, with what the thrower says', async () => {
    const desk = office();
    const { id } = await desk.open(work(caught('on', 'check', '<errorEventDefinition errorRef="seized"/>', 'explain')));
    await fail(desk, 'SEIZED');
    expect(await desk.waiting(id)).toEqual(['explain']);
    expect(await desk.engine.taskVariables(await desk.task(id, 'explain'))).toEqual({ by: '法院' });
  });

  it('with the code goes before one without, which catches every code', async () => {
    const desk = office();
    const model = work(
      caught('any', 'check', '<errorEventDefinition/>', 'anything') +
        caught('on', 'check', '<errorEventDefinition errorRef="seized"/>', 'explain'),
    );
    const first = await desk.open(model);
    await fail(desk, 'SEIZED');
    expect(await desk.waiting(first.id)).toEqual(['explain']);
    const second = await desk.start('P');
    await fail(desk, 'LOST');
    expect(await desk.waiting(second.id)).toEqual(['anything']);
  });

  it('cancels every instance of a multi-instance activity', async () => {
    const desk = office();
    const three =
      '<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>';
    const { id } = await desk.open(
      work(caught('on', 'check', '<errorEventDefinition errorRef="seized"/>', 'explain'), three),
    );
    await fail(desk, 'SEIZED');
    expect(await desk.waiting(id)).toEqual(['explain']);
    expect(await desk.engine.fetchJobs({ worker: 'w', topics: ['registry'], max: 9, leaseMs: 60_000 })).toEqual([]);
  });

  it('is not asked by errors with another code: the work needs a person', async () => {
    const desk = office();
    const { id } = await desk.open(work(caught('on', 'check', '<errorEventDefinition errorRef="seized"/>', 'explain')));
    await fail(desk, 'LOST');
    expect(await desk.incidents(id)).toEqual(['error.uncaught check']);
  });
});
