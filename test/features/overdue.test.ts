import { describe, expect, it } from '@jest/globals';
import { auditedOffice } from '../support/audited-office.ts';
import { bpmn, chain } from '../support/bpmn.ts';
import { at, WANG } from '../support/office.ts';

const DAY = 86_400_000;
const BASIS = '某市工程建设项目审批办法第二十条';
const consent = `ov:onOverdue="deemedConsent" ov:deemedBasis="${BASIS}"`;
const gave = (result: string) => `ov:deemedResult='${result}'`;

/** A consulted department has five working days: from Monday, 2 March 2026, to the 9th. */
const asked = (overdue: string, inside = '') =>
  bpmn(
    `<startEvent id="s"/><userTask id="ask" ov:department="housing" ov:promise="5" ${overdue}>${inside}</userTask><userTask id="decide" ov:department="tax"/><endEvent id="e"/>` +
      chain('s', 'ask', 'decide', 'e'),
    { processAttrs: 'ov:promise="20"' },
  );

async function opened(overdue: string, inside?: string) {
  const desk = auditedOffice();
  const { id } = await desk.open(asked(overdue, inside));
  const happened = async () => {
    await desk.check(id);
    const events = await desk.store.listEvents(id, 0, 1_000);
    return events.filter(({ type, node }) => node === 'ask' && /^(task|deadline)\./.test(type));
  };
  const types = async () => (await happened()).map(({ type }) => type);
  const variables = async () => (await desk.engine.getCase(id)).state.scopes['0']!.variables;
  return { ...desk, id, happened, types, variables };
}

describe('a consulted department that does not answer', () => {
  it('is only overdue where the model says nothing', async () => {
    const desk = await opened('');
    await desk.pass(40 * DAY);
    expect(await desk.types()).toEqual(['deadline.near', 'deadline.passed']);
    expect(await desk.waiting(desk.id)).toEqual(['ask']);
  });

  it.each([
    ['reminded', 'remind'],
    ['escalated', 'escalate'],
  ])('is %s once, when its promise has passed', async (word, does) => {
    const desk = await opened(`ov:onOverdue="${does}"`);
    await desk.pass(at('2026-03-09T16:59:00+08:00') - desk.clock.now());
    expect(await desk.types()).toEqual(['deadline.near']);
    for (let day = 0; day < 10; day++) await desk.pass(DAY);
    expect(await desk.types()).toEqual(['deadline.near', 'deadline.passed', `task.${word}`]);
    expect((await desk.happened()).at(-1)).toMatchObject({
      actor: 'system',
      data: { groups: ['housing'], assignee: null, dueAt: at('2026-03-09T17:00:00+08:00') },
    });
    expect(await desk.waiting(desk.id)).toEqual(['ask']);
  });

  it('has agreed by silence where a rule says so, with the basis on record', async () => {
    const desk = await opened(`${consent} ${gave('{ opinion: "同意", silent: true }')}`);
    await desk.pass(at('2026-03-09T17:00:00+08:00') - desk.clock.now());
    expect(await desk.waiting(desk.id)).toEqual(['ask']);
    await desk.pass(1);
    expect(await desk.types()).toEqual(['deadline.near', 'deadline.passed', 'task.deemed']);
    expect((await desk.happened()).at(-1)).toMatchObject({
      actor: 'system',
      data: { basis: BASIS, result: { opinion: '同意', silent: true } },
    });
    expect(await desk.waiting(desk.id)).toEqual(['decide']);
    expect(await desk.variables()).toEqual({ opinion: '同意', silent: true });
    expect(await desk.store.findTask(`${desk.id}.${(await desk.happened()).at(-1)!.token}`)).toMatchObject({
      status: 'completed',
      assignee: null,
    });
  });

  it('gives what the output mappings make of it', async () => {
    const desk = await opened(
      `${consent} ${gave('{ opinion: "同意" }')}`,
      '<extensionElements><ov:output target="fireOpinion" source="opinion"/></extensionElements>',
    );
    await desk.pass(40 * DAY);
    expect(await desk.variables()).toEqual({ fireOpinion: '同意' });
  });

  it('has its time as long as the case is held', async () => {
    const desk = await opened(`${consent} ${gave('{ opinion: "同意" }')}`);
    await desk.engine.holdCase(
      { caseId: desk.id, reason: 'hearing', expectedDays: 5, notice: { number: '1' }, note: '听证' },
      WANG,
    );
    await desk.pass(60 * DAY);
    expect(await desk.types()).toEqual([]);
    await desk.engine.resumeCase({ caseId: desk.id, reason: 'hearing', note: '听证结束' }, WANG);
    await desk.pass(20 * DAY);
    expect(await desk.types()).toEqual(['deadline.near', 'deadline.passed', 'task.deemed']);
  });

  it('is asked no more once it has answered', async () => {
    const desk = await opened(`${consent} ${gave('{ opinion: "同意" }')}`);
    await desk.complete(desk.id, 'ask', { opinion: '不同意' });
    await desk.pass(60 * DAY);
    expect(await desk.types()).toEqual(['task.claimed', 'task.completed']);
    expect(await desk.variables()).toEqual({ opinion: '不同意' });
  });

  it('is left to people where the model gives nothing that could be entered', async () => {
    const desk = await opened(`${consent} ${gave('opinion')}`);
    await desk.pass(40 * DAY);
    expect(await desk.types()).toEqual(['deadline.near', 'deadline.passed', 'task.escalated']);
    expect((await desk.happened()).at(-1)!.data.reason).toContain('opinion');
    expect(await desk.waiting(desk.id)).toEqual(['ask']);
  });

  it('is deemed to have agreed once, though its job is looked for several times at once', async () => {
    const desk = await opened(`${consent} ${gave('{ opinion: "同意" }')}`);
    desk.clock.advance(40 * DAY);
    await Promise.all([desk.engine.runDueJobs(), desk.engine.runDueJobs(), desk.engine.runDueJobs()]);
    expect((await desk.types()).filter((type) => type === 'task.deemed')).toHaveLength(1);
    expect(await desk.waiting(desk.id)).toEqual(['decide']);
  });
});
