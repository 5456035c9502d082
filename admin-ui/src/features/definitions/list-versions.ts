import type { DefinitionBrief } from '../../shared/contract.ts';
import { call } from '../../shared/http.ts';

/** Newest first. */
export const listVersions = (key: string): Promise<DefinitionBrief[]> =>
  call('listDefinitionVersions', { params: { key } });
