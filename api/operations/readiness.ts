import type { Store } from '../../engine/store/ports.ts';
import type { Stopping } from './stopping.ts';

/** May this node be sent requests? */
export interface Readiness {
  readonly ready: boolean;
  readonly store: 'answers' | 'away';
  readonly stopping: boolean;
  /** `away` keeps no node out: each then finds its due work by itself, and all nodes would leave at once. */
  readonly queue: QueueState;
}

export type QueueState = 'in-process' | 'answers' | 'away';

export interface ReadinessDeps {
  readonly store: Store;
  readonly stopping: Stopping;
  readonly queue: () => QueueState;
  /** An operation of the store failed lately. */
  readonly failing: () => boolean;
}

const MARK = ['settings', 'readiness'] as const;
/** A store that takes longer (ms) counts as away: who asks must get an answer in time. */
const PATIENCE_MS = 2_000;

/**
 * Looks at the store at every question; questions that come while it looks share one look, so that asking often is no
 * load. One that failed lately (`failing`) may still be read, as on a full disk: it has to take a write before it counts as
 * there again. Migrations are done where this answers at all: no store opens before its tables or indexes are those of this
 * version.
 */
export function createReadiness(
  { store, stopping, queue, failing }: ReadinessDeps,
  patienceMs = PATIENCE_MS,
): () => Promise<Readiness> {
  let looking: Promise<boolean> | undefined;
  let mustWrite = false;

  async function look(): Promise<boolean> {
    mustWrite ||= failing();
    const asked = mustWrite ? store.putDocument(...MARK, {}) : store.getDocument(...MARK);
    const there = await answers(asked, patienceMs);
    if (there) mustWrite = false;
    return there;
  }

  return async () => {
    looking ??= look().finally(() => (looking = undefined));
    const there = await looking;
    return {
      ready: there && !stopping.begun,
      store: there ? 'answers' : 'away',
      queue: queue(),
      stopping: stopping.begun,
    };
  };
}

async function answers(asked: Promise<unknown>, patienceMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), patienceMs)));
  const look = asked.then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([look, late]);
  } finally {
    clearTimeout(timer);
  }
}
