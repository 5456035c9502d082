import type { Publication } from '../../../processes/casework/index.ts';
import { parseJson } from '../../http/body.ts';
import type { UploadedFile } from '../../http/route.ts';

/** The uploaded files as what is to be published: the process, and the forms that travel with it. */
export function publicationOf(files: readonly UploadedFile[]): Publication {
  const process = files.find((file) => file.field === 'file')!;
  const forms = files.filter((file) => file.field === 'forms').map((file) => parseJson(file.bytes));
  return { bytes: process.bytes, forms };
}
