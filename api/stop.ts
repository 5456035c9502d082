import { setTimeout as pause } from 'node:timers/promises';
import type { Engine, PeerChanges } from '../engine/index.ts';
import type { Store } from '../engine/store/ports.ts';
import { closePort } from './close-port.ts';
import type { Port } from './listen.ts';
import type { Stopping } from './operations/stopping.ts';

export interface Stoppable {
  readonly port: Port;
  readonly engine: Engine;
  readonly peers: PeerChanges;
  readonly store: Store;
  readonly stopping: Stopping;
}

/**
 * Ends a node in order: it says that it is not ready and takes no more jobs, waits `drainMs` for those who send requests to
 * notice, closes the port, lets requests and jobs under way finish for `patienceMs`, cuts off the former and hands the
 * leases of the latter back, and closes the store. Whoever keeps connections that are idle has `drainMs` again to let them
 * go, at most half of `patienceMs`.
 */
export async function stopNode(
  { port, engine, peers, store, stopping }: Stoppable,
  { drainMs, patienceMs }: { drainMs: number; patienceMs: number },
): Promise<void> {
  stopping.begin();
  const jobs = engine.stop(drainMs + patienceMs);
  if (drainMs > 0) await pause(drainMs);
  const lingerMs = Math.min(drainMs, patienceMs / 2);
  const requests = closePort(port, { lingerMs, patienceMs, closed: () => stopping.leave() });
  try {
    await Promise.all([jobs, requests]);
  } finally {
    await peers.stop();
    await store.close();
  }
}
