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

/** A store that takes longer (ms) counts as away: who asks must get an answer in time. */
const PATIENCE_MS = 2_000;

/**
 * Looks at the store at every question; questions that come while it looks share one look, so that asking often is no
 * load. Migrations are done where this answers at all: no store opens before its tables or indexes are those of this version.
 */
export function createReadiness(
  { store, stopping, queue }: { store: Store; stopping: Stopping; queue: () => QueueState },
  patienceMs = PATIENCE_MS,
): () => Promise<Readiness> {
  let looking: Promise<boolean> | undefined;
  return async () => {
    looking ??= answers(store, patienceMs).finally(() => (looking = undefined));
    const there = await looking;
    return {
      ready: there && !stopping.begun,
      store: there ? 'answers' : 'away',
      queue: queue(),
      stopping: stopping.begun,
    };
  };
}

async function answers(store: Store, patienceMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), patienceMs)));
  const look = store.getDocument('settings', 'readiness').then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([look, late]);
  } finally {
    clearTimeout(timer);
  }
}
