import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** The connections of a server on which something was asked. */
export interface Connections {
  /** Closes those on which no answer is under way, now and from now on. */
  closeIdle(): void;
}

/**
 * What `closeIdleConnections` of Node is for, without cutting answers short: it takes a connection for idle as soon as the
 * answer is written, though much of it may still have to be sent.
 */
export function watchConnections(server: Server): Connections {
  const underWay = new Map<Socket, number>();
  let closing = false;
  server.on('request', ({ socket }, response) => {
    if (!underWay.has(socket)) socket.once('close', () => underWay.delete(socket));
    underWay.set(socket, (underWay.get(socket) ?? 0) + 1);
    response.once('close', () => {
      if (!underWay.has(socket)) return;
      underWay.set(socket, underWay.get(socket)! - 1);
      if (closing) closeIfIdle(socket);
    });
  });

  function closeIfIdle(socket: Socket): void {
    if (underWay.get(socket) === 0) socket.destroySoon();
  }

  return {
    closeIdle() {
      closing = true;
      for (const socket of underWay.keys()) closeIfIdle(socket);
    },
  };
}
