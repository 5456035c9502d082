import { route } from '../../http/route.ts';
import { ok } from '../reply.ts';
import { IdParams } from '../vocabulary.ts';
import { CaseBranches } from './branch-schema.ts';
import { getBranches, presentBranches } from './present-branches.ts';
import { getVisibleCase } from './visible-case.ts';

export const branchRoutes = [
  route({
    method: 'get',
    path: '/cases/:id/branches',
    operationId: 'getCaseBranches',
    summary: 'Who used how much of the time',
    description:
      '各部门用时: for each department what it used, what it promises and how its own clock stands, counted now from its tasks; for everybody who sees the case.',
    permission: 'cases.read',
    params: IdParams,
    responses: { 200: CaseBranches },
    problems: [404],
    handler: async ({ params, viewer }, house) => {
      const found = await getVisibleCase(house, params.id, viewer);
      return ok(presentBranches(house, await getBranches(house, found, viewer)));
    },
  }),
];
