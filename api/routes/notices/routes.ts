import { caughtNotices } from '../../../processes/notices/index.ts';
import { HttpProblem } from '../../http/http-problem.ts';
import { route } from '../../http/route.ts';
import { catchesNotices } from '../../notice-channel.ts';
import { readPage } from '../page.ts';
import { ok } from '../reply.ts';
import { presentNotice } from './present.ts';
import { NoticeList, NoticeQuery } from './schema.ts';

export const noticeRoutes = [
  route({
    method: 'get',
    path: '/demo/notices',
    operationId: 'listCaughtNotices',
    summary: 'What the message catcher caught',
    description:
      '消息箱: every notice to anybody, newest first. The demo sends nothing out; a house that sends its notices somewhere, as production does, has no catcher.',
    permission: 'signed-in',
    query: NoticeQuery,
    responses: { 200: NoticeList },
    problems: [404],
    handler: async ({ query }, house) => {
      if (!catchesNotices(house.config)) throw new HttpProblem(404, 'notices.not_caught');
      const { to, kind, case: caseId } = query;
      const { rows, next } = await readPage(query, { key: 'string' }, (after, limit) =>
        caughtNotices(house.store, { to, kind, caseId, before: after?.key, limit }),
      );
      return ok({ items: rows.map(({ notice }) => presentNotice(notice)), next });
    },
  }),
];
