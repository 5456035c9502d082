import { z } from 'zod';
import { parseWarning } from '../../../engine/model/limits.ts';
import { HOLD_REASONS } from '../../../engine/time/index.ts';
import { Phase } from '../cases/clock-schema.ts';
import { Bilingual, Instant, Light, Limit } from '../vocabulary.ts';

/** Beyond these the question is refused, so that an answer costs little whoever asks. */
const MOST_HOLDS = 50;
const MOST_EXTENSIONS = 20;

const Basis = z.string().trim().min(1).max(200).describe('Legal basis, repeated in the ledger');
const Name = z.string().trim().min(1).max(200);

const AcceptedBy = z
  .literal('silence')
  .optional()
  .describe('Nobody decided in time whether to accept: said in the ledger, changes no date');

export const ClockLimit = z
  .strictObject({
    value: z.number().min(0).max(100_000).describe('How many; whole for days, 0: the same day (即办)'),
    unit: z
      .enum(['workingDays', 'calendarDays', 'workingHours'])
      .describe('working days without holidays, calendar days, or office hours'),
    basis: Basis.optional(),
  })
  .meta({ id: 'ClockLimit', description: '时限: how long', example: { value: 20, unit: 'workingDays' } });

export const Hold = z
  .strictObject({
    reason: z
      .enum(HOLD_REASONS)
      .describe('One of the eight of 行政许可法 art. 45, or `local`, which needs a basis of its own'),
    local: z
      .strictObject({ zh: Name.describe('In Chinese'), en: Name.describe('In English') })
      .optional()
      .describe('What a local reason is called; repeated in the ledger, changes no date'),
    basis: Basis.optional(),
    from: Instant.describe('First moment that does not count'),
    to: Instant.nullable().default(null).describe('First moment that counts again; null: no end known yet'),
  })
  .meta({
    id: 'Hold',
    description: '特别程序: time that does not count',
    example: { reason: 'expertReview', from: '2026-03-05T09:00:00+08:00', to: '2026-03-10T09:00:00+08:00' },
  });

export const Extension = z
  .strictObject({
    value: z.number().gt(0).max(100_000).describe('Added to the limit, in its unit'),
    basis: Basis.optional(),
    approvedBy: Name.optional().describe('Who approved it; repeated in the ledger, changes no date'),
  })
  .meta({ id: 'Extension', description: '延期', example: { value: 10, basis: '行政许可法第四十二条' } });

export const StartRule = z.enum(['nextWorkingDay', 'sameDay', 'minuteExact']).meta({
  id: 'StartRule',
  description:
    'nextWorkingDay: the day of the start is not counted. sameDay: it is the first one. minuteExact: from the moment',
});

export const Yellow = z
  .string()
  .max(16)
  .refine((text) => parseWarning(text) !== undefined, { params: { code: 'time.bad_yellow' } })
  .meta({
    id: 'Yellow',
    description: 'When the light turns yellow: a share of the limit left (30%), so many units left (2), or none',
    example: '30%',
  });

const terms = {
  start: Instant.describe('When it begins, for example when the application was accepted'),
  limit: ClockLimit.describe('Promise or statutory limit'),
};

export const DueDateQuestion = z
  .strictObject({
    ...terms,
    acceptedBy: AcceptedBy,
    startRule: StartRule.optional().describe('Days: nextWorkingDay when absent. Hours: minuteExact'),
    yellow: Yellow.optional().describe(
      'When the light turns yellow, as `ov:yellow` says it: a share of the limit left (`30%`, the usual one, one unit at least), so many units left (`2`), or `none`',
    ),
    statutory: ClockLimit.optional().describe(
      'Statutory limit (法定时限) of the same work; beyond it the light is deepRed',
    ),
    holds: z.array(Hold).max(MOST_HOLDS).default([]).describe('What does not count'),
    extensions: z.array(Extension).max(MOST_EXTENSIONS).default([]).describe('What was added'),
    calendar: z
      .strictObject({
        region: z
          .string()
          .min(1)
          .max(32)
          .optional()
          .describe(
            'Of `GET /calendars`; while its versions wait for their day, what is around it counts. The region of this house when absent',
          ),
        version: z.string().min(1).max(128).optional().describe('An older version, to count an old date again'),
      })
      .default({})
      .describe('Which working calendar'),
    at: Instant.optional().describe('The moment of light and remaining time; now when absent'),
  })
  .meta({
    id: 'DueDateQuestion',
    description: 'All that a due date depends on',
    example: {
      start: '2026-03-02T09:00:00+08:00',
      limit: { value: 10, unit: 'workingDays' },
      holds: [{ reason: 'test', from: '2026-03-05T00:00:00+08:00', to: '2026-03-10T00:00:00+08:00' }],
      at: '2026-03-13T10:00:00+08:00',
    },
  });
export type DueDateQuestion = z.output<typeof DueDateQuestion>;

export const Article = z
  .object({
    law: z.string().describe('Name of the law'),
    number: z.string().describe('Article and paragraph: 201.1'),
    certainty: z
      .enum(['read', 'habit'])
      .describe('read: the law says so of these limits. habit: civil law, applied to them by habit'),
  })
  .meta({ id: 'Article', description: 'What a step rests on' });

export const LedgerLine = z
  .object({
    kind: z
      .enum([
        'start',
        'anew',
        'accepted',
        'limit',
        'steps',
        'extension',
        'counted',
        'held',
        'moved',
        'due',
        'noDate',
        'warning',
        'provisional',
        'stated',
      ])
      .describe(
        'Which step. anew: the applicant has supplemented. accepted: why it starts with the receipt. steps: what the limit of a department is the sum of. stated: the process states the moment itself, or it was told and stands',
      ),
    text: Bilingual.describe('The step in plain words'),
    at: Instant.nullable().describe('Its moment, or the first day'),
    until: Instant.nullable().describe('Its end, or the last day; null where it has none'),
    amount: z.number().nullable().describe('What was given, counted or not counted, in `unit`'),
    unit: z.enum(['workingDays', 'calendarDays', 'workingHours']).nullable().describe('Of the amount'),
    article: Article.nullable().describe('Null where it is the choice of the office or of this program'),
    calendarVersion: z.string().describe('Version of the calendar it was counted with'),
  })
  .meta({ id: 'LedgerLine', description: 'One step from the start to the due date' });

export const Standing = z
  .object({
    at: Instant.describe('The moment asked about'),
    light: Light.nullable().describe('Light at that moment; null: it ended then, and was still held'),
    held: z.boolean().describe('计时暂停: it is held at that moment'),
    passed: z.boolean().describe('Whether it is overdue, be it only by time in which the office was closed'),
    left: z
      .object({
        value: z.number().describe('Negative when overdue; stands still while held'),
        unit: z.enum(['workingDays', 'calendarDays', 'workingHours']).describe('Of the limit'),
      })
      .describe('What is left'),
    officeMinutes: z
      .number()
      .int()
      .nullable()
      .describe(
        'Office time until the due date, what is held left out; negative when overdue, null without a due date',
      ),
    text: Bilingual.describe('What is left, in words'),
    officeText: Bilingual.nullable().describe('The office time in words, without a sign'),
  })
  .meta({ id: 'Standing', description: 'How a clock stands at a moment' });

export const CalendarBrief = z
  .object({
    region: z.string().describe('GB/T 2260 division, or `cn` for the whole country'),
    title: Bilingual.describe('Name of the region'),
    version: z.string().describe('Changes with every change of a day or an hour'),
    effective: z.iso.date().describe('Due dates are counted with it from this day on'),
    coverage: z
      .object({ from: z.iso.date().describe('First day'), to: z.iso.date().describe('Last day') })
      .describe('Days that the notices speak about; dates beyond are provisional'),
    officeHours: z.array(z.string()).describe('The usual ones, 08:30-12:00; single days and seasons may differ'),
    papers: z.array(z.string()).describe('Where its days come from'),
    demo: z.boolean().describe('Made up, for demonstration'),
  })
  .meta({ id: 'CalendarBrief', description: '工作日历: one version of the working calendar of a region' });

export const DueDateAnswer = z
  .object({
    dueAt: Instant.nullable().describe('Due date; null while it is held and nobody knows until when'),
    dueText: Bilingual.nullable().describe('The due date with its weekday'),
    yellowAt: Instant.nullable().describe('When the light turns yellow'),
    provisional: z.boolean().describe('暂定: beyond the published calendar, it may still move'),
    statutory: z
      .object({
        dueAt: Instant.nullable().describe('When the statutory limit ends'),
        provisional: z.boolean().describe('暂定'),
      })
      .nullable()
      .describe('The statutory limit, where one was given'),
    standing: Standing.describe('Light and remaining time at the moment'),
    calendar: CalendarBrief.describe('What it was counted with'),
    ledger: z.array(LedgerLine).describe('Every step, in the order of time; what was given comes first'),
  })
  .meta({ id: 'DueDateAnswer', description: 'A due date and why it is that one' });

export const WhichDate = z
  .enum(['promise', 'statutory'])
  .describe('Which date: of the promise (承诺时限) or of the statutory limit (法定时限)');

const WHICH = 'Which date; the promise when absent, where there is none the statutory limit';

export const WhyQuery = z.object({ of: WhichDate.optional().describe(WHICH) });

export const WhyCaseQuery = z.object({
  of: z
    .enum([...WhichDate.options, 'supplement', 'hold'])
    .optional()
    .describe(
      `${WHICH}; supplement: until when the applicant has time to supplement; hold: until when one was expected to last`,
    ),
  hold: z.coerce.number().int().min(0).default(0).describe('Which of the holds of the case, counted from 0'),
  supplement: z.coerce
    .number()
    .int()
    .min(0)
    .optional()
    .describe('Which of the notices to supplement, counted from 0; the last when absent'),
  phase: Phase.optional().describe('Of which clock of the case; of the one that runs when absent'),
});

export const DueDateReason = DueDateAnswer.extend({
  recordedAt: Instant.nullable().describe('The due date as lists and lights have it; null while it is held'),
  agrees: z
    .boolean()
    .describe('Counting again gives that date; false where it was counted with a calendar that is no longer loaded'),
  countedFrom: z
    .object({
      start: Instant.describe('When it began'),
      acceptedBy: AcceptedBy,
      limit: Limit.extend({ basis: z.string().optional().describe('Its legal basis') }).describe(
        'The promise, or the statutory limit',
      ),
      startRule: StartRule.optional().describe('Where the model or the item states one'),
      yellow: Yellow.optional().describe('Where the model or the item states one'),
      statutory: Limit.optional().describe(
        'The statutory limit beside the promise, or `limit` itself again: past it the light is deep red',
      ),
      holds: z
        .array(
          Hold.extend({ to: Instant.nullable().describe('First moment that counts again; null: no end known yet') }),
        )
        .describe('What did not count'),
      extensions: z.array(Extension).describe('What was added'),
    })
    .nullable()
    .describe(
      'What to ask `POST /due-dates` for the same date; null where the process states the moment itself, or the applicant supplemented meanwhile',
    ),
}).meta({ id: 'DueDateReason', description: 'Why a due date is that one' });
