import { otherPhase } from '../../engine/index.ts';
import type { JsonObject } from '../../engine/kernel/json.ts';
import type { CaseRow } from '../../engine/store/ports.ts';
import type { Order } from './order.ts';
import type { OverdueReason } from './overdue-reason.ts';

/** Which light of a clock a step of escalation belongs to. */
export const ESCALATION_LIGHTS = ['yellow', 'red', 'deepRed'] as const;
export type EscalationLight = (typeof ESCALATION_LIGHTS)[number];

/**
 * What supervision keeps with a case, in the case's own row: what is decided is decided on this, never on the documents that
 * lists are made of, which a store may put in place a moment later.
 */
export interface Supervision {
  /** How often it was urged, when last, and when last by its applicant. */
  readonly urges?: { readonly count: number; readonly lastAt: number; readonly byApplicantAt?: number };
  readonly reasons?: readonly OverdueReason[];
  /** Those that are not closed. */
  readonly orders?: readonly Order[];
  /** Departments that were ever ordered to act, or asked for a reason: they may see the case. */
  readonly concerned?: readonly string[];
  /** Clock (`clockKey`) → light → the due date that was escalated. */
  readonly escalated?: Readonly<Record<string, Partial<Record<EscalationLight, number>>>>;
}

/**
 * The clock that runs for a task, or with token '' for the case: its review, its handling ('') and its delivery are clocks of
 * their own, also where one ends on the day of the next.
 */
export function clockKey(row: Pick<CaseRow, 'clock'>, token: string): string {
  return (token === '' && otherPhase(row)) || token;
}

export function supervisionOf({ annex }: Pick<CaseRow, 'annex'>): Supervision {
  return (annex?.supervision as unknown as Supervision | undefined) ?? {};
}

/** The departments concerned, and these. */
export function alsoConcerned(row: Pick<CaseRow, 'annex'>, departments: readonly string[]): { concerned: string[] } {
  return { concerned: [...new Set([...(supervisionOf(row).concerned ?? []), ...departments])] };
}

/** The annex of the case with this change; what other modules keep there stays. */
export function withSupervision(row: Pick<CaseRow, 'annex'>, change: Supervision): JsonObject {
  return { ...row.annex, supervision: { ...supervisionOf(row), ...change } as unknown as JsonObject };
}
