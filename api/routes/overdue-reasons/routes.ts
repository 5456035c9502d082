import { giveReason, listReasons, type OverdueReason as Reason } from '../../../processes/supervision/index.ts';
import { route } from '../../http/route.ts';
import { readPage } from '../page.ts';
import { ok } from '../reply.ts';
import { IdParams } from '../vocabulary.ts';
import { presentReason } from './present.ts';
import { OverdueReason, OverdueReasonAnswer, OverdueReasonList, OverdueReasonQuery } from './schema.ts';

export const overdueReasonRoutes = [
  route({
    method: 'get',
    path: '/overdue-reasons',
    operationId: 'listOverdueReasons',
    summary: 'Public reasons for being overdue',
    description:
      '超期原因: asked for where a promise has passed, and given. Supervisors see all, handlers those of their departments. Newest first.',
    permission: 'orders.read',
    query: OverdueReasonQuery,
    responses: { 200: OverdueReasonList },
    handler: async ({ query, viewer }, house) => {
      const { department, status } = query;
      const { rows, next } = await readPage(query, { key: 'string' }, (after, limit) =>
        listReasons(house, { department, status, before: after?.key, limit }, viewer),
      );
      return ok({ items: rows.map(({ reason }) => presentReason(house, reason, viewer)), next });
    },
  }),
  route({
    method: 'post',
    path: '/overdue-reasons/:id/answer',
    operationId: 'giveOverdueReason',
    summary: 'Give the public reason',
    description: 'For the department that was asked, once. The applicant is told; the case page shows it.',
    permission: 'reasons.give',
    params: IdParams,
    body: OverdueReasonAnswer,
    responses: { 200: OverdueReason },
    problems: [404],
    handler: async ({ params, body, viewer, receipts }, house) => {
      const present = (reason: Reason) => presentReason(house, reason, viewer);
      return ok(present(await giveReason(house, { ...params, ...body }, viewer, receipts.keep(200, present))));
    },
  }),
];
