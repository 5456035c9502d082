import { describe, expect, it } from '@jest/globals';
import { deskWith, findingsOf } from '../../support/desk.ts';
import { APPLICANT, at } from '../../support/office.ts';

const NOW = at('2026-03-02');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const open = (name: string, ...more: string[]) => deskWith(...[name, ...more].map((file) => `camunda7/${file}`));

describe('a model of Camunda Modeler for Camunda 7', () => {
  it('an invoice is assigned by rule, approved in time and archived by a worker', async () => {
    const desk = await open('invoice');
    const { id } = await desk.start('invoice', {
      amount: 1500,
      approver: 'mary',
      dueDate: '2026-03-20T12:00:00',
      followUp: '2026-03-10',
    });
    expect(await desk.variables(id)).toMatchObject({ approverGroup: 'management', creator: APPLICANT.id });
    const approve = await desk.task(id, 'Activity_approve');
    expect(approve).toMatchObject({ assignee: 'mary', groups: ['management'], form: 'approve-invoice', priority: 60 });
    expect(approve.dueAt).toBe(NOW + 7 * DAY);
    await desk.complete(id, 'Activity_approve', { approved: false });
    expect(await desk.task(id, 'Activity_review')).toMatchObject({ assignee: 'demo', form: 'review-invoice' });
    await desk.complete(id, 'Activity_review', { clarified: true });
    await desk.complete(id, 'Activity_approve', { approved: true });
    expect(await desk.task(id, 'Activity_transfer')).toMatchObject({
      groups: ['accounting', 'treasury'],
      dueAt: Date.parse('2026-03-20T12:00:00+08:00'),
      followUpAt: Date.parse('2026-03-10T00:00:00+08:00'),
    });
    await desk.complete(id, 'Activity_transfer');
    expect(await desk.fetch('archive-invoice')).toMatchObject({ node: 'Activity_archive', maxAttempts: 3 });
    await desk.pass(HOUR);
    await desk.work('archive-invoice');
    expect(await desk.status(id)).toBe('completed');
  });

  it('a loan with a good score is offered at once', async () => {
    const desk = await open('loan-application');
    const { id } = await desk.start('loan_application', { applicant: { ssn: '42' }, homeProvider: 'west' });
    const job = await desk.work('credit-score', { score: 720 });
    expect(job.variables).toMatchObject({ ssn: '42', providers: ['east', 'west'] });
    expect(job.headers).toEqual({ timeout: '30' });
    expect(await desk.variables(id)).toMatchObject({ creditScore: 720 });
    await desk.work('send-mail');
    expect(await desk.passed(id, 'EndEvent_offer')).toBe(1);
  });

  it.each([
    ['a bad score is declined', 100, 'terminated'],
    ['a score in between goes to people', 500, 'active'],
  ])('%s', async (_, score, status) => {
    const desk = await open('loan-application');
    const { id } = await desk.start('loan_application', { applicant: { ssn: '42' }, homeProvider: null });
    await desk.work('credit-score', { score });
    expect(await desk.status(id)).toBe(status);
    if (status === 'active')
      expect(await desk.task(id, 'Task_decide')).toMatchObject({ form: 'decide', groups: ['loan-officers'] });
  });

  it('an error of the worker is caught, with code and message', async () => {
    const desk = await open('loan-application');
    const { id } = await desk.start('loan_application', { applicant: { ssn: '42' }, homeProvider: null });
    await desk.refuse('credit-score', 'NO_SCORE', 'unknown number');
    expect(await desk.variables(id)).toMatchObject({ errorCode: 'NO_SCORE', errorMessage: 'unknown number' });
    await desk.complete(id, 'Task_decide', { decision: 'no' });
    expect(await desk.status(id)).toBe('terminated');
  });

  it('an order waits for goods and payment, and reminds every day', async () => {
    const desk = await open('order-fulfillment');
    const { id } = await desk.start('order-fulfillment');
    await desk.pass(DAY);
    await desk.work('remind');
    await desk.pass(DAY);
    await desk.work('remind');
    await desk.pass(5 * DAY);
    expect(await desk.passed(id, 'Event_reminded')).toBe(2);
    await desk.complete(id, 'Activity_pick');
    expect(await desk.status(id)).toBe('active');
    await desk.send('payment-received', null);
    await desk.work('ship');
    expect(await desk.status(id)).toBe('completed');
  });

  it('a document is reviewed by enough people, then signed by all, one after another', async () => {
    const desk = await open('document-review');
    const { id } = await desk.start('document-review', {
      reviewers: ['a', 'b', 'c'],
      signers: ['x', 'y'],
      document: { title: 'Plan' },
      rejected: false,
    });
    const tasks = await desk.store.listTasksOfCase(id);
    expect(tasks.map(({ assignee, dueAt }) => [assignee, dueAt])).toEqual(
      ['a', 'b', 'c'].map((name) => [name, NOW + 3 * DAY]),
    );
    expect(await desk.engine.taskVariables(tasks[2]!)).toMatchObject({ number: 2, title: 'Document Plan for c' });
    await desk.complete(id, 'Activity_review');
    expect(await desk.waiting(id)).toEqual(['Activity_review', 'Activity_review']);
    await desk.complete(id, 'Activity_review');
    for (const signer of ['x', 'y']) {
      await desk.engine.runDueJobs();
      expect(await desk.waiting(id)).toEqual(['Activity_sign']);
      expect((await desk.task(id, 'Activity_sign')).assignee).toBe(signer);
      await desk.complete(id, 'Activity_sign');
    }
    expect(await desk.status(id)).toBe('completed');
    expect(await desk.variables(id)).toMatchObject({ signatures: 2 });
  });

  it('timers wait as long as the case says, nag as often as the model says, and end by date', async () => {
    const desk = await open('subscription');
    const { id } = await desk.start('subscription', {
      trial: 'PT36H',
      expiresAt: '2026-03-10T09:00:00',
      customer: 'li',
      nags: 0,
    });
    await desk.pass(36 * HOUR - 1);
    expect(await desk.waiting(id)).toEqual([]);
    await desk.pass(1);
    expect(await desk.waiting(id)).toEqual(['Activity_renew']);
    await desk.pass(2 * DAY);
    expect(await desk.variables(id)).toMatchObject({ nags: 3 });
    await desk.pass(10 * DAY);
    expect(await desk.passed(id, 'EndEvent_lapsed')).toBe(1);
    expect(await desk.status(id)).toBe('completed');
  });

  it('messages open a case, interrupt it, take it on, and leave it through a worker', async () => {
    const desk = await open('complaint');
    const withdrawn = await desk.send('complaint.complaint', null, { handler: 'wang' });
    expect(await desk.task(withdrawn, 'Activity_answer')).toMatchObject({ groups: ['support'], users: ['li', 'wang'] });
    await desk.send('complaint.withdrawn', null);
    expect(await desk.status(withdrawn)).toBe('completed');
    const answered = await desk.send('complaint.complaint', null, { handler: 'wang' });
    await desk.complete(answered, 'Activity_answer', {}, { id: 'wang', name: 'wang', groups: [] });
    await desk.send('complaint.confirmed', null);
    expect(await desk.status(answered)).toBe('active');
    await desk.work('publish-closed');
    expect(await desk.status(answered)).toBe('completed');
  });

  it('a call activity passes what it names, and brings back what it names', async () => {
    const desk = await open('claim', 'damage-assessment');
    const { id } = await desk.start('claim', { damage: 8000, customer: { name: 'Zhao' }, secret: 1 });
    await desk.engine.runDueJobs();
    const [child] = await desk.store.listCases({ definitionKey: 'damage-assessment', limit: 2 });
    const inspect = await desk.task(child!.id, 'Activity_inspect');
    expect(await desk.engine.taskVariables(inspect)).toEqual({
      amount: 8000,
      name: 'Zhao',
      question: 'How much of 8000 is due to Zhao?',
    });
    await desk.complete(child!.id, 'Activity_inspect', { share: 0.75, suspicious: false });
    await desk.engine.runDueJobs();
    expect(await desk.variables(id)).toMatchObject({ assessedAmount: 6000 });
    expect(await desk.task(id, 'Activity_pay')).toMatchObject({ groups: ['seniors'] });
  });

  it('an error of the called process reaches the boundary event', async () => {
    const desk = await open('claim', 'damage-assessment');
    const { id } = await desk.start('claim', { damage: 8000, customer: { name: 'Zhao' } });
    await desk.engine.runDueJobs();
    const [child] = await desk.store.listCases({ definitionKey: 'damage-assessment', limit: 2 });
    await desk.complete(child!.id, 'Activity_inspect', { share: 1, suspicious: true });
    await desk.engine.runDueJobs();
    expect(await desk.passed(id, 'EndEvent_fraud')).toBe(1);
  });

  it('a worker gets lists and maps, and its failures pause as the model says', async () => {
    const desk = await open('onboarding');
    const { id } = await desk.start('employee-onboarding', {
      login: 'zhao',
      department: 'tax',
      remote: false,
      devices: [],
    });
    const job = await desk.fetch('create-account');
    expect(job.variables).toMatchObject({
      request: { login: 'zhao', quota: '20 GB', groups: ['staff', 'tax'] },
      note: null,
    });
    expect(job).toMatchObject({ headers: { system: 'ldap' }, maxAttempts: 3 });
    await desk.engine.failJob({ jobId: job.id, fence: job.fence, message: 'down' }, { id: 'w', name: 'w', groups: [] });
    await expect(desk.fetch('create-account')).rejects.toThrow('no job');
    await desk.pass(60_000);
    await desk.work('create-account', { accountId: 7 });
    expect(await desk.variables(id)).toMatchObject({ account: 7 });
    expect(await desk.waiting(id)).toEqual(['Activity_badge']);
    await desk.complete(id, 'Activity_badge');
    expect(await desk.status(id)).toBe('completed');
  });

  it.each([
    ['an error inside', async (desk: Awaited<ReturnType<typeof open>>) => desk.refuse('book-hotel', 'FULL'), 'FULL'],
    [
      'two days without a hotel',
      async (desk: Awaited<ReturnType<typeof open>>) => void (await desk.pass(2 * DAY)),
      undefined,
    ],
  ])('a sub-process is left by %s', async (_, leave, why) => {
    const desk = await open('travel');
    const { id } = await desk.start('travel-booking');
    await desk.engine.runDueJobs();
    await leave(desk);
    expect(await desk.waiting(id)).toEqual(['Activity_hand']);
    expect((await desk.variables(id)).why).toBe(why);
    await desk.complete(id, 'Activity_hand');
    expect(await desk.status(id)).toBe('completed');
  });

  it('a leave request goes back and forth until it is granted', async () => {
    const desk = await open('leave-request');
    const { id } = await desk.start('leave-request', { department: 'tax', days: 12, attempts: 1 });
    expect(await desk.waiting(id)).toEqual([]);
    await desk.engine.runDueJobs();
    expect(await desk.task(id, 'Activity_approve')).toMatchObject({
      groups: ['managers', 'tax-heads'],
      priority: 80,
      followUpAt: NOW + DAY,
    });
    await desk.complete(id, 'Activity_approve', { result: 'correct' });
    await desk.engine.runDueJobs();
    expect(await desk.task(id, 'Activity_correct')).toMatchObject({ assignee: APPLICANT.id });
    await desk.complete(id, 'Activity_correct');
    await desk.complete(id, 'Activity_approve', { result: 'ok' });
    await desk.engine.runDueJobs();
    expect(await desk.passed(id, 'Event_granted')).toBe(1);
    expect(await desk.status(id)).toBe('completed');
  });

  it('pools, lanes, data, groups and annotations may be drawn', async () => {
    expect(await findingsOf('camunda7/building-permit')).toEqual([]);
    const desk = await open('building-permit');
    const { id } = await desk.start('building-permit', { office: 'north' });
    expect(await desk.task(id, 'Activity_check')).toMatchObject({ groups: ['north'] });
    await desk.complete(id, 'Activity_check');
    expect(await desk.task(id, 'Activity_site')).toMatchObject({ groups: ['inspectors'] });
    await desk.complete(id, 'Activity_site');
    expect(await desk.status(id)).toBe('completed');
  });

  it('what only Java could do is refused by name', async () => {
    const findings = await findingsOf('camunda7/java-everywhere');
    expect(
      findings.filter((finding) => finding.startsWith('error')).map((finding) => finding.replace(/Flow_\w+/, 'Flow')),
    ).toEqual([
      'error condition-valid Flow',
      'error expression-valid Activity_call',
      'error expression-valid Activity_task',
      'error foreign-extension StartEvent_1',
      'error foreign-extension Activity_class',
      'error foreign-extension Activity_bean',
      'error foreign-extension Activity_connector',
      'error foreign-extension Activity_decide',
      'error foreign-extension Activity_task',
      'error script-format Activity_groovy',
      'error script-format Activity_js',
    ]);
  });
});
