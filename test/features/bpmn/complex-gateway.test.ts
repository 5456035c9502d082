import { describe, expect, it } from '@jest/globals';
import { bpmn, chain, escapeXml, flow } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { office } from '../../support/office.ts';

const gateway = (condition: string, attributes = '') =>
  `<complexGateway id="x" ${attributes}><activationCondition xsi:type="tFormalExpression">${escapeXml(condition)}</activationCondition></complexGateway>`;

/** Three branches a, b, c into the gateway `x`, after which `after` comes. */
const three = (condition: string, more = flow('x', 'after'), attributes = '') =>
  bpmn(
    `<startEvent id="s"/><parallelGateway id="f"/><userTask id="a"/><userTask id="b"/><userTask id="c"/>${gateway(condition, attributes)}<userTask id="after"/>` +
      chain('s', 'f', 'a', 'x') +
      chain('f', 'b', 'x') +
      chain('f', 'c', 'x') +
      more,
  );

element('Complex gateway', '13.4.5', () => {
  describe('as a join', () => {
    it('goes on when enough have arrived, and takes in the rest without going on again', async () => {
      const desk = office();
      const { id } = await desk.open(three('activationCount >= 2'));
      await desk.complete(id, 'a');
      expect(await desk.waiting(id)).toEqual(['b', 'c']);
      await desk.complete(id, 'c');
      expect(await desk.waiting(id)).toEqual(['after', 'b']);
      await desk.complete(id, 'b');
      expect(await desk.waiting(id)).toEqual(['after']);
      await desk.complete(id, 'after');
      const { status, state } = await desk.engine.getCase(id);
      expect(status).toBe('completed');
      expect(state.scopes['0']).toMatchObject({ live: 0 });
      expect(state.scopes['0']).not.toHaveProperty('fired');
      expect(state.scopes['0']).not.toHaveProperty('joins');
    });

    it('may ask the data as well as the count', async () => {
      const desk = office();
      const { id } = await desk.open(three('activationCount >= 2 or urgent'), { urgent: false });
      await desk.complete(id, 'a', { urgent: true });
      expect(await desk.waiting(id)).toEqual(['after', 'b', 'c']);
    });

    it('takes flows whose condition wants so when the rest has arrived', async () => {
      const desk = office();
      const { id } = await desk.open(
        three(
          'activationCount >= 1',
          flow('x', 'after', 'waitingForStart') +
            '<userTask id="all"/>' +
            flow('x', 'all', 'not(waitingForStart) and activationCount = 2'),
        ),
      );
      await desk.complete(id, 'b');
      expect(await desk.waiting(id)).toEqual(['a', 'after', 'c']);
      await desk.complete(id, 'a');
      expect(await desk.waiting(id)).toEqual(['after', 'c']);
      await desk.complete(id, 'c');
      expect(await desk.waiting(id)).toEqual(['after', 'all']);
    });

    it('begins anew after its reset, when a loop comes round again', async () => {
      const desk = office();
      const { id } = await desk.open(
        bpmn(
          `<startEvent id="s"/><exclusiveGateway id="m"/><parallelGateway id="f"/><userTask id="a"/><userTask id="b"/>${gateway('activationCount >= 1')}<userTask id="check"/><exclusiveGateway id="again" default="again-e"/><endEvent id="e"/>` +
            chain('s', 'm', 'f', 'a', 'x', 'check', 'again', 'e') +
            chain('f', 'b', 'x') +
            flow('again', 'm', 'more'),
        ),
      );
      await desk.complete(id, 'a');
      await desk.complete(id, 'b');
      await desk.complete(id, 'check', { more: true });
      expect(await desk.waiting(id)).toEqual(['a', 'b']);
      await desk.complete(id, 'b');
      expect(await desk.waiting(id)).toEqual(['a', 'check']);
      await desk.complete(id, 'check', { more: false });
      await desk.complete(id, 'a');
      expect((await desk.engine.getCase(id)).status).toBe('completed');
    });

    it('keeps a second token of a branch for its next start', async () => {
      const desk = office();
      const { id } = await desk.open(
        bpmn(
          `<startEvent id="s"/><parallelGateway id="f"/><userTask id="a" completionQuantity="2"/><userTask id="b"/>${gateway('activationCount >= 1')}<userTask id="after"/>` +
            chain('s', 'f', 'a', 'x', 'after') +
            chain('f', 'b', 'x'),
        ),
      );
      await desk.complete(id, 'a');
      expect(await desk.waiting(id)).toEqual(['after', 'b']);
      await desk.complete(id, 'b');
      expect(await desk.waiting(id)).toEqual(['after', 'after']);
    });

    it('resets without what can no longer come', async () => {
      const desk = office();
      const { id } = await desk.open(
        bpmn(
          `<startEvent id="s"/><parallelGateway id="f"/><userTask id="a"/><userTask id="b"/><boundaryEvent id="late" attachedToRef="b"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent><endEvent id="e"/>${gateway('activationCount >= 1')}<userTask id="after"/><userTask id="all"/>` +
            chain('s', 'f', 'a', 'x') +
            chain('f', 'b', 'x') +
            flow('x', 'after', 'waitingForStart') +
            flow('x', 'all', 'not(waitingForStart)') +
            chain('late', 'e'),
        ),
      );
      await desk.complete(id, 'a');
      expect(await desk.waiting(id)).toEqual(['after', 'b']);
      await desk.pass(3_600_000);
      expect(await desk.waiting(id)).toEqual(['after', 'all']);
    });

    it('says so when enough can never come', async () => {
      const desk = office();
      const { id } = await desk.open(three('activationCount >= 4'));
      for (const node of ['a', 'b', 'c']) await desk.complete(id, node);
      expect(await desk.incidents(id)).toEqual(['join.never_fires x']);
    });

    it('keeps the token that asked a condition without an answer, to be tried again', async () => {
      const desk = office();
      const { id } = await desk.open(three('activationCount >= needed'));
      await desk.complete(id, 'a');
      expect(await desk.incidents(id)).toEqual(['condition.not_boolean x']);
      await desk.complete(id, 'b', { needed: 2 });
      expect(await desk.waiting(id)).toEqual(['c']);
      const [incident] = await desk.store.listIncidents({ caseId: id, limit: 10 });
      await desk.engine.retryIncident(incident!.id, { id: 'x', name: 'x', groups: [] });
      expect(await desk.waiting(id)).toEqual(['after', 'c']);
    });

    it('stands in each instance of a multi-instance sub-process for itself', async () => {
      const desk = office();
      const { id } = await desk.open(
        bpmn(
          `<startEvent id="s"/><subProcess id="sub"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics><startEvent id="is"/><parallelGateway id="f"/><userTask id="a"/><userTask id="b"/>${gateway('activationCount >= 1')}<userTask id="after"/>` +
            chain('is', 'f', 'a', 'x', 'after') +
            chain('f', 'b', 'x') +
            '</subProcess>' +
            chain('s', 'sub'),
        ),
      );
      await desk.complete(id, 'a');
      expect(await desk.waiting(id)).toEqual(['a', 'after', 'b', 'b']);
      await desk.complete(id, 'after');
      await desk.complete(id, 'b');
      await desk.complete(id, 'b');
      await desk.complete(id, 'a');
      expect(await desk.waiting(id)).toEqual(['after']);
    });
  });

  describe('as a split', () => {
    const split = (attributes = '') =>
      bpmn(
        `<startEvent id="s"/><complexGateway id="x" ${attributes}/><userTask id="a"/><userTask id="b"/><userTask id="c"/>` +
          chain('s', 'x') +
          flow('x', 'a', 'n > 1') +
          flow('x', 'b', 'n > 2') +
          flow('x', 'c', attributes ? undefined : 'n > 9'),
      );

    it('takes each flow whose condition is true, the default flow when none is', async () => {
      const desk = office();
      expect(await desk.waiting((await desk.open(split('default="x-c"'), { n: 3 })).id)).toEqual(['a', 'b']);
      expect(await desk.waiting((await desk.open(split('default="x-c"'), { n: 1 })).id)).toEqual(['c']);
    });

    it('waits for a person when none is true and there is no default', async () => {
      const desk = office();
      const { id } = await desk.open(split(), { n: 1 });
      expect(await desk.incidents(id)).toEqual(['gateway.no_flow_taken x']);
    });
  });
});
