import { describe, expect, it } from '@jest/globals';
import { adHocChoices } from '../../../engine/index.ts';
import { bpmn, chain, escapeXml } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { LI, office, type Office } from '../../support/office.ts';

const until = (condition: string) =>
  `<completionCondition xsi:type="tFormalExpression">${escapeXml(condition)}</completionCondition>`;
const choice = (attributes: string, more = '', inside = '<userTask id="a"/><userTask id="b"/><userTask id="c"/>') =>
  bpmn(
    `<startEvent id="s"/><adHocSubProcess id="survey" ${attributes}>${more}${inside}</adHocSubProcess><userTask id="after"/>` +
      chain('s', 'survey', 'after'),
    { roots: '<error id="refused" errorCode="REFUSED"/>' },
  );

async function choices(desk: Office, caseId: string) {
  const row = await desk.engine.getCase(caseId);
  return adHocChoices(row, await desk.engine.getGraph(row.definitionId));
}

async function choose(desk: Office, caseId: string, ...activities: string[]) {
  const [open] = await choices(desk, caseId);
  await desk.engine.activateAdHoc({ caseId, token: open!.token, activities }, LI);
}

async function finish(desk: Office, caseId: string) {
  const [open] = await choices(desk, caseId);
  await desk.engine.completeAdHoc({ caseId, token: open!.token }, LI);
}

element('Ad-hoc sub-process', '13.3.5', () => {
  it('waits until somebody chooses, and says what can be chosen', async () => {
    const desk = office();
    const { id } = await desk.open(
      choice('', '', `<userTask id="a"/><userTask id="b"/>${chain('a', 'b')}<userTask id="c"/>`),
    );
    expect(await desk.waiting(id)).toEqual([]);
    expect(await choices(desk, id)).toMatchObject([
      { node: 'survey', activities: ['a', 'c'], running: [], waiting: [] },
    ]);
    await choose(desk, id, 'a');
    expect(await choices(desk, id)).toMatchObject([{ running: ['a'] }]);
  });

  it('runs what is chosen side by side, each as often as it is chosen, with the flows that follow', async () => {
    const desk = office();
    const { id } = await desk.open(
      choice('', '', `<userTask id="a"/><userTask id="b"/>${chain('a', 'b')}<userTask id="c"/>`),
    );
    await choose(desk, id, 'a', 'c', 'a');
    expect(await desk.waiting(id)).toEqual(['a', 'a', 'c']);
    await desk.complete(id, 'a');
    expect(await desk.waiting(id)).toEqual(['a', 'b', 'c']);
    for (const node of ['a', 'b', 'c', 'b']) await desk.complete(id, node);
    expect(await desk.waiting(id)).toEqual([]);
    await choose(desk, id, 'c');
    expect(await desk.waiting(id)).toEqual(['c']);
  });

  it('runs one after the other where the ordering is sequential, in the order they were chosen', async () => {
    const desk = office();
    const { id } = await desk.open(choice('ordering="Sequential"'));
    await choose(desk, id, 'c', 'a');
    await choose(desk, id, 'b');
    expect(await choices(desk, id)).toMatchObject([{ running: ['c'], waiting: ['a', 'b'] }]);
    for (const node of ['c', 'a', 'b']) {
      expect(await desk.waiting(id)).toEqual([node]);
      await desk.complete(id, node);
    }
    expect((await desk.engine.getCase(id)).status).toBe('active');
  });

  describe('ends', () => {
    it('when its completion condition is true after an activity, and cancels the rest', async () => {
      const desk = office();
      const { id } = await desk.open(choice('', until('found')), { found: false });
      await choose(desk, id, 'a', 'b', 'c');
      await desk.complete(id, 'a');
      expect(await desk.waiting(id)).toEqual(['b', 'c']);
      await desk.complete(id, 'b', { found: true });
      expect(await desk.waiting(id)).toEqual(['after']);
      expect(await desk.events(id)).toContain('element.cancelled c');
    });

    it('after the rest has ended where that is not to be cancelled; nothing more can be chosen meanwhile', async () => {
      const desk = office();
      const { id } = await desk.open(choice('cancelRemainingInstances="false"', until('found')), { found: false });
      await choose(desk, id, 'a', 'b');
      const [open] = await choices(desk, id);
      await desk.complete(id, 'a', { found: true });
      expect(await desk.waiting(id)).toEqual(['b']);
      expect(await choices(desk, id)).toEqual([]);
      await expect(
        desk.engine.activateAdHoc({ caseId: id, token: open!.token, activities: ['c'] }, LI),
      ).rejects.toMatchObject({ code: 'ad_hoc.not_open' });
      await desk.complete(id, 'b');
      expect(await desk.waiting(id)).toEqual(['after']);
    });

    it('does not begin what waits for its turn when it is over', async () => {
      const desk = office();
      const { id } = await desk.open(choice('ordering="Sequential"', until('found')), { found: false });
      await choose(desk, id, 'a', 'b');
      await desk.complete(id, 'a', { found: true });
      expect(await desk.waiting(id)).toEqual(['after']);
    });

    it('when somebody says so', async () => {
      const desk = office();
      const { id } = await desk.open(choice(''));
      await choose(desk, id, 'a', 'b');
      await desk.complete(id, 'a');
      await finish(desk, id);
      expect(await desk.waiting(id)).toEqual(['after']);
      const other = await desk.open(choice(''));
      await finish(desk, other.id);
      expect(await desk.waiting(other.id)).toEqual(['after']);
    });

    it('when all that the model chose is done, where it has no condition', async () => {
      const desk = office();
      const begin = '<extensionElements><zeebe:adHoc activeElementsCollection="=wanted"/></extensionElements>';
      const { id } = await desk.open(choice('', begin), { wanted: ['a', 'c'] });
      expect(await desk.waiting(id)).toEqual(['a', 'c']);
      await desk.complete(id, 'a');
      await desk.complete(id, 'c');
      expect(await desk.waiting(id)).toEqual(['after']);
      expect(await desk.waiting((await desk.open(choice('', begin), { wanted: [] })).id)).toEqual(['after']);
    });

    it('by an error from inside or by its boundary event', async () => {
      const desk = office();
      const { id } = await desk.open(
        bpmn(
          '<startEvent id="s"/><adHocSubProcess id="survey"><userTask id="a"/><subProcess id="b"><endEvent id="no"><errorEventDefinition errorRef="refused"/></endEvent></subProcess></adHocSubProcess><userTask id="after"/>' +
            '<boundaryEvent id="caught" attachedToRef="survey"><errorEventDefinition errorRef="refused"/></boundaryEvent><userTask id="failed"/>' +
            chain('s', 'survey', 'after') +
            chain('caught', 'failed'),
          { roots: '<error id="refused" errorCode="REFUSED"/>' },
        ),
      );
      await choose(desk, id, 'a', 'b');
      expect(await desk.waiting(id)).toEqual(['failed']);
    });
  });

  describe('refuses', () => {
    it.each([
      [[], 'ad_hoc.nothing_chosen'],
      [['after'], 'ad_hoc.unknown_activity'],
      [['a', '__proto__'], 'ad_hoc.unknown_activity'],
      [Array<string>(101).fill('a'), 'ad_hoc.too_many'],
    ])('%j, and begins nothing', async (activities, code) => {
      const desk = office();
      const { id } = await desk.open(choice(''));
      const [open] = await choices(desk, id);
      await expect(desk.engine.activateAdHoc({ caseId: id, token: open!.token, activities }, LI)).rejects.toMatchObject(
        { code },
      );
      expect(await desk.waiting(id)).toEqual([]);
    });

    it('a token at which nothing can be chosen', async () => {
      const desk = office();
      const { id } = await desk.open(choice(''));
      await choose(desk, id, 'a');
      const task = await desk.task(id, 'a');
      for (const token of [task.token, 'nowhere'])
        await expect(desk.engine.activateAdHoc({ caseId: id, token, activities: ['a'] }, LI)).rejects.toMatchObject({
          code: 'ad_hoc.not_open',
        });
    });
  });

  it('waits for a person where the model chooses what cannot be chosen', async () => {
    const desk = office();
    const begin = '<extensionElements><zeebe:adHoc activeElementsCollection="=wanted"/></extensionElements>';
    const { id } = await desk.open(choice('', begin), { wanted: ['a', 'after'] });
    expect(await desk.incidents(id)).toEqual(['ad_hoc.bad_begin survey']);
    expect(await desk.waiting(id)).toEqual([]);
  });

  it('is open once for each instance of a multi-instance activity', async () => {
    const desk = office();
    const { id } = await desk.open(
      choice(
        '',
        '<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>',
      ),
    );
    expect(await choices(desk, id)).toHaveLength(2);
    await choose(desk, id, 'a');
    await finish(desk, id);
    expect(await choices(desk, id)).toHaveLength(1);
    await finish(desk, id);
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('survives a stop, and leaves nothing behind when the case is cancelled', async () => {
    const desk = office();
    const { id } = await desk.open(choice('ordering="Sequential"'));
    await choose(desk, id, 'a', 'b');
    const again = office({ store: desk.store });
    await again.complete(id, 'a');
    expect(await again.waiting(id)).toEqual(['b']);
    await again.engine.cancelCase({ caseId: id, reason: 'withdrawn' }, LI);
    const { state } = await again.engine.getCase(id);
    expect(state.tokens).toEqual({});
    expect(Object.keys(state.scopes)).toEqual(['0']);
    await expect(desk.engine.completeAdHoc({ caseId: id, token: '1' }, LI)).rejects.toMatchObject({
      code: 'case.closed',
    });
  });
});
