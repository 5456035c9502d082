import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Call } from '../evidence.ts';

/** Another authority's system, which service tasks call. It remembers every call. */
export interface Bureau {
  readonly host: string;
  readonly calls: readonly Call[];
  stop(): Promise<void>;
}

/** Answers after `slowMs`: long enough for another node to look meanwhile. */
export async function openBureau(slowMs = 30): Promise<Bureau> {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    calls.push({ key: String(request.headers['idempotency-key']), at: Date.now() });
    setTimeout(() => response.setHeader('content-type', 'application/json').end('{"checked":true}'), slowMs);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
