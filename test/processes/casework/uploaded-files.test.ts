import { afterAll, expect, it, describe } from '@jest/globals';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryStore } from '../../../engine/store/memory/index.ts';
import { unavailableRejection } from '../../../engine/store/refusals.ts';
import { fileBytes } from '../../../processes/casework/file-bytes.ts';
import { uploadedFiles } from '../../../processes/casework/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'onevisit-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('an uploaded file', () => {
  // a device that is always full stands for the disk
  const onFullDisk = existsSync('/dev/full') ? it : it.skip;
  onFullDisk('leaves nothing on a full disk', async () => {
    symlinkSync('/dev/full', join(folder, 'id.part'));
    const written = fileBytes(folder).write('id', Buffer.from('x'));
    await expect(written).rejects.toMatchObject({
      code: 'store.unavailable',
      message: expect.stringContaining('the disk is full'),
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves nothing where the store does not take it, but stays where that cannot be known', async () => {
    const full = Object.assign(memoryStore(), {
      putDocument: () => Promise.reject(unavailableRejection('it is full')),
    });
    const file = { name: '证明.pdf', type: 'application/pdf', bytes: Buffer.from('x') };
    const add = () => uploadedFiles({ store: full, clock: { now: () => 0 }, folder }).add(file, 'applicant-chen');
    await expect(add()).rejects.toMatchObject({ code: 'store.unavailable' });
    expect(readdirSync(folder)).toEqual([]);
    full.getDocument = () => Promise.reject(unavailableRejection('it is away'));
    await expect(add()).rejects.toMatchObject({ code: 'store.unavailable' });
    expect(readdirSync(folder)).toHaveLength(1);
  });
});

describe('what is left of uploads that were cut off', () => {
  const NOW = Date.parse('2026-03-02T09:00:00+08:00');
  const DAY = 86_400_000;
  const KEPT = '1kjp0y9m0474qvpjg2jh';
  const left = (name: string, age: number) => {
    writeFileSync(join(folder, name), 'x');
    utimesSync(join(folder, name), (NOW - age) / 1_000, (NOW - age) / 1_000);
  };
  const sweep = (at: number) => uploadedFiles({ store: memoryStore(), clock: { now: () => 0 }, folder }).sweep(at);

  it('is removed after a day; what was kept, and what is not of uploads, is not', async () => {
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    left(`${KEPT}.part`, DAY - 1_000);
    for (const name of [KEPT, 'notes.part', `${KEPT}.part.bak`]) left(name, 9 * DAY);
    left('1kjp0y9m0474qvpjg2j9.part', DAY + 1_000);
    const others = [KEPT, `${KEPT}.part`, `${KEPT}.part.bak`, 'notes.part'];
    expect([await sweep(NOW), readdirSync(folder).sort()]).toEqual([1, others]);
    expect([await sweep(NOW + 2_000), readdirSync(folder).sort()]).toEqual([
      1,
      [KEPT, `${KEPT}.part.bak`, 'notes.part'],
    ]);
    expect(await sweep(NOW + 2_000)).toBe(0);
  });

  it('is nothing where nobody has handed anything in', async () => {
    rmSync(folder, { recursive: true });
    expect(await sweep(NOW)).toBe(0);
  });
});
