import { z } from 'zod';
import { StoredFile } from '../files/schema.ts';
import { Id, Instant, Variables } from '../vocabulary.ts';

const Defect = z
  .object({
    material: z.string().trim().min(1).max(200).describe('Name of the material'),
    problem: z.string().trim().min(1).max(500).describe('That it is missing, or what is wrong with it'),
  })
  .meta({ id: 'Defect', description: 'A material and what is wrong with it' });

const ApplicantLimit = z
  .object({
    value: z.number().int().min(1).max(365).describe('How many'),
    unit: z.enum(['workingDays', 'calendarDays']).describe('Of what'),
  })
  .meta({ id: 'ApplicantLimit', description: "The applicant's own time, from the notice on" });

export const SupplementNotice = z
  .strictObject({
    defects: z.array(Defect).min(1).max(100).describe('Everything: the law asks to tell it all at once'),
    limit: ApplicantLimit.describe('How long the applicant has; without an answer the application is returned'),
    note: z.string().trim().min(1).max(500).optional().describe('More words to the applicant'),
    again: z
      .string()
      .trim()
      .min(1)
      .max(500)
      .optional()
      .describe('Why there is a second notice; needed for any but the first'),
  })
  .meta({
    id: 'SupplementNotice',
    description: '一次性告知补正',
    example: {
      defects: [{ material: '营业执照', problem: '没有盖章' }],
      limit: { value: 15, unit: 'workingDays' },
    },
  });

export const SupplementAnswer = z
  .strictObject({
    note: z.string().trim().min(1).max(500).describe('What was supplemented, in words'),
    files: z.array(Id).max(50).default([]).describe('Ids of files that you uploaded'),
    data: Variables.default({}).describe('Values of the application that you correct, checked against its form'),
  })
  .meta({ id: 'SupplementAnswer', description: '补正', example: { note: '已补盖公章', files: [] } });

export const CaseSupplement = z
  .object({
    noticedAt: Instant.describe('Since when the applicant is told'),
    until: Instant.nullable().describe('Until when the applicant has time; null where a timer of the process says so'),
    endedAt: Instant.nullable().describe('When it was answered, or went on without an answer; null until then'),
    answered: z.boolean().describe('The applicant handed in what was missing'),
    byTask: z.boolean().describe('The process asks by a task of its own, whose form says what is missing'),
    defects: z.array(Defect).describe('Everything that is missing or wrong'),
    note: z.string().nullable().describe('More words to the applicant'),
    again: z.string().nullable().describe('Why the applicant was told again, though everything has to be told at once'),
    answer: z
      .object({
        note: z.string().describe('What the applicant says'),
        files: z.array(StoredFile).describe('What the applicant handed in'),
      })
      .nullable()
      .describe('The answer'),
  })
  .meta({ id: 'CaseSupplement', description: 'A notice of what is missing, and its answer' });
