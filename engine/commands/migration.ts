import type { PlannedElement, Remark } from '../core/index.ts';
import type { JsonObject } from '../kernel/json.ts';

/** Element or flow id of the old version -> of the new one; null: none. What is not named keeps its id. */
export type MigrationMapping = Readonly<Record<string, string | null>>;

export interface MigrateCase {
  readonly caseId: string;
  /** Of the same definition; older ones too. */
  readonly version: number;
  readonly mapping?: MigrationMapping;
  readonly reason: string;
  /** `rev` of the case that the person saw. */
  readonly expectedRev?: number;
}

export interface MigrateCases {
  readonly definitionKey: string;
  readonly from: number;
  readonly to: number;
  readonly mapping?: MigrationMapping;
  readonly reason: string;
  /** These cases (at most 100), else every active one of `from`, newest first. */
  readonly caseIds?: readonly string[];
  /** `next` of the call before. */
  readonly after?: { readonly startedAt: number; readonly id: string };
  /** At most 100. */
  readonly limit?: number;
}

export interface MigratedCase {
  readonly caseId: string;
  readonly number: string;
  readonly outcome: 'migrated' | 'already' | 'refused';
  /** Of the refusal. */
  readonly code?: string;
  readonly details?: JsonObject;
}

export interface MigrationRun {
  readonly results: readonly MigratedCase[];
  /** More cases are left behind this one. */
  readonly next?: { readonly startedAt: number; readonly id: string };
}

export interface PlanMigration {
  readonly definitionKey: string;
  readonly from: number;
  readonly to: number;
  readonly mapping?: MigrationMapping;
}

export interface PlanCaseMigration {
  readonly caseId: string;
  readonly version: number;
  readonly mapping?: MigrationMapping;
}

export interface CaseMigrationPlan {
  /** Revision of the case that was looked at. */
  readonly rev: number;
  readonly elements: readonly PlannedElement[];
  /** Where the case waits now: element id -> tokens, those held at joins included. */
  readonly tokens: Readonly<Record<string, number>>;
  /** Problems that refuse the migration of this case. */
  readonly blocking: readonly Remark[];
}
