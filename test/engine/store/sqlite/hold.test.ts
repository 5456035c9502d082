import { afterAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../../../engine/store/sqlite/index.ts';
import { aCase, aCommit, events } from '../../../support/stores.ts';

const folder = mkdtempSync(join(tmpdir(), 'onevisit-hold-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Not by this process: whoever closes a file gives up the locks of its whole process on it, those of SQLite too. */
function copyByAnother(from: string, to: string): void {
  expect(spawnSync('cp', [from, to]).status).toBe(0);
}

describe('a store that is held', () => {
  const open = (directory: string) => openSqliteStore({ directory, durability: 'process' });

  it('goes on working while its file stands still with everything acknowledged before', async () => {
    const directory = join(folder, 'store');
    const store = await open(directory);
    const write = async (count: number) => {
      const rows = Array.from({ length: count }, () => aCase({ lastSeq: 3 }));
      await Promise.all(rows.map((row) => store.commit(aCommit({ case: row, events: events(row.id, 1, 3) }))));
      return rows.map(({ id }) => id);
    };
    const before = await write(300);
    await store.commit(aCommit({ case: aCase({ id: 'alone' }), fresh: true }));
    await store.hold();
    const copy = join(folder, 'copy');
    mkdirSync(copy);
    const first = `${copy}/first.db`;
    copyByAnother(join(directory, 'store.db'), first);
    // more than a checkpoint of the journal, and than the WAL may have pages before it goes into the file
    const during: string[] = [];
    for (let round = 0; round < 6; round++) during.push(...(await write(600)));
    copyByAnother(join(directory, 'store.db'), join(copy, 'store.db'));
    expect(readFileSync(join(copy, 'store.db')).equals(readFileSync(first))).toBe(true);
    await store.release();
    const after = await write(10);
    await store.close();

    const kept = await open(directory);
    for (const id of [before[0]!, 'alone', during.at(-1)!, after.at(-1)!])
      expect((await kept.findCase(id))?.id).toBe(id);
    await kept.close();

    const copied = await open(copy);
    for (const id of [...before, 'alone']) expect((await copied.findCase(id))?.id).toBe(id);
    expect((await copied.listEvents(before.at(-1)!, 0, 9)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(await copied.findCase(during[0]!)).toBeUndefined();
    // what was copied is a store like any other
    expect(await copied.commit(aCommit({ case: aCase() }))).toBe('ok');
    await copied.close();
  });
});
