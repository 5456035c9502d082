import type { z } from 'zod';
import type { CaseRow } from '../../../engine/index.ts';
import { may, type Person } from '../../../processes/directory/index.ts';
import {
  maySeeOrder,
  ordersOfCase,
  refuseUrge,
  responsibleDepartments,
  supervisionOf,
  urgeCase,
  urgedUntil,
} from '../../../processes/supervision/index.ts';
import { route } from '../../http/route.ts';
import type { House } from '../../house.ts';
import { getVisibleCase } from '../cases/visible-case.ts';
import { presentOrder } from '../orders/present.ts';
import { presentReason } from '../overdue-reasons/present.ts';
import { departmentReference, instant, instantOrNull } from '../present.ts';
import { nothing, ok } from '../reply.ts';
import { IdParams } from '../vocabulary.ts';
import { CaseSupervision, CaseUrge } from './schema.ts';

export const supervisionRoutes = [
  route({
    method: 'get',
    path: '/cases/:id/supervision',
    operationId: 'getCaseSupervision',
    summary: 'How a case is watched over',
    description: 'Urges, public reasons for being overdue, supervision orders, and what you may do of it.',
    permission: 'cases.read',
    params: IdParams,
    responses: { 200: CaseSupervision },
    problems: [404],
    handler: async ({ params, viewer }, house) => {
      const { row } = await getVisibleCase(house, params.id, viewer);
      return ok(await presentSupervision(house, row, viewer));
    },
  }),
  route({
    method: 'post',
    path: '/cases/:id/urge',
    operationId: 'urgeCase',
    summary: 'Urge a case',
    description:
      '催办: those who handle it and the heads of their departments are told. Applicants may once a day; the refusal says from when again.',
    permission: 'cases.urge',
    params: IdParams,
    body: CaseUrge,
    responses: { 204: null },
    problems: [403, 404],
    handler: async ({ params, body, viewer, receipts }, house) => {
      const { row } = await getVisibleCase(house, params.id, viewer);
      await urgeCase(
        house,
        { ...body, caseId: row.id },
        viewer,
        receipts.keep(204, () => null),
      );
      return nothing();
    },
  }),
];

async function presentSupervision(
  house: House,
  row: CaseRow,
  viewer: Person,
): Promise<z.input<typeof CaseSupervision>> {
  const now = house.engine.now();
  const graph = await house.engine.getGraph(row.definitionId);
  const { urges, reasons = [] } = supervisionOf(row);
  const orders = may(viewer, 'orders.read') ? await ordersOfCase(house, row.id) : [];
  const until = viewer.role === 'applicant' ? urgedUntil(row) : undefined;
  return {
    urges: { count: urges?.count ?? 0, lastAt: instantOrNull(urges?.lastAt ?? null) },
    reasons: reasons.map((reason) => presentReason(house, reason, viewer)),
    orders: orders.filter((order) => maySeeOrder(viewer, order)).map((order) => presentOrder(house, order, viewer)),
    departments: (await responsibleDepartments(house.engine, row, graph)).map((id) => departmentReference(house, id)),
    can: {
      urge: !refuseUrge(viewer, row, now),
      urgeFrom: row.status === 'active' && until !== undefined && until > now ? instant(until) : null,
      order: may(viewer, 'orders.issue'),
    },
  };
}
