import { systemClock, type Clock } from '../kernel/clock.ts';
import type { PeerChange, PeerChanges, PeerListener } from './peer-changes.ts';

export interface PollingOptions {
  /** What was written after an instant (of `clock`) by any node, oldest first, at most `limit`. */
  listChanges(after: number, limit: number): Promise<PeerChange[]>;
  /** What the nodes date their writes by. */
  readonly clock?: Clock;
  readonly every?: number;
  readonly onError?: (error: unknown) => void;
}

const EVERY_MS = 1_000;
/** Writes become visible a little after the instant they carry, and the clocks of nodes differ. */
const OVERLAP_MS = 5_000;
/** More at once than anybody reads one by one: screens look again instead. */
const MOST = 500;

/** Asks the store what others wrote, every second while somebody listens. */
export function pollingPeers({
  listChanges,
  clock = systemClock,
  every = EVERY_MS,
  onError = () => undefined,
}: PollingOptions): PeerChanges {
  const listeners = new Set<PeerListener>();
  const known = recentChanges();
  let timer: NodeJS.Timeout | undefined;
  let since = 0;
  let looking: Promise<void> = Promise.resolve();
  let failing = false;

  async function look(): Promise<void> {
    const now = clock.now();
    const changes = await listChanges(since - OVERLAP_MS, MOST);
    since = now;
    known.forgetBefore(now - 3 * OVERLAP_MS);
    const fresh = changes.filter((change) => known.add(change, now));
    for (const listener of listeners) {
      if (changes.length >= MOST) listener.missed();
      else for (const change of fresh) listener.changed(change);
    }
  }
  function tick(): void {
    looking = look()
      .then(
        () => (failing = false),
        (error: unknown) => {
          if (!failing) onError(error); // once, however long it takes
          failing = true;
        },
      )
      .then(() => undefined)
      .finally(() => {
        if (timer !== undefined) timer = setTimeout(tick, every).unref();
      });
  }

  return {
    tell: (change) => void known.add(change, clock.now()),
    listen(listener) {
      listeners.add(listener);
      if (timer === undefined) {
        since = clock.now();
        timer = setTimeout(tick, 0).unref();
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearTimeout(timer);
        timer = undefined;
      };
    },
    async stop() {
      listeners.clear();
      clearTimeout(timer);
      timer = undefined;
      await looking;
    },
  };
}

/** What was told or heard lately. */
function recentChanges() {
  const at = new Map<string, number>();
  return {
    /** False: it is known already. */
    add({ caseId, seq }: PeerChange, now: number): boolean {
      const key = `${caseId}/${seq}`;
      if (at.has(key)) return false;
      at.set(key, now);
      return true;
    },
    /** In order of arrival: the oldest come first. */
    forgetBefore(instant: number): void {
      for (const [key, when] of at) {
        if (when >= instant) return;
        at.delete(key);
      }
    },
  };
}
