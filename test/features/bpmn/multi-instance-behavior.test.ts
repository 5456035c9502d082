import { expect, it } from '@jest/globals';
import { bpmn, chain } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { office } from '../../support/office.ts';

const ROOTS =
  '<signal id="sg" name="progress"/><signalEventDefinition id="on-progress" signalRef="sg"/>' +
  '<escalation id="esc" escalationCode="MANY"/><escalationEventDefinition id="on-many" escalationRef="esc"/>';

/** Three reviews; boundary event `told` (signal) and, where wanted, `many` (escalation), each with a task behind it. */
const reviews = (behavior: string, inside = '', { cancel = false, sequential = false, more = '' } = {}) =>
  bpmn(
    `<startEvent id="s"/><userTask id="review"><multiInstanceLoopCharacteristics isSequential="${sequential}" ${behavior}><loopCardinality>3</loopCardinality>${inside}</multiInstanceLoopCharacteristics></userTask>` +
      `<boundaryEvent id="told" attachedToRef="review" cancelActivity="${cancel}"><signalEventDefinition signalRef="sg"/></boundaryEvent><userTask id="note"/><userTask id="after"/>${more}` +
      chain('s', 'review', 'after') +
      chain('told', 'note'),
    { roots: ROOTS },
  );
const complex = (condition: string, event: string) =>
  `<complexBehaviorDefinition><condition xsi:type="tFormalExpression">${condition}</condition><event>${event}</event></complexBehaviorDefinition>`;

element('Multi-instance behavior', '13.3.7', () => {
  it('None: throws its event for each instance that ends', async () => {
    const desk = office();
    const { id } = await desk.open(reviews('behavior="None" noneBehaviorEventRef="on-progress"'));
    await desk.complete(id, 'review');
    expect(await desk.waiting(id)).toEqual(['note', 'review', 'review']);
    await desk.complete(id, 'review');
    await desk.complete(id, 'review');
    expect(await desk.waiting(id)).toEqual(['after', 'note', 'note', 'note']);
  });

  it('One: throws its event for the first instance that ends, and only for that', async () => {
    const desk = office();
    const { id } = await desk.open(reviews('behavior="One" oneBehaviorEventRef="on-progress"'));
    await desk.complete(id, 'review');
    await desk.complete(id, 'review');
    expect(await desk.waiting(id)).toEqual(['note', 'review']);
  });

  it('All, the default: throws nothing', async () => {
    const desk = office();
    const { id } = await desk.open(
      reviews('behavior="All" noneBehaviorEventRef="on-progress" oneBehaviorEventRef="on-progress"'),
    );
    for (let done = 0; done < 3; done++) await desk.complete(id, 'review');
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('Complex: throws each event whose condition is true when an instance ends', async () => {
    const desk = office();
    const many =
      '<boundaryEvent id="many" attachedToRef="review" cancelActivity="false"><escalationEventDefinition escalationRef="esc"/></boundaryEvent><userTask id="help"/>' +
      chain('many', 'help');
    const { id } = await desk.open(
      reviews(
        'behavior="Complex"',
        complex('nrOfCompletedInstances = 2', '<signalEventDefinition signalRef="sg"/>') +
          complex('verdict = "no"', '<escalationEventDefinition escalationRef="esc"/>'),
        { more: many },
      ),
      { verdict: 'yes' },
    );
    await desk.complete(id, 'review', { verdict: 'no' });
    expect(await desk.waiting(id)).toEqual(['help', 'review', 'review']);
    await desk.complete(id, 'review', { verdict: 'yes' });
    expect(await desk.waiting(id)).toEqual(['help', 'note', 'review']);
  });

  it('ends the activity where an interrupting boundary event catches, also at its last instance', async () => {
    const desk = office();
    const { id } = await desk.open(reviews('behavior="One" oneBehaviorEventRef="on-progress"', '', { cancel: true }));
    await desk.complete(id, 'review');
    expect(await desk.waiting(id)).toEqual(['note']);
    const last = await desk.open(
      reviews(
        'behavior="Complex"',
        complex('nrOfCompletedInstances = nrOfInstances', '<signalEventDefinition signalRef="sg"/>'),
        { cancel: true, sequential: true },
      ),
    );
    for (let done = 0; done < 3; done++) await desk.complete(last.id, 'review');
    expect(await desk.waiting(last.id)).toEqual(['note']);
    expect(Object.keys((await desk.engine.getCase(last.id)).state.scopes)).toEqual(['0']);
  });

  it('waits for a person when a condition gives neither true nor false, and counts nothing meanwhile', async () => {
    const desk = office();
    const { id } = await desk.open(
      reviews('behavior="Complex"', complex('missing', '<signalEventDefinition signalRef="sg"/>')),
    );
    await desk.complete(id, 'review');
    expect(await desk.incidents(id)).toEqual(['condition.not_boolean review']);
    await desk.complete(id, 'review', { missing: true });
    expect(await desk.waiting(id)).toEqual(['note', 'review']);
    const [incident] = await desk.store.listIncidents({ caseId: id, limit: 10 });
    await desk.engine.retryIncident(incident!.id, { id: 'x', name: 'x', groups: [] });
    expect(await desk.waiting(id)).toEqual(['note', 'note', 'review']);
  });
});
