import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { bpmn, chain } from '../support/bpmn.ts';
import { closeCities, openCity, type City } from './support/city.ts';
import { APPLY, OPINION, SUPPLEMENT, TWO_DESKS } from './support/models.ts';

const HOME = { definition: 'two-desks', data: { houseAddress: '平山区 1 号' } };

let city: City;
let caseId: string;
beforeAll(async () => {
  city = await openCity();
  await city.publish(TWO_DESKS, [APPLY, OPINION]);
  await city.publish(SUPPLEMENT, [APPLY]);
});
beforeEach(async () => {
  caseId = (await city.as('applicant-chen').post('/cases', HOME)).body.id;
});
afterAll(closeCities);

interface Task {
  id: string;
  element: string;
  can: object;
}

async function task(element: string, person = 'supervisor-feng'): Promise<Task> {
  const { tasks } = (await city.as(person).get(`/cases/${caseId}`)).body;
  return tasks.find((each: Task) => each.element === element);
}

describe('an inbox', () => {
  it('holds the open tasks of the own departments, most urgent first, and counts', async () => {
    const { items, counts } = (await city.as('handler-li').get('/tasks')).body;
    expect(items.every((each: Task) => each.element === 'tax')).toBe(true);
    expect(counts.mine).toBe(0);
    expect(counts.department).toBe(items.length);
    expect(items.at(-1)).toMatchObject({
      name: '核税',
      status: 'open',
      light: 'green',
      case: { id: caseId },
      department: { id: 'tax' },
      can: { claim: true, unclaim: false, complete: false },
    });
  });

  it('moves a task to "mine" when it is claimed and to "done" when it is completed', async () => {
    const { id } = await task('tax');
    const queue = async (name: string) =>
      (await city.as('handler-li').get(`/tasks?queue=${name}&limit=100`)).body.items.map((each: Task) => each.id);
    await city.as('handler-li').post(`/tasks/${id}/claim`);
    expect(await queue('mine')).toContain(id);
    expect(await queue('department')).not.toContain(id);
    await city.as('handler-li').post(`/tasks/${id}/complete`, { data: { taxResult: 'assessed' } });
    expect(await queue('mine')).not.toContain(id);
    expect(await queue('done')).toContain(id);
    const { counts } = (await city.as('handler-li').get('/tasks')).body;
    expect(counts.done).toBe((await queue('done')).length);
  });

  it('comes in pages without gaps or repeats', async () => {
    const all = (await city.as('handler-wang').get('/tasks?limit=100')).body.items.map((each: Task) => each.id);
    const paged: string[] = [];
    for (let cursor = ''; ;) {
      const page = (await city.as('handler-wang').get(`/tasks?limit=2${cursor}`)).body;
      paged.push(...page.items.map((each: Task) => each.id));
      if (page.next === null) break;
      cursor = `&cursor=${page.next}`;
    }
    expect(paged).toEqual(all);
  });

  it('of another department is for supervisors', async () => {
    expect((await city.as('handler-li').get('/tasks?department=housing')).status).toBe(403);
    const { items } = (await city.as('supervisor-feng').get('/tasks?department=housing&limit=100')).body;
    expect(items.length).toBeGreaterThan(0);
    expect(items.every((each: Task) => each.element === 'trade')).toBe(true);
    expect(items[0].can).toEqual({ claim: false, unclaim: false, complete: false });
  });
});

describe('claiming', () => {
  it('by two at once: one wins, the other is told who and when', async () => {
    const { id } = await task('trade');
    const answers = await Promise.all(
      ['handler-wang', 'handler-sun'].map((who) => city.as(who).post(`/tasks/${id}/claim`)),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    const winner = answers.find((answer) => answer.status === 200)!.body.assignee;
    const loser = answers.find((answer) => answer.status === 409)!.body;
    expect(loser).toMatchObject({
      code: 'task.already_claimed',
      details: { by: winner, since: '2026-03-02T09:00:00.000+08:00' },
    });
    expect(loser.title).toBe(`该任务已由${winner.name}于 2026-03-02 09:00 认领。`);
  });

  it('of a task of a case one does not see: it does not exist', async () => {
    const { id } = await task('tax');
    const answer = await city.as('handler-qian').post(`/tasks/${id}/claim`);
    expect([answer.status, answer.body.code]).toEqual([404, 'task.not_found']);
  });

  it('of a task of another department in the same case: not allowed, and `can` says so', async () => {
    const { id } = await task('tax');
    expect((await task('tax', 'handler-wang')).can).toEqual({ claim: false, unclaim: false, complete: false });
    const answer = await city.as('handler-wang').post(`/tasks/${id}/claim`);
    expect([answer.status, answer.body.code]).toEqual([403, 'task.not_candidate']);
  });

  it('can be taken back', async () => {
    const { id } = await task('trade');
    expect((await city.as('handler-wang').post(`/tasks/${id}/claim`)).body.can).toEqual({
      claim: false,
      unclaim: true,
      complete: true,
    });
    expect((await city.as('handler-sun').post(`/tasks/${id}/unclaim`)).body.code).toBe('task.not_assignee');
    expect((await city.as('handler-wang').post(`/tasks/${id}/unclaim`)).body).toMatchObject({
      status: 'open',
      assignee: null,
    });
    expect((await city.as('handler-sun').post(`/tasks/${id}/claim`)).status).toBe(200);
  });
});

describe('completing', () => {
  it('checks the form and lists what is wrong', async () => {
    const { id } = await task('tax');
    await city.as('handler-li').post(`/tasks/${id}/claim`);
    const answer = await city.as('handler-li').post(`/tasks/${id}/complete`, { data: { taxResult: 'maybe' } });
    expect([answer.status, answer.body.code]).toEqual([422, 'form.invalid']);
    expect(answer.body.errors).toEqual([expect.objectContaining({ pointer: '/taxResult', code: 'field.bad_option' })]);
    const english = await city
      .as('handler-li')
      .post(`/tasks/${id}/complete`, { data: {} }, { 'accept-language': 'en' });
    expect(english.body.errors[0].detail).toBe('Result: please choose');
  });

  it('needs the task to be claimed, by oneself', async () => {
    const { id } = await task('trade');
    expect((await city.as('handler-wang').post(`/tasks/${id}/complete`, {})).body.code).toBe('task.not_claimed');
    await city.as('handler-sun').post(`/tasks/${id}/claim`);
    expect((await city.as('handler-wang').post(`/tasks/${id}/complete`, {})).body.code).toBe('task.not_assignee');
  });

  it('twice says who did it and when', async () => {
    const { id } = await task('trade');
    await city.as('handler-sun').post(`/tasks/${id}/claim`);
    expect((await city.as('handler-sun').post(`/tasks/${id}/complete`, {})).body).toMatchObject({
      status: 'completed',
      light: null,
    });
    const again = await city.as('handler-sun').post(`/tasks/${id}/complete`, {});
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({
      code: 'task.closed',
      details: { by: { id: 'handler-sun', name: '孙住建' }, at: '2026-03-02T09:00:00.000+08:00' },
    });
  });

  it('by all departments closes the case', async () => {
    for (const [element, who, data] of [
      ['tax', 'handler-li', { taxResult: 'assessed' }],
      ['trade', 'handler-sun', {}],
    ] as const) {
      const { id } = await task(element);
      await city.as(who).post(`/tasks/${id}/claim`);
      await city.as(who).post(`/tasks/${id}/complete`, { data });
    }
    expect((await city.as('applicant-chen').get(`/cases/${caseId}`)).body).toMatchObject({
      status: 'completed',
      light: null,
    });
  });

  it('takes free data where no form was supplied, but not the names the system sets', async () => {
    const { id } = await task('trade');
    await city.as('handler-sun').post(`/tasks/${id}/claim`);
    const stolen = await city.as('handler-sun').post(`/tasks/${id}/complete`, { data: { applicant: 'applicant-chu' } });
    expect(stolen.body.errors).toEqual([{ pointer: '/applicant', code: 'reserved', detail: '此名称由系统填写' }]);
    await city.as('handler-sun').post(`/tasks/${id}/complete`, { data: { tradeResult: 'pass' } });
    expect((await city.as('handler-sun').get(`/cases/${caseId}`)).body.variables.tradeResult).toBe('pass');
  });
});

describe('a task of the applicant', () => {
  it('is in their inbox, shows the application only, and they complete it', async () => {
    const { body } = await city.as('applicant-chen').post('/cases', { definition: 'supplement-home', data: HOME.data });
    caseId = body.id;
    const check = await task('check');
    await city.as('handler-li').post(`/tasks/${check.id}/claim`);
    await city.as('handler-li').post(`/tasks/${check.id}/complete`, { data: { note: '仅内部可见' } });

    const { items, counts } = (await city.as('applicant-chen').get('/tasks?queue=mine')).body;
    expect(counts.mine).toBe(1);
    const ofNone = (await city.as('supervisor-feng').get('/tasks?department=-')).body.items;
    expect(ofNone.map((each: { id: string }) => each.id)).toEqual([items[0].id]);
    const detail = (await city.as('applicant-chen').get(`/tasks/${items[0].id}`)).body;
    expect(detail).toMatchObject({ name: '补正', can: { complete: true }, variables: { houseAddress: '平山区 1 号' } });
    expect(JSON.stringify(detail)).not.toContain('仅内部可见');
    expect((await city.as('applicant-chu').get(`/tasks/${items[0].id}`)).status).toBe(404);
    expect((await city.as('applicant-chen').get(`/tasks/${check.id}`)).status).toBe(404);
    expect((await city.as('applicant-chen').post(`/tasks/${items[0].id}/complete`, {})).status).toBe(200);
    expect((await city.as('applicant-chen').get(`/cases/${caseId}`)).body.status).toBe('completed');
  });
});

describe('one task', () => {
  it('comes with its form and the data it sees', async () => {
    const { id } = await task('tax');
    const detail = (await city.as('handler-li').get(`/tasks/${id}`)).body;
    expect(detail.form).toEqual(OPINION);
    expect(detail.variables).toMatchObject({
      houseAddress: '平山区 1 号',
      applicant: 'applicant-chen',
      applicantName: '陈买房',
    });
  });
});

describe('what a model of another modeler says of a task', () => {
  it('is read with it, and a candidate by name finds it in the inbox', async () => {
    const model = bpmn(
      `<startEvent id="s"/><userTask id="check" name="核对" camunda:candidateUsers="\${who}" camunda:dueDate="2099-03-12T09:00:00" camunda:followUpDate="2099-03-10" camunda:priority="70"/><endEvent id="e"/>${chain('s', 'check', 'e')}`,
      { id: 'foreign', name: '外来模型' },
    );
    expect((await city.publish(model, [])).status).toBe(201);
    await city.house.engine.startCase(
      {
        definitionKey: 'foreign',
        number: 'F-1',
        title: '外来',
        applicant: 'applicant-chen',
        department: null,
        variables: { who: ['handler-li'] },
      },
      { id: 'applicant-chen', name: '陈', groups: [] },
    );
    const { items } = (await city.as('handler-li').get('/tasks?limit=100')).body;
    const found = items.find((each: Task) => each.element === 'check');
    expect(found).toMatchObject({
      dueAt: '2099-03-12T09:00:00.000+08:00',
      followUpAt: '2099-03-10T00:00:00.000+08:00',
      priority: 70,
      department: null,
      can: { claim: true },
    });
    expect((await city.as('handler-li').get(`/tasks/${found.id}`)).body).toMatchObject({ priority: 70 });
    const others = (await city.as('handler-wang').get('/tasks?limit=100')).body.items;
    expect(others.map((each: Task) => each.element)).not.toContain('check');
  });
});
