import type { CaseBranches } from '../../shared/contract.ts';
import { call } from '../../shared/http.ts';

export const getBranches = (id: string): Promise<CaseBranches> => call('getCaseBranches', { params: { id } });
