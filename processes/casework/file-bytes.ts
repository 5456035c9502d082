import { open, readFile, rename, rm } from 'node:fs/promises';
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
}

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
  };
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
