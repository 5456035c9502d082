import { z } from 'zod';
import { CaseBrief } from '../cases/schema.ts';
import { Instant, Reference } from '../vocabulary.ts';

const lights = {
  deepRed: z.number().int().describe('Past the statutory limit'),
  red: z.number().int().describe('Past the promise'),
  yellow: z.number().int().describe('Near the limit'),
  green: z.number().int().describe('In time'),
  grey: z.number().int().describe('Held'),
  none: z.number().int().describe('Without a limit'),
};

const seen = {
  at: Instant.describe('When the lights were computed'),
  outdated: z.boolean().describe('That is a while ago: they are being computed anew, ask again in a moment'),
};

export const Board = z
  .object({
    ...seen,
    totals: z.object(lights).describe('Unfinished tasks of all departments'),
    departments: z
      .array(
        z.object({
          department: Reference.describe('Department'),
          ...lights,
        }),
      )
      .describe('Unfinished tasks by department, the worst first'),
    cases: z
      .object({ ...lights, completed: z.number().int().describe('Completed, counted up to 1,000') })
      .describe('Active cases by light'),
    undelivered: z.number().int().describe('Notices that did not arrive, counted up to 100'),
  })
  .meta({ id: 'Board', description: '督办看板: lights by department' });

export const OverdueCases = z
  .object({ ...seen, items: z.array(CaseBrief).describe('Deep red, then red; of each the longest overdue first') })
  .meta({ id: 'OverdueCases', description: '超期办件: the worst of them' });
