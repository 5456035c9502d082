import type { DefinitionBrief } from '../../shared/contract.ts';
import { call } from '../../shared/http.ts';

/** The newest version of each key. */
export const listDefinitions = (): Promise<DefinitionBrief[]> => call('listDefinitions');
