import type { Person } from '../../../processes/directory/index.ts';
import {
  issueOrder,
  judgeOrder,
  listOrders,
  replyToOrder,
  revokeOrder,
  type Order as SupervisionOrder,
} from '../../../processes/supervision/index.ts';
import { route } from '../../http/route.ts';
import type { House } from '../../house.ts';
import { getVisibleCase } from '../cases/visible-case.ts';
import { readPage } from '../page.ts';
import { created, ok } from '../reply.ts';
import { IdParams } from '../vocabulary.ts';
import { presentOrder } from './present.ts';
import { getVisibleOrder } from './visible-order.ts';
import {
  DepartmentOrder,
  Order,
  OrderIssue,
  OrderList,
  OrderParams,
  OrderQuery,
  OrderReply,
  OrderRevocation,
  OrderVerdict,
} from './schema.ts';

export const orderRoutes = [
  route({
    method: 'post',
    path: '/cases/:id/orders',
    operationId: 'issueOrder',
    summary: 'Order a department to act',
    description: '督办: the head of the department is told, and replies within so many working days.',
    permission: 'orders.issue',
    params: IdParams,
    body: OrderIssue,
    responses: { 201: Order },
    problems: [404],
    handler: async ({ params, body, viewer, receipts }, house) => {
      const { row } = await getVisibleCase(house, params.id, viewer);
      const present = presenter(house, viewer);
      return created(
        present(await issueOrder(house, { ...body, cases: [row.id] }, viewer, receipts.keep(201, present))),
      );
    },
  }),
  route({
    method: 'post',
    path: '/orders',
    operationId: 'issueDepartmentOrder',
    summary: 'Order a department to act on several cases',
    description: '督办: one order about all of them, with one reply. The history of each case tells of it.',
    permission: 'orders.issue',
    body: DepartmentOrder,
    responses: { 201: Order },
    problems: [404],
    handler: async ({ body, viewer, receipts }, house) => {
      await Promise.all(body.cases.map((id) => getVisibleCase(house, id, viewer)));
      const present = presenter(house, viewer);
      return created(present(await issueOrder(house, body, viewer, receipts.keep(201, present))));
    },
  }),
  route({
    method: 'get',
    path: '/orders',
    operationId: 'listOrders',
    summary: 'Supervision orders',
    description: '督办单: supervisors see all, handlers those of their departments. Newest first.',
    permission: 'orders.read',
    query: OrderQuery,
    responses: { 200: OrderList },
    handler: async ({ query, viewer }, house) => {
      const { department, status } = query;
      const { rows, next } = await readPage(query, { number: 'string' }, (after, limit) =>
        listOrders(house, { department, status, before: after?.number, limit }, viewer),
      );
      return ok({ items: rows.map(presenter(house, viewer)), next });
    },
  }),
  route({
    method: 'get',
    path: '/orders/:number',
    operationId: 'getOrder',
    summary: 'One supervision order',
    description: 'With its reply and verdict.',
    permission: 'orders.read',
    params: OrderParams,
    responses: { 200: Order },
    problems: [404],
    handler: async ({ params, viewer }, house) =>
      ok(presentOrder(house, await getVisibleOrder(house, params.number, viewer), viewer)),
  }),
  route({
    method: 'post',
    path: '/orders/:number/reply',
    operationId: 'replyToOrder',
    summary: 'Reply to an order',
    description: 'The head of the department replies; whoever works there where no head is named.',
    permission: 'orders.reply',
    params: OrderParams,
    body: OrderReply,
    responses: { 200: Order },
    problems: [403, 404],
    handler: async ({ params, body, viewer, receipts }, house) => {
      const present = presenter(house, viewer);
      return ok(present(await replyToOrder(house, { ...params, ...body }, viewer, receipts.keep(200, present))));
    },
  }),
  route({
    method: 'post',
    path: '/orders/:number/verdict',
    operationId: 'judgeOrder',
    summary: 'Accept or return a reply',
    description: 'Accepting closes the order; returning asks for another reply, with a new date for it.',
    permission: 'orders.issue',
    params: OrderParams,
    body: OrderVerdict,
    responses: { 200: Order },
    problems: [404],
    handler: async ({ params, body, viewer, receipts }, house) => {
      const present = presenter(house, viewer);
      return ok(present(await judgeOrder(house, { ...params, ...body }, viewer, receipts.keep(200, present))));
    },
  }),
  route({
    method: 'post',
    path: '/orders/:number/revoke',
    operationId: 'revokeOrder',
    summary: 'Revoke an order',
    description: 'Takes an open order back, with the reason.',
    permission: 'orders.issue',
    params: OrderParams,
    body: OrderRevocation,
    responses: { 200: Order },
    problems: [404],
    handler: async ({ params, body, viewer, receipts }, house) => {
      const present = presenter(house, viewer);
      return ok(present(await revokeOrder(house, { ...params, ...body }, viewer, receipts.keep(200, present))));
    },
  }),
];

function presenter(house: House, viewer: Person) {
  return (order: SupervisionOrder) => presentOrder(house, order, viewer);
}
