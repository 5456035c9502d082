import { z } from 'zod';
import { Bilingual, Id } from '../vocabulary.ts';

export const Reason = z.string().trim().min(1).max(500).describe('Why; kept in the history');
export const Rev = z.number().int().min(1).describe('Revision of the case you saw; refused when it has moved on');

export const CaseOperation = z
  .object({
    do: z.enum(['move', 'add', 'cancel']).describe('move: from, to. add: to. cancel: from'),
    from: Id.optional().describe('Element: every token of it, those held at a join included'),
    token: Id.optional().describe('One token instead of all of an element'),
    to: Id.optional().describe('Element to arrive at, as if by a sequence flow'),
    scope: Id.optional().describe('Scope to arrive in, where the sub-process around the target is open more than once'),
    flow: Id.optional().describe('Incoming flow to arrive on at a join'),
  })
  .refine((each) => each.do === 'add' || (each.from === undefined) !== (each.token === undefined), {
    params: { code: 'modification.bad_origin' },
    path: ['from'],
  })
  .refine((each) => (each.do === 'cancel') === (each.to === undefined), {
    params: { code: 'modification.bad_destination' },
    path: ['to'],
  })
  .meta({ id: 'CaseOperation', description: 'One change of where a case stands' });

const operations = z.array(CaseOperation).min(1).max(100).describe('Applied in order, all or none');
const EXAMPLE = [{ do: 'move' as const, from: 'review', to: 'accept' }];

export const CaseModification = z.object({ operations, reason: Reason, rev: Rev.optional() }).meta({
  id: 'CaseModification',
  description: 'Moves, adds and cancels tokens of a case',
  example: { operations: EXAMPLE, reason: '材料有误，退回受理' },
});

export const ModificationTrial = z
  .object({ operations })
  .meta({ id: 'ModificationTrial', description: 'Operations to look at', example: { operations: EXAMPLE } });

export const Remark = z
  .object({
    code: z
      .string()
      .describe('Stable code, without the beginning of that of its sentence (`migration.`, `modification.`)'),
    text: Bilingual.describe('In words'),
  })
  .meta({ id: 'Remark', description: 'What a change of a case by hand loses or changes' });

const Counted = z
  .object({
    element: z.string().describe('Id of the element'),
    name: z.string().describe('Name of the element'),
    count: z.number().int().describe('How many times'),
  })
  .meta({ id: 'CountedElement', description: 'An element, with how many times' });

export const ModificationPreview = z
  .object({
    rev: z.number().int().describe('Revision of the case that was looked at'),
    cancelled: z.array(Counted).describe('Elements that would be cut short, with all inside them'),
    reached: z.array(Counted).describe('Elements at which the case would wait anew'),
    incidents: z.number().int().describe('Incidents that would open'),
    ends: z.boolean().describe('The case would be over'),
    notes: z.array(Remark).describe('What becomes of its clocks, where it is taken past a milestone'),
  })
  .meta({ id: 'ModificationPreview', description: 'What a modification would do' });

export const ModificationChoices = z
  .object({
    rev: z.number().int().describe('Revision of the case'),
    at: z
      .array(
        z.object({
          element: z.string().describe('Id of the element'),
          name: z.string().describe('Name of the element'),
          kind: z.string().describe('Kind of the element'),
          tokens: z.number().int().describe('How many tokens wait there or are held'),
        }),
      )
      .describe('Where the case stands'),
    targets: z
      .array(
        z.object({
          element: z.string().describe('Id of the element'),
          name: z.string().describe('Name of the element'),
          kind: z.string().describe('Kind of the element'),
          around: z.string().nullable().describe('Name of the sub-process around it'),
        }),
      )
      .describe('Where it can be moved'),
  })
  .meta({ id: 'ModificationChoices', description: 'Where a case stands and where it can be moved' });
