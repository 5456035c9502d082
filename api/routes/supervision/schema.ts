import { z } from 'zod';
import { Order, Words } from '../orders/schema.ts';
import { OverdueReason } from '../overdue-reasons/schema.ts';
import { Instant, Reference } from '../vocabulary.ts';

export const CaseUrge = z
  .strictObject({ note: Words.optional().describe('Words for those who handle it') })
  .meta({ id: 'CaseUrge', description: '催办', example: { note: '孩子月底入学，盼尽快办结' } });

export const CaseSupervision = z
  .object({
    urges: z
      .object({
        count: z.number().int().describe('How often it was urged, by the system too'),
        lastAt: Instant.nullable().describe('When last; null for never'),
      })
      .describe('催办'),
    reasons: z.array(OverdueReason).describe('公开超期原因, in the order in which they were asked for'),
    orders: z.array(Order).describe('督办单, newest first; none for applicants'),
    departments: z.array(Reference).describe('The departments that the case waits for'),
    can: z
      .object({
        urge: z.boolean().describe('Urge it now'),
        urgeFrom: Instant.nullable().describe('From when you may urge again, where today you may not'),
        order: z.boolean().describe('Issue an order'),
      })
      .describe('What you may do'),
  })
  .meta({ id: 'CaseSupervision', description: 'How a case is watched over: urges, public reasons, orders' });
