import { z } from 'zod';
import { Id, Instant, PageQuery, pageOf, Reference } from '../vocabulary.ts';

export const Incident = z
  .object({
    id: z.string().describe('Id of the incident'),
    case: z
      .object({ id: z.string().describe('Id of the case'), number: z.string().describe('办件编号') })
      .describe('The case that waits'),
    definition: Reference.describe('Its definition, by key'),
    node: Reference.describe('Element where it happened'),
    code: z.string().describe('Stable code'),
    message: z.string().describe('What went wrong, for people who repair'),
    openedAt: Instant.describe('Since when'),
    can: z.object({ retry: z.boolean().describe('May retry it') }).describe('What you may do'),
  })
  .meta({ id: 'Incident', description: '异常: the case waits here until a person acts' });

export const IncidentList = pageOf('IncidentList', Incident);

export const IncidentQuery = PageQuery.extend({
  definition: Id.optional().describe('Only incidents of this definition key'),
  case: Id.optional().describe('Only incidents of this case'),
});
