import type { CaseRow } from '../../../engine/index.ts';
import { fileNotFound, maySeeCase, type FileRecord } from '../../../processes/casework/index.ts';
import type { Person } from '../../../processes/directory/index.ts';
import type { House } from '../../house.ts';

/** A file for its owner, and for whoever may see a case it was handed in for. `file.not_found` for anyone else. */
export async function getReadableFile(house: House, id: string, viewer: Person): Promise<FileRecord> {
  const file = await house.files.find(id);
  if (!file) throw fileNotFound(id);
  if (file.owner === viewer.id) return file;
  for await (const row of casesWith(house, file))
    if (maySeeCase(viewer, row, await house.store.listTasksOfCase(row.id))) return file;
  throw fileNotFound(id);
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
