import type { Person, Role } from './person.ts';

/** What a role may do at all. What a person may do with one row is decided beside the row. */
export const permissions = {
  'definitions.deploy': ['designer'],
  'cases.start': ['applicant', 'handler', 'designer'],
  'cases.read': ['applicant', 'handler', 'supervisor', 'designer'],
  'cases.cancel': ['applicant', 'supervisor', 'designer'],
  'cases.choose': ['handler', 'supervisor', 'designer'],
  // Moving a case by hand, and taking it to another version of its process.
  'cases.repair': ['supervisor', 'designer'],
  // 特别程序 stops the clock of a case; 延期 gives it more time.
  'cases.hold': ['handler', 'supervisor'],
  'cases.extend': ['supervisor'],
  // 催办; 督办单; 公开超期原因.
  'cases.urge': ['applicant', 'handler', 'supervisor'],
  'orders.read': ['handler', 'supervisor'],
  'orders.issue': ['supervisor'],
  'orders.reply': ['handler'],
  'reasons.give': ['handler'],
  // Of several departments together: what the head of the government has approved (行政许可法 art. 42.2).
  'cases.extendJointly': ['supervisor'],
  // 一次性告知补正, and the applicant's answer.
  'cases.supplement': ['handler'],
  'cases.answer': ['applicant'],
  // Reasons to hold beside those of the law, each with its basis.
  'holdReasons.edit': ['designer'],
  'tasks.read': ['applicant', 'handler', 'supervisor', 'designer'],
  // Applicants handle the tasks that are assigned to them: supplementing, rectifying.
  'tasks.handle': ['applicant', 'handler'],
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
