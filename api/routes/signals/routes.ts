import type { JsonObject } from '../../../engine/kernel/json.ts';
import { actorOf } from '../../../processes/casework/index.ts';
import { route } from '../../http/route.ts';
import { ok } from '../reply.ts';
import { Signal, SignalReceipt } from './schema.ts';

export const signalRoutes = [
  route({
    method: 'post',
    path: '/signals',
    operationId: 'broadcastSignal',
    summary: 'Send a signal to all cases',
    description:
      'Reaches every case that waits for it and starts a case at every signal start event of a newest version. Answers as soon as it is on its way for good; nobody waiting is no problem.',
    permission: 'messages.send',
    body: Signal,
    responses: { 200: SignalReceipt },
    handler: async ({ body: { name, variables }, viewer, receipts }, { engine }) => {
      const signal = { name, variables: variables as JsonObject };
      return ok(
        await engine.broadcastSignal(
          signal,
          actorOf(viewer),
          receipts.keep(200, (receipt) => receipt),
        ),
      );
    },
  }),
];
