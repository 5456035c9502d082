import { z } from 'zod';
import { CaseChoice } from './choices-schema.ts';
import { CaseClock, Phase } from './clock-schema.ts';
import { TaskBrief } from '../tasks/schema.ts';
import { Bilingual, Id, Instant, Light, PageQuery, Reference, Remaining, Variables } from '../vocabulary.ts';

export const CaseStatus = z
  .enum(['active', 'completed', 'terminated', 'cancelled'])
  .meta({ id: 'CaseStatus', description: '办理中、已办结、已终止、已撤件' });

const Returned = z.boolean().describe('退件: cancelled because the applicant did not supplement in time');

export const CaseBrief = z
  .object({
    id: z.string().describe('Id of the case'),
    number: z.string().describe('办件编号, what people quote'),
    title: z.string().describe('Title'),
    definition: z
      .object({
        id: z.string().describe('key:version'),
        key: z.string().describe('Id of the process'),
        version: z.number().int().describe('The case stays on this version'),
        name: z.string().describe('Name of the process'),
      })
      .describe('What it is a case of'),
    status: CaseStatus.describe('Status'),
    returned: Returned,
    light: Light.nullable().describe('Light of the whole case; null once it is closed'),
    heldFor: Bilingual.nullable().describe('What its clock stands still for now; null while it runs'),
    applicant: Reference.nullable().describe('Who applied'),
    department: Reference.nullable().describe('Lead department'),
    startedAt: Instant.describe('When it started'),
    endedAt: Instant.nullable().describe('When it closed'),
    dueAt: Instant.nullable().describe('Promise; null without one and while it is held'),
    statutoryAt: Instant.nullable().describe('When the statutory limit ends; null without one and while it is held'),
    yellowAt: Instant.nullable().describe('When its light turns yellow'),
    provisional: z
      .boolean()
      .describe(
        '暂定: the due date, without a promise the statutory one, lies beyond the published calendar and may still move',
      ),
    statutoryProvisional: z.boolean().describe('暂定, of the statutory date'),
    phase: Phase.nullable().describe(
      'Which clock light, due date and time left are of; handling where the process names no milestones, null when none runs',
    ),
    remaining: Remaining.nullable().describe('Time left; null without a limit and once it is closed'),
    incidents: z.number().int().describe('Open incidents'),
    can: z
      .object({
        cancel: z.boolean().describe('May cancel it'),
        repair: z.boolean().describe('May move it by hand, and take it to another version'),
      })
      .describe('What you may do'),
  })
  .meta({ id: 'CaseBrief', description: '办件' });
export type CaseBrief = z.infer<typeof CaseBrief>;

export const CaseKin = z
  .object({
    id: z.string().describe('Id of the case'),
    number: z.string().describe('办件编号'),
    title: z.string().describe('Title'),
    status: CaseStatus.describe('Status'),
    returned: Returned,
    element: z.string().describe('Id of the call activity between the two'),
  })
  .meta({ id: 'CaseKin', description: 'A case that called another, or was called' });
export type CaseKin = z.infer<typeof CaseKin>;

export const CaseDetail = CaseBrief.extend({
  parent: CaseKin.nullable().describe('The case whose call activity opened this one'),
  children: z.array(CaseKin).describe('Cases that its call activities opened, newest first, at most 50'),
  clock: CaseClock.nullable().describe('How its clock was stopped and extended; null when the model states no limit'),
  choices: z.array(CaseChoice).describe('Where somebody may choose what is done next'),
  tasks: z.array(TaskBrief).describe('Its tasks, newest first'),
  variables: Variables.describe('What was filled in; an applicant sees the application only'),
}).meta({ id: 'CaseDetail', description: 'A case with its tasks and data' });
export type CaseDetail = z.infer<typeof CaseDetail>;

export const CaseList = z
  .object({
    items: z.array(CaseBrief).describe('Newest first'),
    next: z.string().nullable().describe('Cursor of the next page; null on the last'),
  })
  .meta({ id: 'CaseList', description: 'One page of cases' });

export const CaseQuery = PageQuery.extend({
  status: CaseStatus.optional().describe('Only cases with this status'),
  light: Light.optional().describe('Only active cases with this light'),
  definition: Id.optional().describe('Only cases of this definition key'),
  parent: Id.optional().describe('Only cases that call activities of this case opened'),
  text: z.string().max(100).optional().describe('Part of the number or the title'),
});

export const CaseStart = z
  .object({
    definition: Id.describe('Key of the definition; its newest version is started'),
    title: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .describe('Title; made from the item and the applicant when absent'),
    data: Variables.default({}).describe('Values for the start form'),
  })
  .meta({ id: 'CaseStart', description: 'An application', example: { definition: 'housing-trade', data: {} } });

export const CaseCancellation = z
  .object({ reason: z.string().trim().min(1).max(500).describe('Why; kept in the history') })
  .meta({ id: 'CaseCancellation', description: 'Why a case is cancelled', example: { reason: '申请人撤回申请' } });

export const HistoryEntry = z
  .object({
    seq: z.number().int().describe('1, 2, 3 … without gaps'),
    at: Instant.describe('When'),
    actor: Reference.describe('Who'),
    type: z.string().describe('Event type'),
    node: Reference.nullable().describe('Element of the diagram it is about'),
    text: Bilingual.describe('What happened, in plain words'),
    data: Variables.describe('Data of the event; empty for applicants'),
    token: z.string().nullable().describe('The token it happened to'),
    prevHash: z.string().describe('Hash of the event before; empty for the first'),
    hash: z
      .string()
      .describe(
        'SHA-256, in hex, of prevHash followed by the event as JSON with sorted keys and no blanks: ' +
          'actor and node as their ids, at in ms, caseId, data, seq, token, type (docs/backup.md)',
      ),
  })
  .meta({ id: 'HistoryEntry', description: 'One event of a case' });

export const History = z
  .object({
    items: z.array(HistoryEntry).describe('Oldest first'),
    next: z.string().nullable().describe('Cursor of the next page; null on the last'),
    chain: z
      .object({
        verified: z.boolean().describe('Every event of the case still has the hash it was written with, without gaps'),
      })
      .describe('Whether the history is untouched'),
  })
  .meta({ id: 'History', description: 'One page of what happened' });

export const HistoryQuery = PageQuery.extend({
  limit: z.coerce.number().int().min(1).max(500).default(200).describe('Rows per page'),
});

export const DiagramToken = z
  .object({
    element: z.string().describe('Id of the element'),
    name: z.string().describe('Name of the element; its id where it has none'),
    kind: z.string().describe('BPMN element, for example userTask'),
    light: Light.describe('Worst light of what waits here'),
    wait: z
      .enum([
        'task',
        'job',
        'case',
        'message',
        'timer',
        'signal',
        'condition',
        'event',
        'scope',
        'choice',
        'compensation',
        'incident',
      ])
      .describe('What it waits for'),
    department: Reference.nullable().describe('Who works on it'),
    assignee: Reference.nullable().describe('Who holds the task'),
    dueAt: Instant.nullable().describe('Earliest promise of what waits here, else the earliest statutory limit'),
    dueTask: z.string().nullable().describe('Id of the task whose date that is'),
    provisional: z.boolean().describe('暂定, of that date'),
    count: z.number().int().describe('How many tokens wait here'),
  })
  .meta({ id: 'DiagramToken', description: 'Where the case stands' });

export const CaseDiagram = z
  .object({
    xml: z.string().describe('BPMN of the version the case runs on'),
    tokens: z.array(DiagramToken).describe('Where the case stands, one row for each element'),
    completed: z.array(z.string()).describe('Ids of elements that were completed'),
    flows: z.array(z.string()).describe('Ids of sequence flows that were taken'),
  })
  .meta({ id: 'CaseDiagram', description: 'The picture of a case' });
