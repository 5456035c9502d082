import { z } from 'zod';
import { Instant, Reference } from '../vocabulary.ts';

const lights = {
  green: z.number().int().describe('In time'),
  yellow: z.number().int().describe('Near the limit'),
  red: z.number().int().describe('Overdue'),
};

export const Board = z
  .object({
    at: Instant.describe('When the lights were computed'),
    totals: z.object(lights).describe('Unfinished tasks of all departments'),
    departments: z
      .array(z.object({ department: Reference.describe('Department'), ...lights }))
      .describe('Unfinished tasks by department, most red first'),
    cases: z
      .object({ ...lights, completed: z.number().int().describe('Closed') })
      .describe('Cases, each number counted up to 1,000'),
  })
  .meta({ id: 'Board', description: '督办看板: lights by department' });
