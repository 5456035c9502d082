import { HttpProblem } from '../../http/http-problem.ts';
import { ok } from '../reply.ts';
import { presentPerson } from '../session/present.ts';
import { DemoPeople } from './schema.ts';
import { route } from '../../http/route.ts';

export const demoRoutes = [
  route({
    method: 'get',
    path: '/demo/people',
    operationId: 'listDemoPeople',
    summary: 'The role cards',
    description: 'The people of the demo city, to sign in as one of them. Only in demo mode.',
    permission: 'anyone',
    responses: { 200: DemoPeople },
    problems: [404],
    handler: (_request, house) => {
      if (house.config.mode !== 'demo') throw new HttpProblem(404, 'demo.not_demo');
      return ok(
        house.directory.people.map((person) => ({ ...presentPerson(house, person), description: person.description })),
      );
    },
  }),
];
