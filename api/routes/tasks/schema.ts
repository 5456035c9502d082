import { z } from 'zod';
import { FormDefinition } from '../items/schema.ts';
import { Id, Instant, Light, PageQuery, Reference, Remaining, Variables } from '../vocabulary.ts';

export const TaskBrief = z
  .object({
    id: z.string().describe('Id of the task'),
    name: z.string().describe('环节: name of the step'),
    element: z.string().describe('Id of the element in the diagram'),
    status: z.enum(['open', 'claimed', 'completed', 'cancelled']).describe('open waits for someone to claim it'),
    light: Light.nullable().describe('Light; null once it is finished'),
    createdAt: Instant.describe('When it arrived'),
    claimedAt: Instant.nullable().describe('When it was claimed'),
    endedAt: Instant.nullable().describe('When it was finished'),
    dueAt: Instant.nullable().describe('Promise; null without one and while its case is held'),
    statutoryAt: Instant.nullable().describe('When the statutory limit ends; null without one and while it is held'),
    followUpAt: Instant.nullable().describe('When its holder means to look again; null when the model states none'),
    priority: z.number().int().nullable().describe('Higher is more urgent; null when the model states none'),
    provisional: z
      .boolean()
      .describe(
        '暂定: the due date, without a promise the statutory one, lies beyond the published calendar and may still move',
      ),
    statutoryProvisional: z.boolean().describe('暂定, of the statutory date'),
    remaining: Remaining.nullable().describe('Time left; null without a limit and once it is finished'),
    case: z
      .object({
        id: z.string().describe('Id of the case'),
        number: z.string().describe('办件编号'),
        title: z.string().describe('Title of the case'),
      })
      .describe('Its case'),
    department: Reference.nullable().describe('Department that works on it'),
    assignee: Reference.nullable().describe('Who holds it'),
    can: z
      .object({
        claim: z.boolean().describe('May claim it'),
        unclaim: z.boolean().describe('May put it back'),
        complete: z.boolean().describe('May complete it'),
      })
      .describe('What you may do'),
  })
  .meta({ id: 'TaskBrief', description: 'One step of a case that a person does' });
export type TaskBrief = z.infer<typeof TaskBrief>;

export const TaskDetail = TaskBrief.extend({
  form: FormDefinition.nullable().describe('What to fill in to complete it; null when nothing is asked'),
  variables: Variables.describe('Data of the case as this task sees it'),
  onOverdue: z
    .object({
      does: z
        .enum(['remind', 'escalate', 'deemedConsent'])
        .describe('What happens by itself once the due date has passed; deemedConsent: silence counts as consent'),
      basis: z.string().nullable().describe('Legal basis of the deemed consent'),
    })
    .nullable()
    .describe('null: nothing but the light changes'),
}).meta({ id: 'TaskDetail', description: 'A task with its form and data' });
export type TaskDetail = z.infer<typeof TaskDetail>;

export const ListedTask = TaskBrief.extend({
  ofCase: TaskBrief.pick({
    light: true,
    dueAt: true,
    statutoryAt: true,
    provisional: true,
    statutoryProvisional: true,
    remaining: true,
  })
    .nullable()
    .describe(
      '按办件时限: how its case stands, where the step has no limit of its own: filtered and sorted by that; null where it has, or neither does',
    ),
}).meta({ id: 'ListedTask', description: 'A task in an inbox' });
export type ListedTask = z.infer<typeof ListedTask>;

export const TaskList = z
  .object({
    items: z.array(ListedTask).describe('Most urgent first'),
    next: z.string().nullable().describe('Cursor of the next page; null on the last'),
    counts: z
      .object({
        mine: z.number().int().describe('Tasks you hold'),
        department: z.number().int().describe('Open tasks of your departments that nobody holds'),
        done: z.number().int().describe('Tasks you finished'),
      })
      .describe('Sizes of the queues, counted up to 100'),
  })
  .meta({ id: 'TaskList', description: 'One page of an inbox' });

export const TaskQuery = PageQuery.extend({
  queue: z
    .enum(['mine', 'department', 'done'])
    .default('department')
    .describe('mine: you hold them; department: open for your departments; done: you finished them'),
  light: Light.optional().describe(
    'Only tasks with this light: their own, without a limit of their own that of their case (`ofCase`)',
  ),
  department: Id.optional().describe(
    'Only tasks of this department; `-`: of none, as those that applicants have to do',
  ),
});

export const TaskCompletion = z
  .object({ data: Variables.default({}).describe("Values for the task's form") })
  .meta({ id: 'TaskCompletion', description: 'What was filled in', example: { data: { approved: true } } });
