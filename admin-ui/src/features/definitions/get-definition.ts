import type { DefinitionDetail } from '../../shared/contract.ts';
import { call } from '../../shared/http.ts';

export const getDefinition = async (id: string): Promise<DefinitionDetail> =>
  (await call('getDefinition', { params: { id } })) as DefinitionDetail;
