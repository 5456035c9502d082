import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inUseRejection } from '../refusals.ts';
import { openDatabase, type Database, type DriverName } from './driver.ts';
import { isBusy, refusalOf, sendError, type SentError } from './errors.ts';
import type { JournalState } from './journal-state.ts';
import { Journal } from './journal.ts';
import { reads, type Answer, type ReadName } from './operations.ts';
import { prepareSchema } from './schema.ts';
import { Writer, type Outcome } from './writer.ts';

export interface SessionOptions {
  directory: string;
  sync: boolean;
  driver?: DriverName;
}

/**
 * Number of the call and its operation as JSON, alternating: flat, so that posting it costs little. A negative number is
 * that of a record that a lone caller has put into the journal itself.
 */
export type Calls = (number | string)[];
export type Replies = [call: number, answer: Answer, error?: SentError][];

/** Work is left in the journal alone for at most this long; after a failed checkpoint the next is tried later. */
const CHECKPOINT_MS = 1000;
const RETRY_MS = 1000;

/** The whole store while it is held (see writer.ts) or closed. */
export const DATABASE_FILE = 'store.db';
export const journalOf = (directory: string): string => join(directory, 'store.journal');

/** One open store directory: answers calls, synchronously. */
export class Session {
  readonly #database: Database;
  readonly #journal: Journal;
  readonly #writer: Writer;
  #timer: NodeJS.Timeout | undefined;

  /** The caller holds the directory's lock. */
  constructor({ directory, sync, driver }: SessionOptions) {
    const file = join(directory, DATABASE_FILE);
    // Left by the WASM driver of a process that was killed.
    rmSync(`${file}.lock`, { recursive: true, force: true });
    this.#database = openDatabase(file, driver);
    try {
      prepareSchema(this.#database);
      const epoch = this.#database.get(`SELECT value FROM meta WHERE name = 'epoch'`)!.value as number;
      this.#journal = Journal.open(journalOf(directory), epoch, sync);
      syncDirectory(directory);
      this.#writer = new Writer(this.#database, this.#journal, epoch);
    } catch (error) {
      this.#database.close();
      throw isBusy(error) ? inUseRejection(directory) : error;
    }
  }

  get journal(): JournalState {
    return this.#journal.state;
  }

  get driver(): string {
    return this.#database.name;
  }

  /** Reads are answered before the writes of the same group, so that readers need not wait for the disk. */
  answer(calls: Calls, post: (replies: Replies) => void): void {
    const writes: { call: number; operation: string }[] = [];
    const found: Replies = [];
    for (let i = 0; i < calls.length; i += 2) {
      const [call, operation] = [calls[i] as number, calls[i + 1] as string];
      if (call < 0) {
        this.#writer.follow(-call, operation);
        continue;
      }
      const name = operation.slice(2, operation.indexOf('"', 2));
      if (name === 'hold' || name === 'release') found.push(replyTo(call, this.#keepStill(name)));
      else if (Object.hasOwn(reads, name)) found.push(replyTo(call, this.#read(operation)));
      else writes.push({ call, operation });
    }
    if (found.length > 0) post(found);
    if (writes.length > 0) {
      this.#writer.execute(
        writes.map(({ operation }) => operation),
        (outcomes) => post(outcomes.map((outcome, i) => replyTo(writes[i]!.call, outcome))),
      );
    }
    if (this.#writer.checkpointDue) this.checkpoint();
    else if (this.#writer.pending > 0) this.#timer ??= setTimeout(() => this.checkpoint(), CHECKPOINT_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#writer.close();
    this.#database.close();
    this.#journal.close();
  }

  /** Brings the database up to its journal, now or as soon as it can. */
  checkpoint(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writer.checkpoint();
    if (this.#writer.pending > 0) this.#timer = setTimeout(() => this.checkpoint(), RETRY_MS);
  }

  #keepStill(how: 'hold' | 'release'): Outcome {
    try {
      return { answer: JSON.stringify(how === 'hold' ? this.#writer.hold() : void this.#writer.release()) };
    } catch (error) {
      return { error: refusalOf(error) };
    }
  }

  #read(operation: string): Outcome {
    if (this.#writer.broken) return { error: this.#writer.broken };
    try {
      const [name, ...args] = JSON.parse(operation) as [ReadName, ...never[]];
      const run: (database: Database, ...args: never[]) => Answer = reads[name];
      return { answer: run(this.#database, ...args) };
    } catch (error) {
      return { error: refusalOf(error) };
    }
  }
}

function replyTo(call: number, outcome: Outcome): Replies[number] {
  return 'error' in outcome ? [call, undefined, sendError(outcome.error)] : [call, outcome.answer];
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
