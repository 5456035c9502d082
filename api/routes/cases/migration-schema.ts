import { z } from 'zod';
import { Bilingual, Id } from '../vocabulary.ts';
import { Reason, Remark, Rev } from './modification-schema.ts';

const version = z.number().int().min(1);
const mapping = z
  .record(z.string().max(128), z.string().max(128).nullable())
  .default({})
  .describe('Element or flow of the old version to one of the new; null: none. What is not named keeps its id');

export const MigrationTrial = z
  .object({ version: version.describe('Version to migrate to'), mapping })
  .meta({ id: 'MigrationTrial', description: 'A migration to look at', example: { version: 2, mapping: {} } });

export const CaseMigration = MigrationTrial.extend({ reason: Reason, rev: Rev.optional() }).meta({
  id: 'CaseMigration',
  description: 'Takes a case to another version',
  example: { version: 2, mapping: {}, reason: '流程修订' },
});

export const PlannedElement = z
  .object({
    element: z.string().describe('Id in the old version'),
    name: z.string().describe('Name in the old version'),
    kind: z.string().describe('Kind of the element'),
    to: z.string().nullable().describe('Id in the new version; null where nothing stands for it'),
    toName: z.string().nullable().describe('Name in the new version'),
    given: z.boolean().describe('Named by the mapping'),
    tokens: z.number().int().describe('How many tokens of the case wait there or are held; 0 without a case'),
    problems: z.array(Remark).describe('Why what waits there cannot be migrated'),
    notes: z.array(Remark).describe('What changes for what waits there'),
  })
  .meta({ id: 'PlannedElement', description: 'Where one element goes' });

export const CaseMigrationPlan = z
  .object({
    rev: z.number().int().describe('Revision of the case that was looked at'),
    possible: z.boolean().describe('Nothing of this case would be lost'),
    elements: z.array(PlannedElement).describe('Every element of the old version'),
    targets: z
      .array(
        z.object({
          element: z.string().describe('Id'),
          name: z.string().describe('Name'),
          kind: z.string().describe('Kind'),
        }),
      )
      .describe('Elements of the new version'),
  })
  .meta({ id: 'CaseMigrationPlan', description: 'What a migration would do to a case' });

const versions = { from: version.describe('Old version'), to: version.describe('New version'), mapping };

export const VersionsTrial = z
  .object(versions)
  .meta({ id: 'VersionsTrial', description: 'Two versions to look at', example: { from: 1, to: 2, mapping: {} } });

export const MigrationPlan = z
  .array(PlannedElement)
  .meta({ id: 'MigrationPlan', description: 'What a migration would do to any case' });

export const Migration = z
  .object({
    ...versions,
    reason: Reason,
    cases: z
      .array(Id)
      .max(100)
      .optional()
      .describe('Only these cases; every active one of the old version when absent'),
    cursor: z.string().max(512).optional().describe('`next` of the answer before'),
    limit: z.number().int().min(1).max(100).default(20).describe('Cases in this call'),
  })
  .meta({ id: 'Migration', description: 'Many cases', example: { from: 1, to: 2, mapping: {}, reason: '流程修订' } });

export const MigrationResults = z
  .object({
    items: z
      .array(
        z.object({
          case: z.string().describe('Id of the case'),
          number: z.string().describe('办件编号'),
          outcome: z.enum(['migrated', 'already', 'refused']).describe('already: it is on the new version'),
          code: z.string().nullable().describe('Of the refusal'),
          text: Bilingual.nullable().describe('The refusal in words'),
        }),
      )
      .describe('One for each case, each written by itself'),
    next: z.string().nullable().describe('Cursor for the next call; null when no case is left'),
  })
  .meta({ id: 'MigrationResults', description: 'What became of each case' });
