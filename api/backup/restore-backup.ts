import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { keepNames, makeFolder } from '../../engine/kernel/folders.ts';
import { copyFile } from './copy.ts';
import { DATABASE, FILES, MANIFEST, Manifest } from './manifest.ts';

/** Where a backup is copied to within the data folder until all of it is known to be whole. */
const ARRIVING = 'arriving';
/** How the folders begin into which it moves what was there. */
const ASIDE = 'replaced-';

/** Reads what a backup says it holds. */
export async function readManifest(source: string): Promise<Manifest> {
  const text = await readFile(join(source, MANIFEST), 'utf8').catch(() => undefined);
  if (text === undefined) throw new Error(`${source} has no ${MANIFEST}: it is no backup, or one that did not finish`);
  const parsed = Manifest.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(`${source}/${MANIFEST} is not of a backup that this version can read`);
  return parsed.data;
}

/** What the folder holds besides the mark of whoever has it open, and what a restore that was killed had copied. */
export async function contentOf(folder: string): Promise<string[]> {
  await makeFolder(folder);
  return (await readdir(folder)).filter((name) => name !== 'store.lock' && name !== ARRIVING);
}

/**
 * Copies the backup into the folder and only then moves aside what was there; answers where that is. Each file must be
 * what was read when the backup was taken: where one is not, the folder is left as it was. Killed in the middle, it leaves
 * a folder that is as it was, whole, or refused by `refuseCutOff`. `move`: another in tests.
 */
export async function replaceContent(
  source: string,
  folder: string,
  manifest: Manifest,
  move = rename,
): Promise<string | undefined> {
  const arriving = join(folder, ARRIVING);
  await rm(arriving, { recursive: true, force: true });
  try {
    await copyBackup(source, arriving, manifest);
  } catch (error) {
    await rm(arriving, { recursive: true, force: true });
    throw error;
  }
  const aside = await setAside(folder, new Date(), move);
  // the database last: where it is, its files are
  for (const name of [FILES, DATABASE].filter((part) => holds(manifest, part)))
    await move(join(arriving, name), join(folder, name));
  await keepNames(folder);
  await rm(arriving, { recursive: true, force: true });
  return aside;
}

/** Refuses a folder in which a restore was cut off: without its database a server would begin anew in it. */
export async function refuseCutOff(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  if (!names.includes(ARRIVING) || names.includes(DATABASE)) return;
  const aside = names.filter((name) => name.startsWith(ASIDE)).sort();
  const before = aside.length > 0 ? `; what was there before is in ${aside.at(-1)}` : '';
  throw new Error(`A restore into ${folder} was cut off: run npm run restore again, with --replace${before}`);
}

/** Moves everything in the folder, if anything, into a new folder inside it, whose name it answers: nothing is deleted. */
async function setAside(folder: string, now: Date, move: typeof rename): Promise<string | undefined> {
  const aside = `${ASIDE}${now.toISOString().replace(/[:.]/g, '-')}`;
  const names = (await contentOf(folder)).filter((name) => !name.startsWith(ASIDE));
  if (names.length === 0) return undefined;
  await mkdir(join(folder, aside), { mode: 0o700 });
  // the database first: without what belongs to it nobody shall open it
  for (const name of names.sort((a, b) => Number(b === DATABASE) - Number(a === DATABASE)))
    await move(join(folder, name), join(folder, aside, name));
  await keepNames(folder);
  return aside;
}

async function copyBackup(source: string, folder: string, manifest: Manifest): Promise<void> {
  for (const [name, wanted] of Object.entries(manifest.files)) {
    const { bytes, sha256 } = await copyFile(join(source, name), join(folder, name));
    if (bytes !== wanted.bytes || sha256 !== wanted.sha256)
      throw new Error(`${join(source, name)} is damaged: it is not what was backed up`);
  }
  for (const filled of new Set(Object.keys(manifest.files).map((name) => dirname(join(folder, name)))))
    await keepNames(filled);
}

const holds = ({ files }: Manifest, part: string) => Object.keys(files).some((name) => name.split('/')[0] === part);
