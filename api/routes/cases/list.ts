import type { z } from 'zod';
import type { CaseRow } from '../../../engine/index.ts';
import type { CaseQuery as StoreQuery } from '../../../engine/store/ports.ts';
import { isStaff, type Person } from '../../../processes/directory/index.ts';
import type { House } from '../../house.ts';
import { BY_START, readPage } from '../page.ts';
import { presentCase } from './present.ts';
import type { CaseBrief, CaseList, CaseQuery } from './schema.ts';

/**
 * Cases a person may see: the same rule as `maySeeCase`, as a query; but those that supervision alone concerns a department
 * with are found by their orders.
 */
export async function listCases(
  house: House,
  query: z.output<typeof CaseQuery>,
  viewer: Person,
): Promise<z.input<typeof CaseList>> {
  if (viewer.role === 'integrator') return { items: [], next: null };
  const now = house.engine.now();
  const { rows, next } = await readPage(query, BY_START, (after, limit) =>
    house.store.listCases({
      ...scopeOf(viewer),
      status: query.status,
      light: query.light,
      now,
      definitionKey: query.definition,
      parent: query.parent,
      text: query.text,
      after,
      limit,
    }),
  );
  return { items: await presentCases(house, rows, viewer, now), next };
}

/** Cases as `viewer` sees them at `now`, in their order. */
export async function presentCases(
  house: House,
  rows: readonly CaseRow[],
  viewer: Person,
  now: number,
): Promise<CaseBrief[]> {
  const names = await definitionNames(house, rows);
  return rows.map((row) => presentCase(house, row, names.get(row.definitionId)!, viewer, now));
}

function scopeOf(viewer: Person): Pick<StoreQuery, 'applicant' | 'groups'> {
  if (viewer.role === 'applicant') return { applicant: viewer.id };
  if (isStaff(viewer)) return { groups: [...viewer.departments] };
  return {};
}

async function definitionNames(house: House, rows: readonly CaseRow[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.map((row) => row.definitionId))];
  const names = await Promise.all(ids.map(async (id) => (await house.engine.getGraph(id)).name || id));
  return new Map(ids.map((id, i) => [id, names[i]!]));
}
