import { z } from 'zod';
import { LIGHTS } from '../../engine/time/index.ts';

/** Words that several nouns share. A schema with an id becomes one component of the OpenAPI document and one client type. */

export const Instant = z.iso.datetime({ offset: true }).meta({ example: '2026-11-05T09:30:00.000+08:00' });

export const Id = z.string().min(1).max(128);

export const Reference = z
  .object({
    id: z.string().describe('Stable id'),
    name: z.string().describe('Name to show'),
  })
  .meta({
    id: 'Reference',
    description: 'Something else, by id and name',
    example: { id: 'housing', name: '住房和城乡建设局' },
  });
export type Reference = z.infer<typeof Reference>;

export const Bilingual = z
  .object({ zh: z.string().describe('Chinese'), en: z.string().describe('English') })
  .meta({ id: 'Bilingual', description: 'A sentence in both languages' });
export type Bilingual = z.infer<typeof Bilingual>;

export const Light = z.enum(LIGHTS).meta({
  id: 'Light',
  description:
    '灯: green in time, yellow near its end, red past the promise, deepRed past the statutory limit, grey held, none without a limit. Computed when asked, never stored',
});
export type Light = z.infer<typeof Light>;

export const Remaining = z
  .object({
    workingDays: z.number().int().describe('Working days left until the due date; negative when overdue'),
    text: Bilingual.describe('What is left in words, in the unit of the limit'),
  })
  .meta({ id: 'Remaining', description: 'Time left, counted with the working-day calendar' });
export type Remaining = z.infer<typeof Remaining>;

export const Limit = z
  .object({
    value: z.number().describe('How many'),
    unit: z.enum(['workingDays', 'calendarDays', 'workingHours']).describe('Of what'),
  })
  .meta({ id: 'Limit', description: '时限: how much of what', example: { value: 5, unit: 'workingDays' } });
export type Limit = z.infer<typeof Limit>;

export const Amount = z
  .object({
    value: z.number().describe('How much, to two decimals'),
    unit: z.enum(['workingDays', 'calendarDays', 'workingHours']).describe('Of what'),
    text: Bilingual.describe('The same in words'),
  })
  .meta({ id: 'Amount', description: 'An amount of time, counted with the working-day calendar' });
export type Amount = z.infer<typeof Amount>;

export const Variables = z.record(z.string(), z.unknown()).meta({ example: {} });

export const Problem = z
  .object({
    type: z.string().describe('/problems/<code>'),
    title: z.string().describe('Sentence for people, in the language of Accept-Language (Chinese by default)'),
    status: z.number().int().describe('HTTP status'),
    code: z.string().describe('Stable code; compare this, never the sentence'),
    detail: z.string().optional().describe('More words, where there are any'),
    instance: z.string().describe('Id of the request, also in the X-Request-Id header and in the server log'),
    details: z.record(z.string(), z.unknown()).optional().describe('Data that belongs to the code'),
    errors: z
      .array(
        z.object({
          pointer: z.string().describe('JSON pointer to the value'),
          detail: z.string().describe('What is wrong with it'),
          code: z.string().describe('Stable code'),
        }),
      )
      .optional()
      .describe('One line for each value that was refused'),
  })
  .meta({
    id: 'Problem',
    description: 'RFC 9457 problem document',
    example: {
      type: '/problems/task.already_claimed',
      title: '该任务已由李明于 10:02 认领。',
      status: 409,
      code: 'task.already_claimed',
      instance: '01JD2Q0X7N',
      details: { by: { id: 'li-ming', name: '李明' }, since: '2026-11-05T10:02:00.000+08:00' },
    },
  });
export type Problem = z.infer<typeof Problem>;

/** Query of every list: keyset paging. */
export const PageQuery = z.object({
  cursor: z.string().max(512).optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(100).default(20).describe('Rows per page'),
});

/** A page of rows; `next` is null on the last one. */
export function pageOf<Row extends z.ZodType>(id: string, row: Row) {
  return z
    .object({
      items: z.array(row).describe('Rows of this page'),
      next: z.string().nullable().describe('Cursor of the next page; null on the last'),
    })
    .meta({ id, description: 'One page' });
}

export const IdParams = z.object({ id: Id.describe('Id') });
