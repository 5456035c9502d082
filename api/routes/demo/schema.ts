import { z } from 'zod';
import { LEAPS } from '../../demo/leap.ts';
import { Instant } from '../vocabulary.ts';
import { Person } from '../session/schema.ts';

export const DemoPerson = Person.extend({
  description: z.string().describe('What to try with this role'),
}).meta({ id: 'DemoPerson', description: 'A role card of the demo city' });

export const DemoPeople = z
  .array(DemoPerson)
  .meta({ id: 'DemoPeople', description: 'The role cards, in the order to show them' });

export const ClockMove = z
  .strictObject({
    leap: z
      .enum(LEAPS)
      .optional()
      .describe('An hour; the next working day; the first one after the National Day holiday'),
    to: Instant.optional().describe('Any moment ahead'),
  })
  .refine(({ leap, to }) => (leap === undefined) !== (to === undefined), { params: { code: 'demo.clock_where' } })
  .meta({
    id: 'ClockMove',
    description: 'Where to move the clock of the demo: by a leap or to a moment, one of the two',
    example: { leap: 'nextWorkingDay' },
  });

export const ClockMoved = z
  .object({
    from: Instant.describe('Where it stood'),
    now: Instant.describe('Where it goes on'),
    ran: z.number().int().describe('Timers, deadlines and other jobs that became due on the way'),
    arrived: z.boolean().describe('False: too much was due on the way; move it again to go on'),
  })
  .meta({ id: 'ClockMoved', description: 'The clock of the demo after a move' });
