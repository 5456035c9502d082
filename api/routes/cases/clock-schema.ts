import { z } from 'zod';
import { HOLD_REASONS, PHASES } from '../../../engine/time/index.ts';
import { ASKED_REASONS } from '../../../processes/casework/index.ts';
import { CaseSupplement } from './supplement-schema.ts';
import { Amount, Bilingual, Instant, Limit } from '../vocabulary.ts';

const Reason = z
  .enum(HOLD_REASONS)
  .describe(
    'One of the eight of 行政许可法 art. 45, or `local`: one that the administrator has entered with its basis',
  );
const Asked = z
  .enum(ASKED_REASONS)
  .describe(
    'One of the eight of 行政许可法 art. 45, or `local` with its key. `siteVisit` is refused: a site visit does not stop the clock',
  );
const Local = z
  .string()
  .min(1)
  .max(60)
  .describe('With reason `local`: key of the reason that the administrator has entered');
const Basis = z.string().trim().min(1).max(200).describe('Legal basis, repeated in the ledger');
const Note = z.string().trim().min(1).max(500).describe('Why, in words for the applicant; kept in the history');

export const Phase = z
  .enum(PHASES)
  .meta({ id: 'Phase', description: '受理审查、办理、送达: the three clocks of a case, one after the other' });

export const CaseHold = z
  .strictObject({
    reason: Asked,
    local: Local.optional(),
    expectedDays: z
      .number()
      .int()
      .min(1)
      .max(365)
      .describe('Working days that it is expected to take; the applicant has to be told'),
    notice: z
      .strictObject({
        number: z.string().trim().min(1).max(100).describe('Number of the written notice to the applicant'),
        toldAt: Instant.optional().describe('When the applicant was told; now when absent'),
      })
      .describe('书面告知'),
    note: Note,
  })
  .meta({
    id: 'CaseHold',
    description: '特别程序',
    example: { reason: 'expertReview', expectedDays: 15, notice: { number: '特〔2026〕1号' }, note: '委托专家评审' },
  });

export const CaseResumption = z
  .strictObject({ reason: Reason.describe('Of the hold that ends'), local: Local.optional(), note: Note })
  .meta({ id: 'CaseResumption', description: '结束特别程序', example: { reason: 'expertReview', note: '评审结束' } });

export const CaseExtension = z
  .strictObject({
    value: z.number().positive().max(100).describe('How much longer, in the unit of the limit; whole for days'),
    basis: Basis.optional(),
    note: Note,
  })
  .meta({
    id: 'CaseExtension',
    description: '延期',
    example: { value: 10, note: '情况复杂，需要补充调查' },
  });

const StatedLimit = Limit.extend({
  basis: z.string().nullable().describe('Legal basis, where one is stated'),
  standing: Bilingual.nullable().describe('What is left of it while it stands still; null while it runs'),
}).meta({
  id: 'StatedLimit',
  description: 'A limit with its legal basis',
});

export const CaseClock = z
  .object({
    held: z.boolean().describe('It stands still now'),
    phase: Phase.nullable().describe('Which clock runs; null when none does any more'),
    phases: z
      .array(
        z.object({
          phase: Phase.describe('Which clock'),
          startedAt: Instant.nullable().describe('From when it counts; null before it begins'),
          dueAt: Instant.nullable().describe(
            'When it ends; null before it begins, while it is held, and without a limit',
          ),
          statutoryAt: Instant.nullable().describe('When the limit of the law ends; null as above'),
          provisional: z.boolean().describe('暂定, of `dueAt`; false once it has ended'),
          silenceAfter: Instant.nullable().describe(
            'Of an acceptance review that another count ended early: until when the office may still speak, because only then silence accepts; null unless it is so now',
          ),
          endedAt: Instant.nullable().describe('When it ended; null until then'),
          brokenOff: z.boolean().describe('It ended only because the case did'),
          promiseKept: z
            .boolean()
            .nullable()
            .describe(
              'Ended by `dueAt`, or while silence waited for the office, and not by silence; a review that ends while the applicant supplements, as of when they were asked. Null until it ended, and without the date',
            ),
          statutoryKept: z.boolean().nullable().describe('Ended by `statutoryAt`; as above'),
        }),
      )
      .describe('All three in their order; empty where the process names no milestones: handling runs from the start'),
    acceptedBy: z
      .enum(['decision', 'silence'])
      .nullable()
      .describe('How the case was accepted; silence: nobody told the applicant anything in time, so from receipt on'),
    supplements: z.array(CaseSupplement).describe('补正, in the order of time'),
    holds: z
      .array(
        z.object({
          reason: Reason,
          local: z.string().nullable().describe('Key of a reason that the administrator has entered'),
          name: Bilingual.describe('The reason in words'),
          basis: z.string().nullable().describe('Legal basis'),
          from: Instant.describe('First moment that does not count'),
          to: Instant.nullable().describe('First moment that counts again; null while it is held'),
          expectedDays: z
            .number()
            .int()
            .nullable()
            .describe('Working days it was expected to take, where that is known'),
          expectedAt: Instant.nullable().describe('When it was expected to end'),
          overdue: z.boolean().describe('It goes on though the expected time is over'),
          notice: z
            .object({
              number: z.string().describe('Number of the written notice'),
              toldAt: Instant.describe('When the applicant was told'),
            })
            .nullable()
            .describe('书面告知, where that is known'),
          ofCaller: z
            .boolean()
            .describe('Of the case that called this one, which is held along with it and runs on with it'),
        }),
      )
      .describe('In the order in which they began'),
    extensions: z
      .array(
        z.object({
          value: z.number().describe('How much longer'),
          unit: z
            .enum(['workingDays', 'calendarDays', 'workingHours'])
            .nullable()
            .describe('In which it was approved; null where that is not known'),
          basis: z.string().nullable().describe('Legal basis, where one was given'),
          approvedBy: z.string().nullable().describe('Who approved it, where that is known'),
          note: z.string().nullable().describe('The reason as the applicant is told'),
          toldAt: Instant.nullable().describe('Since when the applicant can read it here'),
        }),
      )
      .describe('At most one'),
    promise: StatedLimit.nullable().describe(
      '承诺时限 of the clock that runs, once the case has ended of that of `outcome`, without its extension; null without one',
    ),
    statutory: StatedLimit.nullable().describe('法定时限 of the same clock, without its extension; null without one'),
    elapsed: Amount.nullable().describe('What that clock has counted so far, today included; what was held is not'),
    outcome: z
      .object({
        phase: Phase.describe('Handling where it began, else acceptance'),
        at: Instant.describe('When that clock ended'),
        brokenOff: z.boolean().describe('It ended only because the case did'),
        dueAt: Instant.nullable().describe('Promise; null without one, and where it was held to the end'),
        statutoryAt: Instant.nullable().describe('When the statutory limit ended; null as above'),
        promiseKept: z
          .boolean()
          .nullable()
          .describe('Ended by `dueAt`, or while silence waited for the office; null without it'),
        statutoryKept: z.boolean().nullable().describe('Ended by `statutoryAt`; as above'),
      })
      .nullable()
      .describe('How its limits stood at the end of the case; null until then'),
    unit: z
      .enum(['workingDays', 'calendarDays', 'workingHours'])
      .nullable()
      .describe('Unit of the limit, where there is one'),
    most: z.number().describe('The longest extension that the law allows here'),
    jointly: z
      .boolean()
      .describe('Several departments handle the case: the head of the government approves an extension'),
    can: z
      .object({
        hold: z.boolean().describe('May stop it'),
        resume: z.boolean().describe('May let it run on where it was stopped'),
        extend: z
          .boolean()
          .describe('May extend the limit; false once the statutory one, without one the promise, has passed'),
        notice: z.boolean().describe('May tell the applicant what to supplement'),
        answer: z.boolean().describe('May hand in what was missing'),
      })
      .describe('What you may do'),
  })
  .meta({ id: 'CaseClock', description: 'The clocks of a case, and how they were stopped and extended' });
