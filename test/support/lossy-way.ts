import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server on which answers are lost: the request arrives and is done, and the connection ends instead. */
export interface LossyWay {
  readonly url: string;
  lost(): number;
  close(): Promise<void>;
}

/** `share` of the answers are lost; `chance` draws from [0, 1). */
export async function openLossyWay(to: string, share: number, chance: () => number): Promise<LossyWay> {
  const { hostname, port } = new URL(to);
  const open = new Set<Socket>();
  let lost = 0;
  const keep = (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => open.delete(socket));
    return socket;
  };
  const way = createServer((client) => {
    keep(client);
    const server = keep(connect(Number(port), hostname));
    client.on('data', (chunk) => server.write(chunk)).on('close', () => server.destroy());
    server.on('close', () => client.destroy());
    server.on('data', (chunk) => {
      if (chance() >= share) return void client.write(chunk);
      lost++;
      client.destroy();
    });
  });
  way.listen(0, '127.0.0.1');
  await once(way, 'listening');
  return {
    url: `http://127.0.0.1:${(way.address() as AddressInfo).port}`,
    lost: () => lost,
    async close() {
      const closed = once(way, 'close');
      way.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
