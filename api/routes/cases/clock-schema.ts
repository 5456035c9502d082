import { z } from 'zod';
import { HOLD_REASONS } from '../../../engine/time/index.ts';
import { Instant } from '../vocabulary.ts';

const Reason = z
  .enum(HOLD_REASONS)
  .describe('One of the eight of 行政许可法 art. 45, or `local`, which needs a basis of its own');
const Basis = z.string().trim().min(1).max(200).describe('Legal basis, repeated in the ledger');
const Note = z.string().trim().min(1).max(500).describe('Why, in words for the applicant; kept in the history');

export const CaseHold = z
  .strictObject({ reason: Reason, basis: Basis.optional(), note: Note })
  .meta({ id: 'CaseHold', description: '特别程序', example: { reason: 'expertReview', note: '委托专家评审' } });

export const CaseResumption = z
  .strictObject({ reason: Reason.describe('Of the hold that ends'), note: Note })
  .meta({ id: 'CaseResumption', description: '结束特别程序', example: { reason: 'expertReview', note: '评审结束' } });

export const CaseExtension = z
  .strictObject({
    value: z.number().positive().max(100).describe('How much longer, in the unit of the limit; whole for days'),
    basis: Basis.optional(),
    note: Note,
  })
  .meta({ id: 'CaseExtension', description: '延期', example: { value: 10, note: '情况复杂，需要补充调查' } });

export const CaseClock = z
  .object({
    held: z.boolean().describe('It stands still now'),
    holds: z
      .array(
        z.object({
          reason: Reason,
          basis: z.string().nullable().describe('Legal basis, where one was given'),
          from: Instant.describe('First moment that does not count'),
          to: Instant.nullable().describe('First moment that counts again; null while it is held'),
        }),
      )
      .describe('In the order in which they began'),
    extensions: z
      .array(
        z.object({
          value: z.number().describe('In the unit of the limit'),
          basis: z.string().nullable().describe('Legal basis, where one was given'),
        }),
      )
      .describe('At most one'),
    unit: z.enum(['workingDays', 'calendarDays', 'workingHours']).describe('Unit of the limit'),
    most: z.number().describe('The longest extension that the law allows here'),
    can: z
      .object({
        hold: z.boolean().describe('May stop it and let it run on'),
        extend: z.boolean().describe('May extend the limit'),
      })
      .describe('What you may do'),
  })
  .meta({ id: 'CaseClock', description: 'How the clock of a case was stopped and extended' });
