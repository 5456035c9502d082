import { isRejection, isStoreTrouble, Rejection } from '../kernel/rejection.ts';
import type { Actor, MigratedCase, MigrateCases, MigrationRun } from '../engine.ts';
import type { CaseRow } from '../store/ports.ts';
import type { CaseDeps } from './deps.ts';
import { findTarget, migrateCase } from './migrate-case.ts';
import { checkedReason } from './reason.ts';

/** Cases taken in one call; the caller goes on with `next`. */
export const MOST_CASES = 100;
const PAGE = 200;

/**
 * Migrates cases of one version one after another, each in a commit of its own with a result of its own: a refusal stops
 * none of the others. Cut off in the middle, the same call goes on where it stopped, since what was migrated is on the new
 * version. `definition.not_found`, `migration.same_version`, `case.reason_missing`, `case.reason_too_long`,
 * `store.unavailable` (some may be migrated)
 */
export async function migrateCases(deps: CaseDeps, migrate: MigrateCases, actor: Actor): Promise<MigrationRun> {
  checkedReason(migrate.reason);
  await findTarget(deps, { definitionKey: migrate.definitionKey, definitionVersion: migrate.from }, migrate.to);
  const limit = Math.min(MOST_CASES, Math.max(1, migrate.limit ?? MOST_CASES));
  const { rows, next } = migrate.caseIds
    ? { rows: await named(deps, migrate.caseIds.slice(0, MOST_CASES)), next: undefined }
    : await waiting(deps, migrate, limit);
  const results: MigratedCase[] = [];
  for (const row of rows) results.push(await migrateOne(deps, migrate, row, actor));
  return { results, ...(next && { next }) };
}

async function named({ store }: CaseDeps, ids: readonly string[]): Promise<(CaseRow | string)[]> {
  return Promise.all(ids.map(async (id) => (await store.findCase(id)) ?? id));
}

/** The next active cases of the version, newest first, from behind the last one of the call before. */
async function waiting(
  { store }: CaseDeps,
  { definitionKey, from, after: start }: MigrateCases,
  limit: number,
): Promise<{ rows: CaseRow[]; next?: { startedAt: number; id: string } }> {
  const rows: CaseRow[] = [];
  for (let after = start; ;) {
    const page = await store.listCases({ definitionKey, status: 'active', ...(after && { after }), limit: PAGE });
    for (const row of page) {
      if (row.definitionVersion === from) rows.push(row);
      if (rows.length === limit) return { rows, next: { startedAt: row.startedAt, id: row.id } };
    }
    if (page.length < PAGE) return { rows };
    const last = page.at(-1)!;
    after = { startedAt: last.startedAt, id: last.id };
  }
}

async function migrateOne(
  deps: CaseDeps,
  { definitionKey, from, to, mapping, reason }: MigrateCases,
  row: CaseRow | string,
  actor: Actor,
): Promise<MigratedCase> {
  const caseId = typeof row === 'string' ? row : row.id;
  const number = typeof row === 'string' ? '' : row.number;
  const of = { caseId, number };
  if (typeof row === 'string' || row.definitionKey !== definitionKey) {
    return { ...of, outcome: 'refused', code: 'case.not_found', details: { case: caseId } };
  }
  if (row.definitionVersion === to) return { ...of, outcome: 'already' };
  if (row.definitionVersion !== from) {
    const details = { case: caseId, expected: from, version: row.definitionVersion };
    return { ...of, outcome: 'refused', code: 'migration.other_version', details };
  }
  try {
    await migrateCase(deps, { caseId, version: to, reason, ...(mapping && { mapping }) }, actor);
    return { ...of, outcome: 'migrated' };
  } catch (refusal) {
    // somebody else may have migrated it meanwhile: that is what was asked for
    if (isRejection(refusal, 'migration.same_version')) return { ...of, outcome: 'already' };
    // a store that is away says nothing of the case, which may be migrated
    if (refusal instanceof Rejection && !isStoreTrouble(refusal))
      return { ...of, outcome: 'refused', code: refusal.code, details: refusal.details };
    throw refusal;
  }
}
