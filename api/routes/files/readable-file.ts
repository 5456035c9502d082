import type { CaseRow } from '../../../engine/index.ts';
import { calledCases, fileNotFound, maySeeCase, type FileRecord } from '../../../processes/casework/index.ts';
import type { Person } from '../../../processes/directory/index.ts';
import type { House } from '../../house.ts';

/** So many cases that one called, and theirs, are looked at: who works only in others does not read the file. */
const MOST_CALLED = 200;

/**
 * A file for its owner, and for whoever may see a case it was handed in for, or one that such a case called and gave it to.
 * `file.not_found` for anyone else.
 */
export async function getReadableFile(house: House, id: string, viewer: Person): Promise<FileRecord> {
  const file = await house.files.find(id);
  if (!file) throw fileNotFound(id);
  if (file.owner === viewer.id) return file;
  for await (const row of casesWith(house, file)) {
    if (await maySee(house, viewer, row)) return file;
    for (const called of await calledCases(house.store, row, MOST_CALLED))
      if (isGiven(called, id) && (await maySee(house, viewer, called))) return file;
  }
  throw fileNotFound(id);
}

async function maySee({ store }: House, viewer: Person, row: CaseRow): Promise<boolean> {
  return maySeeCase(viewer, row, await store.listTasksOfCase(row.id));
}

/** What a call hands on is in the variables of the called case. */
function isGiven({ state }: CaseRow, file: string): boolean {
  return Object.values(state.scopes).some(({ variables }) => JSON.stringify(variables).includes(`"${file}"`));
}

async function* casesWith({ files, store }: House, { id, caseNumbers = [] }: FileRecord): AsyncGenerator<CaseRow> {
  for await (const caseId of files.casesOf(id)) {
    const row = await store.findCase(caseId);
    if (row) yield row;
  }
  for (const number of caseNumbers)
    yield* (await store.listCases({ text: number, limit: 5 })).filter((row) => row.number === number);
}

/** Always a download, never a page of ours: whatever is inside must not run here. RFC 6266 / RFC 8187 for the name. */
export function attachmentHeaders(file: FileRecord): Record<string, string> {
  const ascii = file.name.replace(/[^\w.-]/g, '_');
  const utf8 = encodeURIComponent(file.name).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return {
    'Content-Disposition': `attachment; filename="${ascii}"; filename*=UTF-8''${utf8}`,
    'Cache-Control': 'private, no-cache',
    'Content-Security-Policy': "default-src 'none'; sandbox",
  };
}
