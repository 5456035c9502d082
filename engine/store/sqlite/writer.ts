import { Rejection } from '../../kernel/rejection.ts';
import { brokenRejection, unavailableRejection } from '../refusals.ts';
import type { Database } from './driver.ts';
import { refusalOf } from './errors.ts';
import type { Journal } from './journal.ts';
import { WAL_PAGES } from './schema.ts';
import { writes, type Answer, type Written } from './operations.ts';
import { promiseCommits, type Promised } from './promise.ts';

export type Outcome = { answer: Answer } | { error: Error };

const isKept = (promised: Promised): promised is { answer: Answer; write: () => void } => 'write' in promised;

const outcomeOf = (promised: Promised): Outcome => ('error' in promised ? promised : { answer: promised.answer });

/** The database commits after this many writes, or when the journal is this long. */
const CHECKPOINT_WRITES = 2048;
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
  #epoch: number;
  #pending = 0;
  #checkpointFailed = false;
  #checkpointPutOff = false;
  /** Set when nothing can be promised any more: then nothing is answered either. */
  #broken: Error | undefined;
  /** The journal holds more than the open transaction: that could not be written, and is tried again. */
  #behind = false;
  /** Records written past this thread up to this number are in the open transaction. */
  #lone = 0;

  /** Brings the database to what the journal promises. */
  constructor(database: Database, journal: Journal, epoch: number) {
    this.#database = database;
    this.#journal = journal;
    this.#epoch = epoch;
    database.exec('BEGIN IMMEDIATE');
    this.#replayJournal();
    if (this.#pending > 0) this.#commit();
    journal.state.open = true;
  }

  /** Writes that the database has not committed yet. */
  get pending(): number {
    return this.#pending;
  }

  get checkpointDue(): boolean {
    if (this.#checkpointFailed) return false;
    return this.#checkpointPutOff || this.#pending >= CHECKPOINT_WRITES || this.#journal.bytes >= CHECKPOINT_BYTES;
  }

  /**
   * Tells `answer` one outcome per operation. A failing operation leaves no trace and does not harm its neighbours.
   * Commits are answered as soon as the journal holds them, and written to the open transaction afterwards: that
   * writes to memory only, so the callers need not wait for it.
   */
  execute(operations: string[], answer: (outcomes: Outcome[]) => void): void {
    const refusal = this.#refusal();
    if (refusal) return answer(operations.map(() => ({ error: refusal })));
    const parsed = operations.map((operation) => JSON.parse(operation) as unknown[]);
    const promised = promiseCommits(this.#database, parsed);
    if (promised) this.#writeAhead(operations, promised, answer);
    else answer(this.#writeThrough(operations, parsed));
  }

  /** Writes what a lone caller has put into the journal itself (see lone-commits.ts): record `number`. */
  follow(number: number, operation: string): void {
    // After a recovery the transaction holds it already.
    if (this.broken || number <= this.#lone) return;
    this.#lone = number;
    this.#pending++;
    try {
      this.#replay(JSON.parse(operation) as unknown[]);
    } catch {
      this.#behind = true;
      this.#catchUp();
    }
  }

  /** Reads must not be answered either while the database is behind its journal. */
  get broken(): Error | undefined {
    this.#catchUp();
    if (this.#journal.state.failed) this.#broken ??= brokenRejection(new Error('a disk sync failed'));
    return this.#broken;
  }

  #refusal(): Error | undefined {
    if (this.broken) return this.#broken;
    const full = this.#journal.bytes > JOURNAL_LIMIT;
    return full ? unavailableRejection('the database cannot commit and the journal is full') : undefined;
  }

  #writeAhead(operations: string[], promised: Promised[], answer: (outcomes: Outcome[]) => void): void {
    const kept = operations.filter((_, i) => isKept(promised[i]!));
    const refusal = kept.length > 0 ? this.#keep(kept, true) : undefined;
    answer(promised.map((outcome) => (refusal && isKept(outcome) ? { error: refusal } : outcomeOf(outcome))));
    if (refusal) return;
    try {
      for (const outcome of promised) if (isKept(outcome)) outcome.write();
    } catch {
      this.#behind = true;
      this.#catchUp();
    }
  }

  #writeThrough(operations: string[], parsed: unknown[][]): Outcome[] {
    const outcomes: Outcome[] = [];
    const kept: string[] = [];
    const changed = new Set<number>();
    let durable = false;
    for (const [i, operation] of operations.entries()) {
      try {
        const written = this.#apply(parsed[i]!);
        outcomes.push({ answer: written.answer });
        if (!written.changed) continue;
        kept.push(operation);
        changed.add(i);
        durable ||= written.durable !== false;
      } catch (error) {
        outcomes.push({ error: refusalOf(error) });
        this.#recover(kept);
        if (this.#broken) return operations.map(() => ({ error: this.#broken! }));
      }
    }
    const refusal = kept.length > 0 ? this.#keep(kept, durable) : undefined;
    if (!refusal) return outcomes;
    if (!this.#broken) this.#recover([]);
    return outcomes.map((outcome, i) => (changed.has(i) ? { error: refusal } : outcome));
  }

  /** Appends a group to the journal; why not, when that failed. */
  #keep(operations: string[], durable: boolean): Error | undefined {
    try {
      this.#journal.append(`[${operations.join(',')}]`, durable);
      this.#pending += operations.length;
      return undefined;
    } catch (error) {
      if (error instanceof Rejection) this.#broken = error;
      return refusalOf(error);
    }
  }

  /** Commits to the database what the journal holds. A failure (disk full) loses nothing and is tried again later. */
  checkpoint(): void {
    if (this.#pending === 0 || this.broken) return;
    const { state } = this.#journal;
    // From here no lone record can be added; one that was is on its way to `follow`, and the checkpoint comes after it.
    state.open = false;
    try {
      state.locked(() => {
        this.#checkpointPutOff = this.#lone !== state.lone;
        if (!this.#checkpointPutOff) this.#commit();
      });
      if (this.#checkpointPutOff) return;
      this.#checkpointFailed = false;
      state.open = true;
    } catch {
      this.#checkpointFailed = true;
      this.#recover([]);
    }
  }

  /**
   * Puts everything acknowledged into the database file itself and leaves that file alone until `release`: later commits
   * stay in the WAL, so the file may be copied while work goes on. False: not now, ask again in a moment.
   */
  hold(): boolean {
    this.checkpoint();
    if (this.broken) throw this.broken;
    if (this.#pending > 0 || this.#lone !== this.#journal.state.lone) return false;
    this.#database.exec('ROLLBACK'); // nothing is in it
    try {
      this.#database.exec('PRAGMA wal_autocheckpoint = 0');
      const moved = this.#database.get('PRAGMA wal_checkpoint(TRUNCATE)');
      if (moved?.busy === 0) return true;
      this.release();
      return false;
    } finally {
      this.#database.exec('BEGIN IMMEDIATE');
    }
  }

  release(): void {
    this.#database.exec(`PRAGMA wal_autocheckpoint = ${WAL_PAGES}`);
  }

  close(): void {
    this.checkpoint();
    this.#journal.state.open = false;
    try {
      this.#database.exec('ROLLBACK');
    } catch {
      // No transaction is open any more; the journal holds what is not committed.
    }
  }

  #apply(operation: unknown[]): Written {
    const [name, ...args] = operation as [string, ...never[]];
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

  #catchUp(): void {
    if (!this.#behind) return;
    this.#broken = undefined;
    this.#recover([]);
    this.#behind = this.#broken !== undefined;
  }

  /** Back to the journal's last record, plus the operations of the running group that succeeded. */
  #recover(group: string[]): void {
    const { state } = this.#journal;
    state.open = false;
    try {
      try {
        this.#database.exec('ROLLBACK');
      } catch {
        // SQLite rolls back by itself on some errors.
      }
      this.#database.exec('BEGIN IMMEDIATE');
      state.locked(() => {
        this.#replayJournal();
        this.#lone = state.lone;
      });
      for (const operation of group) this.#replay(JSON.parse(operation) as unknown[]);
      state.open = !this.#checkpointFailed;
    } catch (error) {
      this.#broken = brokenRejection(error as Error);
    }
  }

  #replayJournal(): void {
    this.#pending = 0;
    for (const record of this.#journal.read()) {
      for (const operation of JSON.parse(record) as unknown[]) {
        this.#replay(operation as unknown[]);
        this.#pending++;
      }
    }
  }

  #replay(operation: unknown[]): void {
    if (!this.#apply(operation).changed) throw unavailableRejection('its journal does not fit the database');
  }
}
