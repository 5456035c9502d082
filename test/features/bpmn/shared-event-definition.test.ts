import { expect, it } from '@jest/globals';
import { bpmn, chain, flow } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { DESIGNER, office } from '../../support/office.ts';

const HOUR = 3_600_000;
const roots = `<message id="m" name="缴费"/><signal id="sig" name="台风"/><error id="err" errorCode="BAD"/><escalation id="esc" escalationCode="LATE"/>
<timerEventDefinition id="hour"><timeDuration xsi:type="tFormalExpression">PT1H</timeDuration></timerEventDefinition>
<messageEventDefinition id="paid" messageRef="m"/><signalEventDefinition id="storm" signalRef="sig"/>
<errorEventDefinition id="bad" errorRef="err"/><escalationEventDefinition id="late" escalationRef="esc"/>
<conditionalEventDefinition id="rich"><condition xsi:type="tFormalExpression">amount &gt; 100</condition></conditionalEventDefinition>
<terminateEventDefinition id="stop"/>`;
const ref = (id: string) => `<eventDefinitionRef>${id}</eventDefinitionRef>`;

element('Shared event definitions', '10.5.1', () => {
  it.each(['hour', 'paid', 'storm', 'rich'])(
    'are awaited by every event that refers to them: %s',
    async (definition) => {
      const desk = office();
      const { id } = await desk.open(
        bpmn(
          `<startEvent id="s"/><parallelGateway id="fork"/><intermediateCatchEvent id="wait">${ref(definition)}</intermediateCatchEvent><userTask id="after"/><userTask id="work"/><boundaryEvent id="on" attachedToRef="work">${ref(definition)}</boundaryEvent><userTask id="handle"/>
        <userTask id="set"/><intermediateThrowEvent id="throw">${ref('storm')}</intermediateThrowEvent><endEvent id="e"/>` +
            chain('s', 'fork', 'wait', 'after', 'e') +
            chain('fork', 'work', 'e') +
            chain('on', 'handle', 'e') +
            chain('fork', 'set', 'throw', 'e'),
          { roots },
        ),
      );
      await desk.complete(id, 'set', { amount: 500 });
      if (definition === 'hour') await desk.pass(HOUR);
      for (let i = 0; i < 2 && definition === 'paid'; i++)
        await desk.engine.correlateMessage({ name: '缴费', key: null, variables: {} }, DESIGNER);
      expect(await desk.waiting(id)).toEqual(['after', 'handle']);
    },
  );

  it('are thrown and caught alike', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><subProcess id="sub"><startEvent id="is"/><intermediateThrowEvent id="up">${ref('late')}</intermediateThrowEvent><endEvent id="ie">${ref('bad')}</endEvent>${chain('is', 'up', 'ie')}</subProcess>
        <boundaryEvent id="on" attachedToRef="sub" cancelActivity="false">${ref('late')}</boundaryEvent><boundaryEvent id="failed" attachedToRef="sub">${ref('bad')}</boundaryEvent><userTask id="escalated"/><userTask id="repair"/><endEvent id="e"/>` +
          chain('s', 'sub', 'e') +
          chain('on', 'escalated', 'e') +
          chain('failed', 'repair', 'e'),
        { roots },
      ),
    );
    expect(await desk.waiting(id)).toEqual(['escalated', 'repair']);
  });

  it('may stand beside definitions of the event itself', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><intermediateCatchEvent id="wait"><messageEventDefinition messageRef="m"/>${ref('hour')}</intermediateCatchEvent><userTask id="after"/><endEvent id="e">${ref('stop')}</endEvent>` +
          chain('s', 'wait', 'after') +
          flow('after', 'e'),
        { roots },
      ),
    );
    await desk.pass(HOUR);
    await desk.complete(id, 'after');
    expect((await desk.engine.getCase(id)).status).toBe('terminated');
  });

  it('that are missing are refused, with the event named', async () => {
    const desk = office();
    await expect(
      desk.deploy(
        bpmn(
          `<startEvent id="s"/><intermediateCatchEvent id="wait">${ref('nothing')}</intermediateCatchEvent><endEvent id="e"/>` +
            chain('s', 'wait', 'e'),
        ),
      ),
    ).rejects.toMatchObject({
      code: 'definition.findings',
      details: { findings: [{ element: 'wait' }, { element: 'wait' }] },
    });
  });
});
