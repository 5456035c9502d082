import { ok } from '../reply.ts';
import { Departments } from './schema.ts';
import { route } from '../../http/route.ts';

export const departmentRoutes = [
  route({
    method: 'get',
    path: '/departments',
    operationId: 'listDepartments',
    summary: 'All departments',
    description: 'Ids and names, in the order of the directory.',
    permission: 'signed-in',
    responses: { 200: Departments },
    handler: (_request, house) => ok(house.directory.departments.map(({ id, name }) => ({ id, name }))),
  }),
];
