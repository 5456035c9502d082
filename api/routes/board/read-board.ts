import type { z } from 'zod';
import type { CaseQuery } from '../../../engine/store/ports.ts';
import type { House } from '../../house.ts';
import { departmentReference, instant } from '../present.ts';
import type { Board } from './schema.ts';

/** Tasks without a department wait for the applicant. */
const APPLICANTS = { id: '', name: '申请人' };

/** Cases are counted by reading them: enough for a tile, and bounded. */
const COUNTED = 1_000;

/** The lights of all departments and of the cases, at one instant. */
export async function readBoard(house: House): Promise<z.input<typeof Board>> {
  const now = house.engine.now();
  const count = async (query: Partial<CaseQuery>) =>
    (await house.store.listCases({ ...query, now, limit: COUNTED })).length;
  const [lights, green, yellow, red, completed] = await Promise.all([
    house.store.countLights(now),
    count({ status: 'active', light: 'green' }),
    count({ status: 'active', light: 'yellow' }),
    count({ status: 'active', light: 'red' }),
    count({ status: 'completed' }),
  ]);
  const totals = { green: 0, yellow: 0, red: 0 };
  for (const row of lights) for (const light of ['green', 'yellow', 'red'] as const) totals[light] += row[light];
  const worstFirst = [...lights].sort((a, b) => b.red - a.red || b.yellow - a.yellow || b.green - a.green);
  return {
    at: instant(now),
    totals,
    departments: worstFirst.map(({ department, ...of }) => ({
      department: department === '' ? APPLICANTS : departmentReference(house, department),
      ...of,
    })),
    cases: { green, yellow, red, completed },
  };
}
