import { z } from 'zod';
import { Variables } from '../vocabulary.ts';

export const Signal = z
  .object({
    name: z.string().min(1).max(200).describe('Name of the signal in the model'),
    variables: Variables.default({}).describe('Data handed to every case that waits'),
  })
  .meta({
    id: 'Signal',
    description: 'News for everybody',
    example: { name: 'typhoonWarning', variables: { level: 3 } },
  });

export const SignalReceipt = z
  .object({ id: z.string().describe('Id of the signal, for the log') })
  .meta({ id: 'SignalReceipt', description: 'The signal is on its way' });
