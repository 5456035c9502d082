import { z } from 'zod';
import { Rejection } from '../../../engine/index.ts';
import { route } from '../../http/route.ts';
import type { Branch } from '../../../processes/casework/index.ts';
import { ownBranches } from '../cases/present-branches.ts';
import { getVisibleCase } from '../cases/visible-case.ts';
import { caseOfReason, reasonNotFound, reasonOf } from '../../../processes/supervision/index.ts';
import { OrderParams } from '../orders/schema.ts';
import { getVisibleOrder } from '../orders/visible-order.ts';
import { ok } from '../reply.ts';
import { IdParams } from '../vocabulary.ts';
import { DueDateAnswer, DueDateReason, WhyCaseQuery, WhyQuery } from './schema.ts';
import { whyBranchDue } from './why-branch.ts';
import { whyReasonDue } from './why-reason.ts';
import { whySupplementDue } from './why-supplement.ts';
import { whyCaseDue, whyHoldDue, whyOrderDue, whyTaskDue } from './why.ts';

const WHY =
  'Every step from the start to the date, with articles and calendar version, counted again now; held, why there is none yet. Lists stay small: ask for the date you doubt.';

const BranchParams = IdParams.extend({ department: z.string().min(1).max(64).describe('Id of the department') });

export const whyRoutes = [
  route({
    method: 'get',
    path: '/cases/:id/due-date',
    operationId: 'explainCaseDueDate',
    summary: 'Why the case is due then',
    description: `${WHY} 404 \`due_date.none\` where nothing limits the case so.`,
    permission: 'cases.read',
    params: IdParams,
    query: WhyCaseQuery,
    responses: { 200: DueDateReason },
    problems: [404],
    handler: async ({ params, query, viewer }, house) => {
      const { row } = await getVisibleCase(house, params.id, viewer);
      if (query.of === 'supplement') return ok(await whySupplementDue(house, row, query.supplement));
      if (query.of === 'hold') return ok(await whyHoldDue(house, row, query.hold));
      return ok(await whyCaseDue(house, row, query.of, query.phase));
    },
  }),
  route({
    method: 'get',
    path: '/cases/:id/branches/:department/due-date',
    operationId: 'explainBranchDueDate',
    summary: 'Why the time of a department ends then',
    description: `${WHY} Of its own clock in a case: days on which it was at no step with a promise are not counted. 404 \`due_date.none\` where its steps promise nothing, or it has not come to the first that does.`,
    permission: 'cases.read',
    params: BranchParams,
    responses: { 200: DueDateAnswer },
    problems: [404],
    handler: async ({ params, viewer }, house) => {
      const { row, tasks } = await getVisibleCase(house, params.id, viewer);
      const { parties } = await ownBranches(house, row, tasks);
      const isAsked = ({ party }: Branch) => typeof party === 'object' && party.department === params.department;
      return ok(await whyBranchDue(house, row, parties.find(isAsked)));
    },
  }),
  route({
    method: 'get',
    path: '/tasks/:id/due-date',
    operationId: 'explainTaskDueDate',
    summary: 'Why the task is due then',
    description: `${WHY} For everybody who sees the case of the task. 404 \`due_date.none\` where nothing limits the step so.`,
    permission: 'cases.read',
    params: IdParams,
    query: WhyQuery,
    responses: { 200: DueDateReason },
    problems: [404],
    handler: async ({ params, query, viewer }, house) => {
      const task = await house.store.findTask(params.id);
      const seen = task && (await getVisibleCase(house, task.caseId, viewer).catch(notSeen));
      if (!seen)
        throw new Rejection('not-found', 'task.not_found', `Expected task '${params.id}', but there is none to see`, {
          task: params.id,
        });
      return ok(await whyTaskDue(house, task, query.of));
    },
  }),
  route({
    method: 'get',
    path: '/orders/:number/due-date',
    operationId: 'explainOrderDueDate',
    summary: 'Why the reply to an order is due then',
    description: `${WHY} 404 \`due_date.none\` where the order does not tell in how many days.`,
    permission: 'orders.read',
    params: OrderParams,
    responses: { 200: DueDateReason },
    problems: [404],
    handler: async ({ params, viewer }, house) =>
      ok(whyOrderDue(house, await getVisibleOrder(house, params.number, viewer))),
  }),
  route({
    method: 'get',
    path: '/overdue-reasons/:id/due-date',
    operationId: 'explainReasonDueDate',
    summary: 'Why the date was that one of which a public reason is asked',
    description: `${WHY} For everybody who sees the case. Where the date has moved since, of how it stands now: then \`agrees\` is false.`,
    permission: 'cases.read',
    params: IdParams,
    responses: { 200: DueDateReason },
    problems: [404],
    handler: async ({ params: { id }, viewer }, house) => {
      const seen = await getVisibleCase(house, caseOfReason(id), viewer).catch(notSeen);
      const reason = seen && reasonOf(seen.row, id);
      if (!reason) throw reasonNotFound(id);
      return ok(await whyReasonDue(house, seen, reason));
    },
  }),
];

function notSeen(error: unknown): undefined {
  if (!(error instanceof Rejection) || error.kind !== 'not-found') throw error;
  return undefined;
}
