import type { Clock } from '../../engine/kernel/clock.ts';
import { newId } from '../../engine/kernel/ids.ts';
import { Rejection } from '../../engine/kernel/rejection.ts';
import type { Store, TaggedDocument } from '../../engine/store/ports.ts';
import { fileBytes } from './file-bytes.ts';

/** What forms and screens say about a file. */
export interface FileReference {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly type: string;
}

export interface FileRecord extends FileReference {
  readonly owner: string;
  readonly uploadedAt: number;
  /** Of files of older versions: numbers of the cases that they were handed in for. Now the case itself says so (`casesOf`). */
  readonly caseNumbers?: readonly string[];
}

/** Files people handed in: bytes in a folder, who and what in the store. */
export interface UploadedFiles {
  /** Durable when it resolves. `file.empty`, `store.unavailable` */
  add(file: { name: string; type: string; bytes: Uint8Array }, owner: string): Promise<FileReference>;
  find(id: string): Promise<FileRecord | undefined>;
  /** `file.not_found`, `store.unavailable` */
  read(id: string): Promise<Buffer>;
  /** Ids of the cases it was handed in for, newest first: who may see one of them may read it. */
  casesOf(id: string): AsyncIterable<string>;
  /**
   * Removes what uploads left that were cut off more than a day before `now`: no upload takes that long. Answers of how
   * many. `now` is real time, ms, also where the clock of the demo is elsewhere: the file system knows no other.
   */
  sweep(now: number): Promise<number>;
}

const COLLECTION = 'files';
const HANDED_IN = 'handed-in-files';
const PAGE = 100;
const LEFT_FOR_MS = 86_400_000;
const ID = /^[0-9a-z]{20}$/;

/** `told` hears each refusal by the disk. */
export function uploadedFiles(deps: {
  store: Store;
  clock: Clock;
  folder: string;
  told?: (error: unknown) => void;
}): UploadedFiles {
  const { store, clock, folder, told } = deps;
  const kept = fileBytes(folder);
  const tell = (error: unknown) => {
    told?.(error);
    throw error;
  };
  const find = async (id: string) => {
    if (!ID.test(id)) return undefined;
    return (await store.getDocument(COLLECTION, id)) as unknown as FileRecord | undefined;
  };
  return {
    async add({ name, type, bytes }, owner) {
      if (bytes.length === 0) throw new Rejection('invalid', 'file.empty', 'Expected a file, but it is empty');
      const id = newId(clock.now());
      await kept.write(id, bytes).catch(tell);
      const reference: FileReference = { id, name: plainName(name), size: bytes.length, type };
      try {
        await store.putDocument(COLLECTION, id, { ...reference, owner, uploadedAt: clock.now() });
      } catch (error) {
        // a store that does not answer may have written it all the same
        const known = await find(id).catch(() => 'perhaps');
        if (!known) await kept.remove(id).catch(() => undefined);
        throw error;
      }
      return reference;
    },
    find,
    async read(id) {
      if (!(await find(id))) throw fileNotFound(id);
      return kept.read(id).catch(tell);
    },
    async *casesOf(id) {
      for (let last: string | undefined; ;) {
        const before = last === undefined ? {} : { before: last };
        const page = await store.findDocuments({ collection: HANDED_IN, tag: id, limit: PAGE, ...before });
        for (const { document } of page) yield document.caseId as string;
        if (page.length < PAGE) return;
        last = page.at(-1)!.id;
      }
    },
    sweep: (now) => kept.sweep(now - LEFT_FOR_MS),
  };
}

/** That files were handed in for a case, to be written with it: a document for each, so that no write loses another's. */
export function handedInFor(caseId: string, files: readonly string[]): TaggedDocument[] {
  return files.map((file) => ({
    collection: HANDED_IN,
    id: `${file}/${caseId}`,
    document: { caseId },
    tags: [file],
  }));
}

export function fileNotFound(id: string): Rejection {
  return new Rejection('not-found', 'file.not_found', `Expected file '${id}', but there is none to see`, { file: id });
}

/** The last part of the name without what file systems and headers choke on. */
function plainName(name: string): string {
  const last = name.split(/[/\\]/).at(-1)!;
  // eslint-disable-next-line no-control-regex -- control characters are exactly what must go
  return last.replace(/[\u0000-\u001f\u007f]/g, '').slice(0, 200) || 'file';
}
