import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { keepNames, makeFolder } from '../../engine/kernel/folders.ts';
import { diskTrouble } from '../../engine/store/disk-trouble.ts';
import { unavailableRejection } from '../../engine/store/refusals.ts';

/** The bytes of uploaded files: one file each, whole or not there, in a folder that all nodes have in common. */
export interface FileBytes {
  /** Durable when it resolves; where it does not, nothing is left. `store.unavailable`: the disk is full, or fails. */
  write(id: string, bytes: Uint8Array): Promise<void>;
  /** `store.unavailable`, also where it is missing: only files that were kept are asked for. */
  read(id: string): Promise<Buffer>;
  remove(id: string): Promise<void>;
  /** Removes what writes left that were cut off before this instant (ms), as by a kill. Answers of how many. */
  sweep(before: number): Promise<number>;
}

/** What is being written; nothing else in the folder is ours to remove. */
const PART = /^[0-9a-z]{20}\.part$/;

export function fileBytes(folder: string): FileBytes {
  const pathOf = (id: string) => join(folder, id);
  const partOf = (id: string) => join(folder, `${id}.part`);
  return {
    async write(id, bytes) {
      try {
        if (await makeFolder(folder)) await keepNames(dirname(folder));
        await writeDurably(partOf(id), bytes);
        await rename(partOf(id), pathOf(id));
        await keepNames(folder);
      } catch (error) {
        for (const left of [partOf(id), pathOf(id)]) await rm(left, { force: true }).catch(() => undefined);
        throw refusalOf(error);
      }
    },
    async read(id) {
      return readFile(pathOf(id)).catch((error: unknown) => {
        throw refusalOf(error);
      });
    },
    async remove(id) {
      await rm(pathOf(id), { force: true });
    },
    async sweep(before) {
      const names = await readdir(folder).catch(unlessMissing);
      let swept = 0;
      for (const name of names?.filter((each) => PART.test(each)) ?? []) {
        const path = join(folder, name);
        const found = await stat(path).catch(unlessMissing);
        if (!found || found.mtimeMs >= before) continue;
        await rm(path, { force: true });
        swept++;
      }
      return swept;
    },
  };
}

/** Nobody has handed anything in yet; or it was kept, or another node removed it, meanwhile. */
function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

function refusalOf(error: unknown): unknown {
  const reason = diskTrouble(error);
  return reason === undefined ? error : unavailableRejection(`${reason} (folder of the uploaded files)`);
}
