import { z } from 'zod';
import { Variables } from '../vocabulary.ts';

export const Message = z
  .object({
    name: z.string().min(1).max(200).describe('Name of the message in the model'),
    key: z.string().max(200).optional().describe('Correlation key; absent for a message without one'),
    variables: Variables.default({}).describe('Data handed to the case'),
    timeToLive: z
      .string()
      .max(100)
      .optional()
      .describe('How long it is kept where nobody waits yet; ISO 8601 duration, at most 10 years')
      .meta({ example: 'PT1H' }),
    messageId: z
      .string()
      .min(1)
      .max(128)
      .optional()
      .describe('As long as the message lives, the same id again does nothing; needs a time to live'),
  })
  .meta({ id: 'Message', description: 'News from another system', example: { name: 'fundsReleased', key: 'C-1' } });

export const MessageReceipt = z
  .object({
    caseId: z.string().nullable().describe('Case that took it; null while it is kept'),
    started: z.boolean().describe('True: it started that case'),
    kept: z.boolean().describe('True: it waits for a case that waits for it'),
    duplicate: z.boolean().describe('True: its id was known already, nothing was done'),
  })
  .meta({ id: 'MessageReceipt', description: 'Where a message went' });
