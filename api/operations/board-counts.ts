import type { CaseCounts, LightCount, Store } from '../../engine/store/ports.ts';
import { lightOf } from '../../engine/time/index.ts';
import { casesOf } from './cases-of.ts';
import { sharedLook, type Shared } from './shared-look.ts';

/** All lights at one instant. */
export interface BoardCounts {
  readonly at: number;
  /** Unfinished tasks by department. */
  readonly tasks: readonly DepartmentCount[];
  readonly cases: CaseCounts;
}

/** The lights of its unfinished tasks, and what those without one do not say. */
export interface DepartmentCount extends LightCount {
  /** Overdue cases in which it is at a step without a limit; `more`: it has more such steps than were looked at. */
  readonly overdueCases: { readonly count: number; readonly more: boolean };
}

/** So many steps without a limit are looked at of each department, those of the oldest cases. */
const LOOKED_AT = 100;

/** What the board of supervisors counts; a million cases are counted once for all who look (shared-look.ts). */
export function boardCounts(store: Store, now: () => number): () => Promise<Shared<BoardCounts>> {
  return sharedLook(
    async () => {
      const at = now();
      const [lights, cases] = await Promise.all([store.countLights(at), store.countCases(at)]);
      const tasks: DepartmentCount[] = [];
      // one after the other: each reads up to a hundred cases, and others use the store meanwhile
      for (const each of lights) tasks.push({ ...each, overdueCases: await overdueCases(store, each, at) });
      return { at, tasks, cases };
    },
    { clock: now },
  );
}

/** The light of a task without a limit says nothing; that of its case may. Nobody answers for steps of no department. */
async function overdueCases(
  store: Store,
  { department, none }: LightCount,
  now: number,
): Promise<DepartmentCount['overdueCases']> {
  if (none === 0 || department === '') return { count: 0, more: false };
  const asked = { department, status: 'unfinished', light: 'none', now, limit: LOOKED_AT } as const;
  const cases = await casesOf(store, await store.listTasks(asked));
  const overdue = [...cases.values()].filter((row) => ['red', 'deepRed'].includes(lightOf(row, now)));
  return { count: overdue.length, more: none > LOOKED_AT };
}
