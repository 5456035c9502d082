import { z } from 'zod';
import { Variables } from '../vocabulary.ts';

export const Message = z
  .object({
    name: z.string().min(1).max(200).describe('Name of the message in the model'),
    key: z.string().max(200).optional().describe('Correlation key; absent for a message without one'),
    variables: Variables.default({}).describe('Data handed to the case'),
  })
  .meta({ id: 'Message', description: 'News from another system', example: { name: 'fundsReleased', key: 'C-1' } });

export const MessageReceipt = z
  .object({
    caseId: z.string().describe('Case that took it'),
    started: z.boolean().describe('True: it started that case'),
  })
  .meta({ id: 'MessageReceipt', description: 'Where a message went' });
