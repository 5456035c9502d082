import type { z } from 'zod';
import { noLights } from '../../../engine/store/order.ts';
import type { LightCounts } from '../../../engine/store/ports.ts';
import { LIGHTS } from '../../../engine/time/index.ts';
import type { Person } from '../../../processes/directory/index.ts';
import { listUndelivered } from '../../../processes/notices/index.ts';
import type { House } from '../../house.ts';
import { presentCases } from '../cases/list.ts';
import type { CaseBrief } from '../cases/schema.ts';
import { departmentReference, instant } from '../present.ts';
import type { Board } from './schema.ts';

/** Tasks without a department wait for the applicant. */
const APPLICANTS = { id: '', name: '申请人' };

const MOST_UNDELIVERED = 100;

/** The lights of all departments and of the cases, at one instant. */
export async function readBoard(house: House): Promise<z.input<typeof Board>> {
  const [{ counts, outdated }, undelivered] = await Promise.all([
    house.boardCounts(),
    listUndelivered(house.store, { limit: MOST_UNDELIVERED }),
  ]);
  const { at, tasks, cases } = counts;
  const totals = noLights();
  for (const row of tasks) for (const light of LIGHTS) totals[light] += row[light];
  return {
    at: instant(at),
    outdated,
    totals,
    departments: [...tasks].sort(worstFirst).map(({ department, ...of }) => ({
      department: department === '' ? APPLICANTS : departmentReference(house, department),
      ...of,
    })),
    cases,
    undelivered: undelivered.length,
  };
}

/** Of each light so many, the longest overdue first. */
const MOST_OVERDUE = 10;

export async function readOverdue(house: House, viewer: Person): Promise<CaseBrief[]> {
  const now = house.engine.now();
  const found = await Promise.all(
    (['deepRed', 'red'] as const).map((light) => house.store.listOverdueCases({ light, now, limit: MOST_OVERDUE })),
  );
  return presentCases(house, found.flat(), viewer, now);
}

function worstFirst(a: LightCounts, b: LightCounts): number {
  return LIGHTS.map((light) => b[light] - a[light]).find((difference) => difference !== 0) ?? 0;
}
