import type { Commit, CommitResult } from '../ports.ts';
import type { Channel } from './channel.ts';
import type { Journal } from './journal.ts';
import { refuseMalformed } from './well-formed.ts';

/** Cases whose revision is remembered. */
const REMEMBERED = 10_000;
/** A disk that took longer (ms) for a sync must not hold the event loop: that many commits then go the other way. */
const SLOW_MS = 2;
const REST = 256;
/** Who had company in the last ms will have it again: then waiting for one sync would hold the others up. */
const COMPANY_MS = 20;

interface Deferred {
  commit: Commit;
  operation: string;
  resolve: (result: CommitResult | Promise<CommitResult>) => void;
  reject: (error: unknown) => void;
}

/** Tells the store's thread of a record that is in the journal already, numbered from 1. */
export type Announce = (number: number, operation: string) => void;

/**
 * The short way for a commit that comes alone: the calling thread itself appends it to the journal, and the store's
 * thread writes it to the database afterwards. The way through the store's thread costs a lone caller two changes of
 * thread, together about as long as the disk sync; for many callers at once that thread is better, since theirs share one
 * sync. Whether a commit may be written is known here without asking while this thread has seen every change of the case.
 */
export class LoneCommits {
  readonly #channel: Channel;
  readonly #journal: Journal;
  readonly #announce: Announce;
  readonly #revs = new Map<string, number>();
  #deferred: Deferred[] = [];
  #rest = 0;
  #companyAt = -Infinity;
  #closed = false;

  readonly #slowMs: number;

  constructor(channel: Channel, journal: Journal, announce: Announce, slowMs = SLOW_MS) {
    this.#slowMs = slowMs;
    this.#channel = channel;
    this.#journal = journal;
    this.#announce = announce;
  }

  /** `operation`: the commit as the journal and the store's thread get it. */
  commit(commit: Commit, operation: string): Promise<CommitResult> {
    if (this.#channel.waiting > 0) this.#companyAt = performance.now();
    if (this.#hasCompany || !this.#isSure(commit)) return this.#throughThread(commit, operation);
    // After the callbacks that are ready now: what they bring is no longer alone.
    return new Promise((resolve, reject) => {
      if (this.#deferred.push({ commit, operation, resolve, reject }) === 1) setImmediate(() => this.#settle());
    });
  }

  /** From now on everything goes through the store's thread, or is refused with it. */
  close(): void {
    this.#closed = true;
    this.#settle();
  }

  /** Decides about the commits that were held back for company. */
  #settle(): void {
    const deferred = this.#deferred;
    this.#deferred = [];
    const alone = deferred.length === 1 && this.#channel.waiting === 0;
    if (!alone) this.#companyAt = performance.now();
    for (const { commit, operation, resolve, reject } of deferred) {
      try {
        resolve(alone && this.#keep(commit, operation) ? 'ok' : this.#throughThread(commit, operation));
      } catch (error) {
        reject(error);
      }
    }
  }

  get #hasCompany(): boolean {
    return performance.now() - this.#companyAt < COMPANY_MS;
  }

  /** Nobody but the case's revision can stand against it, and that is known. */
  #isSure({ caseId, expectedRev, fresh, fence, receipt, consumes }: Commit): boolean {
    if (fence || receipt || consumes !== undefined) return false;
    return fresh ? expectedRev === 0 : this.#revs.get(caseId) === expectedRev;
  }

  /** False: not now, it has to go through the store's thread. Throws when the disk has failed. */
  #keep(commit: Commit, operation: string): boolean {
    if (this.#closed) return false;
    if (this.#rest > 0) {
      this.#rest--;
      return false;
    }
    if (!this.#isSure(commit)) return false;
    try {
      refuseMalformed(commit);
    } catch {
      return false;
    }
    const begin = performance.now();
    if (!this.#journal.appendLone(operation, this.#announce)) return false;
    if (performance.now() - begin > this.#slowMs) this.#rest = REST;
    this.#remember(commit);
    return true;
  }

  async #throughThread(commit: Commit, operation: string): Promise<CommitResult> {
    this.#revs.delete(commit.caseId);
    const result = (await this.#channel.callText(operation)) as CommitResult;
    if (result === 'ok') this.#remember(commit);
    return result;
  }

  #remember({ caseId, case: row }: Commit): void {
    this.#revs.delete(caseId);
    if (row.status !== 'active') return;
    this.#revs.set(caseId, row.rev);
    if (this.#revs.size > REMEMBERED) this.#revs.delete(this.#revs.keys().next().value!);
  }
}
