import { z } from 'zod';
import { Amount, Id, Instant, Light, Reference } from '../vocabulary.ts';

const Branch = z
  .object({
    party: z
      .enum(['department', 'applicant', 'others'])
      .describe('Who: a department, the applicant, or somebody of no department'),
    department: Reference.nullable().describe('The department'),
    calledCase: z
      .object({
        id: Id,
        number: z.string().describe('办件编号'),
        visible: z.boolean().describe('You may see it, and open its dates'),
      })
      .nullable()
      .describe('The case that this one called, where it worked in that: by its limits and holds'),
    status: z.enum(['ahead', 'open', 'ended']).describe('ahead: it has not had the case yet'),
    light: Light.nullable().describe(
      '灯 of its own clock while it does a step with a promise; grey while held, null without such a step',
    ),
    limit: Amount.nullable().describe('What its tasks promise together, along the path on which that is most'),
    used: Amount.describe('What it used of the time: tasks that overlap count once, what was held does not count'),
    unpromised: Amount.nullable().describe(
      'What of `used` went to steps that promise nothing: its limit does not cover that. null without a limit',
    ),
    held: Amount.describe('What was held while it had the case'),
    kept: z.boolean().nullable().describe('Whether its steps with a promise kept its limit, once they have ended'),
    dueAt: Instant.nullable().describe(
      'When its limit ends, or, once its steps with a promise have ended, when it would have; null without one, before it begins and while held',
    ),
    decisiveStep: z
      .object({ id: z.string().describe('Id of its task'), name: z.string().describe('环节: its name') })
      .nullable()
      .describe(
        'The step whose date `dueAt` is, instead of what all promise together: where the step was begun in time and that would end sooner, and where all steps were late',
      ),
    provisional: z.boolean().describe('暂定, of `dueAt`'),
    officeTime: z.number().int().describe('Office time it used, in ms'),
    share: z.number().min(0).max(1).describe('Of the office time that all used; those side by side count each'),
    tasks: z
      .array(
        z.object({
          id: z.string().describe('Id of the task'),
          name: z.string().describe('环节: name of the step'),
          from: Instant.describe('When it arrived'),
          to: Instant.nullable().describe('When it ended; null: it has not'),
          dueAt: Instant.nullable().describe('When its own promise ends; null without one and while held'),
          provisional: z.boolean().describe('暂定, of `dueAt`'),
        }),
      )
      .describe('Why: what it had in hand, and when'),
  })
  .meta({ id: 'CaseBranch', description: 'What one department used of the time of a case' });

export const CaseBranches = z
  .object({
    joint: z.boolean().describe('联合办理: several departments handle it'),
    used: Amount.describe('What the whole case used of its time'),
    held: Amount.describe('What of it was held'),
    limit: Amount.nullable().describe('Promise of the whole case with its extension'),
    moreCalled: z.boolean().describe('There are more called cases than were counted'),
    items: z
      .array(Branch)
      .describe('In the order in which they came to work; those still ahead last, then those of called cases'),
  })
  .meta({ id: 'CaseBranches', description: '各部门用时: who used how much of the time of a case' });
