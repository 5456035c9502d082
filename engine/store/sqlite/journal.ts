import { closeSync, constants, fdatasyncSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { Rejection } from '../../kernel/rejection.ts';
import { brokenRejection } from '../refusals.ts';
import { JournalState } from './journal-state.ts';

/** Space made ready beforehand: overwriting needs no metadata write, so a sync costs half of what an append costs. */
const READY_BYTES = 8 * 1024 * 1024;
/** Records begin on a page, so that writing one never touches the page of an acknowledged one. */
const PAGE = 4096;
const HEADER = 16;
const MAGIC = 0x4f564a31;

/**
 * What was acknowledged and is not yet committed to the database: a file of records, each the operations of one group as
 * JSON. One write and one fdatasync make a group durable, where the database would write some dozen pages per commit;
 * the database then commits hundreds of groups at once. After a crash the records are run again.
 *
 * Records belong to an epoch. The database commits "epoch + 1" together with their effects, which makes them void, and
 * the next record starts at the beginning of the file again.
 *
 * Record: magic, epoch, length of text, CRC-32 of epoch, length and text (4 bytes each, little endian), text.
 */
export class Journal {
  readonly state: JournalState;
  readonly #file: number;
  readonly #sync: boolean;

  private constructor(file: number, state: JournalState, sync: boolean) {
    this.#file = file;
    this.state = state;
    this.#sync = sync;
  }

  /** With `sync` false nothing waits for the disk: a power cut may lose the last seconds, a killed process loses nothing. */
  static open(path: string, epoch: number, sync: boolean): Journal {
    const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    const size = fstatSync(file).size;
    if (size < READY_BYTES) {
      writeAll(file, Buffer.alloc(READY_BYTES - size), size);
      fsyncSync(file);
    }
    const state = new JournalState();
    state.epoch = epoch;
    return new Journal(file, state, sync);
  }

  /** The same journal for another thread of the process, which appends by `appendLone` only. */
  static share(path: string, state: JournalState, sync: boolean): Journal {
    return new Journal(openSync(path, constants.O_RDWR), state, sync);
  }

  get bytes(): number {
    return this.state.end;
  }

  /** Durable when it returns if `durable`. When it throws, the record was not acknowledged and the next one replaces it. */
  append(text: string, durable: boolean): void {
    this.state.locked(() => this.#write(text, durable));
  }

  /**
   * Appends one operation past the store's thread and announces it to that thread, both before anybody else can append.
   * False: somebody else writes, or the thread wants to see every record first, or the disk is full; nothing was written.
   */
  appendLone(operation: string, announce: (number: number, operation: string) => void): boolean {
    const { state } = this;
    if (!state.tryLock()) return false;
    try {
      if (!state.open || state.failed) return false;
      this.#write(`[${operation}]`, true);
      announce(++state.lone, operation);
      return true;
    } catch (error) {
      if (error instanceof Rejection) throw error;
      return false;
    } finally {
      state.unlock();
    }
  }

  #write(text: string, durable: boolean): void {
    const { state } = this;
    // UTF-8 needs at most three bytes per UTF-16 unit: encoding once costs less than measuring first.
    const space = Buffer.allocUnsafe(HEADER + text.length * 3);
    const length = space.write(text, HEADER);
    const record = space.subarray(0, HEADER + length);
    record.writeUInt32LE(MAGIC, 0);
    record.writeUInt32LE(state.epoch, 4);
    record.writeUInt32LE(length, 8);
    record.writeUInt32LE(checksum(record), 12);
    writeAll(this.#file, record, state.end);
    if (durable && this.#sync) {
      try {
        fdatasyncSync(this.#file);
      } catch (error) {
        // After a failed sync the kernel may call the lost pages clean: nothing can be promised any more.
        state.fail();
        throw brokenRejection(error as Error);
      }
    }
    state.end = Math.ceil((state.end + record.length) / PAGE) * PAGE;
  }

  /** The records of this epoch, first to last; appending continues after them. */
  read(): string[] {
    const texts: string[] = [];
    let end = 0;
    for (let text = this.#recordAt(end); text !== undefined; text = this.#recordAt(end)) {
      texts.push(text.toString());
      end = Math.ceil((end + HEADER + text.length) / PAGE) * PAGE;
    }
    this.state.end = end;
    return texts;
  }

  restart(epoch: number): void {
    this.state.epoch = epoch;
    this.state.end = 0;
  }

  close(): void {
    closeSync(this.#file);
  }

  /** Undefined where the records end: another epoch, a torn write or the end of the file. */
  #recordAt(position: number): Buffer | undefined {
    const header = Buffer.alloc(HEADER);
    if (readSync(this.#file, header, 0, HEADER, position) < HEADER) return undefined;
    if (header.readUInt32LE(0) !== MAGIC || header.readUInt32LE(4) !== this.state.epoch) return undefined;
    const length = header.readUInt32LE(8);
    if (position + HEADER + length > fstatSync(this.#file).size) return undefined;
    const record = Buffer.alloc(HEADER + length);
    if (readSync(this.#file, record, 0, record.length, position) < record.length) return undefined;
    return checksum(record) === record.readUInt32LE(12) ? record.subarray(HEADER) : undefined;
  }
}

function checksum(record: Buffer): number {
  return crc32(record.subarray(HEADER), crc32(record.subarray(4, 12)));
}

function writeAll(file: number, bytes: Buffer, position: number): void {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done, bytes.length - done, position + done);
}
