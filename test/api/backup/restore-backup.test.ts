import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readManifest, replaceContent } from '../../../api/backup/restore-backup.ts';

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

  it('takes no notice of what one that was killed had copied', async () => {
    mkdirSync(join(data, 'arriving'));
    writeFileSync(join(data, 'arriving', 'store.db'), 'half of');
    const aside = await restore();
    expect(databaseIn()).toBe('of the backup');
    expect(readdirSync(join(data, aside!))).toEqual(['store.db']);
  });
});
