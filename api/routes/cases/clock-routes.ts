import { Rejection, type CaseRow } from '../../../engine/index.ts';
import {
  actorOf,
  holdReasonOf,
  longestExtension,
  refuseExtension,
  refuseHold,
  refuseResume,
} from '../../../processes/casework/index.ts';
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
      '特别程序: from now on time does not count, for the case and its tasks, until every hold has ended. After acceptance and before the decision only, for the eight reasons of the law or one that the administrator has entered with its basis. A site visit does not stop the clock. Cases that it called stand still along with it.',
    permission: 'cases.hold',
    params: IdParams,
    body: CaseHold,
    responses: { 200: CaseBrief },
    problems: [403, 404],
    handler: async ({ params, body, viewer, receipts }, house) => {
      const row = await getAllowed(house, params.id, viewer, refuseHold);
      const present = await casePresenter(house, row, viewer);
      const { reason, local, notice, ...hold } = body;
      const asked = await holdReasonOf(house.store, { reason, ...(local !== undefined && { local }) });
      const command = { ...hold, ...asked, notice: toldNotice(notice, row, house.engine.now()), caseId: row.id };
      return ok(present(await house.engine.holdCase(command, actorOf(viewer), receipts.keep(200, present))));
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
      const row = await getAllowed(house, params.id, viewer, refuseResume);
      const present = await casePresenter(house, row, viewer);
      const { local, ...rest } = body;
      const resume = { ...rest, caseId: row.id, ...(local !== undefined && { local }) };
      return ok(present(await house.engine.resumeCase(resume, actorOf(viewer), receipts.keep(200, present))));
    },
  }),
  route({
    method: 'post',
    path: '/cases/:id/extend',
    operationId: 'extendCase',
    summary: 'Extend the limit of a case',
    description:
      '延期: once, by at most 10 of its units with the approval of the head of the lead department (`cases.extend`), by 15 with that of the head of the government where several departments handle it (`cases.extendJointly`; 行政许可法 art. 42). Who approves it asks, before the statutory limit, without one the promise, has passed; a refusal names who may. The applicant reads the reason.',
    permission: 'cases.read',
    params: IdParams,
    body: CaseExtension,
    responses: { 200: CaseBrief },
    problems: [403, 404],
    handler: async ({ params, body, viewer, receipts }, house) => {
      const { row } = await getVisibleCase(house, params.id, viewer);
      const graph = await house.engine.getGraph(row.definitionId);
      const refusal = refuseExtension(viewer, row, graph, house.directory);
      if (refusal) throw refusal;
      const present = await casePresenter(house, row, viewer);
      const { basis, ...extension } = body;
      const most = longestExtension(graph, house.directory);
      const approvedBy = `${viewer.name}（${viewer.title}）`;
      return ok(
        present(
          await house.engine.extendCase(
            { ...extension, most, approvedBy, caseId: row.id, ...(basis !== undefined && { basis }) },
            actorOf(viewer),
            receipts.keep(200, present),
          ),
        ),
      );
    },
  }),
];

/** `clock.told_in_future`, `clock.told_before_case` */
function toldNotice(
  { number, toldAt }: { number: string; toldAt?: string | undefined },
  { startedAt }: Pick<CaseRow, 'startedAt'>,
  now: number,
) {
  if (toldAt === undefined) return { number };
  const at = Date.parse(toldAt);
  const field = '/notice/toldAt';
  if (at > now)
    throw new Rejection('invalid', 'clock.told_in_future', 'Expected a notice that was given, but it lies ahead', {
      field,
    });
  if (at < startedAt)
    throw new Rejection('invalid', 'clock.told_before_case', 'Expected a notice about this case, but it is older', {
      field,
    });
  return { number, toldAt: at };
}

async function getAllowed(house: House, id: string, viewer: Person, refuse: typeof refuseHold): Promise<CaseRow> {
  const { row } = await getVisibleCase(house, id, viewer);
  const refusal = refuse(viewer, row);
  if (refusal) throw refusal;
  return row;
}
