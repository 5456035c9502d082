import { z } from 'zod';
import { Bilingual, Limit, Reference } from '../vocabulary.ts';

const Option = z.object({ value: z.string().describe('Stored value'), label: Bilingual.describe('Words to show') });

export const FormField = z
  .object({
    name: z.string().describe('Variable name the value is stored under'),
    label: Bilingual.describe('Label'),
    type: z
      .enum([
        'text',
        'textarea',
        'number',
        'money',
        'date',
        'select',
        'radio',
        'checkbox',
        'idNumber',
        'creditCode',
        'phone',
        'file',
      ])
      .describe(
        'checkbox is true/false unless it has options (then a list of values); money is yuan with at most 2 decimals; date is YYYY-MM-DD; file is {id,name,size,type}',
      ),
    required: z.boolean().optional().describe('Must be filled in'),
    min: z.union([z.number(), z.string()]).optional().describe('Smallest number, or earliest date'),
    max: z.union([z.number(), z.string()]).optional().describe('Largest number, or latest date'),
    minLength: z.number().int().optional().describe('Fewest characters'),
    maxLength: z.number().int().optional().describe('Most characters'),
    pattern: z.string().optional().describe('Regular expression the text must match'),
    options: z.array(Option).optional().describe('Choices of select, radio and checkbox'),
    help: Bilingual.optional().describe('Hint below the field'),
    readOnly: z.boolean().optional().describe('Shown, not changed'),
    multiple: z.boolean().optional().describe('A list of values: several files or choices'),
    accept: z.string().optional().describe('File types, as in the HTML accept attribute'),
    default: z.unknown().optional().describe('Value to begin with'),
  })
  .meta({ id: 'FormField', description: 'One field of a form' });

export const FormDefinition = z
  .object({
    key: z.string().describe('Key the process refers to'),
    title: Bilingual.describe('Heading'),
    fields: z.array(FormField).describe('Fields in the order to show them'),
  })
  .meta({ id: 'FormDefinition', description: 'A form; the server validates with the same definition' });
export type FormDefinition = z.infer<typeof FormDefinition>;

export const Material = z
  .object({
    name: z.string().describe('Name of the material'),
    required: z.boolean().describe('Must be handed in'),
    note: z.string().describe('Original, copy, where it comes from; may be empty'),
  })
  .meta({ id: 'Material', description: '申请材料' });

const StartAbility = z.object({ start: z.boolean().describe('May start a case of it') });

export const Item = z
  .object({
    key: z.string().describe('Key of the definition to start'),
    name: z.string().describe('Name of the item'),
    summary: z.string().describe('What it is for, in a sentence or two'),
    department: Reference.nullable().describe('Lead department'),
    promise: Limit.nullable().describe('Promise limit of the whole case'),
    can: StartAbility.describe('What you may do'),
  })
  .meta({ id: 'Item', description: '事项: what an applicant may start' });
export type Item = z.infer<typeof Item>;

export const Items = z.array(Item).meta({ id: 'Items', description: 'What may be started' });

export const ItemDetail = Item.extend({
  form: FormDefinition.nullable().describe('What to fill in to start; null when nothing is asked'),
  materials: z.array(Material).describe('What to hand in'),
  steps: z.array(z.string()).describe('How it goes, step by step'),
}).meta({ id: 'ItemDetail', description: 'An item with its guide and form' });
export type ItemDetail = z.infer<typeof ItemDetail>;

export const KeyParams = z.object({ key: z.string().min(1).max(128).describe('Key of the definition') });
