import type { Person, Role } from './person.ts';

const STAFF = ['handler', 'head'] as const;

/** What a role may do at all. What a person may do with one row is decided beside the row. */
export const permissions = {
  'definitions.deploy': ['designer'],
  'cases.start': ['applicant', ...STAFF, 'designer'],
  'cases.read': ['applicant', ...STAFF, 'supervisor', 'governmentHead', 'designer'],
  'cases.cancel': ['applicant', 'supervisor', 'designer'],
  'cases.choose': [...STAFF, 'supervisor', 'designer'],
  // Moving a case by hand, and taking it to another version of its process.
  'cases.repair': ['supervisor', 'designer'],
  // 特别程序 stops the clock of a case.
  'cases.hold': [...STAFF, 'supervisor'],
  // 延期 gives a case more time, once: the head of the authority approves it, of several departments together the head of
  // the government (行政许可法 art. 42).
  'cases.extend': ['head'],
  'cases.extendJointly': ['governmentHead'],
  // 催办; 督办单; 公开超期原因.
  'cases.urge': ['applicant', ...STAFF, 'supervisor'],
  'orders.read': [...STAFF, 'supervisor'],
  'orders.issue': ['supervisor'],
  'orders.reply': STAFF,
  'reasons.give': STAFF,
  // 一次性告知补正, and the applicant's answer.
  'cases.supplement': STAFF,
  'cases.answer': ['applicant'],
  // Reasons to hold beside those of the law, each with its basis.
  'holdReasons.edit': ['designer'],
  'tasks.read': ['applicant', ...STAFF, 'supervisor', 'governmentHead', 'designer'],
  // Applicants handle the tasks that are assigned to them: supplementing, rectifying.
  'tasks.handle': ['applicant', ...STAFF],
  'board.read': ['supervisor'],
  'incidents.handle': ['supervisor', 'designer'],
  // Notices that did not arrive: seeing them, and having them sent again.
  'notices.resend': ['supervisor', 'designer'],
  // Loading a notice of holidays: every open case is counted again.
  'calendars.load': ['designer'],
  'messages.send': ['integrator', 'supervisor'],
  'jobs.work': ['integrator'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof permissions;

export function may(person: Pick<Person, 'role'>, permission: Permission): boolean {
  return (permissions[permission] as readonly Role[]).includes(person.role);
}
