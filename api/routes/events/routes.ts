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
      'Server-sent events: `case` with {caseId, rev, number} for each change of a case you may see, on whichever node it was made; a change may be told twice. A client that comes back with Last-Event-ID is told `reload` first: what it missed is not told one by one, so look again at what you show. `reload` also comes when the node may have missed changes of other nodes, and when the clock of a demo was moved. Comments keep the connection open.',
    permission: 'signed-in',
    responses: { 200: { content: 'text/event-stream', description: 'Events until the client leaves' } },
    handler: ({ viewer, lastEventId, leaving }, house) => ({
      ...ok(caseFeed(house, viewer, leaving(), lastEventId !== undefined)),
      headers: { 'Cache-Control': 'no-cache, no-transform', 'X-Accel-Buffering': 'no' },
    }),
  }),
];
