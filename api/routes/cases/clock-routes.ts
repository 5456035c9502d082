import type { CaseRow } from '../../../engine/index.ts';
import { actorOf, longestExtension, refuseClock, type ClockAct } from '../../../processes/casework/index.ts';
import type { Person } from '../../../processes/directory/index.ts';
import { route } from '../../http/route.ts';
import type { House } from '../../house.ts';
import { ok } from '../reply.ts';
import { IdParams } from '../vocabulary.ts';
import { CaseExtension, CaseHold, CaseResumption } from './clock-schema.ts';
import { casePresenter } from './present.ts';
import { CaseBrief } from './schema.ts';
import { getVisibleCase } from './visible-case.ts';

export const clockRoutes = [
  route({
    method: 'post',
    path: '/cases/:id/hold',
    operationId: 'holdCase',
    summary: 'Stop the clock of a case',
    description:
      '特别程序: from now on time does not count, for the case and its tasks, until every hold has ended. Only for the reasons of the law, or with a basis.',
    permission: 'cases.hold',
    params: IdParams,
    body: CaseHold,
    responses: { 200: CaseBrief },
    problems: [403, 404],
    handler: async ({ params, body, viewer, receipts }, house) => {
      const row = await getChangeable(house, params.id, viewer, 'cases.hold');
      const present = await casePresenter(house, row, viewer);
      const { basis, ...hold } = body;
      return ok(
        present(
          await house.engine.holdCase(
            { ...hold, caseId: row.id, ...(basis !== undefined && { basis }) },
            actorOf(viewer),
            receipts.keep(200, present),
          ),
        ),
      );
    },
  }),
  route({
    method: 'post',
    path: '/cases/:id/resume',
    operationId: 'resumeCase',
    summary: 'Let the clock of a case run on',
    description:
      'Ends the hold for that reason. The due dates move by the time that was held, once where holds overlap.',
    permission: 'cases.hold',
    params: IdParams,
    body: CaseResumption,
    responses: { 200: CaseBrief },
    problems: [403, 404],
    handler: async ({ params, body, viewer, receipts }, house) => {
      const row = await getChangeable(house, params.id, viewer, 'cases.hold');
      const present = await casePresenter(house, row, viewer);
      const resume = { ...body, caseId: row.id };
      return ok(present(await house.engine.resumeCase(resume, actorOf(viewer), receipts.keep(200, present))));
    },
  }),
  route({
    method: 'post',
    path: '/cases/:id/extend',
    operationId: 'extendCase',
    summary: 'Extend the limit of a case',
    description: '延期: once, by at most 10 of its units, 15 where several departments handle it (行政许可法 art. 42).',
    permission: 'cases.extend',
    params: IdParams,
    body: CaseExtension,
    responses: { 200: CaseBrief },
    problems: [403, 404],
    handler: async ({ params, body, viewer, receipts }, house) => {
      const row = await getChangeable(house, params.id, viewer, 'cases.extend');
      const present = await casePresenter(house, row, viewer);
      const { basis, ...extension } = body;
      const most = longestExtension(await house.engine.getGraph(row.definitionId));
      return ok(
        present(
          await house.engine.extendCase(
            { ...extension, most, caseId: row.id, ...(basis !== undefined && { basis }) },
            actorOf(viewer),
            receipts.keep(200, present),
          ),
        ),
      );
    },
  }),
];

async function getChangeable(house: House, id: string, viewer: Person, act: ClockAct): Promise<CaseRow> {
  const { row } = await getVisibleCase(house, id, viewer);
  const refusal = refuseClock(viewer, row, act);
  if (refusal) throw refusal;
  return row;
}
