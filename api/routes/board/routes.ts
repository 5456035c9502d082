import { ok } from '../reply.ts';
import { readBoard, readOverdue } from './read-board.ts';
import { Board, OverdueCases } from './schema.ts';
import { route } from '../../http/route.ts';

export const boardRoutes = [
  route({
    method: 'get',
    path: '/board',
    operationId: 'getBoard',
    summary: 'Lights by department',
    description:
      'Unfinished tasks by light for each department, those without a limit of their own by that of their case; and the lights of the cases.',
    permission: 'board.read',
    responses: { 200: Board },
    handler: async (_request, house) => ok(await readBoard(house)),
  }),
  route({
    method: 'get',
    path: '/board/overdue',
    operationId: 'listOverdueCases',
    summary: 'The cases that are longest overdue',
    description:
      'First up to 10 past their statutory limit, then up to 10 past their promise, of each those first whose limit passed first. All are in `GET /cases?light=`.',
    permission: 'board.read',
    responses: { 200: OverdueCases },
    handler: async ({ viewer }, house) => ok(await readOverdue(house, viewer)),
  }),
];
