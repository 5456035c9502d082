import { describe, expect, it } from '@jest/globals';
import { verifyChain } from '../../engine/index.ts';
import { bpmn, chain } from '../support/bpmn.ts';
import { APPLICANT, at, LI, office, WANG } from '../support/office.ts';

const review = bpmn(
  '<startEvent id="s"/><userTask id="review" name="审核" ov:department="housing" ov:promise="3"/><endEvent id="e"/>' +
    chain('s', 'review', 'e'),
  { processAttrs: 'ov:promise="10"' },
);

describe('claiming a task', () => {
  it("puts it on the handler's desk", async () => {
    const desk = office();
    const { id } = await desk.open(review);
    const task = await desk.task(id, 'review');
    expect(await desk.engine.claimTask(task.id, WANG)).toMatchObject({
      status: 'claimed',
      assignee: 'wang',
      claimedAt: desk.clock.now(),
    });
    expect(
      (await desk.store.listTasks({ assignee: 'wang', status: 'claimed', limit: 10 })).map((row) => row.id),
    ).toEqual([task.id]);
  });

  it('lets one of two win, and tells the other who and when', async () => {
    const desk = office();
    const { id } = await desk.open(review);
    const task = await desk.task(id, 'review');
    const answers = await Promise.allSettled([
      desk.engine.claimTask(task.id, WANG),
      desk.engine.claimTask(task.id, LI),
    ]);
    expect(answers.map((answer) => answer.status).sort()).toEqual(['fulfilled', 'rejected']);
    const winner = answers[0].status === 'fulfilled' ? WANG : LI;
    expect(answers.find((answer) => answer.status === 'rejected')!.reason).toMatchObject({
      kind: 'conflict',
      code: 'task.already_claimed',
      details: { by: winner.id, since: desk.clock.now() },
    });
  });

  it('is refused to people of other departments', async () => {
    const desk = office();
    const { id } = await desk.open(review);
    const task = await desk.task(id, 'review');
    await expect(desk.engine.claimTask(task.id, { ...WANG, id: 'zhao', groups: ['tax'] })).rejects.toMatchObject({
      code: 'task.not_candidate',
    });
  });

  it.each(['', 'nowhere', 'a.b', '__proto__.1', 'a.b.c'])('is refused for %j, which is no task', async (taskId) => {
    await expect(office().engine.claimTask(taskId, WANG)).rejects.toMatchObject({ code: 'task.not_found' });
  });
});

describe('putting a task back', () => {
  it('makes it free for the others', async () => {
    const desk = office();
    const { id } = await desk.open(review);
    const task = await desk.task(id, 'review');
    await desk.engine.claimTask(task.id, WANG);
    await expect(desk.engine.unclaimTask(task.id, LI)).rejects.toMatchObject({ code: 'task.not_assignee' });
    await desk.engine.unclaimTask(task.id, WANG);
    expect(await desk.engine.claimTask(task.id, LI)).toMatchObject({ assignee: 'li' });
  });
});

describe('completing a task', () => {
  it('is for the one who holds it', async () => {
    const desk = office();
    const { id } = await desk.open(review);
    const task = await desk.task(id, 'review');
    const complete = (actor: typeof WANG) =>
      desk.engine.completeTask({ taskId: task.id, variables: { ok: true } }, actor);
    await expect(complete(WANG)).rejects.toMatchObject({ code: 'task.not_claimed' });
    await desk.engine.claimTask(task.id, WANG);
    await expect(complete(LI)).rejects.toMatchObject({ code: 'task.not_assignee' });
    expect(await complete(WANG)).toMatchObject({ status: 'completed', endedAt: desk.clock.now() });
  });

  it('happens once; the second is told who did it and when', async () => {
    const desk = office();
    const { id } = await desk.open(review);
    const task = await desk.task(id, 'review');
    await desk.engine.claimTask(task.id, WANG);
    const complete = () => desk.engine.completeTask({ taskId: task.id, variables: {} }, WANG);
    const answers = await Promise.allSettled([complete(), complete(), complete()]);
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
    await expect(complete()).rejects.toMatchObject({ code: expect.stringMatching(/task\.closed|case\.closed/) });
    expect((await desk.events(id)).filter((event) => event === 'task.completed review')).toHaveLength(1);
  });

  it('lets two departments complete parallel tasks at the same moment', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        '<startEvent id="s"/><parallelGateway id="f"/><userTask id="a" ov:department="housing"/><userTask id="b" ov:department="tax"/><parallelGateway id="j"/><userTask id="after"/><endEvent id="e"/>' +
          chain('s', 'f', 'a', 'j', 'after', 'e') +
          chain('f', 'b', 'j'),
      ),
    );
    await Promise.all([desk.complete(id, 'a', { a: 1 }), desk.complete(id, 'b', { b: 2 })]);
    expect(await desk.waiting(id)).toEqual(['after']);
    expect(await desk.engine.taskVariables(await desk.task(id, 'after'))).toEqual({ a: 1, b: 2 });
  });
});

describe('history', () => {
  it('is numbered without gaps and chained, and shows any change', async () => {
    const desk = office();
    const { id } = await desk.open(review);
    await desk.complete(id, 'review', { ok: true }, WANG);
    const events = await desk.store.listEvents(id, 0, 100);
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
    expect(verifyChain(events)).toEqual({ ok: true });
    expect(verifyChain(events.map((event) => (event.seq === 3 ? { ...event, actor: 'mallory' } : event)))).toEqual({
      ok: false,
      brokenAt: 3,
    });
    expect(verifyChain(events.filter((event) => event.seq !== 2))).toEqual({ ok: false, brokenAt: 2 });
    expect(events.find((event) => event.type === 'task.completed')).toMatchObject({ actor: 'wang', node: 'review' });
  });
});

describe('due dates', () => {
  it('count working days for the task and the case', async () => {
    const desk = office({ now: '2026-09-30' });
    const row = await desk.open(review);
    expect(row).toMatchObject({ dueAt: at('2026-10-20T17:00:00+08:00'), provisional: false });
    expect(await desk.task(row.id, 'review')).toMatchObject({ dueAt: at('2026-10-10T17:00:00+08:00') });
  });

  it('are provisional beyond the calendar, not wrong', async () => {
    const desk = office({ now: '2026-12-28' });
    expect(await desk.open(review)).toMatchObject({ provisional: true });
  });

  it('show in the board of each department', async () => {
    const desk = office({ now: '2026-03-02' });
    await desk.open(review);
    for (const [day, light] of [
      ['2026-03-02', 'green'],
      ['2026-03-04', 'yellow'],
      ['2026-03-06', 'red'],
    ] as const) {
      desk.clock.set(at(day));
      const [housing, ...others] = await desk.store.countLights(desk.clock.now());
      expect([housing!.department, housing![light], others]).toEqual(['housing', 1, []]);
    }
  });
});

describe('versions', () => {
  it('count up per key, recognise the same content, and leave running cases on theirs', async () => {
    const desk = office();
    const first = await desk.open(review);
    expect(await desk.engine.deploy({ bytes: Buffer.from(review) }, WANG)).toMatchObject({
      created: false,
      definition: { version: 1 },
    });
    const changed = review.replace('name="审核"', 'name="复核"');
    expect(await desk.engine.deploy({ bytes: Buffer.from(changed) }, WANG)).toMatchObject({
      created: true,
      definition: { version: 2 },
    });
    const second = await desk.start('P');
    expect((await desk.task(first.id, 'review')).name).toBe('审核');
    expect((await desk.task(second.id, 'review')).name).toBe('复核');
    expect(second.definitionVersion).toBe(2);
  });

  it('refuse a start of what was never published', async () => {
    await expect(office().start('nothing')).rejects.toMatchObject({ code: 'definition.not_found' });
  });

  it('never collide when two designers publish at once', async () => {
    const desk = office();
    const publish = (name: string) =>
      desk.engine.deploy({ bytes: Buffer.from(review.replace('审核', name)) }, APPLICANT);
    const answers = await Promise.all(['一', '二', '三'].map(publish));
    expect(answers.map(({ definition }) => definition.version).sort()).toEqual([1, 2, 3]);
  });
});

describe('an assignee named by the model', () => {
  it('has the task on the desk at once; nobody else may claim it', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        '<startEvent id="s"/><userTask id="fix" ov:assignee="=applicant"/><endEvent id="e"/>' + chain('s', 'fix', 'e'),
      ),
      { applicant: 'applicant' },
    );
    const task = await desk.task(id, 'fix');
    expect(task).toMatchObject({ status: 'claimed', assignee: 'applicant' });
    await expect(desk.engine.claimTask(task.id, WANG)).rejects.toMatchObject({ code: 'task.already_claimed' });
    await desk.complete(id, 'fix', {}, APPLICANT);
    expect((await desk.engine.getCase(id)).status).toBe('completed');
  });
});

describe('a receipt', () => {
  it('is written with the effect, so that a repeated request finds its first answer', async () => {
    const desk = office();
    const { id } = await desk.open(review);
    const task = await desk.task(id, 'review');
    const receipt = (row: { status: string }) => ({
      key: 'k1',
      fingerprint: 'f',
      status: 200,
      answer: { status: row.status },
      expiresAt: desk.clock.now() + 1_000,
    });
    await desk.engine.claimTask(task.id, WANG, { receipt });
    expect(await desk.store.findReceipt('k1', desk.clock.now())).toMatchObject({ answer: { status: 'claimed' } });
    await expect(
      desk.engine.claimTask(task.id, LI, { receipt: () => ({ ...receipt({ status: 'x' }), key: 'k2' }) }),
    ).rejects.toThrow();
    expect(await desk.store.findReceipt('k2', desk.clock.now())).toBeUndefined();
  });
});
