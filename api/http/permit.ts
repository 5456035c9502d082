import { may, type Permission as Named, type Person } from '../../processes/directory/index.ts';

/** What a route may ask for. What a person may do with one row is decided beside the row. */
export type Permission = 'anyone' | 'signed-in' | Named;

/** True when the person's role carries the permission. */
export function holds(person: Person | null, permission: Permission): boolean {
  if (permission === 'anyone') return true;
  if (!person) return false;
  return permission === 'signed-in' || may(person, permission);
}
