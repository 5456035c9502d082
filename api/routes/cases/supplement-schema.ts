import { z } from 'zod';
import { StoredFile } from '../files/schema.ts';
import { Id, Instant, Light, Remaining, Variables } from '../vocabulary.ts';

const Defect = z
  .object({
    material: z.string().trim().min(1).max(200).describe('Name of the material, or of the field'),
    problem: z.string().trim().min(1).max(500).describe('That it is missing, or what is wrong with it'),
    field: Id.optional().describe("Name of the field of the application's form that it is about"),
  })
  .meta({ id: 'Defect', description: 'A material or a field of the application, and what is wrong with it' });

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
      defects: [
        { material: '营业执照', problem: '没有盖章' },
        { material: '成交价格（元）', problem: '与网签合同不一致', field: 'price' },
      ],
      limit: { value: 15, unit: 'workingDays' },
    },
  });

const DefectPlace = z.number().int().min(0).max(99).describe('Place of the defect in the notice, from 0');

const GivenRemedy = z
  .strictObject({
    defect: DefectPlace,
    files: z.array(Id).max(50).default([]).describe('Ids of files that you uploaded for it'),
    note: z.string().trim().min(1).max(500).optional().describe('In words, where there is nothing to hand in'),
  })
  .meta({ id: 'GivenRemedy', description: 'What you do about one defect, beside correcting its field' });

export const SupplementAnswer = z
  .strictObject({
    note: z.string().trim().min(1).max(500).optional().describe('More words to the office'),
    files: z.array(Id).max(50).default([]).describe('Ids of files that you uploaded, for no defect in particular'),
    remedies: z.array(GivenRemedy).max(100).default([]).describe('What you do about single defects'),
    data: Variables.default({}).describe(
      'Values of the application that you correct, checked against its form; null clears one',
    ),
  })
  .meta({
    id: 'SupplementAnswer',
    description: '补正：逐项补正，一次提交',
    example: { remedies: [{ defect: 0, note: '已补盖公章，原件交窗口' }], data: { price: 460000 } },
  });

const Remedy = z
  .object({
    defect: DefectPlace,
    files: z.array(StoredFile).describe('What was handed in for it'),
    note: z.string().nullable().describe('What the applicant says about it'),
  })
  .meta({ id: 'Remedy', description: 'What the applicant did about one defect' });

const ValueChange = z
  .object({
    field: z.string().describe("Name of the field of the application's form"),
    before: z.unknown().describe('Null where there was none'),
    after: z.unknown().describe('Null where there is none any more'),
  })
  .meta({ id: 'ValueChange', description: 'A value of the application that was corrected' });

export const CaseSupplement = z
  .object({
    noticedAt: Instant.describe('Since when the applicant is told'),
    until: Instant.nullable().describe(
      'Until when the applicant has time, by the notice or a timer of the process; null where nothing ends it',
    ),
    light: Light.nullable().describe("The applicant's own, while it is open; null without `until`"),
    remaining: Remaining.nullable().describe('Time left to the applicant; null as above'),
    provisional: z.boolean().describe('暂定: `until` lies beyond the published calendar and may still move'),
    endedAt: Instant.nullable().describe('When it was answered, or went on without an answer; null until then'),
    answered: z.boolean().describe('The applicant handed in what was missing'),
    acceptedInstead: z
      .boolean()
      .describe(
        'It ended without an answer because the case was accepted: nothing need be supplemented any more. False of a task of the process',
      ),
    byTask: z.boolean().describe('The process asks by a task of its own, whose form says what is missing'),
    defects: z.array(Defect).describe('Everything that is missing or wrong'),
    note: z.string().nullable().describe('More words to the applicant'),
    again: z.string().nullable().describe('Why the applicant was told again, though everything has to be told at once'),
    answer: z
      .object({
        note: z.string().nullable().describe('What the applicant says'),
        files: z.array(StoredFile).describe('What the applicant handed in for no defect in particular'),
        remedies: z.array(Remedy).describe('What they did about single defects'),
        changes: z.array(ValueChange).describe('What of the application they corrected'),
      })
      .nullable()
      .describe('The answer'),
  })
  .meta({ id: 'CaseSupplement', description: 'A notice of what is missing, and its answer' });
