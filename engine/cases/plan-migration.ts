import { blockedBy, planMigration } from '../core/index.ts';
import type { CaseMigrationPlan, PlanCaseMigration, PlanMigration, PlannedElement } from '../engine.ts';
import type { CaseDeps } from './deps.ts';
import { keepExtensions } from './extension-units.ts';
import { getCase } from './read-case.ts';
import { findTarget } from './migrate-case.ts';

/** What a migration from one version to another would do, without a case. */
export async function planOfVersions(
  deps: CaseDeps,
  { definitionKey: key, from, to, mapping = {} }: PlanMigration,
): Promise<PlannedElement[]> {
  const target = await findTarget(deps, { definitionKey: key, definitionVersion: from }, to);
  const plan = planMigration(await deps.graphOf(`${key}:${from}`), await deps.graphOf(target.id), mapping);
  return [...plan.elements.values()];
}

/**
 * The same for one case as it stands: where it waits, and what of the plan's problems concerns it.
 * `migration.extension_of_other_unit`, which no mapping mends
 */
export async function planOfCase(
  deps: CaseDeps,
  { caseId, version, mapping = {} }: PlanCaseMigration,
): Promise<CaseMigrationPlan> {
  const row = await getCase(deps, caseId);
  const target = await findTarget(deps, row, version);
  const [graph, to] = [await deps.graphOf(row.definitionId), await deps.graphOf(target.id)];
  keepExtensions(row, graph, to);
  const plan = planMigration(graph, to, mapping);
  const tokens: Record<string, number> = {};
  const count = (element: string, more: number) => (tokens[element] = (tokens[element] ?? 0) + more);
  for (const { node, wait } of Object.values(row.state.tokens)) if (wait !== 'listener') count(node, 1);
  for (const { joins = {} } of Object.values(row.state.scopes)) {
    for (const [join, held] of Object.entries(joins))
      count(
        join,
        Object.values(held).reduce((sum, each) => sum + each, 0),
      );
  }
  return { rev: row.rev, elements: [...plan.elements.values()], tokens, blocking: blockedBy(plan, row.state) };
}
