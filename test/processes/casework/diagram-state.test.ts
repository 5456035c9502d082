import { describe, expect, it } from '@jest/globals';
import { placesOf } from '../../../processes/casework/index.ts';
import { bpmn, chain } from '../../support/bpmn.ts';
import { office, type Office } from '../../support/office.ts';

async function places(desk: Office, id: string) {
  const row = await desk.engine.getCase(id);
  const graph = await desk.engine.getGraph(row.definitionId);
  return placesOf(row, graph, await desk.store.listTasksOfCase(id), desk.engine.now());
}

const around = (body: string, node: string) =>
  bpmn(`<startEvent id="s"/>${body}<endEvent id="e"/>${chain('s', node, 'e')}`);

describe('where a case stands', () => {
  it('counts the instances of a repeated task, not what holds them', async () => {
    const desk = office();
    const loop =
      '<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>';
    const { id } = await desk.open(around(`<userTask id="vote">${loop}</userTask>`, 'vote'));
    expect(await places(desk, id)).toMatchObject([{ element: 'vote', wait: 'task', count: 3 }]);
  });

  it('gives a sub-process the worst light and the earliest promise inside', async () => {
    const desk = office();
    const inner = '<subProcess id="inner"><userTask id="soon" ov:promise="1"/></subProcess>';
    const { id } = await desk.open(
      around(`<subProcess id="sub">${inner}<userTask id="later" ov:promise="9"/></subProcess>`, 'sub'),
    );
    const found = new Map((await places(desk, id)).map((place) => [place.element, place]));
    const { light, dueAt } = found.get('soon')!;
    expect(dueAt).not.toBeNull();
    expect(found.get('inner')).toMatchObject({ wait: 'scope', light, dueAt });
    expect(found.get('sub')).toMatchObject({ wait: 'scope', light, dueAt });
  });

  it('says of its date that it is provisional where it lies beyond the calendar', async () => {
    const desk = office();
    const inner = '<userTask id="far" ov:promise="900"/><userTask id="later" ov:promise="901"/>';
    const { id } = await desk.open(around(`<subProcess id="sub">${inner}</subProcess>`, 'sub'));
    expect((await places(desk, id)).map(({ provisional }) => provisional)).toEqual([true, true, true]);
    const soon = await desk.open(around('<userTask id="soon" ov:promise="1"/>', 'soon'));
    expect(await places(desk, soon.id)).toMatchObject([{ provisional: false }]);
  });

  it('tells a choice and a compensation from a sub-process', async () => {
    const desk = office();
    const choice = await desk.open(
      around('<adHocSubProcess id="survey"><userTask id="a"/></adHocSubProcess>', 'survey'),
    );
    expect(await places(desk, choice.id)).toMatchObject([{ element: 'survey', wait: 'choice', light: 'none' }]);
    const undone = await desk.open(
      bpmn(
        '<startEvent id="s"/><task id="a"/><boundaryEvent id="on-a" attachedToRef="a"><compensateEventDefinition/></boundaryEvent>' +
          '<userTask id="undo-a" isForCompensation="true"/><association id="l" associationDirection="One" sourceRef="on-a" targetRef="undo-a"/>' +
          `<endEvent id="undo"><compensateEventDefinition/></endEvent>${chain('s', 'a', 'undo')}`,
        { id: 'Q' },
      ),
    );
    expect((await places(desk, undone.id)).map(({ element, wait }) => [element, wait])).toEqual([
      ['undo', 'compensation'],
      ['undo-a', 'task'],
    ]);
  });
});
