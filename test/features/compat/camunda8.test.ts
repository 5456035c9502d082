import { describe, expect, it } from '@jest/globals';
import { deskWith, findingsOf } from '../../support/desk.ts';
import { at } from '../../support/office.ts';

const NOW = at('2026-03-02');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const open = (name: string, ...more: string[]) => deskWith(...[name, ...more].map((file) => `camunda8/${file}`));

describe('a model of Camunda Modeler for Camunda 8', () => {
  it('an invoice is assigned, scheduled and archived', async () => {
    const desk = await open('invoice');
    const { id } = await desk.start('Process_invoice', { amount: 1500, approver: null });
    const approve = await desk.task(id, 'Activity_approve');
    expect(approve).toMatchObject({ status: 'open', groups: ['management'], form: 'approve', priority: 80 });
    expect(approve).toMatchObject({ dueAt: NOW + 7 * DAY, followUpAt: NOW + 2 * DAY });
    await desk.complete(id, 'Activity_approve', { approved: true });
    expect(await desk.task(id, 'Activity_transfer')).toMatchObject({
      groups: ['accounting', 'treasury'],
      users: ['li'],
    });
    await desk.complete(id, 'Activity_transfer');
    expect(await desk.work('archive')).toMatchObject({ maxAttempts: 5 });
    expect(await desk.passed(id, 'EndEvent_paid')).toBe(1);
  });

  it('an invoice that is not approved takes the default flow', async () => {
    const desk = await open('invoice');
    const { id } = await desk.start('Process_invoice', { amount: 15, approver: 'mary' });
    expect(await desk.task(id, 'Activity_approve')).toMatchObject({ assignee: 'mary', priority: 50 });
    await desk.complete(id, 'Activity_approve', { approved: false });
    expect(await desk.passed(id, 'EndEvent_rejected')).toBe(1);
  });

  it('a loan is scored by a worker that gets headers and mapped variables', async () => {
    const desk = await open('loan-application');
    const { id } = await desk.start('Process_loan', { applicant: { ssn: '42' }, tries: 7, decision: null });
    const job = await desk.work('credit-score', { result: { score: 720 } });
    expect(job).toMatchObject({ maxAttempts: 7, headers: { method: 'POST', timeout: '30' } });
    expect(job.variables).toMatchObject({ ssn: '42', provider: 'east' });
    expect(await desk.variables(id)).toEqual({ applicant: { ssn: '42' }, tries: 7, decision: null, creditScore: 720 });
    await desk.work('send-mail');
    expect(await desk.status(id)).toBe('completed');
  });

  it('an error of the worker is caught by its code', async () => {
    const desk = await open('loan-application');
    const { id } = await desk.start('Process_loan', { applicant: { ssn: '42' }, tries: 1, creditScore: 0 });
    await desk.refuse('credit-score', 'NO_SCORE', 'unknown', { reason: 'moved' });
    expect(await desk.task(id, 'Activity_decide')).toMatchObject({ groups: ['loan-officers'] });
    await desk.complete(id, 'Activity_decide', { decision: 'no' });
    expect(await desk.status(id)).toBe('terminated');
  });

  it('messages find the order by its key', async () => {
    const desk = await open('order-process');
    const { id } = await desk.start('order-process', { orderId: 'A-1', patience: 'P2D', late: false });
    const other = await desk.start('order-process', { orderId: 'A-2', patience: 'P2D', late: false });
    expect(await desk.send('payment-received', 'A-1', { amount: 5 })).toBe(id);
    await expect(desk.send('payment-received', 'A-1')).rejects.toMatchObject({ code: 'message.nobody_waits' });
    await desk.send('address', 'A-1');
    // either order's goods
    await desk.work('pick');
    await desk.work('pick');
    const ship = await desk.work('ship');
    expect(ship.variables).toMatchObject({ order: { paid: 5, late: false } });
    expect([await desk.status(id), await desk.status(other.id)]).toEqual(['completed', 'active']);
  });

  it('a timer with an expression ends the patience', async () => {
    const desk = await open('order-process');
    const { id } = await desk.start('order-process', { orderId: 'A-1', patience: 'P2D' });
    await desk.pass(2 * DAY);
    expect(await desk.variables(id)).toMatchObject({ late: true });
  });

  it('a batch is checked side by side and collects what came out, in order', async () => {
    const desk = await open('batch-check');
    const { id } = await desk.start('batch-check', {
      items: [{ id: 'a' }, { id: 'b' }],
      reviewers: ['x', 'y'],
      enough: false,
    });
    const jobs = await desk.engine.fetchJobs({ worker: 'w', topics: ['check-item'], max: 5, leaseMs: 60_000 });
    expect(jobs.map(({ variables }) => [variables.id, variables.number]).sort()).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
    for (const { id: jobId, fence, variables } of [...jobs].reverse()) {
      await desk.engine.completeJob(
        { jobId, fence, variables: { verdict: `good ${JSON.stringify(variables.id)}` } },
        { id: 'w', name: 'w', groups: [] },
      );
    }
    expect(await desk.variables(id)).toMatchObject({
      verdicts: [
        { id: 'a', verdict: 'good "a"' },
        { id: 'b', verdict: 'good "b"' },
      ],
    });
    expect((await desk.task(id, 'Activity_review')).assignee).toBe('x');
    await desk.complete(id, 'Activity_review', { enough: true });
    expect(await desk.status(id)).toBe('completed');
  });

  it('timers are computed, repeated, and dated', async () => {
    const desk = await open('reminders');
    const { id } = await desk.start('reminders', { hours: 3, deadline: '2026-03-04T09:00:00', nags: 0 });
    await desk.pass(3 * HOUR);
    expect(await desk.waiting(id)).toEqual(['Activity_file']);
    await desk.pass(DAY);
    expect(await desk.variables(id)).toMatchObject({ nags: 2 });
    await desk.pass(2 * DAY);
    expect(await desk.passed(id, 'EndEvent_over')).toBe(1);
  });

  it('a ticket takes more details, and is answered or closed', async () => {
    const desk = await open('ticket');
    const id = await desk.send('ticket.opened', null, { ticketId: 'T', groups: ['support'], notes: [] });
    await desk.send('ticket.details', 'T', { note: 'red' });
    await desk.send('ticket.details', 'T', { note: 'blue' });
    expect(await desk.variables(id)).toMatchObject({ notes: ['red', 'blue'] });
    expect(await desk.waiting(id)).toEqual(['Activity_answer']);
    await desk.complete(id, 'Activity_answer');
    await desk.work('publish-answer');
    expect(await desk.status(id)).toBe('completed');
    const other = await desk.send('ticket.opened', null, { ticketId: 'U', groups: ['support'], notes: [] });
    await desk.send('ticket.closed', 'U');
    expect(await desk.passed(other, 'EndEvent_closed')).toBe(1);
  });

  it('a call activity passes and returns what its mappings say', async () => {
    const desk = await open('claim', 'assessment');
    const { id } = await desk.start('claim-process', { damage: 8000, secret: 1 });
    const job = await desk.work('inspect', { share: 0.5, fraud: false });
    expect(job.variables).toEqual({ amount: 8000 });
    expect(await desk.variables(id)).toEqual({ damage: 8000, secret: 1, assessedAmount: 4000 });
    expect(await desk.task(id, 'Activity_pay')).toMatchObject({ groups: ['clerks'] });
  });

  it('an error of the called process reaches the caller', async () => {
    const desk = await open('claim', 'assessment');
    const { id } = await desk.start('claim-process', { damage: 8000 });
    await desk.work('inspect', { share: 0, fraud: true });
    expect(await desk.passed(id, 'EndEvent_fraud')).toBe(1);
  });

  it('job types and tries are computed; rules and scripts may be a worker’s', async () => {
    const desk = await open('notification');
    const { id } = await desk.start('notification', { channel: 'sms', urgent: true });
    expect(await desk.work('notify-sms')).toMatchObject({ maxAttempts: 5, headers: { template: 'welcome' } });
    await desk.work('decide');
    expect(await desk.work('run-script')).toMatchObject({ node: 'Activity_script', headers: { language: 'python' } });
    expect(await desk.status(id)).toBe('completed');
  });

  it('scripts are FEEL, conditions with and without the leading =', async () => {
    const desk = await open('pricing');
    const { id } = await desk.start('pricing', { lines: [{ price: 50, count: 4 }] });
    expect(await desk.variables(id)).toMatchObject({ total: 180, gift: 'pen' });
    expect(await desk.status(id)).toBe('completed');
  });

  it('a sub-process has its own variables, and any error leaves it', async () => {
    const desk = await open('trip');
    const { id } = await desk.start('trip', { city: 'Suzhou' });
    expect((await desk.work('book-hotel', { hotel: 'Lake' })).variables).toMatchObject({ where: 'Suzhou' });
    expect(await desk.variables(id)).toMatchObject({ bookedHotel: 'Lake' });
    expect(await desk.variables(id)).not.toHaveProperty('where');
    const full = await desk.start('trip', { city: 'Suzhou' });
    await desk.refuse('book-hotel', 'FULL');
    expect(await desk.task(full.id, 'Activity_hand')).toMatchObject({
      form: 'https://forms.example/travel',
      groups: ['travel-desk'],
    });
  });

  it('lanes are departments where a task names nobody', async () => {
    const desk = await open('permit');
    const { id } = await desk.start('permit', { office: ['north'] });
    expect(await desk.task(id, 'Activity_check')).toMatchObject({ groups: ['front-desk'] });
    await desk.complete(id, 'Activity_check');
    expect(await desk.task(id, 'Activity_visit')).toMatchObject({ groups: ['north'] });
  });

  it('listeners and decision tables are refused by name, the rest is told', async () => {
    expect(await findingsOf('camunda8/listeners-everywhere')).toEqual([
      'error foreign-extension StartEvent_1',
      'error foreign-extension Activity_decide',
      'error foreign-extension Activity_task',
      'warning foreign-extension listeners-everywhere',
      'warning foreign-extension Activity_robot',
    ]);
  });
});
