import type { z } from 'zod';
import { listUndelivered, resendNotice } from '../../../processes/notices/index.ts';
import type { UndeliveredNotice as Undelivered } from '../../../processes/notices/index.ts';
import { HttpProblem } from '../../http/http-problem.ts';
import { plainSentences } from '../../http/sentences/index.ts';
import { route } from '../../http/route.ts';
import type { House } from '../../house.ts';
import { sendsNotices } from '../../notice-channel.ts';
import { readPage } from '../page.ts';
import { instant } from '../present.ts';
import { ok } from '../reply.ts';
import { PageQuery } from '../vocabulary.ts';
import { presentNotice } from './present.ts';
import { UndeliveredNotice, UndeliveredNoticeList, UndeliveredNoticeParams } from './schema.ts';

export const undeliveredNoticeRoutes = [
  route({
    method: 'get',
    path: '/undelivered-notices',
    operationId: 'listUndeliveredNotices',
    summary: 'Notices that did not arrive',
    description: 'Those that were given up after about a day of tries, the newest first.',
    permission: 'notices.resend',
    query: PageQuery,
    responses: { 200: UndeliveredNoticeList },
    handler: async ({ query }, house) => {
      const { rows, next } = await readPage(query, { key: 'string' }, (after, limit) =>
        listUndelivered(house.store, { before: after?.key, limit }),
      );
      return ok({ items: rows.map((row) => present(house, row)), next });
    },
  }),
  route({
    method: 'post',
    path: '/undelivered-notices/:id/resend',
    operationId: 'resendNotice',
    summary: 'Send a notice again',
    description: 'Under the id that it has always had, so that a receiver who got it after all knows it by that.',
    permission: 'notices.resend',
    params: UndeliveredNoticeParams,
    responses: { 200: UndeliveredNotice },
    problems: [404],
    handler: async ({ params, viewer, receipts }, house) => {
      if (!sendsNotices(house.config)) throw new HttpProblem(409, 'notice.no_channel');
      const shown = (undelivered: Undelivered) => present(house, undelivered);
      return ok(shown(await resendNotice(house, params.id, viewer, receipts.keep(200, shown))));
    },
  }),
];

function present(house: House, undelivered: Undelivered): z.input<typeof UndeliveredNotice> {
  const { key, notice, status, failedAt, error, tries, code = null } = undelivered;
  return {
    id: key,
    notice: presentNotice(notice),
    status,
    code,
    why: (code !== null && plainSentences(code)) || null,
    error,
    tries,
    failedAt: instant(failedAt),
    can: { resend: status === 'failed' && sendsNotices(house.config) },
  };
}
