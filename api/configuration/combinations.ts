import type { Values } from './variables.ts';

/** Variables that are right by themselves and do not go together: one sentence for each. */
export function unfitTogether({ ONEVISIT_ROLES: roles, ...values }: Partial<Values>): string[] {
  const alone = roles !== undefined && roles.length < 2 && 'MONGODB_URI' in values && values.MONGODB_URI === undefined;
  return alone
    ? [
        `ONEVISIT_ROLES: a node that is only ${roles[0]} shares its cases with others, which needs MONGODB_URI; the embedded store belongs to one process, with all roles`,
      ]
    : [];
}
