import type { z } from 'zod';
import type { Operation } from '../../../engine/index.ts';
import { actorOf, repairTargets, standsAt } from '../../../processes/casework/index.ts';
import { route } from '../../http/route.ts';
import { ok } from '../reply.ts';
import { IdParams } from '../vocabulary.ts';
import {
  CaseModification,
  ModificationChoices,
  ModificationPreview,
  ModificationTrial,
  type CaseOperation,
} from './modification-schema.ts';
import { presentRemark } from './present-remark.ts';
import { casePresenter } from './present.ts';
import { CaseBrief } from './schema.ts';
import { getRepairableCase, getVisibleCase } from './visible-case.ts';

export const modificationRoutes = [
  route({
    method: 'get',
    path: '/cases/:id/modification',
    operationId: 'getCaseModification',
    summary: 'Where a case can be moved',
    description: 'Where it stands, what its joins hold, and every element it can be moved to, by name.',
    permission: 'cases.repair',
    params: IdParams,
    responses: { 200: ModificationChoices },
    problems: [404],
    handler: async ({ params, viewer }, house) => {
      const { row } = await getVisibleCase(house, params.id, viewer);
      const graph = await house.engine.getGraph(row.definitionId);
      return ok({ rev: row.rev, at: standsAt(row, graph), targets: repairTargets(graph) });
    },
  }),
  route({
    method: 'post',
    path: '/cases/:id/modification/preview',
    operationId: 'previewCaseModification',
    summary: 'What moving a case would do',
    description: 'Changes nothing. Refused as the modification itself would be.',
    permission: 'cases.repair',
    params: IdParams,
    body: ModificationTrial,
    responses: { 200: ModificationPreview },
    problems: [404],
    handler: async ({ params, body, viewer }, house) => {
      const row = await getRepairableCase(house, params.id, viewer);
      const { cancelled, reached, notes, ...rest } = await house.engine.previewModification({
        caseId: row.id,
        operations: body.operations.map(operationOf),
      });
      const inWords = notes.map(presentRemark('modification'));
      return ok({ ...rest, cancelled: [...cancelled], reached: [...reached], notes: inWords });
    },
  }),
  route({
    method: 'post',
    path: '/cases/:id/modification',
    operationId: 'modifyCase',
    summary: 'Move a case by hand',
    description:
      'Moves, adds and cancels tokens, all or none. Sub-processes are opened on the way to a target and cancelled when left empty. Recorded with the reason. Refusals are `modification.*` with the element and what was expected.',
    permission: 'cases.repair',
    params: IdParams,
    body: CaseModification,
    responses: { 200: CaseBrief },
    problems: [403, 404],
    handler: async ({ params, body, viewer, receipts }, house) => {
      const row = await getRepairableCase(house, params.id, viewer);
      const present = await casePresenter(house, row, viewer);
      const modify = {
        caseId: row.id,
        operations: body.operations.map(operationOf),
        reason: body.reason,
        ...(body.rev !== undefined && { expectedRev: body.rev }),
      };
      return ok(present(await house.engine.modifyCase(modify, actorOf(viewer), receipts.keep(200, present))));
    },
  }),
];

function operationOf({ do: verb, from, token, to, scope, flow }: z.output<typeof CaseOperation>): Operation {
  const at = token === undefined ? { element: from ?? '' } : { token };
  const target = {
    element: to ?? '',
    ...(scope !== undefined && { scope }),
    ...(flow !== undefined && { flow }),
  };
  if (verb === 'add') return { do: 'add', to: target };
  return verb === 'cancel' ? { do: 'cancel', at } : { do: 'move', at, to: target };
}
