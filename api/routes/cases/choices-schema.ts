import { z } from 'zod';
import { Id, IdParams, Reference } from '../vocabulary.ts';

export const CaseChoice = z
  .object({
    token: z.string().describe('Names the open ad-hoc sub-process'),
    element: Reference.describe('The ad-hoc sub-process'),
    activities: z.array(Reference).describe('What may begin, any number of times'),
    running: z.array(Reference).describe('What goes on in it'),
    waiting: z.array(Reference).describe('What was chosen and waits for its turn'),
    can: z.object({ choose: z.boolean().describe('May choose, and let it end') }).describe('What you may do'),
  })
  .meta({ id: 'CaseChoice', description: 'An ad-hoc sub-process in which somebody chooses what is done' });

export const CaseChoices = z
  .object({ items: z.array(CaseChoice).describe('In the order they were opened') })
  .meta({ id: 'CaseChoices', description: 'Where somebody may choose in a case' });

export const ChoiceMade = z
  .object({ activities: z.array(Id).max(1_000).describe('Ids of the activities to begin') })
  .meta({ id: 'ChoiceMade', description: 'Activities to begin', example: { activities: ['site-visit'] } });

export const ChoiceParams = IdParams.extend({ token: Id.describe('Token of the choice') });
