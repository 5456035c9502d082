import { closeSync, constants, fdatasyncSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { brokenRejection } from '../refusals.ts';

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
  readonly #file: number;
  readonly #sync: boolean;
  #epoch: number;
  #end = 0;

  private constructor(file: number, epoch: number, sync: boolean) {
    this.#file = file;
    this.#epoch = epoch;
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
    return new Journal(file, epoch, sync);
  }

  get bytes(): number {
    return this.#end;
  }

  /** Durable when it returns if `durable`. When it throws, the record was not acknowledged and the next one replaces it. */
  append(text: string, durable: boolean): void {
    // UTF-8 needs at most three bytes per UTF-16 unit: encoding once costs less than measuring first.
    const space = Buffer.allocUnsafe(HEADER + text.length * 3);
    const length = space.write(text, HEADER);
    const record = space.subarray(0, HEADER + length);
    record.writeUInt32LE(MAGIC, 0);
    record.writeUInt32LE(this.#epoch, 4);
    record.writeUInt32LE(length, 8);
    record.writeUInt32LE(checksum(record), 12);
    writeAll(this.#file, record, this.#end);
    if (durable && this.#sync) {
      try {
        fdatasyncSync(this.#file);
      } catch (error) {
        // After a failed sync the kernel may call the lost pages clean: nothing can be promised any more.
        throw brokenRejection(error as Error);
      }
    }
    this.#end = Math.ceil((this.#end + record.length) / PAGE) * PAGE;
  }

  /** The records of this epoch, first to last; appending continues after them. */
  read(): string[] {
    const texts: string[] = [];
    this.#end = 0;
    for (;;) {
      const text = this.#recordAt(this.#end);
      if (text === undefined) return texts;
      texts.push(text.toString());
      this.#end = Math.ceil((this.#end + HEADER + text.length) / PAGE) * PAGE;
    }
  }

  restart(epoch: number): void {
    this.#epoch = epoch;
    this.#end = 0;
  }

  close(): void {
    closeSync(this.#file);
  }

  /** Undefined where the records end: another epoch, a torn write or the end of the file. */
  #recordAt(position: number): Buffer | undefined {
    const header = Buffer.alloc(HEADER);
    if (readSync(this.#file, header, 0, HEADER, position) < HEADER) return undefined;
    if (header.readUInt32LE(0) !== MAGIC || header.readUInt32LE(4) !== this.#epoch) return undefined;
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
