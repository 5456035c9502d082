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
      'Goes to the case that waits longest for this name and key, or starts a case where a message start event carries the name.',
    permission: 'messages.send',
    body: Message,
    responses: { 200: MessageReceipt },
    problems: [404],
    handler: async ({ body, viewer }, { engine }) => {
      const message = { name: body.name, key: body.key ?? null, variables: body.variables as JsonObject };
      return ok(await engine.correlateMessage(message, actorOf(viewer)));
    },
  }),
];
