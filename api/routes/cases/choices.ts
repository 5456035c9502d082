import { adHocChoices, type CaseRow } from '../../../engine/index.ts';
import type { ProcessGraph } from '../../../engine/model/graph.ts';
import { actorOf } from '../../../processes/casework/index.ts';
import { may, type Person } from '../../../processes/directory/index.ts';
import type { House } from '../../house.ts';
import { route } from '../../http/route.ts';
import { ok } from '../reply.ts';
import { CaseChoices, ChoiceMade, ChoiceParams } from './choices-schema.ts';
import { getVisibleCase } from './visible-case.ts';

/** Where somebody may choose in a case, with names. */
export async function presentChoices(house: House, row: CaseRow, viewer: Person) {
  return choicesOf(row, await house.engine.getGraph(row.definitionId), viewer);
}

function choicesOf(row: CaseRow, graph: ProcessGraph, viewer: Person) {
  const named = (id: string) => ({ id, name: graph.nodes[id]?.name || id });
  return adHocChoices(row, graph).map(({ token, node, activities, running, waiting }) => ({
    token,
    element: named(node),
    activities: activities.map(named),
    running: running.map(named),
    waiting: waiting.map(named),
    can: { choose: may(viewer, 'cases.choose') },
  }));
}

/** How the answer to a choice shows what can be chosen after it. */
async function choicesPresenter(house: House, { definitionId }: CaseRow, viewer: Person) {
  const graph = await house.engine.getGraph(definitionId);
  return (changed: CaseRow) => ({ items: choicesOf(changed, graph, viewer) });
}

export const choiceRoutes = [
  route({
    method: 'post',
    path: '/cases/:id/choices/:token/activities',
    operationId: 'chooseActivities',
    summary: 'Choose what is done',
    description: 'Begins activities of an open ad-hoc sub-process, each as often as it is named.',
    permission: 'cases.choose',
    params: ChoiceParams,
    body: ChoiceMade,
    responses: { 200: CaseChoices },
    problems: [404],
    handler: async ({ params, body, viewer, receipts }, house) => {
      const { row } = await getVisibleCase(house, params.id, viewer);
      const present = await choicesPresenter(house, row, viewer);
      const choice = { caseId: row.id, token: params.token, activities: body.activities };
      return ok(present(await house.engine.activateAdHoc(choice, actorOf(viewer), receipts.keep(200, present))));
    },
  }),
  route({
    method: 'post',
    path: '/cases/:id/choices/:token/complete',
    operationId: 'completeChoice',
    summary: 'Choose nothing more',
    description:
      'Lets an open ad-hoc sub-process end. What still runs in it is cancelled unless its model waits for it.',
    permission: 'cases.choose',
    params: ChoiceParams,
    responses: { 200: CaseChoices },
    problems: [404],
    handler: async ({ params, viewer, receipts }, house) => {
      const { row } = await getVisibleCase(house, params.id, viewer);
      const present = await choicesPresenter(house, row, viewer);
      const choice = { caseId: row.id, token: params.token };
      return ok(present(await house.engine.completeAdHoc(choice, actorOf(viewer), receipts.keep(200, present))));
    },
  }),
];
