import type { z } from 'zod';
import { noLights } from '../../../engine/store/order.ts';
import type { LightCounts } from '../../../engine/store/ports.ts';
import { LIGHTS } from '../../../engine/time/index.ts';
import type { Person } from '../../../processes/directory/index.ts';
import { listUndelivered } from '../../../processes/notices/index.ts';
import type { House } from '../../house.ts';
import { presentCases } from '../cases/list.ts';
import { departmentReference, instant } from '../present.ts';
import type { Board, OverdueCases } from './schema.ts';

/** Tasks without a department wait for the applicant. */
const APPLICANTS = { id: '', name: '申请人' };

const MOST_UNDELIVERED = 100;

/** The lights of all departments and of the cases, at one instant. */
export async function readBoard(house: House): Promise<z.input<typeof Board>> {
  const [{ seen, outdated }, undelivered] = await Promise.all([
    house.boardCounts(),
    listUndelivered(house.store, { limit: MOST_UNDELIVERED }),
  ]);
  const { at, tasks, cases } = seen;
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

/** The longest overdue of all departments as they were at one instant, and what `viewer` may do with them. */
export async function readOverdue(house: House, viewer: Person): Promise<z.input<typeof OverdueCases>> {
  const { seen, outdated } = await house.longestOverdue();
  const { at, cases } = seen;
  return { at: instant(at), outdated, items: await presentCases(house, cases, viewer, at) };
}

function worstFirst(a: LightCounts, b: LightCounts): number {
  return LIGHTS.map((light) => b[light] - a[light]).find((difference) => difference !== 0) ?? 0;
}
