import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { watchConnections, type Connections } from './connections.ts';

/** A port that answers. */
export interface Port {
  readonly server: Server;
  readonly connections: Connections;
}

/** Opens the port; resolves when it answers. The error names the port where it is taken. */
export async function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  at: { host: string; port: number },
): Promise<Port> {
  const server = createServer(
    { requestTimeout: 120_000, headersTimeout: 20_000, keepAliveTimeout: 10_000 },
    (request, response) => {
      void handle(request, response);
    },
  );
  const connections = watchConnections(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(taken ? new Error(`port ${at.port} on ${at.host} is in use; set PORT to another`) : error);
    });
    server.listen(at.port, at.host, resolve);
  });
  return { server, connections };
}

export function addressOf({ server }: Pick<Port, 'server'>): string {
  const { address, family, port } = server.address() as AddressInfo;
  const host = family === 'IPv6' ? `[${address}]` : address;
  return `http://${host}:${port}`;
}
