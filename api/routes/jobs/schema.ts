import { z } from 'zod';
import { Id, Instant, Variables } from '../vocabulary.ts';

const lease = z.number().int().min(1_000).max(3_600_000);
const fence = z
  .number()
  .int()
  .min(0)
  .describe('The number the job was fetched with; it proves that the lease is still yours');

export const JobFetch = z
  .object({
    worker: z.string().min(1).max(100).describe('Name of the worker, for people who look'),
    topics: z.array(z.string().min(1).max(200)).min(1).max(50).describe('What the worker can do'),
    maxJobs: z.number().int().min(1).max(100).default(10).describe('At most this many'),
    lockMs: lease.default(60_000).describe('How long they are yours, in ms'),
  })
  .meta({ id: 'JobFetch', description: 'Asks for work', example: { worker: 'tax-bridge-1', topics: ['tax'] } });

export const ExternalJob = z
  .object({
    id: z.string().describe('Id of the job'),
    topic: z.string().describe('Topic'),
    caseId: z.string().describe('Its case'),
    caseNumber: z.string().describe('办件编号'),
    element: z.string().describe('Id of the element in the diagram'),
    attempts: z.number().int().describe('Which attempt this is, from 1'),
    maxAttempts: z.number().int().describe('After this many an incident opens'),
    fence: z.number().int().describe('Send it back with the result'),
    leaseUntil: Instant.describe('Until when it is yours'),
    headers: z.record(z.string(), z.string()).describe('Fixed texts of the model for the worker'),
    variables: Variables.describe('Data of the case as the job sees it'),
  })
  .meta({ id: 'ExternalJob', description: 'Work for an external worker' });

export const ExternalJobs = z.array(ExternalJob).meta({ id: 'ExternalJobs', description: 'Leased jobs; may be empty' });

export const JobCompletion = z
  .object({ fence, variables: Variables.default({}).describe('Results, handed to the case') })
  .meta({ id: 'JobCompletion', description: 'The work is done', example: { fence: 1, variables: {} } });

export const JobFailure = z
  .object({
    fence,
    message: z.string().min(1).max(2_000).describe('What went wrong, for people'),
    retryInMs: z
      .number()
      .int()
      .min(0)
      .max(30 * 86_400_000)
      .optional()
      .describe('Wait this long before the next attempt, in ms'),
  })
  .meta({
    id: 'JobFailure',
    description: 'The work failed',
    example: { fence: 1, message: 'tax system does not answer' },
  });

export const JobExtension = z
  .object({ fence, lockMs: lease.describe('Yours for this long from now, in ms') })
  .meta({ id: 'JobExtension', description: 'More time', example: { fence: 1, lockMs: 60000 } });

export const JobError = z
  .object({
    fence,
    code: Id.describe('Error code of the model'),
    message: z.string().max(2_000).default('').describe('What happened, for people'),
    variables: Variables.default({}).describe('Data handed to the case'),
  })
  .meta({
    id: 'JobError',
    description: 'A business error that the model handles',
    example: { fence: 1, code: 'arrears' },
  });
