import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { relative } from 'node:path';

/** The longest address that every system takes for a socket in the file system. */
const LONGEST = 100;

/** Where the process that has a data folder open is asked for something. Who may write to the folder may ask. */
function addressOf(dataDir: string, name: string): string {
  if (process.platform === 'win32')
    return `\\\\.\\pipe\\onevisit-${name}-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`;
  const [full, short] = [`${dataDir}/${name}.sock`, relative(process.cwd(), `${dataDir}/${name}.sock`)];
  return short.length < full.length ? short : full;
}

/**
 * Lets commands on this machine ask the process that has a data folder open, as long as it runs. Undefined where the folder's
 * path is too long for a socket: then these commands need a stop.
 */
export async function serveOnData(
  dataDir: string,
  name: string,
  serve: (socket: Socket) => void,
): Promise<{ close(): void } | undefined> {
  const path = addressOf(dataDir, name);
  if (path.length > LONGEST) return undefined;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    serve(socket);
  });
  if (process.platform !== 'win32') rmSync(path, { force: true }); // of a process that was killed; the folder is ours
  server.listen(path);
  await once(server, 'listening');
  server.unref();
  return { close: () => void server.close() };
}

/** A way to the process that has the folder open; undefined when there is none. */
export async function connectToData(dataDir: string, name: string): Promise<Socket | undefined> {
  const socket = connect(addressOf(dataDir, name));
  try {
    await once(socket, 'connect');
  } catch {
    return undefined;
  }
  socket.on('error', () => undefined);
  return socket;
}
