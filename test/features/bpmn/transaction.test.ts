import { describe, expect, it } from '@jest/globals';
import { bpmn, chain } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { APPLICANT, office, type Office } from '../../support/office.ts';

const done = (id: string) =>
  `<userTask id="${id}"/><userTask id="undo-${id}" isForCompensation="true"/>` +
  `<boundaryEvent id="on-${id}" attachedToRef="${id}"><compensateEventDefinition/></boundaryEvent>` +
  `<association id="link-${id}" sourceRef="on-${id}" targetRef="undo-${id}"/>`;
const CANCEL = '<endEvent id="cancel"><cancelEventDefinition/></endEvent>';
const booking = (inside: string, more = '') =>
  bpmn(
    `<startEvent id="s"/><transaction id="tx">${inside}</transaction><userTask id="booked"/><userTask id="sorry"/><endEvent id="e"/>` +
      '<boundaryEvent id="cancelled" attachedToRef="tx"><cancelEventDefinition/></boundaryEvent>' +
      chain('s', 'tx', 'booked', 'e') +
      chain('cancelled', 'sorry', 'e') +
      more,
    { roots: '<message id="stop" name="stop"/><error id="broken" errorCode="BROKEN"/>' },
  );
const MAIN =
  `<startEvent id="is"/><parallelGateway id="f"/>${done('hotel')}${done('flight')}<userTask id="pay"/><endEvent id="ie"/>${CANCEL}` +
  '<exclusiveGateway id="x" default="x-ie"/>' +
  chain('is', 'f', 'hotel', 'flight', 'x', 'ie') +
  chain('f', 'pay', 'ie') +
  '<sequenceFlow id="x-cancel" sourceRef="x" targetRef="cancel"><conditionExpression>full</conditionExpression></sequenceFlow>';

element('Transaction', '13.3.4', () => {
  it('goes on normally when it ends without being cancelled', async () => {
    const desk = office();
    const { id } = await desk.open(booking(MAIN));
    await desk.complete(id, 'pay');
    await desk.complete(id, 'hotel');
    await desk.complete(id, 'flight', { full: false });
    expect(await desk.waiting(id)).toEqual(['booked']);
  });

  it('cancelled, ends what goes on, undoes what was done, and only then leaves by its cancel boundary event', async () => {
    const desk = office();
    const { id } = await desk.open(booking(MAIN));
    await desk.complete(id, 'hotel');
    await desk.complete(id, 'flight', { full: true });
    expect(await desk.waiting(id)).toEqual(['undo-flight']);
    expect(await desk.events(id)).toContain('element.cancelled pay');
    await desk.complete(id, 'undo-flight');
    expect(await desk.waiting(id)).toEqual(['undo-hotel']);
    await desk.complete(id, 'undo-hotel');
    expect(await desk.waiting(id)).toEqual(['sorry']);
    await desk.complete(id, 'sorry');
    const { status, state } = await desk.engine.getCase(id);
    expect(status).toBe('completed');
    expect(Object.keys(state.scopes)).toEqual(['0']);
  });

  describe('cancelled while a compensation thrown in it is under way', () => {
    const undoAll = '<intermediateThrowEvent id="undo"><compensateEventDefinition/></intermediateThrowEvent>';
    const stoppable = (inside: string, handler = CANCEL, interrupts = true) =>
      booking(
        inside +
          `<subProcess id="h" triggeredByEvent="true"><startEvent id="hs" isInterrupting="${interrupts}"><messageEventDefinition messageRef="stop"/></startEvent>${handler}</subProcess>`,
      );
    const stop = (desk: Office) => desk.engine.correlateMessage({ name: 'stop', key: null, variables: {} }, APPLICANT);
    const undoInTurn = async (desk: Office, id: string, ...nodes: string[]) => {
      for (const node of nodes) {
        expect(await desk.waiting(id)).toEqual([node]);
        await desk.complete(id, node);
      }
      expect(await desk.waiting(id)).toEqual(['sorry']);
      expect(Object.keys((await desk.engine.getCase(id)).state.scopes)).toEqual(['0']);
    };

    it('undoes what that had not, and nothing twice', async () => {
      const desk = office();
      const { id } = await desk.open(
        stoppable(
          `<startEvent id="is"/>${done('hotel')}${done('flight')}${done('car')}${undoAll}${chain('is', 'hotel', 'flight', 'car', 'undo')}`,
          `${CANCEL}${chain('hs', 'cancel')}`,
        ),
      );
      for (const node of ['hotel', 'flight', 'car', 'undo-car']) await desk.complete(id, node);
      expect(await desk.waiting(id)).toEqual(['undo-flight']);
      await stop(desk);
      await undoInTurn(desk, id, 'undo-flight', 'undo-hotel');
    });

    it('undoes what was done beside it as well, last done first', async () => {
      const desk = office();
      const { id } = await desk.open(
        stoppable(
          `<startEvent id="is"/><parallelGateway id="f"/>${done('hotel')}${undoAll}${done('flight')}${chain('is', 'f', 'hotel', 'undo')}${chain('f', 'flight')}`,
          `${CANCEL}${chain('hs', 'cancel')}`,
        ),
      );
      await desk.complete(id, 'hotel');
      await desk.complete(id, 'flight');
      expect(await desk.waiting(id)).toEqual(['undo-hotel']);
      await stop(desk);
      await undoInTurn(desk, id, 'undo-flight', 'undo-hotel');
    });

    it('goes on inside a sub-process that was half undone, with the variables it had', async () => {
      const desk = office();
      const { id } = await desk.open(
        stoppable(
          `<startEvent id="is"/><subProcess id="trip"><extensionElements><ov:input target="person" source="&quot;zhao&quot;"/></extensionElements><startEvent id="ts"/>${done('hotel')}${done(
            'flight',
          ).replace(
            '<userTask id="undo-flight"',
            '<userTask id="undo-flight" camunda:assignee="=person"',
          )}${chain('ts', 'hotel', 'flight')}</subProcess>${undoAll}${chain('is', 'trip', 'undo')}`,
          `${CANCEL}${chain('hs', 'cancel')}`,
        ),
      );
      for (const node of ['hotel', 'flight']) await desk.complete(id, node);
      expect(await desk.waiting(id)).toEqual(['undo-flight']);
      await stop(desk);
      expect((await desk.task(id, 'undo-flight')).assignee).toBe('zhao');
      await undoInTurn(desk, id, 'undo-flight', 'undo-hotel');
    });

    it('begins the handler of a sub-process again, for what it had not undone', async () => {
      const desk = office();
      const { id } = await desk.open(
        stoppable(
          `<startEvent id="is"/><subProcess id="trip"><startEvent id="ts"/>${done('hotel')}${done('flight')}${chain('ts', 'hotel', 'flight')}` +
            `<subProcess id="c" triggeredByEvent="true"><startEvent id="cs"><compensateEventDefinition/></startEvent><userTask id="call"/>` +
            `<endEvent id="ce"><compensateEventDefinition/></endEvent>${chain('cs', 'call', 'ce')}</subProcess></subProcess>` +
            `${undoAll}${chain('is', 'trip', 'undo')}`,
          `${CANCEL}${chain('hs', 'cancel')}`,
        ),
      );
      for (const node of ['hotel', 'flight', 'call', 'undo-flight']) await desk.complete(id, node);
      expect(await desk.waiting(id)).toEqual(['undo-hotel']);
      await stop(desk);
      await undoInTurn(desk, id, 'call', 'undo-hotel');
    });

    it('by an event sub-process beside it that compensates, too', async () => {
      const desk = office();
      const { id } = await desk.open(
        stoppable(
          `<startEvent id="is"/><parallelGateway id="f"/>${done('hotel')}${done('flight')}<userTask id="end"/>${CANCEL}${chain('is', 'f', 'hotel', 'flight')}${chain('f', 'end', 'cancel')}`,
          `${undoAll}${chain('hs', 'undo')}`,
          false,
        ),
      );
      for (const node of ['hotel', 'flight']) await desk.complete(id, node);
      await stop(desk);
      expect(await desk.waiting(id)).toEqual(['end', 'undo-flight']);
      await desk.complete(id, 'end');
      await undoInTurn(desk, id, 'undo-flight', 'undo-hotel');
    });
  });

  it('is left at once when there is nothing to undo', async () => {
    const desk = office();
    const { id } = await desk.open(
      booking(`<startEvent id="is"/><userTask id="ask"/>${CANCEL}${chain('is', 'ask', 'cancel')}`),
    );
    await desk.complete(id, 'ask');
    expect(await desk.waiting(id)).toEqual(['sorry']);
  });

  it('can be cancelled by an event sub-process in it', async () => {
    const desk = office();
    const { id } = await desk.open(
      booking(
        `<startEvent id="is"/>${done('hotel')}<userTask id="pay"/>${chain('is', 'hotel', 'pay')}` +
          `<subProcess id="h" triggeredByEvent="true"><startEvent id="hs"><messageEventDefinition messageRef="stop"/></startEvent>${CANCEL}${chain('hs', 'cancel')}</subProcess>`,
      ),
    );
    await desk.complete(id, 'hotel');
    await desk.engine.correlateMessage({ name: 'stop', key: null, variables: {} }, APPLICANT);
    expect(await desk.waiting(id)).toEqual(['undo-hotel']);
    await desk.complete(id, 'undo-hotel');
    expect(await desk.waiting(id)).toEqual(['sorry']);
  });

  it('is left by an error without undoing anything', async () => {
    const desk = office();
    const { id } = await desk.open(
      booking(
        `<startEvent id="is"/>${done('hotel')}<endEvent id="fail"><errorEventDefinition errorRef="broken"/></endEvent>${CANCEL}${chain('is', 'hotel', 'fail')}`,
        `<boundaryEvent id="hazard" attachedToRef="tx"><errorEventDefinition errorRef="broken"/></boundaryEvent><userTask id="repair"/>${chain('hazard', 'repair')}`,
      ),
    );
    await desk.complete(id, 'hotel');
    expect(await desk.waiting(id)).toEqual(['repair']);
  });

  it('does not leave by an error or event while it is being cancelled, except one of a handler', async () => {
    const desk = office();
    const { id } = await desk.open(
      booking(
        MAIN,
        '<boundaryEvent id="late" attachedToRef="tx" cancelActivity="false"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent><userTask id="remind"/>' +
          chain('late', 'remind'),
      ),
    );
    await desk.complete(id, 'hotel');
    await desk.complete(id, 'flight', { full: true });
    await desk.pass(3_600_000);
    expect(await desk.waiting(id)).toEqual(['remind', 'undo-flight']);
    await desk.complete(id, 'undo-flight');
    await desk.complete(id, 'undo-hotel');
    expect(await desk.waiting(id)).toEqual(['remind', 'sorry']);
  });

  it('leaves the case around it alone', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><parallelGateway id="f"/><userTask id="other"/>${done('before')}<transaction id="tx"><startEvent id="is"/>${done('hotel')}${CANCEL}${chain('is', 'hotel', 'cancel')}</transaction>` +
          '<boundaryEvent id="cancelled" attachedToRef="tx"><cancelEventDefinition/></boundaryEvent><userTask id="sorry"/>' +
          chain('s', 'f', 'before', 'tx') +
          chain('f', 'other') +
          chain('cancelled', 'sorry'),
      ),
    );
    await desk.complete(id, 'before');
    await desk.complete(id, 'hotel');
    await desk.complete(id, 'undo-hotel');
    expect(await desk.waiting(id)).toEqual(['other', 'sorry']);
  });

  it('once completed, can be compensated by the case around it', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><transaction id="tx">${done('hotel')}</transaction><intermediateThrowEvent id="undo"><compensateEventDefinition activityRef="tx"/></intermediateThrowEvent><userTask id="after"/>` +
          chain('s', 'tx', 'undo', 'after'),
      ),
    );
    await desk.complete(id, 'hotel');
    expect(await desk.waiting(id)).toEqual(['undo-hotel']);
    await desk.complete(id, 'undo-hotel');
    expect(await desk.waiting(id)).toEqual(['after']);
  });
});
