import { randomUUID } from 'node:crypto';
import { OPERATIONS, type Operation } from '../operations.ts';
import type { Doing, Person } from './caller.ts';

const ofCase = (action: string) => (id: string) => `/api/cases/${id}/${action}`;
const ofOrder = (action: string) => (number: string) => `/api/orders/${number}/${action}`;

/** What leaves words of its own. */
type Worded = Exclude<Operation, 'choose' | 'conclude'>;

const PATHS: Readonly<Record<Worded, (target: string) => string>> = {
  hold: ofCase('hold'),
  resume: ofCase('resume'),
  extend: ofCase('extend'),
  notice: ofCase('supplement-notices'),
  answer: ofCase('supplement-notices/answer'),
  urge: ofCase('urge'),
  order: ofCase('orders'),
  cancel: ofCase('cancel'),
  migrate: ofCase('migration'),
  modify: ofCase('modification'),
  reply: ofOrder('reply'),
  judge: ofOrder('verdict'),
  revoke: ofOrder('revoke'),
  reason: (id) => `/api/overdue-reasons/${id}/answer`,
};

/** With a key and words of its own. */
export function officeRequest(verb: Worded, target: string, by: Person, rest: Doing['data'] = {}): Doing {
  const body = { ...rest, [OPERATIONS[verb].words]: randomUUID() };
  return { verb, by, key: randomUUID(), target, path: PATHS[verb](target), body, data: body };
}

/** About several cases; the first keeps it. */
export function jointOrderRequest(cases: readonly [string, ...string[]], by: Person, rest: Doing['data']): Doing {
  return { ...officeRequest('order', cases[0], by, { ...rest, cases }), path: '/api/orders' };
}

/** Of what shall be done at an open ad-hoc sub-process; without activities: nothing more. */
export function choiceRequest(
  { id, token }: { id: string; token: string },
  by: Person,
  activities?: readonly string[],
): Doing {
  const [verb, action] = activities ? (['choose', 'activities'] as const) : (['conclude', 'complete'] as const);
  const body = activities ? { activities } : {};
  return {
    verb,
    by,
    key: randomUUID(),
    target: id,
    path: `/api/cases/${id}/choices/${token}/${action}`,
    body,
    data: body,
  };
}
