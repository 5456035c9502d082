import { HttpProblem } from '../../http/http-problem.ts';
import { instant } from '../present.ts';
import { ok } from '../reply.ts';
import { presentPerson } from '../session/present.ts';
import { ClockMove, ClockMoved, DemoPeople } from './schema.ts';
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
  route({
    method: 'post',
    path: '/demo/clock',
    operationId: 'moveDemoClock',
    summary: 'Move the clock of the demo',
    description:
      'Forward only. Everything due on the way happens at its moment and in order: timers, deadlines, lights. The clock goes on from there, also after a restart. This address does not exist in production; where several nodes share a database it is refused.',
    permission: 'signed-in',
    demoOnly: true,
    body: ClockMove,
    responses: { 200: ClockMoved },
    handler: async ({ body }, house) => {
      const { from, to, ran, arrived } = await house.demoTime!.move(body.leap ?? Date.parse(body.to!));
      return ok({ from: instant(from), now: instant(to), ran, arrived });
    },
  }),
];
