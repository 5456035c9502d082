import type { StoredFile } from '../../shared/contract.ts';
import { call } from '../../shared/http.ts';

export function uploadFile(file: File): Promise<StoredFile> {
  const body = new FormData();
  body.append('file', file, file.name);
  return call('uploadFile', { body });
}
