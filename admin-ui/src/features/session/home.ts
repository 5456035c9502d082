import type { Role } from '../../shared/contract.ts';

const homes: Record<Role, string> = {
  designer: '/definitions',
  handler: '/inbox',
  head: '/inbox',
  supervisor: '/board',
  governmentHead: '/cases',
  applicant: '/items',
  integrator: '/definitions',
};

/** The page a role starts on. */
export function homeOf(role: Role | null): string {
  return role ? homes[role] : '/sign-in';
}
