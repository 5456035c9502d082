import type { JsonObject } from '../../../engine/kernel/json.ts';
import { answerSupplement, noticeSupplement, refuseAnswer, refuseNotice } from '../../../processes/casework/index.ts';
import { route } from '../../http/route.ts';
import { ok } from '../reply.ts';
import { IdParams } from '../vocabulary.ts';
import { casePresenter } from './present.ts';
import { CaseBrief } from './schema.ts';
import { SupplementAnswer, SupplementNotice } from './supplement-schema.ts';
import { getVisibleCase } from './visible-case.ts';

export const supplementRoutes = [
  route({
    method: 'post',
    path: '/cases/:id/supplement-notices',
    operationId: 'noticeSupplement',
    summary: 'Tell the applicant what to supplement',
    description:
      '一次性告知补正, while the acceptance is under review: the review stands still until the applicant answers, and begins anew then. Without an answer in time the application is returned. A second notice needs a reason.',
    permission: 'cases.supplement',
    params: IdParams,
    body: SupplementNotice,
    responses: { 200: CaseBrief },
    problems: [403, 404],
    handler: async ({ params, body, viewer, receipts }, house) => {
      const { row } = await getVisibleCase(house, params.id, viewer);
      const refusal = refuseNotice(viewer, row);
      if (refusal) throw refusal;
      const present = await casePresenter(house, row, viewer);
      return ok(present(await noticeSupplement(house, row, body, viewer, receipts.keep(200, present))));
    },
  }),
  route({
    method: 'post',
    path: '/cases/:id/supplement-notices/answer',
    operationId: 'answerSupplement',
    summary: 'Hand in what was missing',
    description:
      'For the applicant of the case, all at once: what does something about some defects only is refused, and names the others. The acceptance review begins anew from now.',
    permission: 'cases.answer',
    params: IdParams,
    body: SupplementAnswer,
    responses: { 200: CaseBrief },
    problems: [403, 404],
    handler: async ({ params, body, viewer, receipts }, house) => {
      const { row } = await getVisibleCase(house, params.id, viewer);
      const refusal = refuseAnswer(viewer, row);
      if (refusal) throw refusal;
      const present = await casePresenter(house, row, viewer);
      const answer = { ...body, data: body.data as JsonObject };
      return ok(present(await answerSupplement(house, row, answer, viewer, receipts.keep(200, present))));
    },
  }),
];
