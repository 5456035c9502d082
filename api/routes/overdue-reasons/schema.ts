import { z } from 'zod';
import { REASON_STATUSES } from '../../../processes/supervision/index.ts';
import { CaseReference, Said, Words } from '../orders/schema.ts';
import { Id, Instant, PageQuery, pageOf, Reference } from '../vocabulary.ts';

const Status = z
  .enum(REASON_STATUSES)
  .describe('Asked for, given, or withdrawn because a notice of holidays moved the date');

export const OverdueReason = z
  .object({
    id: z.string().describe('Stable id'),
    case: CaseReference.describe('办件'),
    department: Reference.describe('Who is to give it'),
    element: Reference.nullable().describe('The task that is overdue; null for the whole case'),
    of: z
      .enum(['acceptance', 'delivery'])
      .nullable()
      .describe('Of the case: that its acceptance review or its delivery is overdue; null otherwise'),
    dueAt: Instant.describe('When the limit ended that has passed'),
    limit: z.enum(['promise', 'statutory']).describe('Which limit that is'),
    askedAt: Instant.describe('When it was asked for'),
    status: Status,
    answer: Said.nullable().describe('The reason, public; null until it is given'),
    withdrawnAt: Instant.nullable().describe('Since when it is no longer asked for; null otherwise'),
    can: z.object({ give: z.boolean().describe('Give the reason') }).describe('What you may do with it now'),
  })
  .meta({ id: 'OverdueReason', description: '公开超期原因 (优化营商环境条例 art. 36)' });

export const OverdueReasonList = pageOf('OverdueReasonList', OverdueReason);

export const OverdueReasonQuery = PageQuery.extend({
  department: Id.optional().describe('Id of a department; handlers see those of their own only'),
  status: Status.optional(),
});

export const OverdueReasonAnswer = z
  .strictObject({ text: Words.describe('The reason, as the public reads it') })
  .meta({ id: 'OverdueReasonAnswer', description: '超期原因', example: { text: '申请量集中，核税人手不足' } });
