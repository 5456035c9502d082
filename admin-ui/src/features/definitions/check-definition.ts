import type { UploadCheck } from '../../shared/contract.ts';
import { call } from '../../shared/http.ts';

/** The bytes go as they are: the server reads the declared encoding. Saves nothing. */
export const checkDefinition = (file: File): Promise<UploadCheck> =>
  call('checkDefinition', { body: file, contentType: 'application/xml' });
