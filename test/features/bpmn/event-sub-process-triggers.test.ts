import { expect, it } from '@jest/globals';
import { bpmn, chain } from '../../support/bpmn.ts';
import { stateFaults } from '../../support/consistency.ts';
import { element } from '../../support/conformance.ts';
import { APPLICANT, office, type Office } from '../../support/office.ts';

const ROOTS =
  '<signal id="sg" name="storm"/><escalation id="esc" escalationCode="LATE"/><message id="m" name="news"/><message id="m2" name="more"/>';
const SIGNAL = '<signalEventDefinition signalRef="sg"/>';
const ESCALATION = '<escalationEventDefinition escalationRef="esc"/>';
const CONDITION =
  '<conditionalEventDefinition><condition xsi:type="tFormalExpression">amount > 10</condition></conditionalEventDefinition>';
const beside = 'isInterrupting="false"';
const handler = (definition: string, attributes = '') =>
  `<subProcess id="h" triggeredByEvent="true"><startEvent id="hs" ${attributes}>${definition}</startEvent><userTask id="handle"/>${chain('hs', 'handle')}</subProcess>`;
/** A sub-process with task `work`, then `throws`, then task `rest`; a task `other` of the case runs beside it. */
const model = (inside: string, throws = '<task id="pass"/>') =>
  bpmn(
    `<startEvent id="s"/><parallelGateway id="f"/><userTask id="other"/><subProcess id="sub"><startEvent id="is"/><userTask id="work"/>${throws.replace('id=""', 'id="pass"')}<userTask id="rest"/>${chain('is', 'work', 'pass', 'rest')}${inside}</subProcess><userTask id="after"/>` +
      chain('s', 'f', 'sub', 'after') +
      chain('f', 'other'),
    { roots: ROOTS },
  );
const escalating = `<intermediateThrowEvent id="">${ESCALATION}</intermediateThrowEvent>`;
const signalling = `<intermediateThrowEvent id="">${SIGNAL}</intermediateThrowEvent>`;

async function expectSound(desk: Office, caseId: string) {
  const row = await desk.engine.getCase(caseId);
  expect(stateFaults(await desk.engine.getGraph(row.definitionId), row.state)).toEqual([]);
}

element('Event sub-process on a signal', '13.5.4', () => {
  it('interrupts its scope on a signal from outside', async () => {
    const desk = office();
    const { id } = await desk.open(model(handler(SIGNAL)));
    await desk.engine.broadcastSignal({ name: 'storm', variables: {} }, APPLICANT);
    await desk.engine.runDueJobs();
    expect(await desk.waiting(id)).toEqual(['handle', 'other']);
    await expectSound(desk, id);
  });

  it('begins beside on each signal, also one thrown inside its own scope', async () => {
    const desk = office();
    const { id } = await desk.open(model(handler(SIGNAL, beside), signalling));
    await desk.engine.broadcastSignal({ name: 'storm', variables: {} }, APPLICANT);
    await desk.engine.runDueJobs();
    await desk.complete(id, 'work');
    expect(await desk.waiting(id)).toEqual(['handle', 'handle', 'other', 'rest']);
    await expectSound(desk, id);
  });

  it('that interrupts ends the token that threw the signal inside', async () => {
    const desk = office();
    const { id } = await desk.open(model(handler(SIGNAL), signalling));
    await desk.complete(id, 'work');
    expect(await desk.waiting(id)).toEqual(['handle', 'other']);
    await desk.complete(id, 'handle');
    expect(await desk.waiting(id)).toEqual(['after', 'other']);
  });
});

element('Event sub-process on an escalation', '13.5.4', () => {
  it('begins beside when it is thrown inside, and the thrower goes on', async () => {
    const desk = office();
    const { id } = await desk.open(model(handler(ESCALATION, beside), escalating));
    await desk.complete(id, 'work');
    expect(await desk.waiting(id)).toEqual(['handle', 'other', 'rest']);
    await expectSound(desk, id);
  });

  it('interrupts where it says so', async () => {
    const desk = office();
    const { id } = await desk.open(model(handler(ESCALATION), escalating));
    await desk.complete(id, 'work');
    expect(await desk.waiting(id)).toEqual(['handle', 'other']);
    await desk.complete(id, 'handle');
    expect(await desk.waiting(id)).toEqual(['after', 'other']);
  });
});

element('Event sub-process on a condition', '13.5.4', () => {
  it('interrupts as soon as the data say so, whoever set them', async () => {
    const desk = office();
    const { id } = await desk.open(model(handler(CONDITION)), { amount: 1 });
    await desk.complete(id, 'other', { amount: 11 });
    expect(await desk.waiting(id)).toEqual(['handle']);
    await desk.complete(id, 'handle');
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('begins beside each time the condition becomes true again', async () => {
    const desk = office();
    const { id } = await desk.open(model(handler(CONDITION, beside)), { amount: 1 });
    await desk.complete(id, 'work', { amount: 12 });
    expect(await desk.waiting(id)).toEqual(['handle', 'other', 'rest']);
    await desk.complete(id, 'handle', { amount: 13 });
    expect(await desk.waiting(id)).toEqual(['other', 'rest']);
    await desk.complete(id, 'other', { amount: 2 });
    await desk.complete(id, 'rest', { amount: 20 });
    expect(await desk.waiting(id)).toEqual(['handle']);
    await expectSound(desk, id);
  });

  it('is no longer asked when its scope has ended', async () => {
    const desk = office();
    const { id } = await desk.open(model(handler(CONDITION, beside)), { amount: 1 });
    await desk.complete(id, 'work');
    await desk.complete(id, 'rest');
    await desk.complete(id, 'other', { amount: 50 });
    expect(await desk.waiting(id)).toEqual(['after']);
  });
});

element('Event sub-process on several events', '13.5.4', () => {
  it('begins on any of them', async () => {
    const desk = office();
    const { id } = await desk.open(
      model(handler('<messageEventDefinition messageRef="m"/><signalEventDefinition signalRef="sg"/>', beside)),
    );
    await desk.engine.broadcastSignal({ name: 'storm', variables: {} }, APPLICANT);
    await desk.engine.runDueJobs();
    await desk.engine.correlateMessage({ name: 'news', key: null, variables: {} }, APPLICANT);
    expect(await desk.waiting(id)).toEqual(['handle', 'handle', 'other', 'work']);
    await expectSound(desk, id);
  });

  it('waits for all of them where they are parallel', async () => {
    const desk = office();
    const { id } = await desk.open(
      model(
        handler(
          '<messageEventDefinition messageRef="m"/><messageEventDefinition messageRef="m2"/>',
          'parallelMultiple="true"',
        ),
      ),
    );
    await desk.engine.correlateMessage({ name: 'news', key: null, variables: {} }, APPLICANT);
    expect(await desk.waiting(id)).toEqual(['other', 'work']);
    await desk.engine.correlateMessage({ name: 'more', key: null, variables: {} }, APPLICANT);
    expect(await desk.waiting(id)).toEqual(['handle', 'other']);
  });
});
