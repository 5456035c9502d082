import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../../../engine/kernel/folders.ts';

const folder = mkdtempSync(join(tmpdir(), 'onevisit-folders-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a folder', () => {
  it('is made with those above it, and told apart from one that was there', async () => {
    const deep = join(folder, 'a', 'b', 'c');
    expect([await makeFolder(deep), await makeFolder(deep)]).toEqual([true, false]);
    expect((await Promise.all([1, 2].map(() => makeFolder(join(folder, 'd', 'e'))))).sort()).toEqual([false, true]);
  });

  it('is refused where there can be none, also in a folder of the system', async () => {
    await expect(makeFolder('/proc/nope/deep')).rejects.toThrow(/mkdir/);
    writeFileSync(join(folder, 'file'), '');
    await expect(makeFolder(join(folder, 'file'))).rejects.toThrow(/EEXIST/);
    await expect(makeFolder(join(folder, 'file', 'below'))).rejects.toThrow(/EEXIST|ENOTDIR/);
  });
});
