import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { Agent, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { closePort } from '../../api/close-port.ts';
import { listen, type Port } from '../../api/listen.ts';

const NEVER_MS = 3_600_000;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

let port: Port;
afterEach(() => {
  port.server.closeAllConnections();
  agent.destroy();
});

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

async function open(handle: Handle) {
  const answer = (request: IncomingMessage, response: ServerResponse) => Promise.resolve(handle(request, response));
  port = await listen(answer, { host: '127.0.0.1', port: 0 });
  const { port: number } = port.server.address() as AddressInfo;
  return {
    number,
    async ask(): Promise<string> {
      const [answer] = (await once(request({ host: '127.0.0.1', port: number, agent }).end(), 'response')) as [
        IncomingMessage,
      ];
      answer.resume();
      await once(answer, 'end');
      return answer.headers.connection!;
    },
  };
}

/** `leaving`: the port is closed. `done`: so are all connections. */
function close({ lingerMs = NEVER_MS, patienceMs = NEVER_MS }) {
  let left = () => undefined as void;
  const leaving = new Promise<void>((resolve) => (left = resolve));
  return { leaving, done: closePort(port, { lingerMs, patienceMs, closed: left }) };
}

/** Reads nothing before it is told to; then all that comes. */
async function slowReader(number: number): Promise<{ rest(): Promise<number> }> {
  const socket: Socket = connect(number, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await once(socket, 'readable');
  return {
    async rest() {
      let bytes = 0;
      socket.on('data', (chunk: Buffer) => (bytes += chunk.length));
      await once(socket, 'close');
      return bytes;
    },
  };
}

describe('a port that is closed', () => {
  it('has answered whoever the kernel had let in already', async () => {
    const { ask } = await open((_, response) => response.setHeader('Connection', 'close').end());
    const asked = ask();
    await new Promise((soon) => process.nextTick(() => process.nextTick(soon))); // connected, not accepted
    const { done } = close({});
    expect(await asked).toBe('close');
    await done;
  });

  it('goes on answering on connections that others keep, and takes no new ones', async () => {
    let last = false;
    const { ask, number } = await open((_, response) => {
      if (last) response.setHeader('Connection', 'close');
      response.end();
    });
    expect(await ask()).toBe('keep-alive');
    const { leaving, done } = close({});
    await leaving;
    const [error] = (await once(connect(number, '127.0.0.1'), 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
    last = true;
    expect(await ask()).toBe('close');
    await done;
  });

  it('lets idle connections go in the end, not those on which an answer is on its way', async () => {
    const bytes = 20_000_000;
    const { ask, number } = await open(({ url }, response) => response.end(url === '/' ? Buffer.alloc(bytes) : ''));
    await ask();
    const reader = await slowReader(number);
    const { done } = close({ lingerMs: 0 });
    await new Promise<void>((gone) => {
      const look = () => port.server.getConnections((_, open) => (open === 1 ? gone() : setImmediate(look)));
      look();
    });
    expect(await reader.rest()).toBeGreaterThan(bytes);
    await done;
  });

  it('cuts off what is not answered in time', async () => {
    const { ask } = await open(() => undefined);
    const asked = ask();
    await once(port.server, 'request');
    const { done } = close({ lingerMs: 0, patienceMs: 10 });
    await expect(asked).rejects.toMatchObject({ code: 'ECONNRESET' });
    await done;
  });
});
