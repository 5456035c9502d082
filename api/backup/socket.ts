import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { relative } from 'node:path';
import { createInterface } from 'node:readline';
import type { Hold } from './take-backup.ts';

/** The longest address that every system takes for a socket in the file system. */
export const LONGEST_SOCKET = 100;
const NAME = 'backup';
/** A backup that takes longer than this is given up: until then nothing goes from the WAL into the database file. */
const LONGEST_HOLD_MS = 60 * 60_000;

export interface Holdable {
  hold(): Promise<void>;
  release(): Promise<void>;
}

/** Where the process that has a data folder open is asked for something. Who may write to the folder may ask. */
export function socketOf(dataDir: string, name: string): string {
  if (process.platform === 'win32')
    return `\\\\.\\pipe\\onevisit-${name}-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`;
  const [full, short] = [`${dataDir}/${name}.sock`, relative(process.cwd(), `${dataDir}/${name}.sock`)];
  return short.length < full.length ? short : full;
}

/**
 * Lets `npm run backup` hold the store of this process: the hold lasts as long as the connection, so a backup that dies
 * holds nothing. One at a time. Undefined where the folder's path is too long for a socket: then a backup needs a stop.
 */
export async function serveBackups(dataDir: string, store: Holdable): Promise<{ close(): void } | undefined> {
  const path = socketOf(dataDir, NAME);
  if (path.length > LONGEST_SOCKET) return undefined;
  let asked: Socket | undefined;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    if (asked) return void socket.end('busy\n');
    asked = socket;
    void serve(socket, store).finally(() => (asked = undefined));
  });
  if (process.platform !== 'win32') rmSync(path, { force: true }); // of a process that was killed; the folder is ours
  server.listen(path);
  await once(server, 'listening');
  server.unref();
  return {
    /** Before the store is closed: closing it writes to the file, and who copies it must hear of that. */
    close() {
      server.close();
      asked?.destroy();
    },
  };
}

async function serve(socket: Socket, store: Holdable): Promise<void> {
  const over = setTimeout(() => socket.destroy(), LONGEST_HOLD_MS).unref();
  try {
    await store.hold();
    socket.write('held\n');
    for await (const line of createInterface({ input: socket })) if (line === 'done') break;
  } catch (error) {
    socket.end(`failed ${(error as Error).message}\n`);
  } finally {
    clearTimeout(over);
    // `kept` comes before the release: until here the file was still
    if (socket.writable) socket.end('kept\n');
    await store.release().catch(() => undefined);
  }
}

/** Asks the process that has the folder open to hold its store; undefined when there is none. */
export async function holdRunning(dataDir: string): Promise<Hold | undefined> {
  const socket = connect(socketOf(dataDir, NAME));
  try {
    await once(socket, 'connect');
  } catch {
    return undefined;
  }
  socket.on('error', () => undefined);
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  const next = async () => ((await lines.next()).value as string | undefined) ?? 'gone';
  const answer = await next();
  if (answer !== 'held') {
    socket.destroy();
    throw new Error(answer === 'busy' ? 'Another backup is under way' : `The server cannot be copied now: ${answer}`);
  }
  return {
    async release() {
      socket.write('done\n');
      const last = await next();
      socket.destroy();
      if (last !== 'kept') throw new Error('The server stopped while it was copied; take the backup again');
    },
  };
}
