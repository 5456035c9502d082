import { z } from 'zod';

const HoldReason = z
  .object({
    key: z
      .string()
      .regex(/^[a-z][a-zA-Z0-9-]{0,59}$/)
      .describe('Never changes: cases remember it'),
    zh: z.string().trim().min(1).max(60).describe('Name in Chinese'),
    en: z.string().trim().min(1).max(120).describe('Name in English'),
    basis: z.string().trim().min(1).max(200).describe('Legal basis, repeated in every ledger'),
  })
  .meta({
    id: 'LocalHoldReason',
    description: 'A reason to stop a clock that the law on licences does not list',
    example: { key: 'publicNotice', zh: '公示', en: 'public notice', basis: '《示例条例》第八条' },
  });

export const HoldReasonList = z
  .object({
    items: z.array(HoldReason).describe('In the order in which they were entered'),
    can: z.object({ edit: z.boolean().describe('May enter them') }).describe('What you may do'),
  })
  .meta({ id: 'HoldReasonList', description: 'Local reasons to stop a clock' });

export const HoldReasonUpdate = z
  .strictObject({ items: z.array(HoldReason).max(50).describe('The whole list') })
  .meta({ id: 'HoldReasonUpdate', description: 'Local reasons, all of them' });
