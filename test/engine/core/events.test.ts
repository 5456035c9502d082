import { describe, expect, it } from '@jest/globals';
import { bpmn, chain, flow } from '../../support/bpmn.ts';
import { at, DESIGNER, office } from '../../support/office.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const timer = (kind: string, text: string) => `<timerEventDefinition><${kind}>${text}</${kind}></timerEventDefinition>`;
const waitFor = (kind: string, text: string) =>
  bpmn(
    `<startEvent id="s"/><intermediateCatchEvent id="wait">${timer(kind, text)}</intermediateCatchEvent><userTask id="after"/><endEvent id="e"/>` +
      chain('s', 'wait', 'after', 'e'),
  );
const boundary = (definition: string, attributes = '') =>
  `<startEvent id="s"/><userTask id="work"/><endEvent id="e"/><boundaryEvent id="event" attachedToRef="work" ${attributes}>${definition}</boundaryEvent><userTask id="other"/><endEvent id="e2"/>` +
  chain('s', 'work', 'e') +
  chain('event', 'other', 'e2');

describe('timer', () => {
  it.each([
    ['timeDuration', 'P30D', 30 * DAY],
    ['timeDuration', 'P400D', 400 * DAY],
    ['timeDuration', '="PT" + string(hours) + "H"', 5 * HOUR],
    ['timeDate', '2026-03-05T09:00:00+08:00', 3 * DAY],
    ['timeCycle', 'R3/PT2H', 2 * HOUR],
  ])('%s %s fires on its moment and not before', async (kind, text, after) => {
    const desk = office({ now: '2026-03-02' });
    const { id } = await desk.open(waitFor(kind, text.replaceAll('"', '&quot;')), { hours: 5 });
    await desk.pass(after - 1);
    expect(await desk.waiting(id)).toEqual([]);
    await desk.pass(1);
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('opens an incident when the data makes no date', async () => {
    const desk = office();
    const { id } = await desk.open(waitFor('timeDate', '=deadline'), { deadline: 'tomorrow' });
    expect(await desk.incidents(id)).toEqual(['timer.bad_value wait']);
  });

  it('interrupts the task it is attached to', async () => {
    const desk = office();
    const { id } = await desk.open(bpmn(boundary(timer('timeDuration', 'PT1H'))));
    await desk.pass(HOUR);
    expect(await desk.waiting(id)).toEqual(['other']);
  });

  it('runs beside the task when it does not interrupt, as often as its cycle says', async () => {
    const desk = office();
    const { id } = await desk.open(bpmn(boundary(timer('timeCycle', 'R2/PT1H'), 'cancelActivity="false"')));
    for (let i = 0; i < 4; i++) await desk.pass(HOUR);
    expect(await desk.waiting(id)).toEqual(['other', 'other', 'work']);
  });

  it('is gone once the task is done', async () => {
    const desk = office();
    const { id } = await desk.open(bpmn(boundary(timer('timeDuration', 'PT1H'))));
    await desk.complete(id, 'work');
    expect(await desk.pass(DAY)).toBe(0);
    expect((await desk.engine.getCase(id)).status).toBe('completed');
  });
});

describe('message', () => {
  const roots = '<message id="m" name="paid" ov:correlationKey="=orderNo"/>';
  const definition = '<messageEventDefinition messageRef="m"/>';
  const caught = bpmn(
    `<startEvent id="s"/><intermediateCatchEvent id="wait">${definition}</intermediateCatchEvent><userTask id="after"/><endEvent id="e"/>` +
      chain('s', 'wait', 'after', 'e'),
    { roots },
  );

  it('reaches the case that waits for its name and key, with what it carries', async () => {
    const desk = office();
    const first = await desk.open(caught, { orderNo: 'A1' });
    const second = await desk.start('P', { orderNo: 'A2' });
    const answer = await desk.engine.correlateMessage({ name: 'paid', key: 'A2', variables: { amount: 5 } }, DESIGNER);
    expect(answer).toEqual({ caseId: second.id, started: false });
    expect(await desk.waiting(first.id)).toEqual([]);
    expect(await desk.engine.taskVariables(await desk.task(second.id, 'after'))).toMatchObject({ amount: 5 });
  });

  it('is refused when nobody waits for it', async () => {
    const desk = office();
    await desk.open(caught, { orderNo: 'A1' });
    await expect(
      desk.engine.correlateMessage({ name: 'paid', key: 'B9', variables: {} }, DESIGNER),
    ).rejects.toMatchObject({ code: 'message.nobody_waits' });
  });

  it('is received once when it comes twice', async () => {
    const desk = office();
    await desk.open(caught, { orderNo: 'A1' });
    const send = () => desk.engine.correlateMessage({ name: 'paid', key: 'A1', variables: {} }, DESIGNER);
    const answers = await Promise.allSettled([send(), send()]);
    expect(answers.map((answer) => answer.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('is taken by a receive task', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        '<startEvent id="s"/><receiveTask id="wait" messageRef="m"/><userTask id="after"/><endEvent id="e"/>' +
          chain('s', 'wait', 'after', 'e'),
        { roots },
      ),
      { orderNo: 'A1' },
    );
    await desk.engine.correlateMessage({ name: 'paid', key: 'A1', variables: {} }, DESIGNER);
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('interrupts a task, or runs beside it any number of times', async () => {
    const desk = office();
    const beside = await desk.open(bpmn(boundary(definition, 'cancelActivity="false"'), { roots }), { orderNo: 'A1' });
    for (let i = 0; i < 2; i++)
      await desk.engine.correlateMessage({ name: 'paid', key: 'A1', variables: {} }, DESIGNER);
    expect(await desk.waiting(beside.id)).toEqual(['other', 'other', 'work']);
    const interrupting = await desk.open(bpmn(boundary(definition), { id: 'Q', roots }), { orderNo: 'C3' });
    await desk.engine.correlateMessage({ name: 'paid', key: 'C3', variables: {} }, DESIGNER);
    expect(await desk.waiting(interrupting.id)).toEqual(['other']);
  });

  it('starts a case at its message start event', async () => {
    const desk = office();
    await desk.deploy(
      bpmn(
        `<startEvent id="s"/><startEvent id="ms">${definition}</startEvent><userTask id="a"/><endEvent id="e"/>` +
          chain('s', 'a', 'e') +
          flow('ms', 'a'),
        { roots: '<message id="m" name="born"/>' },
      ),
    );
    const answer = await desk.engine.correlateMessage({ name: 'born', key: null, variables: { name: '𠮷' } }, DESIGNER);
    expect(answer.started).toBe(true);
    expect(await desk.engine.taskVariables(await desk.task(answer.caseId, 'a'))).toEqual({ name: '𠮷' });
  });

  it('passes from a send task of one case to another case', async () => {
    const desk = office();
    const waiting = await desk.open(caught, { orderNo: 'A1' });
    const sender = await desk.open(
      bpmn('<startEvent id="s"/><sendTask id="send" messageRef="m"/><endEvent id="e"/>' + chain('s', 'send', 'e'), {
        id: 'Sender',
        roots,
      }),
      { orderNo: 'A1' },
    );
    await desk.engine.runDueJobs();
    expect(await desk.waiting(waiting.id)).toEqual(['after']);
    expect((await desk.engine.getCase(sender.id)).status).toBe('completed');
  });
});

describe('deadline', () => {
  it('is recorded when the promise is near and when it has passed', async () => {
    const desk = office({ now: '2026-03-02' });
    const { id, dueAt } = await desk.open(
      bpmn('<startEvent id="s"/><userTask id="a" ov:promise="2"/><endEvent id="e"/>' + chain('s', 'a', 'e'), {
        processAttrs: 'ov:promise="5"',
      }),
    );
    expect(dueAt).toBe(at('2026-03-09T17:00:00+08:00'));
    await desk.pass(10 * DAY);
    await desk.engine.runDueJobs();
    expect((await desk.events(id)).filter((event) => event.startsWith('deadline')).sort()).toEqual([
      'deadline.near',
      'deadline.near a',
      'deadline.passed',
      'deadline.passed a',
    ]);
  });
});
