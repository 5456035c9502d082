import type { CaseCounts, LightCount, Store } from '../../engine/store/ports.ts';
import { sharedLook, type Shared } from './shared-look.ts';

/** All lights at one instant. */
export interface BoardCounts {
  readonly at: number;
  /** Unfinished tasks by department. */
  readonly tasks: readonly LightCount[];
  readonly cases: CaseCounts;
}

/** What the board of supervisors counts; a million cases are counted once for all who look (shared-look.ts). */
export function boardCounts(store: Store, now: () => number): () => Promise<Shared<BoardCounts>> {
  return sharedLook(
    async () => {
      const at = now();
      const [tasks, cases] = await Promise.all([store.countLights(at), store.countCases(at)]);
      return { at, tasks, cases };
    },
    { clock: now },
  );
}
