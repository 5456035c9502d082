import { listHoldReasons, putHoldReasons } from '../../../processes/casework/index.ts';
import { may } from '../../../processes/directory/index.ts';
import { route } from '../../http/route.ts';
import { ok } from '../reply.ts';
import { HoldReasonList, HoldReasonUpdate } from './schema.ts';

export const holdReasonRoutes = [
  route({
    method: 'get',
    path: '/hold-reasons',
    operationId: 'listHoldReasons',
    summary: 'Local reasons to stop a clock',
    description: 'Beside the eight reasons of the law: those that the administrator has entered, each with its basis.',
    permission: 'cases.read',
    responses: { 200: HoldReasonList },
    handler: async ({ viewer }, house) =>
      ok({ items: [...(await listHoldReasons(house.store))], can: { edit: may(viewer, 'holdReasons.edit') } }),
  }),
  route({
    method: 'put',
    path: '/hold-reasons',
    operationId: 'putHoldReasons',
    summary: 'Enter the local reasons to stop a clock',
    description:
      'Takes the place of the list before. What is held already goes on. A site visit is refused: it does not stop the clock.',
    permission: 'holdReasons.edit',
    body: HoldReasonUpdate,
    responses: { 200: HoldReasonList },
    handler: async ({ body }, house) => {
      await putHoldReasons(house.store, body.items);
      return ok({ items: [...(await listHoldReasons(house.store))], can: { edit: true } });
    },
  }),
];
