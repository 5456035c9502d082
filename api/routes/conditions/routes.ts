import type { ConditionalStart, ConditionsJudged as Judged } from '../../../engine/index.ts';
import type { JsonObject } from '../../../engine/kernel/json.ts';
import { route } from '../../http/route.ts';
import { ok } from '../reply.ts';
import { Circumstances, ConditionsJudged } from './schema.ts';

export const conditionRoutes = [
  route({
    method: 'post',
    path: '/conditions',
    operationId: 'startOnConditions',
    summary: 'Begin cases at conditional start events',
    description:
      'Judges the conditional start events of all newest versions by the variables given, each time anew, and begins a case with these variables at each whose condition is true. Answers as soon as they are on their way for good.',
    permission: 'messages.send',
    body: Circumstances,
    responses: { 200: ConditionsJudged },
    handler: async ({ body, receipts }, { engine }) =>
      ok(present(await engine.startOnConditions(body.variables as JsonObject, receipts.keep(200, present)))),
  }),
];

function present({ started, failed }: Judged) {
  return {
    started: started.map(presentStart),
    failed: failed.map((each) => ({ ...presentStart(each), reason: each.reason })),
  };
}

function presentStart({ definition: { id, name }, element }: ConditionalStart) {
  return { definition: { id, name }, element };
}
