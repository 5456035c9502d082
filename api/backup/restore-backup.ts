import { mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { copyFile } from './copy.ts';
import { MANIFEST, Manifest } from './manifest.ts';

/** Reads what a backup says it holds. */
export async function readManifest(source: string): Promise<Manifest> {
  const text = await readFile(join(source, MANIFEST), 'utf8').catch(() => undefined);
  if (text === undefined) throw new Error(`${source} has no ${MANIFEST}: it is no backup, or one that did not finish`);
  const parsed = Manifest.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(`${source}/${MANIFEST} is not of a backup that this version can read`);
  return parsed.data;
}

/** What the folder holds besides the mark of whoever has it open. */
export async function contentOf(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  return (await readdir(folder)).filter((name) => name !== 'store.lock');
}

/** Moves everything in the folder into a new folder inside it, whose name it answers: nothing is deleted. */
export async function setAside(folder: string, now: Date): Promise<string> {
  const aside = `replaced-${now.toISOString().replace(/[:.]/g, '-')}`;
  const names = await contentOf(folder);
  await mkdir(join(folder, aside), { mode: 0o700 });
  for (const name of names)
    if (!name.startsWith('replaced-')) await rename(join(folder, name), join(folder, aside, name));
  return aside;
}

/** Copies the backup into the folder; each file must be what was read when the backup was taken. */
export async function copyBackup(source: string, folder: string, manifest: Manifest): Promise<void> {
  for (const [name, wanted] of Object.entries(manifest.files)) {
    const { bytes, sha256 } = await copyFile(join(source, name), join(folder, name));
    if (bytes !== wanted.bytes || sha256 !== wanted.sha256)
      throw new Error(`${join(source, name)} is damaged: it is not what was backed up`);
  }
}
