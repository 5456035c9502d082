import { z } from 'zod';
import { ROLES } from '../../../processes/directory/index.ts';
import { Id, Reference } from '../vocabulary.ts';

export const Role = z
  .enum(ROLES)
  .meta({ id: 'Role', description: '流程设计员、经办人、部门负责人、督办人、政府负责人、申请人、对接人' });

export const Person = z
  .object({
    id: z.string().describe('Stable id'),
    name: z.string().describe('Name'),
    title: z.string().describe('职务: what the person does'),
    role: Role.describe('Decides what the person may do'),
    departments: z.array(Reference).describe('Departments the person works for'),
  })
  .meta({ id: 'Person', description: 'Someone who uses the system' });
export type Person = z.infer<typeof Person>;

export const SessionAbilities = z
  .object({
    deploy: z.boolean().describe('Check and publish process definitions'),
    startCase: z.boolean().describe('Start cases'),
    handleTasks: z.boolean().describe('Claim and complete tasks of own departments'),
    supervise: z.boolean().describe('See the board and the cases of all departments'),
    retryIncidents: z.boolean().describe('See incidents and retry them'),
    loadCalendars: z.boolean().describe('Load notices of holidays'),
    integrate: z.boolean().describe('Send messages and work on external jobs'),
  })
  .meta({ id: 'SessionAbilities', description: 'What this person may do at all; each row says more in its own `can`' });

export const Session = z
  .object({
    user: Person.nullable().describe('Who is signed in; null for nobody'),
    can: SessionAbilities.describe('What they may do'),
  })
  .meta({ id: 'Session', description: 'Who is asking' });
export type Session = z.infer<typeof Session>;

export const SignIn = z
  .object({ person: Id.describe('Id of a demo person') })
  .meta({ id: 'SignIn', description: 'Sign-in by role card, demo mode only', example: { person: 'applicant-zhao' } });
