import type { CaseRow, Store } from '../../engine/store/ports.ts';
import { sharedLook, type Shared } from './shared-look.ts';

/** The cases that were overdue for longest at one instant, of all departments: for those who may see every case. */
export interface LongestOverdue {
  readonly at: number;
  /** Deep red, then red; of each those first whose limit passed first. */
  readonly cases: readonly CaseRow[];
}

/** Of each light so many. */
const MOST = 10;

/** Found once for all who look where finding is slow: a server that sorts all that are overdue (shared-look.ts). */
export function longestOverdue(store: Store, now: () => number): () => Promise<Shared<LongestOverdue>> {
  return sharedLook(
    async () => {
      const at = now();
      const [deepRed, red] = await Promise.all(
        (['deepRed', 'red'] as const).map((light) => store.listOverdueCases({ light, now: at, limit: MOST })),
      );
      return { at, cases: [...deepRed!, ...red!] };
    },
    { clock: now },
  );
}
