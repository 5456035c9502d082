import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Journal } from '../../../../engine/store/sqlite/journal.ts';
import { closeStores, tempDirectory } from '../../../support/stores.ts';

describe('journal', () => {
  let path: string;
  beforeEach(() => {
    path = join(tempDirectory(), 'journal');
  });
  afterEach(closeStores);

  const write = (epoch: number, ...texts: string[]) => {
    const journal = Journal.open(path, epoch, true);
    for (const text of texts) journal.append(text, true);
    journal.close();
  };
  const read = (epoch: number) => {
    const journal = Journal.open(path, epoch, true);
    const texts = journal.read();
    journal.close();
    return texts;
  };
  const damage = (position: number, bytes: Buffer) => {
    const file = openSync(path, 'r+');
    writeSync(file, bytes, 0, bytes.length, position);
    closeSync(file);
  };

  it('gives back what was appended, in order, any text and any length', () => {
    const texts = ['[]', '["张𠮷 🏛️"]', 'x'.repeat(4096 - 16), 'y'.repeat(4096 - 15), 'z'.repeat(9_000_000), ''];
    write(1, ...texts);
    expect(read(1)).toEqual(texts);
  });

  it('forgets the records of other epochs', () => {
    write(1, 'a', 'b', 'c');
    write(2, 'd');
    expect(read(2)).toEqual(['d']);
    expect(read(1)).toEqual([]);
    expect(read(3)).toEqual([]);
  });

  it('ends at a record that was not written whole', () => {
    write(1, 'first', 'x'.repeat(10_000), 'third');
    damage(4096 + 8192, Buffer.alloc(512));
    expect(read(1)).toEqual(['first']);
  });

  it('ends at a length that points beyond the file', () => {
    write(1, 'first', 'second');
    damage(4096 + 8, Buffer.from([0xff, 0xff, 0xff, 0x7f]));
    expect(read(1)).toEqual(['first']);
  });

  it('appends after what it has read', () => {
    write(1, 'a', 'b');
    const journal = Journal.open(path, 1, true);
    expect(journal.read()).toEqual(['a', 'b']);
    journal.append('c', false);
    expect(journal.bytes).toBe(3 * 4096);
    journal.restart(2);
    journal.append('d', true);
    journal.close();
    expect(read(2)).toEqual(['d']);
    expect(readFileSync(path).length).toBe(8 * 1024 * 1024);
  });
});
