import type { Commit } from '../ports.ts';
import { keyInCase } from './keys.ts';

/**
 * Throws unless every value that becomes a column has that column's type, and the history has room. What passes can be
 * written, so it may be acknowledged before it is (see writer.ts). `case.too_long`
 */
export function refuseMalformed({ case: row, events, tasks, jobs, subscriptions, incidents, ...commit }: Commit): void {
  texts('case', row.id, row.number, row.definitionKey, row.title, row.status);
  textsOrNull('case', row.applicant, row.parent?.caseId);
  integers('case', row.rev, row.startedAt);
  integersOrNull('case', row.dueAt, row.yellowAt, row.statutoryAt ?? null);
  for (const { seq } of events) {
    integers('event', seq);
    keyInCase(0, seq);
  }
  for (const task of tasks) {
    texts('task', task.id, task.status, ...task.groups);
    textsOrNull('task', task.department, task.assignee);
    integersOrNull('task', task.dueAt, task.yellowAt, task.statutoryAt ?? null);
  }
  for (const job of jobs.put) {
    texts('job', job.id);
    textsOrNull('job', job.topic, job.owner, job.lastError);
    integers('job', job.dueAt, job.attempts, job.leaseUntil, job.fence);
  }
  for (const subscription of subscriptions.put) {
    texts('subscription', subscription.id, subscription.name);
    textsOrNull('subscription', subscription.key);
  }
  for (const incident of incidents.put) texts('incident', incident.id, incident.definitionKey, incident.caseId);
  for (const { collection, id, tags = [] } of commit.documents ?? []) texts('document', collection, id, ...tags);
  texts('commit', commit.caseId, ...jobs.remove, ...subscriptions.remove, ...incidents.remove);
  if (commit.receipt) {
    texts('receipt', commit.receipt.key);
    integers('receipt', commit.receipt.expiresAt);
  }
}

function texts(noun: string, ...values: unknown[]): void {
  for (const value of values) if (typeof value !== 'string') throw malformed(noun, 'a text', value);
}

function textsOrNull(noun: string, ...values: unknown[]): void {
  for (const value of values) if (value != null) texts(noun, value);
}

function integers(noun: string, ...values: unknown[]): void {
  for (const value of values) if (!Number.isSafeInteger(value)) throw malformed(noun, 'a whole number', value);
}

function integersOrNull(noun: string, ...values: unknown[]): void {
  for (const value of values) if (value !== null) integers(noun, value);
}

function malformed(noun: string, wanted: string, found: unknown): Error {
  return new TypeError(`Expected every column of a ${noun} to be ${wanted}, but one is ${JSON.stringify(found)}`);
}
