import { randomUUID } from 'node:crypto';
import { OPERATIONS, type Operation } from '../operations.ts';
import type { Doing, Person } from './caller.ts';

const ofCase = (action: string) => (id: string) => `/api/cases/${id}/${action}`;
const ofOrder = (action: string) => (number: string) => `/api/orders/${number}/${action}`;

const PATHS: Readonly<Record<Operation, (target: string) => string>> = {
  hold: ofCase('hold'),
  resume: ofCase('resume'),
  extend: ofCase('extend'),
  notice: ofCase('supplement-notices'),
  answer: ofCase('supplement-notices/answer'),
  urge: ofCase('urge'),
  order: ofCase('orders'),
  cancel: ofCase('cancel'),
  migrate: ofCase('migration'),
  reply: ofOrder('reply'),
  judge: ofOrder('verdict'),
  revoke: ofOrder('revoke'),
  reason: (id) => `/api/overdue-reasons/${id}/answer`,
};

/** With a key and words of its own. */
export function officeRequest(verb: Operation, target: string, by: Person, rest: Doing['data'] = {}): Doing {
  const body = { ...rest, [OPERATIONS[verb].words]: randomUUID() };
  return { verb, by, key: randomUUID(), target, path: PATHS[verb](target), body, data: body };
}
