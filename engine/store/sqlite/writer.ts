import { Rejection } from '../../kernel/rejection.ts';
import { brokenRejection, unavailableRejection } from '../refusals.ts';
import type { Database } from './driver.ts';
import { refusalOf } from './errors.ts';
import type { Journal } from './journal.ts';
import { Numbers } from './numbers.ts';
import { writes, type Answer, type Written } from './operations.ts';

export type Outcome = { answer: Answer } | { error: Error };

/** The database commits after this many writes, or when the journal is this long. */
const CHECKPOINT_WRITES = 512;
const CHECKPOINT_BYTES = 6 * 1024 * 1024;
/** The database could not commit for so long that the journal is this long: refuse instead of growing on. */
const JOURNAL_LIMIT = 64 * 1024 * 1024;

/**
 * Runs groups of writes inside one open database transaction and keeps them in the journal; `checkpoint` commits the
 * transaction and begins the next. Whatever goes wrong, the way back is the same: roll back, run the journal again.
 */
export class Writer {
  readonly #database: Database;
  readonly #journal: Journal;
  readonly #numbers = new Numbers();
  #epoch: number;
  #pending = 0;
  #checkpointFailed = false;
  #broken: Error | undefined;

  /** Brings the database to what the journal promises. */
  constructor(database: Database, journal: Journal, epoch: number) {
    this.#database = database;
    this.#journal = journal;
    this.#epoch = epoch;
    database.exec('BEGIN IMMEDIATE');
    this.#replayJournal();
    if (this.#pending > 0) this.#commit();
  }

  /** Set when nothing can be promised any more: then nothing is answered either. */
  get broken(): Error | undefined {
    return this.#broken;
  }

  /** Writes that the database has not committed yet. */
  get pending(): number {
    return this.#pending;
  }

  get checkpointDue(): boolean {
    if (this.#checkpointFailed) return false;
    return this.#pending >= CHECKPOINT_WRITES || this.#journal.bytes >= CHECKPOINT_BYTES;
  }

  /** One outcome per operation. A failing operation leaves no trace and does not harm its neighbours. */
  execute(operations: string[]): Outcome[] {
    if (this.#broken) return operations.map(() => ({ error: this.#broken! }));
    if (this.#journal.bytes > JOURNAL_LIMIT) {
      const error = unavailableRejection('the database cannot commit and the journal is full');
      return operations.map(() => ({ error }));
    }
    const outcomes: Outcome[] = [];
    const kept: string[] = [];
    const changed = new Set<number>();
    let durable = false;
    for (const [i, operation] of operations.entries()) {
      try {
        const written = this.#apply(operation);
        outcomes.push({ answer: written.answer });
        if (!written.changed) continue;
        kept.push(written.replay ?? operation);
        changed.add(i);
        durable ||= written.durable !== false;
      } catch (error) {
        outcomes.push({ error: refusalOf(error) });
        this.#recover(kept);
        if (this.#broken) return operations.map(() => ({ error: this.#broken! }));
      }
    }
    if (kept.length === 0) return outcomes;
    try {
      this.#journal.append(`[${kept.join(',')}]`, durable);
    } catch (error) {
      if (error instanceof Rejection) this.#broken = error;
      else this.#recover([]);
      const refusal = refusalOf(error);
      return outcomes.map((outcome, i) => (changed.has(i) ? { error: refusal } : outcome));
    }
    this.#pending += kept.length;
    return outcomes;
  }

  /** Commits to the database what the journal holds. A failure (disk full) loses nothing and is tried again later. */
  checkpoint(): void {
    if (this.#pending === 0 || this.#broken) return;
    try {
      this.#commit();
      this.#checkpointFailed = false;
    } catch {
      this.#checkpointFailed = true;
      this.#recover([]);
    }
  }

  close(): void {
    if (!this.#broken) {
      this.execute(this.#numbers.unused());
      this.checkpoint();
    }
    try {
      this.#database.exec('ROLLBACK');
    } catch {
      // No transaction is open any more; the journal holds what is not committed.
    }
  }

  #apply(operation: string): Written {
    const [name, ...args] = JSON.parse(operation) as [string, ...never[]];
    if (name === 'nextNumber') return this.#numbers.next(this.#database, args[0]!);
    if (!Object.hasOwn(writes, name)) throw unavailableRejection(`its journal names an unknown operation (${name})`);
    const write: (database: Database, ...args: never[]) => Written = writes[name as keyof typeof writes];
    return write(this.#database, ...args);
  }

  #commit(): void {
    this.#database.run(`UPDATE meta SET value = ? WHERE name = 'epoch'`, this.#epoch + 1);
    this.#database.exec('COMMIT');
    this.#epoch++;
    this.#journal.restart(this.#epoch);
    this.#pending = 0;
    this.#database.exec('BEGIN IMMEDIATE');
  }

  /** Back to the journal's last record, plus the operations of the running group that succeeded. */
  #recover(group: string[]): void {
    try {
      this.#numbers.forget();
      try {
        this.#database.exec('ROLLBACK');
      } catch {
        // SQLite rolls back by itself on some errors.
      }
      this.#database.exec('BEGIN IMMEDIATE');
      this.#replayJournal();
      for (const operation of group) this.#replay(operation);
    } catch (error) {
      this.#broken = brokenRejection(error as Error);
    }
  }

  #replayJournal(): void {
    this.#pending = 0;
    for (const record of this.#journal.read()) {
      for (const operation of JSON.parse(record) as unknown[]) {
        this.#replay(JSON.stringify(operation));
        this.#pending++;
      }
    }
  }

  #replay(operation: string): void {
    if (!this.#apply(operation).changed) throw unavailableRejection('its journal does not fit the database');
  }
}
