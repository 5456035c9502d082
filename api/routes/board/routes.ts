import { ok } from '../reply.ts';
import { readBoard } from './read-board.ts';
import { Board } from './schema.ts';
import { route } from '../../http/route.ts';

export const boardRoutes = [
  route({
    method: 'get',
    path: '/board',
    operationId: 'getBoard',
    summary: 'Lights by department',
    description: 'Unfinished tasks by light for each department, and the lights of the cases.',
    permission: 'board.read',
    responses: { 200: Board },
    handler: async (_request, house) => ok(await readBoard(house)),
  }),
];
