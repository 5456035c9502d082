import type { Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Engine, PeerChanges } from '../engine/index.ts';
import type { Store } from '../engine/store/ports.ts';
import type { Stopping } from './operations/stopping.ts';

export interface Stoppable {
  readonly server: Server;
  readonly engine: Engine;
  readonly peers: PeerChanges;
  readonly store: Store;
  readonly stopping: Stopping;
}

/**
 * Ends a node in order: it says that it is not ready and takes no more jobs, waits `drainMs` for those who send requests to
 * notice, closes the port, lets requests and jobs under way finish for `patienceMs`, cuts off the former and hands the
 * leases of the latter back, and closes the store.
 */
export async function stopNode(
  { server, engine, peers, store, stopping }: Stoppable,
  { drainMs, patienceMs }: { drainMs: number; patienceMs: number },
): Promise<void> {
  stopping.begin();
  const jobs = engine.stop(drainMs + patienceMs);
  if (drainMs > 0) await pause(drainMs);
  const requests = closeServer(server, patienceMs);
  try {
    await Promise.all([jobs, requests]);
  } finally {
    await peers.stop();
    await store.close();
  }
}

async function closeServer(server: Server, patienceMs: number): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), patienceMs);
  await closed;
  clearTimeout(timer);
}
