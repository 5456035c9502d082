import { z } from 'zod';
import { NOTICE_KINDS } from '../../../processes/notices/index.ts';
import { CaseReference } from '../orders/schema.ts';
import { Bilingual, Id, Instant, PageQuery, pageOf } from '../vocabulary.ts';

export const NoticeKind = z.enum(NOTICE_KINDS).meta({ id: 'NoticeKind', description: 'What a notice is about' });

export const Notice = z
  .object({
    id: z.string().describe('The same however often it is sent'),
    kind: NoticeKind.describe('What it is about'),
    to: z
      .object({
        type: z.enum(['person', 'department', 'applicant']).describe('Of what kind'),
        id: z.string().describe('Id of the person or department'),
        name: z.string().describe('Name, as it was then'),
      })
      .describe('Who is told'),
    case: CaseReference.describe('The case it is about'),
    text: Bilingual.describe('What it says'),
    at: Instant.describe('When it happened'),
  })
  .meta({ id: 'Notice', description: '通知: a message to somebody about a case' });

export const NoticeList = pageOf('NoticeList', Notice);

export const NoticeQuery = PageQuery.extend({
  to: z
    .string()
    .regex(/^(person|department|applicant):.+$/)
    .max(200)
    .optional()
    .describe('Recipient, as `person:<id>`, `department:<id>` or `applicant:<id>`'),
  kind: NoticeKind.optional().describe('Only of this kind'),
  case: Id.optional().describe('Only about this case; the other filters do not count then'),
});

export const UndeliveredNotice = z
  .object({
    id: z.string().describe('Id of the entry in this list'),
    notice: Notice.describe('What did not arrive'),
    status: z.enum(['failed', 'sending']).describe('`sending`: somebody had it sent again, and it has not arrived yet'),
    code: z.string().nullable().describe('Code of the refusal by which the last try failed; null where it was none'),
    why: Bilingual.nullable().describe('The same as a sentence'),
    error: z.string().describe('Technical text of the failure, for people who repair'),
    tries: z.number().int().describe('How often it was tried until it was given up'),
    failedAt: Instant.describe('When it was given up, at last'),
    can: z.object({ resend: z.boolean().describe('Have it sent again') }).describe('What you may do with it now'),
  })
  .meta({ id: 'UndeliveredNotice', description: '未送达的通知: given up after its last try' });

export const UndeliveredNoticeList = pageOf('UndeliveredNoticeList', UndeliveredNotice);

export const UndeliveredNoticeParams = z.object({ id: z.string().min(1).max(400).describe('Id of the entry') });
