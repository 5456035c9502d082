import type { CaseRow } from '../../../engine/index.ts';
import type { JsonObject } from '../../../engine/kernel/json.ts';
import {
  actorOf,
  getVersion,
  nameOfVersion,
  passedBy,
  placesOf,
  refuseCancel,
  startCase,
} from '../../../processes/casework/index.ts';
import { readPage } from '../page.ts';
import { created, ok } from '../reply.ts';
import { presentTask } from '../tasks/present.ts';
import { presentChoices } from './choices.ts';
import { caseVariables } from './case-variables.ts';
import { graphAt } from './graph-at.ts';
import { isUntouched, presentEvent, readHistory } from './history.ts';
import { findCalled, kinOf } from './kin.ts';
import { listCases } from './list.ts';
import { casePresenter, presentCase, presentPlace } from './present.ts';
import { presentClock } from './present-clock.ts';
import { calendarOfCase, calendarOfPhase } from '../due-dates/calendar-of.ts';
import { getVisibleCase } from './visible-case.ts';
import { IdParams } from '../vocabulary.ts';
import {
  CaseBrief,
  CaseCancellation,
  CaseDetail,
  CaseDiagram,
  CaseList,
  CaseQuery,
  CaseStart,
  History,
  HistoryQuery,
} from './schema.ts';
import { route } from '../../http/route.ts';

export const caseRoutes = [
  route({
    method: 'post',
    path: '/cases',
    operationId: 'startCase',
    summary: 'Start a case',
    description:
      'Checks the data against the start form, gives the case its number and starts it on the newest version. Applicants start for themselves.',
    permission: 'cases.start',
    body: CaseStart,
    responses: { 201: CaseBrief },
    answersInCommit: true,
    problems: [404],
    handler: async ({ body, viewer, receipts }, house) => {
      const now = house.engine.now();
      const present = (row: CaseRow) =>
        presentCase(house, row, nameOfVersion(house.engine, row.definitionId), viewer, now);
      const application = { ...body, data: body.data as JsonObject };
      return created(present(await startCase(house, application, viewer, receipts.keep(201, present))));
    },
  }),
  route({
    method: 'get',
    path: '/cases',
    operationId: 'listCases',
    summary: 'Cases you may see',
    description:
      'Applicants see their own, handlers those their departments work or worked on, supervisors and designers all. Newest first.',
    permission: 'cases.read',
    query: CaseQuery,
    responses: { 200: CaseList },
    handler: async ({ query, viewer }, house) => ok(await listCases(house, query, viewer)),
  }),
  route({
    method: 'get',
    path: '/cases/:id',
    operationId: 'getCase',
    summary: 'One case',
    description: 'With its tasks and data.',
    permission: 'cases.read',
    params: IdParams,
    responses: { 200: CaseDetail },
    problems: [404],
    handler: async ({ params, viewer }, house) => {
      const [{ row, tasks }, called] = await Promise.all([
        getVisibleCase(house, params.id, viewer),
        findCalled(house, params.id),
      ]);
      const definition = await getVersion(house.engine, row.definitionId);
      const graph = await house.engine.getGraph(row.definitionId);
      const now = house.engine.now();
      return ok({
        ...presentCase(house, row, definition.name, viewer, now),
        clock: presentClock(row, graph, viewer, {
          directory: house.directory,
          calendar: calendarOfCase(house, row, graph).calendar,
          calendarOf: (phase) => calendarOfPhase(house, row, graph, phase).calendar,
          now,
        }),
        choices: await presentChoices(house, row, viewer),
        tasks: tasks.reverse().map((task) => presentTask(house, task, viewer, now)),
        ...(await kinOf(house, { row, called }, viewer)),
        variables: await caseVariables(house, row, definition, viewer),
      });
    },
  }),
  route({
    method: 'post',
    path: '/cases/:id/cancel',
    operationId: 'cancelCase',
    summary: 'Cancel a case',
    description: 'Stops everything that waits in it and closes it as cancelled (撤件). The reason is kept.',
    permission: 'cases.cancel',
    params: IdParams,
    body: CaseCancellation,
    responses: { 200: CaseBrief },
    problems: [403, 404],
    handler: async ({ params, body, viewer, receipts }, house) => {
      const { row } = await getVisibleCase(house, params.id, viewer);
      const refusal = refuseCancel(viewer, row);
      if (refusal) throw refusal;
      const present = await casePresenter(house, row, viewer);
      const cancel = { caseId: row.id, reason: body.reason };
      return ok(present(await house.engine.cancelCase(cancel, actorOf(viewer), receipts.keep(200, present))));
    },
  }),
  route({
    method: 'get',
    path: '/cases/:id/history',
    operationId: 'listCaseHistory',
    summary: 'What happened',
    description:
      'Every event in plain words, oldest first, and whether the chain of hashes is intact. Applicants do not see internal data.',
    permission: 'cases.read',
    params: IdParams,
    query: HistoryQuery,
    responses: { 200: History },
    problems: [404],
    handler: async ({ params, query, viewer }, house) => {
      const { row } = await getVisibleCase(house, params.id, viewer);
      const events = await readHistory(house, row.id);
      const graphOf = await graphAt(house, row, events);
      const { rows, next } = await readPage(query, { seq: 'number' }, async (after) =>
        events.filter((event) => event.seq > (after?.seq ?? 0)),
      );
      return ok({
        items: rows.map((event) => presentEvent(house, row, graphOf(event.seq), event, viewer)),
        next,
        chain: { verified: await isUntouched(house, events, row) },
      });
    },
  }),
  route({
    method: 'get',
    path: '/cases/:id/diagram',
    operationId: 'getCaseDiagram',
    summary: 'Where the case stands',
    description: 'The BPMN of its version, where tokens wait and with which light, and what was passed.',
    permission: 'cases.read',
    params: IdParams,
    responses: { 200: CaseDiagram },
    problems: [404],
    handler: async ({ params, viewer }, house) => {
      const { row, tasks } = await getVisibleCase(house, params.id, viewer);
      const graph = await house.engine.getGraph(row.definitionId);
      const { xml } = await getVersion(house.engine, row.definitionId);
      return ok({
        xml,
        tokens: placesOf(row, graph, tasks, house.engine.now()).map((place) => presentPlace(house, place)),
        ...passedBy(await readHistory(house, row.id)),
      });
    },
  }),
];
