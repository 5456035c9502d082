import { describe, expect, it } from '@jest/globals';
import { bpmn, chain, flow } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { APPLICANT, office } from '../../support/office.ts';

element('Exclusive gateway', '13.4.2', () => {
  it('passes each arriving token on at once: it merges without waiting', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        '<startEvent id="s"/><parallelGateway id="f"/><task id="a"/><task id="b"/><exclusiveGateway id="m"/><userTask id="t"/>' +
          chain('s', 'f', 'a', 'm', 't') +
          chain('f', 'b', 'm'),
      ),
    );
    expect(await desk.waiting(id)).toEqual(['t', 't']);
  });

  it('asks conditions in the order of its flows and stops at the first that is true', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        '<startEvent id="s"/><exclusiveGateway id="x" default="x-c"/><userTask id="a"/><userTask id="b"/><userTask id="c"/>' +
          chain('s', 'x') +
          flow('x', 'c', 'n > 0') +
          flow('x', 'b', 'n > 1') +
          flow('x', 'a', 'missing.value > 1'),
      ),
      { n: 5 },
    );
    expect(await desk.waiting(id)).toEqual(['b']);
  });
});

element('Inclusive gateway', '13.4.3', () => {
  const chosen = (a: string, b: string) =>
    '<startEvent id="s"/><inclusiveGateway id="o" default="o-c"/><userTask id="a"/><userTask id="b"/><userTask id="c"/><inclusiveGateway id="j"/><userTask id="after"/>' +
    chain('s', 'o') +
    flow('o', 'a', a) +
    flow('o', 'b', b) +
    chain('o', 'c', 'j', 'after') +
    flow('a', 'j') +
    flow('b', 'j');

  describe('as a split', () => {
    it('takes the default flow only when nothing is true, and the join waits for that alone', async () => {
      const desk = office();
      const { id } = await desk.open(bpmn(chosen('n > 1', 'n > 2')), { n: 0 });
      expect(await desk.waiting(id)).toEqual(['c']);
      await desk.complete(id, 'c');
      expect(await desk.waiting(id)).toEqual(['after']);
    });

    it('leaves the default flow alone when something is true', async () => {
      const desk = office();
      const { id } = await desk.open(bpmn(chosen('n > 1', 'n > 2')), { n: 2 });
      expect(await desk.waiting(id)).toEqual(['a']);
    });

    it('waits for a person when nothing is true and there is no default', async () => {
      const desk = office();
      const { id } = await desk.open(
        bpmn(
          '<startEvent id="s"/><inclusiveGateway id="o"/><userTask id="a"/><userTask id="b"/>' +
            chain('s', 'o') +
            flow('o', 'a', 'n > 1') +
            flow('o', 'b', 'n > 2'),
        ),
        { n: 0 },
      );
      expect(await desk.incidents(id)).toEqual(['gateway.no_flow_taken o']);
    });
  });

  describe('as a join', () => {
    it('does not wait for a token that can come only through the join itself', async () => {
      const desk = office();
      const { id } = await desk.open(
        bpmn(
          '<startEvent id="s"/><inclusiveGateway id="j"/><userTask id="work"/><exclusiveGateway id="x" default="x-e"/><endEvent id="e"/>' +
            chain('s', 'j', 'work', 'x', 'e') +
            flow('x', 'j', 'again'),
        ),
      );
      expect(await desk.waiting(id)).toEqual(['work']);
      await desk.complete(id, 'work', { again: true });
      expect(await desk.waiting(id)).toEqual(['work']);
      await desk.complete(id, 'work', { again: false });
      expect((await desk.engine.getCase(id)).status).toBe('completed');
    });

    it('goes on when the branch it waits for ends elsewhere, by error or by a terminating sub-process', async () => {
      const desk = office();
      const { id } = await desk.open(
        bpmn(
          '<startEvent id="s"/><parallelGateway id="f"/><userTask id="a"/><inclusiveGateway id="j"/><userTask id="after"/>' +
            '<subProcess id="sub"><startEvent id="is"/><userTask id="b"/><endEvent id="ie"><errorEventDefinition errorRef="no"/></endEvent>' +
            chain('is', 'b', 'ie') +
            '</subProcess><boundaryEvent id="caught" attachedToRef="sub"><errorEventDefinition errorRef="no"/></boundaryEvent><endEvent id="e"/>' +
            chain('s', 'f', 'a', 'j', 'after') +
            chain('f', 'sub', 'j') +
            chain('caught', 'e'),
          { roots: '<error id="no" errorCode="NO"/>' },
        ),
      );
      await desk.complete(id, 'a');
      expect(await desk.waiting(id)).toEqual(['b']);
      await desk.complete(id, 'b');
      expect(await desk.waiting(id)).toEqual(['after']);
    });

    it('waits for a token that can still come by a boundary event', async () => {
      const desk = office();
      const { id } = await desk.open(
        bpmn(
          '<startEvent id="s"/><parallelGateway id="f"/><userTask id="a"/><userTask id="b"/><endEvent id="e"/><inclusiveGateway id="j"/><userTask id="after"/>' +
            '<boundaryEvent id="late" attachedToRef="b"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>' +
            chain('s', 'f', 'a', 'j', 'after') +
            chain('f', 'b', 'e') +
            chain('late', 'j'),
        ),
      );
      await desk.complete(id, 'a');
      expect(await desk.waiting(id)).toEqual(['b']);
      await desk.pass(3_600_000);
      expect(await desk.waiting(id)).toEqual(['after']);
    });

    it('fires once for each round when two tokens come by the same flow', async () => {
      const desk = office();
      const { id } = await desk.open(
        bpmn(
          '<startEvent id="s"/><parallelGateway id="f"/><task id="a1"/><task id="a2"/><exclusiveGateway id="m"/><userTask id="b"/><inclusiveGateway id="j"/><userTask id="after"/>' +
            chain('s', 'f', 'a1', 'm', 'j', 'after') +
            chain('f', 'a2', 'm') +
            chain('f', 'b', 'j'),
        ),
      );
      expect(await desk.waiting(id)).toEqual(['b']);
      await desk.complete(id, 'b');
      expect(await desk.waiting(id)).toEqual(['after', 'after']);
    });

    it('waits in each instance of a multi-instance sub-process for its own tokens', async () => {
      const desk = office();
      const { id } = await desk.open(
        bpmn(
          '<startEvent id="s"/><subProcess id="sub"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics><startEvent id="is"/><parallelGateway id="f"/><userTask id="a"/><userTask id="b"/><inclusiveGateway id="j"/><userTask id="c"/>' +
            chain('is', 'f', 'a', 'j', 'c') +
            chain('f', 'b', 'j') +
            '</subProcess><userTask id="after"/>' +
            chain('s', 'sub', 'after'),
        ),
      );
      await desk.complete(id, 'a');
      await desk.complete(id, 'a');
      expect(await desk.waiting(id)).toEqual(['b', 'b']);
      await desk.complete(id, 'b');
      expect(await desk.waiting(id)).toEqual(['b', 'c']);
    });

    it('keeps what has arrived when the case is stopped and taken up again, and drops it when it is cancelled', async () => {
      const desk = office();
      const { id } = await desk.open(bpmn(chosen('true', 'true')));
      await desk.complete(id, 'a');
      const again = office({ store: desk.store });
      await again.complete(id, 'b');
      expect(await again.waiting(id)).toEqual(['after']);
      const other = await desk.open(bpmn(chosen('true', 'true')));
      await desk.complete(other.id, 'a');
      await desk.engine.cancelCase({ caseId: other.id, reason: 'withdrawn' }, APPLICANT);
      expect((await desk.engine.getCase(other.id)).state.scopes['0']!.joins).toBeUndefined();
    });
  });
});
