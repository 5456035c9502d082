import { Server } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Port } from './listen.ts';

/** So long a quiet moment is waited for, ms. */
const RESTLESS_MS = 500;
/** A turn of the event loop that took no longer had nothing to do, ms. */
const QUIET_MS = 0.3;

/**
 * Closes a port so that nobody notices who can ask elsewhere. Connections that are open are still answered on, `lingerMs`
 * long: whoever keeps them, as a proxy does, may have sent a request already. Then those that are idle are closed, and after
 * `patienceMs` all. `closed` is told once no new ones are taken. Resolves when there are none.
 */
export async function closePort(
  { server, connections }: Port,
  { lingerMs, patienceMs, closed }: { lingerMs: number; patienceMs: number; closed: () => void },
): Promise<void> {
  await quietMoment(server);
  // not that of the HTTP server, which closes connections at once
  const empty = new Promise((resolve) => Server.prototype.close.call(server, resolve));
  closed();
  const linger = setTimeout(() => connections.closeIdle(), lingerMs);
  const patience = setTimeout(() => server.closeAllConnections(), patienceMs);
  await empty;
  clearTimeout(linger);
  clearTimeout(patience);
  server.close(); // its watch over slow requests
}

/**
 * The kernel takes connections, and what is sent on them, before the server does, and throws away those that the server has
 * not seen when the port is closed. After a turn of the event loop in which nobody came and that was short it has just looked.
 */
async function quietMoment(server: Server): Promise<void> {
  let came = false;
  const notice = () => (came = true);
  server.on('connection', notice);
  await nextTurn(); // from here on a whole turn lies between two of them
  const until = performance.now() + RESTLESS_MS;
  for (let before = 0, now = performance.now(); now < until; now = performance.now()) {
    if (!came && now - before < QUIET_MS) break;
    came = false;
    before = now;
    await nextTurn();
  }
  server.off('connection', notice);
}
