/** What someone may do at all; rows decide the rest. */
export const ROLES = [
  'designer',
  'handler',
  /** 行政机关负责人: does what handlers do, and approves for the own department. */
  'head',
  'supervisor',
  /** 本级人民政府负责人 */
  'governmentHead',
  'applicant',
  'integrator',
] as const;
export type Role = (typeof ROLES)[number];

export interface Person {
  readonly id: string;
  readonly name: string;
  /** 职务 */
  readonly title: string;
  readonly role: Role;
  /** Ids of the departments the person works for: the candidate groups of their tasks. */
  readonly departments: readonly string[];
  /** What to try with this role card. */
  readonly description: string;
}

/** A department of the government, or a utility or bank that takes part in its cases. */
export interface Department {
  readonly id: string;
  readonly name: string;
  readonly kind: 'department' | 'utility' | 'bank';
  /** 综合窗口: receives applications and delivers what others decide. */
  readonly receptionWindow?: true;
  /** 分管负责人: id of the person who answers for it; absent where nobody is named. */
  readonly head?: string;
}

/** GB/T 2260 division. */
export interface Region {
  readonly code: string;
  readonly name: string;
}

/** Handlers and heads see and do what their departments have to do. */
export function isStaff({ role }: Pick<Person, 'role'>): boolean {
  return role === 'handler' || role === 'head';
}

export function worksFor(person: Person, department: string): boolean {
  return person.departments.includes(department);
}
