import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { openRedis } from '../../../engine/redis/link.ts';

const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);
process.on('unhandledRejection', note);

let server: Server | undefined;
afterEach(() => {
  process.off('unhandledRejection', note);
  server?.close();
});

const SUBSCRIBED = '*3\r\n$9\r\nsubscribe\r\n$7\r\nchanges\r\n:1\r\n';

/** Speaks as much of Redis as the test needs; from the second connection on it leaves subscriptions without an answer. */
async function openSlowRedis(): Promise<{ url: string; sockets: Socket[] }> {
  const sockets: Socket[] = [];
  server = createServer((socket) => {
    const isFirst = sockets.push(socket) === 1;
    socket.on('error', () => undefined);
    socket.on('data', (sent) => {
      for (const command of String(sent)
        .split(/^\*\d+\r\n/m)
        .slice(1))
        if (!/subscribe/i.test(command)) socket.write('+OK\r\n');
        else if (isFirst) socket.write(SUBSCRIBED);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`, sockets };
}

describe('a connection to Redis that listens', () => {
  it('may end before it listens again: no node ends because of that', async () => {
    const { url, sockets } = await openSlowRedis();
    const client = openRedis(url);
    const next = (event: 'ready' | 'end') => new Promise<void>((done) => void client.once(event, done));
    await client.subscribe('changes');
    sockets[0]!.destroy();
    await next('ready');
    client.disconnect();
    sockets[1]!.destroy();
    await next('end');
    await new Promise((done) => setImmediate(done));
    expect(unhandled).toEqual([]);
  });
});
