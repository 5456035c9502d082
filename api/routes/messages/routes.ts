import type { JsonObject } from '../../../engine/kernel/json.ts';
import { actorOf } from '../../../processes/casework/index.ts';
import { ok } from '../reply.ts';
import { Message, MessageReceipt } from './schema.ts';
import { route } from '../../http/route.ts';

export const messageRoutes = [
  route({
    method: 'post',
    path: '/messages',
    operationId: 'sendMessage',
    summary: 'Send a message to cases',
    description:
      'Goes to the case that waits longest for this name and key, or starts a case where a message start event carries the name. With a time to live it is kept until a case waits for it; without, nobody waiting is a problem.',
    permission: 'messages.send',
    body: Message,
    responses: { 200: MessageReceipt },
    problems: [404],
    handler: async ({ body, viewer, receipts }, { engine }) => {
      const { name, key, timeToLive, messageId } = body;
      const message = {
        name,
        key: key ?? null,
        variables: body.variables as JsonObject,
        ...(timeToLive !== undefined && { timeToLive }),
        ...(messageId !== undefined && { id: messageId }),
      };
      return ok(
        await engine.publishMessage(
          message,
          actorOf(viewer),
          receipts.keep(200, (receipt) => receipt),
        ),
      );
    },
  }),
];
