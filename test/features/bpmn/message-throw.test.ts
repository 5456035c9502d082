import { expect, it } from '@jest/globals';
import { bpmn, chain } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { DESIGNER, office } from '../../support/office.ts';

const roots = '<message id="m" name="已受理" ov:correlationKey="=caseNo"/>';
const message = '<messageEventDefinition messageRef="m"/>';
const receiver = bpmn(
  `<startEvent id="s"/><intermediateCatchEvent id="hear">${message}</intermediateCatchEvent><userTask id="after"/><endEvent id="e"/>` +
    chain('s', 'hear', 'after', 'e'),
  { id: 'Receiver', roots },
);

element('Message intermediate throw event', '13.5.2', () => {
  const sender = bpmn(
    `<startEvent id="s"/><intermediateThrowEvent id="tell">${message}</intermediateThrowEvent><userTask id="next"/><endEvent id="e"/>` +
      chain('s', 'tell', 'next', 'e'),
    { id: 'Sender', roots },
  );

  it('hands its message to the case that waits for it, and goes on', async () => {
    const desk = office();
    const waiting = await desk.open(receiver, { caseNo: 'A1' });
    const { id } = await desk.open(sender, { caseNo: 'A1' });
    expect(await desk.waiting(id)).toEqual([]);
    await desk.pass(0);
    expect(await desk.waiting(waiting.id)).toEqual(['after']);
    expect(await desk.waiting(id)).toEqual(['next']);
    expect(await desk.events(id)).toContain('message.sent tell');
  });

  it('is tried again while nobody waits, then needs a person', async () => {
    const desk = office();
    const { id } = await desk.open(sender, { caseNo: 'A1' });
    for (let hour = 0; hour < 4; hour++) await desk.pass(3_600_000);
    expect(await desk.incidents(id)).toEqual(['job.failed tell']);
    const waiting = await desk.open(receiver, { caseNo: 'A1' });
    const [incident] = await desk.store.listIncidents({ caseId: id, limit: 1 });
    await desk.engine.retryIncident(incident!.id, DESIGNER);
    await desk.pass(0);
    expect(await desk.waiting(waiting.id)).toEqual(['after']);
    expect(await desk.waiting(id)).toEqual(['next']);
  });

  it('is a worker’s where the model names a topic', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        '<startEvent id="s"/><intermediateThrowEvent id="tell" ov:topic="sms"><messageEventDefinition/></intermediateThrowEvent><userTask id="next"/><endEvent id="e"/>' +
          chain('s', 'tell', 'next', 'e'),
      ),
    );
    const [job] = await desk.engine.fetchJobs({ worker: 'w', topics: ['sms'], max: 1, leaseMs: 60_000 });
    await desk.engine.completeJob({ jobId: job!.id, fence: job!.fence, variables: { receipt: 7 } }, DESIGNER);
    expect(await desk.waiting(id)).toEqual(['next']);
    expect(await desk.events(id)).toContain('message.sent tell');
  });
});

element('Message end event', '13.5.6', () => {
  it('sends its message, then its branch ends', async () => {
    const desk = office();
    const waiting = await desk.open(receiver, { caseNo: 'A1' });
    const { id } = await desk.open(
      bpmn(`<startEvent id="s"/><endEvent id="tell">${message}</endEvent>` + chain('s', 'tell'), {
        id: 'Sender',
        roots,
      }),
      { caseNo: 'A1' },
    );
    expect((await desk.engine.getCase(id)).status).toBe('active');
    await desk.pass(0);
    expect((await desk.engine.getCase(id)).status).toBe('completed');
    expect(await desk.waiting(waiting.id)).toEqual(['after']);
  });

  it('sends nothing when its sub-process is interrupted first', async () => {
    const desk = office();
    await desk.open(receiver, { caseNo: 'A1' });
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><subProcess id="sub"><startEvent id="is"/><endEvent id="tell" ov:topic="sms"><messageEventDefinition/></endEvent>${chain('is', 'tell')}</subProcess><boundaryEvent id="late" attachedToRef="sub"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent><userTask id="remind"/><endEvent id="e"/>` +
          chain('s', 'sub', 'e') +
          chain('late', 'remind', 'e'),
        { id: 'Sender', roots },
      ),
    );
    await desk.pass(3_600_000);
    expect(await desk.waiting(id)).toEqual(['remind']);
    expect(await desk.engine.fetchJobs({ worker: 'w', topics: ['sms'], max: 1, leaseMs: 60_000 })).toEqual([]);
  });
});
