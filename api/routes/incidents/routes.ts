import { actorOf } from '../../../processes/casework/index.ts';
import { readPage } from '../page.ts';
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
      const { definition: definitionKey, case: caseId } = query;
      const { rows, next } = await readPage(query, { id: 'string' }, (after, limit) =>
        house.store.listIncidents({ definitionKey, caseId, after: after?.id, limit }),
      );
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
    handler: async ({ params: { id }, viewer, receipts }, house) => {
      const incident = await presentIncident(house, await house.engine.getIncident(id), viewer);
      await house.engine.retryIncident(
        id,
        actorOf(viewer),
        receipts.keep(200, () => incident),
      );
      return ok(incident);
    },
  }),
];
