import { expect, it } from '@jest/globals';
import { bpmn, chain } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { at, LI, office, WANG } from '../../support/office.ts';

const around = (task: string, roots = '', id = 'P') =>
  bpmn(`<startEvent id="s"/>${task}<userTask id="after"/><endEvent id="e"/>${chain('s', 't', 'after', 'e')}`, {
    roots,
    id,
  });
const worker = { id: 'worker', name: 'worker', groups: [] };

element('Abstract task', '13.3.3', () => {
  it('is done as soon as it is reached, and the history says so', async () => {
    const desk = office();
    const { id } = await desk.open(around('<task id="t" name="归档"/>'));
    expect(await desk.waiting(id)).toEqual(['after']);
    expect(await desk.events(id)).toContain('element.completed t');
  });
});

element('Manual task', '13.3.3', () => {
  it('is done without help of the system, and so does not hold the case', async () => {
    const desk = office();
    const { id } = await desk.open(around('<manualTask id="t"/>'));
    expect(await desk.waiting(id)).toEqual(['after']);
    expect(await desk.events(id)).toContain('element.completed t');
  });
});

element('User task', '13.3.3', () => {
  const review = around('<userTask id="t" name="审核" ov:department="housing" ov:promise="2"/>');

  it('waits for a person of its department, who claims and completes it', async () => {
    const desk = office();
    const { id } = await desk.open(review);
    const task = await desk.task(id, 't');
    expect(task).toMatchObject({ name: '审核', groups: ['housing'], status: 'open' });
    await expect(desk.engine.claimTask(task.id, { ...WANG, groups: ['tax'] })).rejects.toMatchObject({
      code: 'task.not_candidate',
    });
    await desk.complete(id, 't', { approved: true }, WANG);
    expect(await desk.engine.taskVariables(await desk.task(id, 'after'))).toEqual({ approved: true });
  });

  it('is due after its promised working days', async () => {
    const desk = office({ now: '2026-03-06' });
    const { id } = await desk.open(review);
    expect((await desk.task(id, 't')).dueAt).toBe(at('2026-03-10T17:00:00+08:00'));
  });

  it('goes straight to the person whom the data names', async () => {
    const desk = office();
    const { id } = await desk.open(around('<userTask id="t" ov:assignee="=handler"/>'), { handler: 'li' });
    expect(await desk.task(id, 't')).toMatchObject({ assignee: 'li', status: 'claimed' });
    await desk.engine.completeTask({ taskId: (await desk.task(id, 't')).id, variables: {} }, LI);
    expect(await desk.waiting(id)).toEqual(['after']);
  });
});

element('Service task', '13.3.3', () => {
  it('waits for an external worker that fetches its topic', async () => {
    const desk = office();
    const { id } = await desk.open(around('<serviceTask id="t" ov:topic="registry"/>'), { estate: 'A-1' });
    expect(await desk.waiting(id)).toEqual([]);
    const [job] = await desk.engine.fetchJobs({ worker: 'w', topics: ['registry'], max: 5, leaseMs: 60_000 });
    expect(job!.variables).toEqual({ estate: 'A-1' });
    await desk.engine.completeJob({ jobId: job!.id, fence: job!.fence, variables: { clear: true } }, worker);
    expect(await desk.engine.taskVariables(await desk.task(id, 'after'))).toEqual({ estate: 'A-1', clear: true });
  });

  it('calls a service over HTTP and keeps its answer', async () => {
    const desk = office({ connectors: { http: ({ url }) => Promise.resolve({ asked: url }) } });
    const { id } = await desk.open(
      around(
        '<serviceTask id="t"><extensionElements><ov:http method="POST" url="http://registry.test/x"/></extensionElements></serviceTask>',
      ),
    );
    await desk.engine.runDueJobs();
    expect(await desk.engine.taskVariables(await desk.task(id, 'after'))).toEqual({ asked: 'http://registry.test/x' });
  });
});

element('Send task', '13.3.3', () => {
  it('hands its message to the case that waits for it, and goes on', async () => {
    const desk = office();
    const roots = '<message id="m" name="已受理" ov:correlationKey="=caseNo"/>';
    const receiver = await desk.open(around('<receiveTask id="t" messageRef="m"/>', roots, 'Receiver'), {
      caseNo: 'A',
    });
    const sender = await desk.open(around('<sendTask id="t" messageRef="m"/>', roots, 'Sender'), { caseNo: 'A' });
    await desk.engine.runDueJobs();
    expect(await desk.waiting(receiver.id)).toEqual(['after']);
    expect(await desk.waiting(sender.id)).toEqual(['after']);
  });
});

element('Receive task', '13.3.3', () => {
  it('waits for its message, and keeps what the message carries', async () => {
    const desk = office();
    const { id } = await desk.open(around('<receiveTask id="t" messageRef="m"/>', '<message id="m" name="回执"/>'));
    expect(await desk.waiting(id)).toEqual([]);
    await desk.engine.correlateMessage({ name: '回执', key: null, variables: { no: 7 } }, LI);
    expect(await desk.engine.taskVariables(await desk.task(id, 'after'))).toEqual({ no: 7 });
  });
});

element('Script task', '13.3.3', () => {
  it('computes a variable in FEEL', async () => {
    const desk = office();
    const { id } = await desk.open(
      around('<scriptTask id="t" scriptFormat="feel" ov:result="fee"><script>area * 2 + 1</script></scriptTask>'),
      { area: 90 },
    );
    expect(await desk.engine.taskVariables(await desk.task(id, 'after'))).toEqual({ area: 90, fee: 181 });
  });

  it('sets the entries of a context when it names no result', async () => {
    const desk = office();
    const { id } = await desk.open(
      around('<scriptTask id="t" scriptFormat="feel"><script>{ a: 1, b: a + 1 }</script></scriptTask>'),
    );
    expect(await desk.engine.taskVariables(await desk.task(id, 'after'))).toEqual({ a: 1, b: 2 });
  });
});

element('Business rule task', '13.3.3', () => {
  it('decides by a FEEL rule', async () => {
    const desk = office();
    const rule = around('<businessRuleTask id="t" ov:expression="=if area &lt; 90 then 1 else 2" ov:result="rate"/>');
    const small = await desk.open(rule, { area: 80 });
    const large = await desk.start('P', { area: 90 });
    expect(await desk.engine.taskVariables(await desk.task(small.id, 'after'))).toMatchObject({ rate: 1 });
    expect(await desk.engine.taskVariables(await desk.task(large.id, 'after'))).toMatchObject({ rate: 2 });
  });
});
