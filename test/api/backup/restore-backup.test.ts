import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  type PathLike,
} from 'node:fs';
import { rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readManifest, refuseCutOff, replaceContent } from '../../../api/backup/restore-backup.ts';

const folder = mkdtempSync(join(tmpdir(), 'onevisit-restore-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const UPLOAD = 'files/0123456789abcdefghij';
let turn = 0;
let [backup, data] = ['', ''];

/** A backup of a database and one uploaded file, and a data folder that holds another database. */
beforeEach(() => {
  [backup, data] = [join(folder, `backup-${++turn}`), join(folder, `data-${turn}`)];
  mkdirSync(join(backup, 'files'), { recursive: true });
  mkdirSync(data);
  const contents = { 'store.db': 'of the backup', [UPLOAD]: '不动产权证书' };
  for (const [name, content] of Object.entries(contents)) writeFileSync(join(backup, name), content);
  const files = Object.fromEntries(
    Object.entries(contents).map(([name, content]) => [
      name,
      { bytes: Buffer.byteLength(content), sha256: createHash('sha256').update(content).digest('hex') },
    ]),
  );
  writeFileSync(
    join(backup, 'backup.json'),
    JSON.stringify({ format: 1, version: '0', takenAt: '2026-03-02T01:20:00.000Z', files }),
  );
  writeFileSync(join(data, 'store.db'), 'of the server');
});

const restore = async () => replaceContent(backup, data, await readManifest(backup));
const databaseIn = (...path: string[]) => readFileSync(join(data, ...path, 'store.db'), 'utf8');

describe('a restore', () => {
  it('puts the backup in place and moves aside what was there', async () => {
    const aside = await restore();
    expect(databaseIn()).toBe('of the backup');
    expect(readFileSync(join(data, UPLOAD), 'utf8')).toBe('不动产权证书');
    expect(databaseIn(aside!)).toBe('of the server');
    expect(readdirSync(data).sort()).toEqual(['files', aside, 'store.db']);
  });

  it.each([
    ['the database is damaged', () => appendFileSync(join(backup, 'store.db'), 'x'), /store\.db is damaged/],
    ['an uploaded file is damaged', () => writeFileSync(join(backup, UPLOAD), '不动产权证文'), /damaged/],
    ['a file is missing', () => rmSync(join(backup, UPLOAD)), /ENOENT/],
  ])('changes nothing where %s', async (_, damage, sentence) => {
    damage();
    await expect(restore()).rejects.toThrow(sentence);
    expect(readdirSync(data)).toEqual(['store.db']);
    expect(databaseIn()).toBe('of the server');
  });

  it('leaves a folder that is as it was, whole, or refused, wherever it is cut off', async () => {
    writeFileSync(join(data, 'store.db-wal'), 'of the server, too');
    mkdirSync(join(data, 'files'));
    const manifest = await readManifest(backup);
    const seen = new Set<string>();
    for (let moves = 0; ; moves++) {
      const folder = `${data}-cut-off-${moves}`;
      cpSync(data, folder, { recursive: true });
      let left = moves;
      const move = (from: PathLike, to: PathLike) =>
        left-- > 0 ? rename(from, to) : Promise.reject(new Error('killed'));
      await replaceContent(backup, folder, manifest, move).catch((error: Error) =>
        expect(error.message).toBe('killed'),
      );
      const found = await refuseCutOff(folder).then(
        () => readFileSync(join(folder, 'store.db'), 'utf8'),
        () => 'refused',
      );
      if (found === 'of the server')
        expect(readdirSync(folder)).toEqual(expect.arrayContaining(['files', 'store.db-wal']));
      if (found === 'of the backup') expect(readdirSync(join(folder, 'files'))).toHaveLength(1);
      seen.add(found);
      if (left >= 0) break;
      await replaceContent(backup, folder, manifest);
      expect(readFileSync(join(folder, 'store.db'), 'utf8')).toBe('of the backup');
    }
    expect([...seen]).toEqual(['of the server', 'refused', 'of the backup']);
  });

  it('takes no notice of what one that was killed had copied', async () => {
    mkdirSync(join(data, 'arriving'));
    writeFileSync(join(data, 'arriving', 'store.db'), 'half of');
    const aside = await restore();
    expect(databaseIn()).toBe('of the backup');
    expect(readdirSync(join(data, aside!))).toEqual(['store.db']);
  });
});
