import type { CaseBrief, CaseMigrationPlan, ModificationChoices, ModificationPreview } from '../../shared/contract.ts';
import { call, newActionKey } from '../../shared/http.ts';

export interface Move {
  /** Element ids that the case stands at. */
  from: readonly string[];
  /** Element id; empty: only cancel. */
  to: string;
}

function operationsOf({ from, to }: Move) {
  return from.map((each) => (to ? { do: 'move' as const, from: each, to } : { do: 'cancel' as const, from: each }));
}

export const getModification = (id: string): Promise<ModificationChoices> =>
  call('getCaseModification', { params: { id } });

export const previewMove = (id: string, move: Move): Promise<ModificationPreview> =>
  call('previewCaseModification', { params: { id }, body: { operations: operationsOf(move) } });

/** `rev` is the revision that was previewed: a case that has moved on since stays as it is. */
export const moveCase = (id: string, move: Move, reason: string, rev: number): Promise<CaseBrief> =>
  call('modifyCase', {
    params: { id },
    body: { operations: operationsOf(move), reason, rev },
    idempotencyKey: newActionKey(),
  });

export type Mapping = Record<string, string | null>;

export const planMigration = (id: string, version: number, mapping: Mapping): Promise<CaseMigrationPlan> =>
  call('planCaseMigration', { params: { id }, body: { version, mapping } });

export const migrateCase = (
  id: string,
  migration: { version: number; mapping: Mapping; reason: string; rev: number },
): Promise<CaseBrief> => call('migrateCase', { params: { id }, body: migration, idempotencyKey: newActionKey() });
