import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../engine/kernel/folders.ts';
import { VERSION } from '../version.ts';
import { copyFile, type Copied } from './copy.ts';
import { DATABASE, FILES, MANIFEST, type Manifest } from './manifest.ts';

/** Keeps the database file still. */
export interface Hold {
  /** Throws where the file may have changed meanwhile: then the copy is worth nothing. */
  release(): Promise<void>;
}

/**
 * Copies the data folder of an embedded store to an empty folder: the database while it is held, then the uploaded files.
 * Files are written before the store knows them and never change, so every file the copied database knows is there.
 */
export async function takeBackup(dataDir: string, target: string, hold: () => Promise<Hold>): Promise<Manifest> {
  await makeFolder(target, 0o700);
  if ((await readdir(target)).length > 0)
    throw new Error(`Expected an empty folder for the backup, but ${target} is not`);
  const files: Record<string, Copied> = {};
  const held = await hold();
  try {
    files[DATABASE] = await copyFile(join(dataDir, DATABASE), join(target, DATABASE));
  } finally {
    await held.release();
  }
  for (const name of await uploads(join(dataDir, FILES)))
    files[`${FILES}/${name}`] = await copyFile(join(dataDir, FILES, name), join(target, FILES, name));
  const manifest: Manifest = { format: 1, version: VERSION, takenAt: new Date().toISOString(), files };
  const file = await open(join(target, MANIFEST), 'wx', 0o600);
  await file.writeFile(`${JSON.stringify(manifest, null, 1)}\n`);
  await file.sync();
  await file.close();
  return manifest;
}

/** Complete ones only: what is being written has another ending. */
async function uploads(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []; // nobody has handed anything in
    throw error;
  });
  return names.filter((name) => /^[0-9a-z]{20}$/.test(name)).sort();
}
