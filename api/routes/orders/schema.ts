import { z } from 'zod';
import {
  DEFAULT_RULES,
  LONGEST_REPLY_DAYS,
  LONGEST_TEXT,
  MOST_ORDERED,
  ORDER_STATUSES,
} from '../../../processes/supervision/index.ts';
import { Bilingual, Id, Instant, PageQuery, pageOf, Reference } from '../vocabulary.ts';

export const Words = z.string().trim().min(1).max(LONGEST_TEXT);

export const CaseReference = z
  .object({
    id: z.string().describe('Stable id'),
    number: z.string().describe('办件编号'),
    title: z.string().describe('What it is called'),
  })
  .meta({ id: 'CaseReference', description: 'The case that something is about' });

export const Said = z
  .object({
    text: z.string().describe('What was said'),
    by: Reference.describe('By whom'),
    at: Instant.describe('When'),
  })
  .meta({ id: 'Said', description: 'Words of somebody' });

export const OrderStatus = z.enum(ORDER_STATUSES).meta({
  id: 'OrderStatus',
  description: '待回复、已回复（待审）、已退回、已办结、已撤销',
});

export const Order = z
  .object({
    number: z.string().describe('监察编号'),
    cases: z.array(CaseReference).min(1).describe('办件: what it is about; the first keeps it'),
    department: Reference.describe('责任部门'),
    element: z.string().nullable().describe('Element whose task it is about; null for the whole case'),
    rule: z.string().describe('规则编号: `manual`, or the clock and light that issued it'),
    warning: z.enum(['none', 'yellow', 'red', 'deepRed']).describe('预警类型'),
    what: z.string().describe('督办内容'),
    words: Bilingual.nullable().describe(
      '`what` in both languages, where a rule issued it; null of what somebody wrote',
    ),
    issuedAt: Instant.describe('督办发出时间'),
    issuedBy: Reference.describe('Who issued it; `system` for a rule'),
    days: z
      .number()
      .int()
      .nullable()
      .describe('Working days to reply in; null where an older version did not keep them'),
    dueAt: Instant.describe('Reply until then'),
    provisional: z.boolean().describe('`dueAt` lies beyond the calendar, and may move'),
    overdue: z.boolean().describe('No reply in time'),
    status: OrderStatus.describe('Where it stands'),
    statusAt: Instant.describe('状态时间'),
    reply: Said.nullable().describe('What the department says it did'),
    verdict: Said.nullable().describe('What the supervisor says to that; null until then'),
    revocation: Said.nullable().describe('Why it was taken back'),
    can: z
      .object({
        reply: z.boolean().describe('Reply to it'),
        judge: z.boolean().describe('Accept or return the reply'),
        revoke: z.boolean().describe('Take it back'),
      })
      .describe('What you may do with it now'),
  })
  .meta({ id: 'Order', description: '督办单' });

export const OrderList = pageOf('OrderList', Order);

export const OrderQuery = PageQuery.extend({
  department: Id.optional().describe('Id of a department; handlers see those of their own only'),
  status: z
    .enum(['open', ...ORDER_STATUSES])
    .optional()
    .describe('`open`: all that are not closed'),
});

const ReplyDays = z.number().int().min(1).max(LONGEST_REPLY_DAYS);

export const OrderIssue = z
  .strictObject({
    department: Id.describe('Who shall act'),
    what: Words.describe('督办内容'),
    days: ReplyDays.default(DEFAULT_RULES.replyDays).describe('Working days to reply in'),
  })
  .meta({ id: 'OrderIssue', description: '督办', example: { department: 'tax', what: '请说明未办结的原因', days: 3 } });

export const DepartmentOrder = OrderIssue.extend({
  cases: z.array(Id).min(1).max(MOST_ORDERED).describe('Ids of the cases that it is about; the first keeps it'),
}).meta({
  id: 'DepartmentOrder',
  description: '督办一个部门',
  example: { department: 'tax', what: '请说明未办结的原因', days: 3, cases: ['1kjp0y9m0474qvpjg2jh'] },
});

export const OrderReply = z
  .strictObject({ text: Words.describe('What was done, and when it will be finished') })
  .meta({ id: 'OrderReply', description: '回复督办单', example: { text: '已完成核税' } });

export const OrderVerdict = z
  .strictObject({
    accepted: z.boolean().describe('False returns it for another reply'),
    text: Words.describe('Why'),
    days: ReplyDays.optional().describe(
      'Of a return: working days to reply in, from now; as many as before when absent',
    ),
  })
  .meta({ id: 'OrderVerdict', description: '督办结论', example: { accepted: true, text: '情况属实' } });

export const OrderRevocation = z
  .strictObject({ text: Words.describe('Why') })
  .meta({ id: 'OrderRevocation', description: '撤销督办单', example: { text: '办件已撤回' } });

export const OrderParams = z.object({ number: Id.describe('监察编号') });
