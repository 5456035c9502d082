import { afterAll, expect, it, describe } from '@jest/globals';
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
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
