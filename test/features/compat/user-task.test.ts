import { describe, expect, it } from '@jest/globals';
import { bpmn, chain } from '../../support/bpmn.ts';
import { APPLICANT, at, LI, office, WANG } from '../../support/office.ts';
import type { JsonObject } from '../../../engine/kernel/json.ts';

const DAY = 86_400_000;
const NOW = at('2026-03-02');

/** The row of the one user task of a model. */
async function taskOf(attributes: string, variables: JsonObject = {}, body = '', start = '<startEvent id="s"/>') {
  const desk = office();
  const { id } = await desk.open(
    bpmn(`${start}<userTask id="t" ${attributes}>${body}</userTask><endEvent id="e"/>${chain('s', 't', 'e')}`),
    variables,
  );
  return { desk, id, incidents: await desk.incidents(id), task: (await desk.store.listTasksOfCase(id))[0] };
}

const zeebe = (text: string) => `<extensionElements>${text}</extensionElements>`;

describe('who may take a user task', () => {
  it.each<[string, string, string, string[], string[]]>([
    ['a comma list', 'camunda:candidateGroups="tax, housing"', '', ['tax', 'housing'], []],
    ['an expression that gives a list', 'camunda:candidateGroups="${groups}"', '', ['tax', 'land'], []],
    ['an expression that gives a comma list', 'camunda:candidateGroups="${text}"', '', ['a', 'b'], []],
    [
      'names and expressions mixed',
      'camunda:candidateGroups="tax, ${one}, ${groups}"',
      '',
      ['tax', 'housing', 'land'],
      [],
    ],
    ['a choice', "camunda:candidateUsers=\"${urgent ? 'li' : 'wang'}\"", '', [], ['li']],
    [
      'Camunda 8',
      '',
      zeebe('<zeebe:assignmentDefinition candidateGroups="=append(groups, one)" candidateUsers="li, wang"/>'),
      ['tax', 'land', 'housing'],
      ['li', 'wang'],
    ],
    ['a Camunda 8 list', '', zeebe('<zeebe:assignmentDefinition candidateGroups="=[&quot;tax&quot;]"/>'), ['tax'], []],
    [
      'plain BPMN',
      '',
      '<potentialOwner><resourceAssignmentExpression><formalExpression>user(li), group(tax), land, ${one}</formalExpression></resourceAssignmentExpression></potentialOwner>',
      ['tax', 'land', 'housing'],
      ['li'],
    ],
    ['nobody, where the expression gives nothing', 'camunda:candidateGroups="${nothing}"', '', [], []],
  ])('%s', async (_, attributes, body, groups, users) => {
    const { task } = await taskOf(
      attributes,
      { groups: ['tax', 'land'], text: 'a，b', one: 'housing', urgent: true, nothing: null },
      body,
    );
    expect(task).toMatchObject({ groups, users, status: 'open', assignee: null, department: groups[0] ?? null });
  });

  it('a performer holds it from the start', async () => {
    const body =
      '<humanPerformer><resourceAssignmentExpression><formalExpression>${initiator}</formalExpression></resourceAssignmentExpression></humanPerformer>';
    const { task } = await taskOf('', {}, body, '<startEvent id="s" camunda:initiator="initiator"/>');
    expect(task).toMatchObject({ assignee: APPLICANT.id, status: 'claimed' });
  });

  it('a computed candidate may claim it, others may not', async () => {
    const { desk, task } = await taskOf('camunda:candidateGroups="${dept}" camunda:candidateUsers="${who}"', {
      dept: 'land',
      who: ['wang'],
    });
    await expect(desk.engine.claimTask(task!.id, LI)).rejects.toMatchObject({ code: 'task.not_candidate' });
    await desk.engine.claimTask(task!.id, WANG);
    await desk.engine.unclaimTask(task!.id, WANG);
    await desk.engine.claimTask(task!.id, { id: 'zhao', name: 'zhao', groups: ['land'] });
    expect(await desk.store.listTasks({ groups: ['land'], status: 'unfinished', limit: 10 })).toHaveLength(1);
  });

  it('candidates that are no names open an incident, and nothing is half open', async () => {
    const { incidents, task } = await taskOf('camunda:candidateGroups="${groups}"', { groups: [{ name: 'tax' }] });
    expect(incidents).toEqual(['task.bad_candidates t']);
    expect(task).toBeUndefined();
  });
});

describe('when a user task is due', () => {
  const due = '2026-03-12T09:00:00+08:00';
  it.each([
    ['a date', 'camunda:dueDate="2026-03-12T09:00:00"', ''],
    ['a duration', 'camunda:dueDate="P10D"', ''],
    ['a variable with a date', 'camunda:dueDate="${due}"', ''],
    ['a variable with a duration', 'camunda:dueDate="${span}"', ''],
    ['days from now', 'camunda:dueDate="${dateTime().plusDays(10).toDate()}"', ''],
    ['Camunda 8', '', zeebe('<zeebe:userTask/><zeebe:taskSchedule dueDate="=now() + duration(&quot;P10D&quot;)"/>')],
    ['a Camunda 8 date', '', zeebe('<zeebe:taskSchedule dueDate="2026-03-12T01:00:00Z"/>')],
  ])('%s', async (_, attributes, body) => {
    const { task } = await taskOf(`${attributes} camunda:assignee="li"`, { due, span: 'P10D' }, body);
    expect(task).toMatchObject({ dueAt: NOW + 10 * DAY, yellowAt: NOW + 7 * DAY, provisional: false });
  });

  it('its light turns yellow and red, and the history says so', async () => {
    const { desk, id } = await taskOf('camunda:assignee="li" camunda:dueDate="P10D"');
    await desk.pass(7 * DAY);
    expect(await desk.events(id)).toContain('deadline.near t');
    await desk.pass(3 * DAY + 1);
    expect(await desk.events(id)).toContain('deadline.passed t');
    await desk.complete(id, 't');
    expect(await desk.engine.runDueJobs()).toBe(0);
  });

  it('a promise comes before a due date', async () => {
    const { task } = await taskOf('camunda:assignee="li" ov:promise="1" ov:unit="calendarDays" camunda:dueDate="P10D"');
    expect(task!.dueAt).toBeLessThan(NOW + 2 * DAY);
  });

  it('follow-up date and priority are kept with the task', async () => {
    const attributes = 'camunda:assignee="li" camunda:followUpDate="${due}" camunda:priority="${rank}"';
    const { task, desk, id } = await taskOf(attributes, { due, rank: '80' });
    expect(task).toMatchObject({ followUpAt: NOW + 10 * DAY, priority: 80, dueAt: null });
    await desk.complete(id, 't');
    expect((await desk.store.listTasksOfCase(id))[0]).toMatchObject({
      followUpAt: NOW + 10 * DAY,
      status: 'completed',
    });
    const eight = await taskOf(
      'camunda:assignee="li"',
      {},
      zeebe('<zeebe:taskSchedule followUpDate="P1D"/><zeebe:priorityDefinition priority="=40 + 2"/>'),
    );
    expect(eight.task).toMatchObject({ followUpAt: NOW + DAY, priority: 42 });
  });

  it('no date is no due date', async () => {
    const { task } = await taskOf('camunda:assignee="li" camunda:dueDate="${due}" camunda:priority="${rank}"', {
      due: null,
      rank: null,
    });
    expect(task).toMatchObject({ dueAt: null });
    expect(task).not.toHaveProperty('priority');
  });

  it.each([
    ['a date that is none', { due: 'soon' }, 'task.bad_date t'],
    ['a number', { due: 5 }, 'task.bad_date t'],
  ])('%s opens an incident', async (_, variables, incident) => {
    const { incidents } = await taskOf('camunda:assignee="li" camunda:dueDate="${due}"', variables);
    expect(incidents).toEqual([incident]);
  });
});

describe('the form of a user task', () => {
  it.each([
    ['camunda:formKey="deal"', ''],
    ['camunda:formRef="deal" camunda:formRefBinding="latest"', ''],
    ['', zeebe('<zeebe:formDefinition formId="deal"/>')],
    ['', zeebe('<zeebe:formDefinition formKey="deal"/>')],
    ['', zeebe('<zeebe:formDefinition externalReference="deal"/>')],
  ])('%s%s', async (attributes, body) => {
    expect((await taskOf(`${attributes} camunda:assignee="li"`, {}, body)).task).toMatchObject({ form: 'deal' });
  });
});

describe('the initiator', () => {
  it('is whoever opened the case', async () => {
    const { task } = await taskOf(
      'camunda:assignee="${starter}"',
      {},
      '',
      '<startEvent id="s" camunda:initiator="starter"/>',
    );
    expect(task).toMatchObject({ assignee: APPLICANT.id });
  });
});
