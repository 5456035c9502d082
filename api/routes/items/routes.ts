import { ok } from '../reply.ts';
import { getItem, listItems } from './guide.ts';
import { ItemDetail, Items, KeyParams } from './schema.ts';
import { route } from '../../http/route.ts';

export const itemRoutes = [
  route({
    method: 'get',
    path: '/items',
    operationId: 'listItems',
    summary: 'What may be started',
    description: 'The items (事项) an applicant may start, from the newest version of each definition that has one.',
    permission: 'signed-in',
    responses: { 200: Items },
    handler: async ({ viewer }, house) => ok(await listItems(house, viewer)),
  }),
  route({
    method: 'get',
    path: '/items/:key',
    operationId: 'getItem',
    summary: 'One item',
    description: 'With its guide: materials, steps, and the form to fill in.',
    permission: 'signed-in',
    params: KeyParams,
    responses: { 200: ItemDetail },
    problems: [404],
    handler: async ({ params, viewer }, house) => ok(await getItem(house, params.key, viewer)),
  }),
];
