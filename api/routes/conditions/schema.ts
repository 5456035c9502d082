import { z } from 'zod';
import { Reference, Variables } from '../vocabulary.ts';

export const Circumstances = z
  .object({ variables: Variables.describe('What the conditions read, and what each case that begins is given') })
  .meta({
    id: 'Circumstances',
    description: 'How things stand, for conditional start events to judge',
    example: { variables: { waterLevel: 4.2 } },
  });

const ConditionalStart = z
  .object({
    definition: Reference.describe('The version, by id and name'),
    element: z.string().describe('Id of the start event'),
  })
  .meta({ id: 'ConditionalStart', description: 'A conditional start event' });

export const ConditionsJudged = z
  .object({
    started: z.array(ConditionalStart).describe('Their condition is true: a case begins at each'),
    failed: z
      .array(ConditionalStart.extend({ reason: z.string().describe('Why, in English') }))
      .describe('Their condition could not be evaluated; nothing began there'),
  })
  .meta({ id: 'ConditionsJudged', description: 'Which conditional start events begin a case' });
