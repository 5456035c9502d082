import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { inUseRejection } from '../refusals.ts';
import { openDatabase, type Database, type DriverName } from './driver.ts';
import { isBusy, refusalOf, sendError, type SentError } from './errors.ts';
import { Journal } from './journal.ts';
import { reads, type Answer, type ReadName } from './operations.ts';
import { prepareSchema } from './schema.ts';
import { Writer, type Outcome } from './writer.ts';

export interface WorkerData {
  directory: string;
  sync: boolean;
  driver?: DriverName;
}

/** Number of the call and its operation as JSON, alternating: flat, so that posting it costs little. */
export type Calls = (number | string)[];
export type Replies = [call: number, answer: Answer, error?: SentError][];
export type Hello = { driver: string } | { failed: SentError };

/** A little work is left in the journal for at most this long. */
const CHECKPOINT_MS = 250;

const port = parentPort!;
const data = workerData as WorkerData;

try {
  serve(open(data));
} catch (error) {
  port.postMessage({ failed: sendError(refusalOf(error)) } satisfies Hello);
}

interface Opened {
  database: Database;
  journal: Journal;
  writer: Writer;
}

function open({ directory, sync, driver }: WorkerData): Opened {
  const file = join(directory, 'store.db');
  // Left by the WASM driver of a process that was killed; whoever runs this line holds the directory's lock.
  rmSync(`${file}.lock`, { recursive: true, force: true });
  const database = openDatabase(file, driver);
  try {
    prepareSchema(database);
  } catch (error) {
    database.close();
    throw isBusy(error) ? inUseRejection(directory) : error;
  }
  const epoch = database.get(`SELECT value FROM meta WHERE name = 'epoch'`)!.value as number;
  const journal = Journal.open(join(directory, 'store.journal'), epoch, sync);
  syncDirectory(directory);
  return { database, journal, writer: new Writer(database, journal, epoch) };
}

/** So that a power cut cannot take the new files' names away. Not every system can open a directory. */
function syncDirectory(directory: string): void {
  try {
    const handle = openSync(directory, 'r');
    fsyncSync(handle);
    closeSync(handle);
  } catch {
    // Nothing to do about it there.
  }
}

function serve({ database, journal, writer }: Opened): void {
  let timer: NodeJS.Timeout | undefined;
  const checkpoint = () => {
    clearTimeout(timer);
    timer = undefined;
    writer.checkpoint();
    if (writer.pending > 0) timer = setTimeout(checkpoint, 1000);
  };

  port.on('message', (calls: Calls) => {
    // Everything that has arrived meanwhile shares one sync.
    for (let more; (more = receiveMessageOnPort(port));) calls.push(...(more.message as Calls));
    const writes: { call: number; operation: string }[] = [];
    const replies: Replies = [];
    let closing: number | undefined;
    for (let i = 0; i < calls.length; i += 2) {
      const [call, operation] = [calls[i] as number, calls[i + 1] as string];
      const name = operation.slice(2, operation.indexOf('"', 2));
      if (name === 'close') closing = call;
      else if (Object.hasOwn(reads, name)) replies.push(reply(call, read(database, operation)));
      else writes.push({ call, operation });
    }
    // Readers need not wait for the disk.
    if (replies.length > 0 && writes.length > 0) port.postMessage(replies.splice(0));
    if (writes.length > 0) {
      const outcomes = writer.execute(writes.map(({ operation }) => operation));
      outcomes.forEach((outcome, i) => replies.push(reply(writes[i]!.call, outcome)));
    }
    if (closing !== undefined) {
      clearTimeout(timer);
      writer.close();
      database.close();
      journal.close();
      replies.push([closing, undefined]);
    }
    port.postMessage(replies);
    if (closing !== undefined) return port.close();
    if (writer.checkpointDue) checkpoint();
    else if (writer.pending > 0) timer ??= setTimeout(checkpoint, CHECKPOINT_MS);
  });
  port.postMessage({ driver: database.name } satisfies Hello);
}

function read(database: Database, operation: string): Outcome {
  try {
    const [name, ...args] = JSON.parse(operation) as [ReadName, ...never[]];
    const run: (database: Database, ...args: never[]) => Answer = reads[name];
    return { answer: run(database, ...args) };
  } catch (error) {
    return { error: refusalOf(error) };
  }
}

function reply(call: number, outcome: Outcome): Replies[number] {
  return 'error' in outcome ? [call, undefined, sendError(outcome.error)] : [call, outcome.answer];
}
