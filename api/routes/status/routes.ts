import { VERSION } from '../../version.ts';
import { instant } from '../present.ts';
import { catchesNotices } from '../../notice-channel.ts';
import { ok } from '../reply.ts';
import { Status } from './schema.ts';
import { route } from '../../http/route.ts';

export const statusRoutes = [
  route({
    method: 'get',
    path: '/status',
    operationId: 'getStatus',
    summary: 'What is running here',
    description: 'Mode, store, queue and the state of the web pages, for the banner and for monitoring.',
    permission: 'anyone',
    responses: { 200: Status },
    handler: (_request, { config, store, queue, engine, uiBuild, demoTime }) =>
      ok({
        name: 'OneVisit 一次办',
        version: VERSION,
        mode: config.mode,
        store: store.description,
        queue: queue(),
        dataDir: config.mode === 'demo' ? config.dataDir : null,
        now: instant(engine.now()),
        catchesNotices: catchesNotices(config),
        clockAheadMs: Math.round(demoTime?.aheadMs ?? 0),
        clockMovable: demoTime?.movable ?? false,
        uiBuild: uiBuild(),
      }),
  }),
];
