import { z } from 'zod';
import { Person } from '../session/schema.ts';

export const DemoPerson = Person.extend({
  description: z.string().describe('What to try with this role'),
}).meta({ id: 'DemoPerson', description: 'A role card of the demo city' });

export const DemoPeople = z
  .array(DemoPerson)
  .meta({ id: 'DemoPeople', description: 'The role cards, in the order to show them' });
