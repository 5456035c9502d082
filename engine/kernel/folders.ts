import { mkdir, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it; true: it was not there. Unlike the recursive `mkdir` of Node, which tries for ever in
 * a folder that takes none (/proc), it throws the system's error.
 */
export async function makeFolder(folder: string, mode = 0o777): Promise<boolean> {
  if (await isFolder(folder)) return false;
  const above = dirname(folder);
  if (above !== folder) await makeFolder(above, mode);
  try {
    await mkdir(folder, { mode });
    return true;
  } catch (error) {
    if (await isFolder(folder)) return false; // another was first
    throw error;
  }
}

/** The names in a folder outlive a loss of power. */
export async function keepNames(folder: string): Promise<void> {
  const names = await open(folder);
  await names.sync().finally(() => names.close());
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
