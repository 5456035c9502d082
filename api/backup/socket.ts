import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { connectToData, serveOnData } from '../data-socket.ts';
import type { Hold } from './take-backup.ts';

const NAME = 'backup';
/** A backup that takes longer than this is given up: until then nothing goes from the WAL into the database file. */
const LONGEST_HOLD_MS = 60 * 60_000;

export interface Holdable {
  hold(): Promise<void>;
  release(): Promise<void>;
}

/**
 * Lets `npm run backup` hold the store of this process: the hold lasts as long as the connection, so a backup that dies
 * holds nothing. One at a time. Undefined as `serveOnData` says.
 */
export async function serveBackups(dataDir: string, store: Holdable): Promise<{ close(): void } | undefined> {
  let asked: Socket | undefined;
  const server = await serveOnData(dataDir, NAME, (socket) => {
    if (asked) return void socket.end('busy\n');
    asked = socket;
    void serve(socket, store).finally(() => (asked = undefined));
  });
  if (!server) return undefined;
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
  const socket = await connectToData(dataDir, NAME);
  if (!socket) return undefined;
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
