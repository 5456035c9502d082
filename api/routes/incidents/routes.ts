import { actorOf } from '../../../processes/casework/index.ts';
import { paged, readCursor } from '../cursor.ts';
import { ok } from '../reply.ts';
import { presentIncident } from './present.ts';
import { IdParams } from '../vocabulary.ts';
import { Incident, IncidentList, IncidentQuery } from './schema.ts';
import { route } from '../../http/route.ts';

export const incidentRoutes = [
  route({
    method: 'get',
    path: '/incidents',
    operationId: 'listIncidents',
    summary: 'Open incidents',
    description: 'Cases that wait for a person to repair something.',
    permission: 'incidents.handle',
    query: IncidentQuery,
    responses: { 200: IncidentList },
    handler: async ({ query, viewer }, house) => {
      const found = await house.store.listIncidents({
        definitionKey: query.definition,
        caseId: query.case,
        after: query.cursor ? String(readCursor(query.cursor, ['string'])[0]) : undefined,
        limit: query.limit + 1,
      });
      const { rows, next } = paged(found, query.limit, (row) => [row.id]);
      return ok({ items: await Promise.all(rows.map((row) => presentIncident(house, row, viewer))), next });
    },
  }),
  route({
    method: 'post',
    path: '/incidents/:id/retry',
    operationId: 'retryIncident',
    summary: 'Try again',
    description: 'Takes the failed step again.',
    permission: 'incidents.handle',
    params: IdParams,
    responses: { 200: Incident },
    problems: [404],
    handler: async ({ params, viewer }, house) => {
      const row = await house.engine.retryIncident(params.id, actorOf(viewer));
      return ok(await presentIncident(house, row, viewer));
    },
  }),
];
