import { ok } from '../reply.ts';
import { caseFeed } from './case-feed.ts';
import { route } from '../../http/route.ts';

export const eventRoutes = [
  route({
    method: 'get',
    path: '/events',
    operationId: 'streamEvents',
    summary: 'Live changes',
    description:
      'Server-sent events: `case` with {caseId, rev, number} for each change of a case you may see. Comments keep the connection open.',
    permission: 'signed-in',
    responses: { 200: { content: 'text/event-stream', description: 'Events until the client leaves' } },
    handler: ({ viewer, leaving }, house) => ({
      ...ok(caseFeed(house, viewer, leaving())),
      headers: { 'Cache-Control': 'no-cache, no-transform', 'X-Accel-Buffering': 'no' },
    }),
  }),
];
