import type { TaskRow } from '../../../engine/index.ts';
import type { JsonObject } from '../../../engine/kernel/json.ts';
import { actorOf, completeTask, findForm, getVersion } from '../../../processes/casework/index.ts';
import type { House } from '../../house.ts';
import { ok } from '../reply.ts';
import { presentForm } from '../items/present.ts';
import { listTasks } from './list.ts';
import { presenter, presentOverdue, presentTask } from './present.ts';
import { taskVariables } from './task-variables.ts';
import { getTaskToActOn, getVisibleTask } from './visible-task.ts';
import { IdParams } from '../vocabulary.ts';
import { TaskBrief, TaskCompletion, TaskDetail, TaskList, TaskQuery } from './schema.ts';
import { route } from '../../http/route.ts';

/** Who holds a task changes; nothing else does. */
function holding({
  verb,
  take,
  ...words
}: {
  verb: 'claim' | 'unclaim';
  operationId: string;
  summary: string;
  description: string;
  take: (engine: House['engine'], ...request: Parameters<House['engine']['claimTask']>) => Promise<TaskRow>;
}) {
  return route({
    method: 'post',
    path: `/tasks/:id/${verb}`,
    ...words,
    permission: 'tasks.handle',
    params: IdParams,
    responses: { 200: TaskBrief },
    onOneCase: true,
    problems: [404],
    handler: async ({ params, viewer, receipts }, house) => {
      const { id } = await getTaskToActOn(house, params.id, viewer);
      const present = presenter(house, viewer);
      return ok(present(await take(house.engine, id, actorOf(viewer), receipts.keep(200, present))));
    },
  });
}

export const taskRoutes = [
  route({
    method: 'get',
    path: '/tasks',
    operationId: 'listTasks',
    summary: 'An inbox',
    description:
      'Most urgent first, with the sizes of the queues. Supervisors and designers may look into any department.',
    permission: 'tasks.read',
    query: TaskQuery,
    responses: { 200: TaskList },
    handler: async ({ query, viewer }, house) => ok(await listTasks(house, query, viewer)),
  }),
  route({
    method: 'get',
    path: '/tasks/:id',
    operationId: 'getTask',
    summary: 'One task',
    description: 'With its form and the data it sees.',
    permission: 'tasks.read',
    params: IdParams,
    responses: { 200: TaskDetail },
    problems: [404],
    handler: async ({ params, viewer }, house) => {
      const task = await getVisibleTask(house, params.id, viewer);
      const definition = await getVersion(house.engine, task.definitionId);
      const form = findForm(definition, task.form);
      return ok({
        ...presentTask(house, task, viewer, house.engine.now()),
        form: presentForm(form),
        variables: await taskVariables(house, task, form, definition, viewer),
        onOverdue: presentOverdue((await house.engine.getGraph(task.definitionId)).nodes[task.node]?.overdue),
      });
    },
  }),
  holding({
    verb: 'claim',
    operationId: 'claimTask',
    summary: 'Claim a task',
    description: '认领: it is yours from now on. 409 `task.already_claimed` says who was first and when.',
    take: (engine, ...request) => engine.claimTask(...request),
  }),
  holding({
    verb: 'unclaim',
    operationId: 'unclaimTask',
    summary: 'Put a task back',
    description: '退回待认领: your colleagues may claim it again.',
    take: (engine, ...request) => engine.unclaimTask(...request),
  }),
  route({
    method: 'post',
    path: '/tasks/:id/complete',
    operationId: 'completeTask',
    summary: 'Complete a task',
    description:
      'Checks the data against the form of the task and moves the case on. 422 `form.invalid` lists each value that was refused.',
    permission: 'tasks.handle',
    params: IdParams,
    body: TaskCompletion,
    responses: { 200: TaskBrief },
    onOneCase: true,
    problems: [404],
    handler: async ({ params, body, viewer, receipts }, house) => {
      const task = await getTaskToActOn(house, params.id, viewer);
      const present = presenter(house, viewer);
      const complete = { task, data: body.data as JsonObject };
      return ok(present(await completeTask(house, complete, viewer, receipts.keep(200, present))));
    },
  }),
];
