import { z } from 'zod';
import { FormDefinition, Material } from '../items/schema.ts';
import { Id, Instant, Limit, Reference } from '../vocabulary.ts';

export const Finding = z
  .object({
    element: z.string().describe("Id of the element; '' when it is about the file"),
    rule: z.string().describe('Rule id'),
    severity: z.enum(['error', 'warning']).describe('An error refuses the upload'),
    zh: z.string().describe('What is wrong, in Chinese'),
    en: z.string().describe('What is wrong, in English'),
    related: z.array(z.string()).optional().describe('Ids of further elements that the sentence speaks about'),
  })
  .meta({ id: 'Finding', description: 'What the check says about one element' });

export type Finding = z.infer<typeof Finding>;

export const UploadCheck = z
  .object({
    ok: z.boolean().describe('No finding is an error'),
    key: z.string().describe('Id of the process; becomes the key of the definition'),
    name: z.string().describe('Name of the process'),
    processes: z
      .array(z.object({ key: z.string().describe('Id of the process'), name: z.string().describe('Its name') }))
      .describe('All processes of the file that run: each becomes a definition'),
    xml: z.string().describe('The file as Unicode text'),
    findings: z.array(Finding).describe('All findings'),
  })
  .meta({ id: 'UploadCheck', description: 'Result of a check; nothing was published' });

export const DefinitionBrief = z
  .object({
    id: z.string().describe('key:version'),
    key: z.string().describe('Id of the process'),
    version: z.number().int().describe('1, 2, 3 …'),
    name: z.string().describe('Name'),
    deployedAt: Instant.describe('When it was published'),
    deployedBy: Reference.describe('By whom'),
    can: z
      .object({ start: z.boolean().describe('May start a case of its newest version') })
      .describe('What you may do'),
  })
  .meta({ id: 'DefinitionBrief', description: 'One version of a process definition' });
export type DefinitionBrief = z.infer<typeof DefinitionBrief>;

export const Definitions = z.array(DefinitionBrief).meta({ id: 'Definitions', description: 'Definitions' });

export const DefinitionDetail = DefinitionBrief.extend({
  startForm: FormDefinition.nullable().describe('Form that starts a case; null when nothing is asked'),
  materials: z.array(Material).describe('What to hand in; empty where the version says nothing of it'),
  promise: Limit.nullable().describe('Promise limit of the whole case'),
}).meta({ id: 'DefinitionDetail', description: 'One version with its start form' });
export type DefinitionDetail = z.infer<typeof DefinitionDetail>;

export const Deployment = z
  .object({
    definition: DefinitionBrief.describe('The version that is newest now'),
    created: z.boolean().describe('False: the newest version has the same content already'),
    others: z.array(DefinitionBrief).describe('The other processes of the file, each a definition of its own'),
    findings: z.array(Finding).describe('Warnings'),
  })
  .meta({ id: 'Deployment', description: 'What publishing did' });

export const DefinitionParams = z.object({ id: Id.describe('key:version') });
